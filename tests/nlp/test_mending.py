"""Tags put right by the words themselves."""

import pytest

from nlp.mending import mend
from nlp.model import Language, Tokens


def mended(word: str, tag: str, *, language: Language) -> str:
    return mend(Tokens((word,), tag, (0,), (len(word),), (1.0,)), language=language).tags


@pytest.mark.parametrize(
    ("word", "tag", "language", "right"),
    [
        ("RoHS", ".", "fr", "P"),
        ("k3s", "V", "fr", "P"),
        ("AS9100", ".", "en", "P"),
        ("débitmètre", ".", "fr", "N"),
        ("client", "V", "fr", "N"),
        ("colorimètre", "V", "fr", "N"),
        ("Filmez", "N", "fr", "V"),
        ("corrigent", "A", "fr", "V"),
        ("commissioning", "V", "en", "N"),
    ],
)
def test_a_tag_that_the_word_rules_out_is_replaced(word: str, tag: str, language: Language, right: str) -> None:
    assert mended(word, tag, language=language) == right


@pytest.mark.parametrize(
    ("word", "tag", "language"),
    [
        ("le", ".", "fr"),
        ("rapidement", ".", "fr"),
        ("installer", "V", "fr"),
        ("using", "V", "en"),
        ("serveur", "N", "fr"),
        ("?", ".", "en"),
        ("16", "D", "en"),
    ],
)
def test_other_tags_stay(word: str, tag: str, language: Language) -> None:
    assert mended(word, tag, language=language) == tag


def test_an_english_verb_is_not_taken_for_a_plural() -> None:
    assert tags_of("robot", "asks", "the") == "NVN"
    assert tags_of("antenna", "connectors", "the") == "NNN"
    assert tags_of("asks", "the") == "NN"


def tags_of(*words: str) -> str:
    """Mend words that were all taken for nouns."""
    places = tuple(range(len(words)))
    return mend(Tokens(words, "N" * len(words), places, places, (1.0,) * len(words)), language="en").tags
