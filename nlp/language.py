"""Which of the two languages a text is written in: every word votes by how much commoner it is in one of them."""

import re
from functools import lru_cache
from typing import Final

from nlp.lexicon import rarity
from nlp.model import Language

READ: Final = 4_000
WORD: Final = re.compile(r"[^\W\d_]{1,40}+(?:['’](?:[^\W\d_]{1,40}+)?)?")
ELISION: Final = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)'")
CONTRACTION: Final = re.compile(r"[a-z]{1,20}'(?:d|ll|m|re|s|t|ve)\Z")
ACCENT: Final = re.compile(r"[àâæçèéêëîïôœùûÿ]")
LETTER: Final = re.compile(r"[^\W\d_]")
OTHER_LETTER: Final = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]")  # than Latin ones
CLEAR: Final = 3.0  # the vote of a word that only one language has: e³ times as common there, or more


def detect(text: str, *, hint: Language | None = None) -> tuple[Language | None, float]:
    """Return the language and a confidence in [0, 1); the hint at 0 where not even one word is clear.

    A text of mostly other letters than Latin ones has no language, whatever the hint.
    """
    sample = text[:READ]
    others = len(OTHER_LETTER.findall(sample))
    if others and others > len(LETTER.findall(sample)) / 2:
        return None, 0.0
    votes = [_vote(word) for word in WORD.findall(sample)]
    margin, said = sum(votes), sum(map(abs, votes))
    if not margin or (hint and abs(margin) <= CLEAR):
        return hint, 0.0
    return ("fr" if margin > 0 else "en"), abs(margin) / (said + CLEAR)


@lru_cache(maxsize=50_000)
def _vote(word: str) -> float:
    """Return by how much a word speaks for French (positive) or English: ln of the ratio of its shares, at most 3."""
    word = word.lower().replace("’", "'")
    elision = ELISION.match(word)
    if elision:
        return CLEAR + (_vote(word[elision.end() :]) if elision.end() < len(word) else 0.0)
    if CONTRACTION.match(word):
        return -CLEAR
    votes = rarity(word, "en") - rarity(word, "fr")
    return max(-CLEAR, min(CLEAR, votes)) + bool(ACCENT.search(word))
