"""Candidates → strength: the probability that a reader would list a topic, from what can be seen of its mentions."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from operator import mul
from typing import Final

from nlp.lexicon import DATA, actionality, is_acronym, is_inflected_verb, rarity, verbality
from nlp.model import LINK_TAGS, Candidate, Language, Sighting

LEAST: Final = 1 / 6  # what a reader would list less often than that is worth keeping only where there is room
FAINT: Final = 0.02  # and not even there
ARTICLES: Final = frozenset({"le", "la", "les", "l'", "l’", "un", "une", "des", "du", "au", "aux", "the", "a", "an"})
OPENING: Final = frozenset({"", "\n", ".", "!", "?", ":", "…", "-", "*", "#", ">"})  # behind these a sentence begins
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


def features(sighting: Sighting, *, language: Language | None) -> tuple[float, ...]:
    """Return what is seen of a topic, in the order of `FEATURES`."""
    return (
        1.0,
        math.log(len(sighting.mentions)),
        math.log(1 + sighting.mentions[0].position),
        float(sighting.mentions[0].before in ARTICLES),
        *_of_its_capital(sighting.mentions[0]),
        float(sighting.is_marked),
        *_of_its_form(sighting),
        *_of_its_words(sighting.mentions[0], language),
        *_of_what_is_known(sighting),
    )


def _of_its_capital(first: Candidate) -> tuple[float, ...]:
    opens = first.before in OPENING
    return float(opens), float(first.is_capital and not opens)


def _of_its_form(sighting: Sighting) -> tuple[float, ...]:
    shape, label = sighting.mentions[0].shape, sighting.label
    size = _size(shape)
    whole = any(mention.whole for mention in sighting.mentions)
    return (
        float(whole and size == 2),
        float(whole and size > 2),
        float(size == 1 and not whole),
        float(size == 2 and not whole),
        math.log(len(label)),
        float("e" in shape),
        float(is_acronym(label)),
        float("D" in shape),
        float("PD" in shape and any(map(is_acronym, label.split()))),
        float(any(map(str.isdigit, label))),
        float(label.endswith("s") and not label.endswith("ss")),
    )


def _of_its_words(first: Candidate, language: Language | None) -> tuple[float, ...]:
    alone = _size(first.shape) == 1
    rarities = [rarity(word, language) for word in first.words]
    is_french = language == "fr"
    return (
        sum(rarities) / len(rarities) / 10,
        rarities[0] / 10 if alone else 0.0,
        0.0 if alone else rarities[0] / 10,
        0.0 if alone else rarities[-1] / 10,
        0.0 if alone else first.nominal,
        float((first.shape[0] if is_french else first.shape[-1]) == "A"),
        float(is_french and any(map(is_inflected_verb, first.words))),
        *(_of_english_verbs(first.words) if language == "en" else (0.0, 0.0, 0.0)),
    )


def _of_english_verbs(words: Sequence[str]) -> tuple[float, ...]:
    """Say how much the last word reads like "asks", the first of more and the last like "ask"."""
    alone = len(words) == 1
    return 0.0 if alone else verbality(words[-1]), 0.0 if alone else actionality(words[0]), actionality(words[-1])


def _of_what_is_known(sighting: Sighting) -> tuple[float, ...]:
    if not sighting.is_known:
        return 0.0, 0.0, 0.0
    return (
        1.0,
        float(_size(sighting.mentions[0].shape) > 1),
        float(not any(mention.whole for mention in sighting.mentions)),
    )


def _size(shape: str) -> int:
    """Return the number of words, those that link others left out."""
    return sum(letter not in LINK_TAGS for letter in shape)


FEATURES: Final = (
    "always",
    "often",
    "late",
    "behind an article",
    "opens a sentence",
    "capital inside one",
    "marked",
    "two words",
    "three words or more",
    "one word of more",
    "two words of more",
    "long",
    "linked by an article",
    "acronym",
    "number",
    "number of an acronym",
    "digit",
    "plural",
    "rare",
    "rare and alone",
    "begins rare",
    "ends rare",
    "surely nouns",
    "headed by an adjective",
    "French verb",
    "English verb",
    "begins with what is done",
    "ends with what is done",
    "known",
    "known and of many words",
    "known inside a phrase",
)


@cache
def learned(language: Language) -> tuple[float, ...]:
    """Return the weights of the features in a language, in their order."""
    found: Mapping[str, Mapping[str, float]] = json.loads((DATA / "ranking.json").read_text(encoding="utf-8"))
    return tuple(found[language][name] for name in FEATURES)
