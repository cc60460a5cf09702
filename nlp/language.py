"""Which of the two languages a text is written in: a vote of small words, elisions, accents and endings."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from nlp.model import Language

STOP_WORDS: Final = Path(__file__).parent / "data" / "stop_words"
READ: Final = 4_000
WORD: Final = re.compile(r"[^\W\d_]{1,40}+(?:['’](?:[^\W\d_]{1,40}+)?)?")
ELISION: Final = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)['’]", re.IGNORECASE)
CONTRACTION: Final = re.compile(r"[a-z]{1,20}['’](?:d|ll|m|re|s|t|ve)\Z", re.IGNORECASE)
ACCENT: Final = re.compile(r"[àâæçèéêëîïôœùûÿ]", re.IGNORECASE)
LATIN: Final = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
LETTER: Final = re.compile(r"[^\W\d_]")
LOOKS_FRENCH: Final = re.compile(
    r"eau|eux|oi[rst]|ais\b|ait\b|uis\b|ez\b|aire\b|eur|elle|ique|ment\b|que\b|age\b|ois\b|ère|ance\b|[ie]e\b",
    re.IGNORECASE,
)
LOOKS_ENGLISH: Final = re.compile(r"w|k|sh|th|gh|ing\b|[^aou]y\b|oo|ee|ck|ed\b|ly\b|ness\b|ful\b", re.IGNORECASE)
WEAK: Final = 0.2
ENOUGH: Final = 0.1
CLEAR: Final = 1.0  # one small word


def detect(text: str, *, hint: Language | None = None) -> tuple[Language | None, float]:
    """Return the language and a confidence in [0, 1]; the hint at 0 where nothing but endings of words tells.

    A text of mostly other letters than Latin ones has no language, whatever the hint.
    """
    sample = text[:READ]
    letters = len(LETTER.findall(sample))
    if letters and len(LATIN.findall(sample)) < letters / 2:
        return None, 0.0
    french, english = _votes(sample)
    margin = abs(french - english)
    if margin < (CLEAR if hint else ENOUGH):
        return hint, 0.0
    return ("fr" if french > english else "en"), margin / (french + english + 1)


def _votes(text: str) -> tuple[float, float]:
    only_french = stop_words("fr") - stop_words("en")
    only_english = stop_words("en") - stop_words("fr")
    french = english = 0.0
    for word in WORD.findall(text):
        lower = word.lower()
        accent = bool(ACCENT.search(lower))
        french += (lower in only_french) + bool(ELISION.match(lower)) + accent + WEAK * bool(LOOKS_FRENCH.search(lower))
        english += (lower in only_english) + bool(CONTRACTION.match(lower)) + WEAK * bool(LOOKS_ENGLISH.search(lower))
    return french, english


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the words of a language that carry no topic, in lower case, with their accents."""
    return frozenset((STOP_WORDS / f"{language}.txt").read_text(encoding="utf-8").split())
