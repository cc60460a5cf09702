"""Candidates → strength: the probability that a reader would list a topic, from what can be seen of its mentions."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from operator import mul
from typing import Final

from nlp.features import FEATURES, features
from nlp.lexicon import DATA
from nlp.model import Language, Sighting

LEAST: Final = 1 / 6  # what a reader would list less often than that is worth keeping only where there is room
FAINT: Final = 0.02  # and not even there
COVERED: Final = 0.3  # of its strength is left to a topic that stands inside stronger ones only


def topic_strengths(
    sightings: Mapping[str, Sighting],
    *,
    language: Language | None,
    room: int = 0,
    weights: Sequence[float] | None = None,
) -> dict[str, float]:
    """Return the strength in (0, 1) of each topic worth keeping: the probability that a reader would list it.

    strength = 1 / (1 + exp(−Σ weight · feature)), with the language's weights of nlp/data/ranking.json (the English
    ones where it is unknown) unless others are given, which scripts/train_ranker.py learned. Of topics that stand
    inside one another the strongest keeps its strength.
    Known ones are always kept, and weak ones as long as the text has `room` for more. The strongest come first.
    """
    chosen = learned(language or "en") if weights is None else weights
    found = {key: _strength(seen, language, chosen) for key, seen in sightings.items()}
    strengths = _without_what_is_covered(found, sightings)
    order = sorted(strengths, key=lambda key: (-strengths[key], sightings[key].mentions[0].start, key))
    return {
        key: strengths[key] for place, key in enumerate(order) if strengths[key] >= (FAINT if place < room else LEAST)
    }


def _without_what_is_covered(found: Mapping[str, float], sightings: Mapping[str, Sighting]) -> dict[str, float]:
    """Weaken the topics of which every mention shares words with that of a stronger one."""
    strengths: dict[str, float] = {}
    taken = bytearray(max((place.end for seen in sightings.values() for place in seen.mentions), default=0))
    for key in sorted(found, key=lambda key: (-found[key], sightings[key].mentions[0].start, key)):
        places = sightings[key].mentions
        is_covered = all(taken.find(1, place.start, place.end) >= 0 for place in places)
        strength = found[key] * (COVERED if is_covered else 1)
        strengths[key] = max(strength, LEAST) if sightings[key].is_known else strength
        if strength >= FAINT and not is_covered:
            for place in places:
                taken[place.start : place.end] = b"\x01" * (place.end - place.start)
    return strengths


def _strength(sighting: Sighting, language: Language | None, weights: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-sum(map(mul, weights, features(sighting, language=language)))))


@cache
def learned(language: Language) -> tuple[float, ...]:
    """Return the weights of the features in a language, in their order."""
    found: Mapping[str, Mapping[str, float]] = json.loads((DATA / "ranking.json").read_text(encoding="utf-8"))
    return tuple(found[language][name] for name in FEATURES)
