"""Candidates → strength: the probability that a reader would list a topic, from what can be seen of its mentions."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from nlp.lexicon import DATA, is_inflected_verb, rarity
from nlp.model import LINK_TAGS, Candidate, Language, Sighting

LEAST: Final = 0.12  # what a reader would list less often than one time in eight is not worth keeping
COVERED: Final = 0.3  # of its strength is left to a topic that stands inside stronger ones only


def topic_strengths(
    sightings: Mapping[str, Sighting], *, language: Language | None, weights: Sequence[float] | None = None
) -> dict[str, float]:
    """Return the strength in (0, 1) of each topic worth keeping: the probability that a reader would list it.

    strength = 1 / (1 + exp(−Σ weight · feature)), with the weights of nlp/data/ranking.json unless others are given,
    which scripts/train_ranker.py learned. Of topics that stand inside one another the strongest keeps its strength.
    Known ones are always kept.
    """
    chosen = learned() if weights is None else weights
    strengths = {key: _strength(seen, language, chosen) for key, seen in sightings.items()}
    taken: list[Candidate] = []
    for key in sorted(strengths, key=lambda key: (-strengths[key], sightings[key].mentions[0].start, key)):
        mentions = sightings[key].mentions
        if all(any(_overlap(place, other) for other in taken) for place in mentions):
            strengths[key] *= COVERED
        elif strengths[key] >= LEAST:
            taken += mentions
        if sightings[key].is_known:
            strengths[key] = max(strengths[key], LEAST)
    return {key: strength for key, strength in strengths.items() if strength >= LEAST}


def _strength(sighting: Sighting, language: Language | None, weights: Sequence[float]) -> float:
    score = sum(weight * value for weight, value in zip(weights, features(sighting, language=language), strict=True))
    return 1 / (1 + math.exp(-score))


def _overlap(place: Candidate, other: Candidate) -> bool:
    return place.start < other.end and other.start < place.end


def features(sighting: Sighting, *, language: Language | None) -> tuple[float, ...]:
    """Return what is seen of a topic, in the order of `FEATURES`."""
    first, shape = sighting.mentions[0], sighting.mentions[0].shape
    rarities = [rarity(word, language) for word in first.words]
    whole = any(mention.whole for mention in sighting.mentions)
    words = sum(letter not in LINK_TAGS for letter in shape)
    verbal = language == "fr" and any(map(is_inflected_verb, first.words[1:]))
    return (
        1.0,
        math.log(len(sighting.mentions)),
        math.log(1 + first.position),
        sum(rarities) / len(rarities) / 10,
        min(rarities) / 10,
        float(whole and words == 2),
        float(whole and words > 2),
        float(words == 2 and not whole),
        float("P" in shape and sighting.label[:1].isupper()),
        float("D" in shape),
        float("e" in shape),
        float(verbal or "V" in shape),
        float((shape[0] if language == "fr" else shape[-1]) == "A"),
        float(sighting.is_marked),
        float(sighting.is_known),
    )


FEATURES: Final = (
    "always",
    "often",
    "late",
    "rare",
    "without a common word",
    "two words",
    "three words or more",
    "two words of more",
    "name",
    "number",
    "linked by an article",
    "verb",
    "headed by an adjective",
    "marked",
    "known",
)


@cache
def learned() -> tuple[float, ...]:
    """Return the weights of the features, in their order."""
    found: Mapping[str, float] = json.loads((DATA / "ranking.json").read_text(encoding="utf-8"))
    return tuple(found[name] for name in FEATURES)
