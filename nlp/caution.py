"""How carefully a name from somebody's list is looked for in texts, so that no common word is taken for a topic."""

from functools import cache
from typing import Final

from nlp.folding import fold
from nlp.lexicon import LANGUAGES, rarity, stop_words
from nlp.model import Language

ACRONYM: Final = 4  # letters up to which one counts with its capitals only
COMMON: Final = 8.5  # rarity below which a word says little by itself: one in 5,000 running words


def needs_capitals(name: str) -> bool:
    """Say whether a name counts only as it is written: a short acronym, or one that reads like a common word."""
    capitals = sum(letter.isupper() for letter in name)
    if " " in name or not capitals:
        return False
    return len(name) <= 2 or (capitals > 1 and (len(name) <= ACRONYM or is_common(name)))


def is_common(name: str) -> bool:
    """Say whether a name is a single word that everybody uses, in either language."""
    return " " not in name and any(_is_frequent(name.lower(), language) for language in LANGUAGES)


def _is_frequent(word: str, language: Language) -> bool:
    return fold(word) in _folded_stop_words(language) or rarity(word, language) < COMMON


@cache
def _folded_stop_words(language: Language) -> frozenset[str]:
    return frozenset(map(fold, stop_words(language)))
