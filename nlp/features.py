"""What can be seen of a topic in a text, as numbers: its form, its words, its place, what stands around it."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from nlp.lexicon import (
    actionality,
    is_acronym,
    is_english_noun,
    is_everyday,
    is_inflected_verb,
    is_listed,
    rarity,
    verbality,
)
from nlp.model import LINK_TAGS, Candidate, Language, Sighting

ARTICLES: Final = frozenset({"le", "la", "les", "l'", "l’", "un", "une", "des", "du", "au", "aux", "the", "a", "an"})
OPENING: Final = frozenset({"", "\n", ".", "!", "?", ":", "…", "-", "*", "#", ">"})  # behind these a sentence begins
WHEREABOUTS: Final = frozenset({"à", "at", "by", "chez", "from", "in", "near", "to", "vers", "with"})  # places, people
WORD: Final = re.compile(r"\w{1,80}")
DIGIT: Final = re.compile(r"\d")
SHORT: Final = 3  # letters
NOTHING: Final = (0.0, 0.0, 0.0, 0.0)
NOUN: Final = (1.0, 0.0, 0.0, 0.0)
LINK: Final = (0.0, 0.0, 0.0, 1.0)
BESIDE: Final = {"N": NOUN, "P": NOUN, "A": (0.0, 1.0, 0.0, 0.0), "V": (0.0, 0.0, 1.0, 0.0), "d": LINK, "e": LINK}


def features(sighting: Sighting, *, language: Language | None) -> tuple[float, ...]:
    """Return what is seen of a topic, in the order of `FEATURES`."""
    first = sighting.mentions[0]
    return (
        1.0,
        math.log(len(sighting.mentions)),
        math.log(1 + first.position),
        float(first.before in ARTICLES),
        *_of_its_capital(first),
        float(sighting.is_marked),
        *_of_its_form(sighting),
        *_of_its_words(first, language),
        *_of_what_is_known(sighting),
        *_of_its_names(sighting),
        *_of_its_length(sighting),
        *_of_the_dictionary(sighting),
        *_of_what_is_beside(first),
        float(language == "fr" and is_everyday(first.words[0])),
        float(language == "en" and not is_english_noun(first.words[-1])),
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
        float(bool(DIGIT.search(label))),
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


def _of_its_names(sighting: Sighting) -> tuple[float, ...]:
    """Say whether a name stands in it, or whether it is where or with whom something was: "à Angoulême"."""
    if sighting.label.islower():  # most phrases
        return 0.0, 0.0
    first = sighting.mentions[0]
    head, *others = map(_is_name, WORD.findall(sighting.label) or [""])
    return float(any(others)), float(head and first.before in WHEREABOUTS)


def _is_name(word: str) -> bool:
    return word[:1].isupper() and (len(word) == 1 or word[1:].islower()) and not is_acronym(word)


def _of_its_length(sighting: Sighting) -> tuple[float, ...]:
    size = _size(sighting.mentions[0].shape)
    return float(size == 3), float(size > 3), float(len(sighting.label) <= SHORT)


def _of_the_dictionary(sighting: Sighting) -> tuple[float, ...]:
    """Say whether dictionaries know its words: of a name inside a sentence they do not."""
    first = sighting.mentions[0]
    is_known = all(map(is_listed, first.words))
    is_name = not is_known and first.is_capital and first.before not in OPENING and not is_acronym(sighting.label)
    return float(is_known), float(is_name)


def _of_what_is_beside(first: Candidate) -> tuple[float, ...]:
    before, behind = first.beside
    return *BESIDE.get(before, NOTHING), *BESIDE.get(behind, NOTHING)


@lru_cache(maxsize=5_000)
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
    "name behind its head",
    "where or with whom",
    "three words",
    "four words or more",
    "three letters or fewer",
    "in a dictionary",
    "name in no dictionary",
    "behind a noun",
    "behind an adjective",
    "behind a verb",
    "behind a linking word",
    "before a noun",
    "before an adjective",
    "before a verb",
    "before a linking word",
    "everyday French noun",
    "ends with no English noun",
)
