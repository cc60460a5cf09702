"""Tags mended by what is known of the words themselves: small pipelines stumble over the words of a trade."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from simplemma import is_known, lemmatize

from nlp.lexicon import INFINITIVES, is_acronym, rarity, stop_words, verbality
from nlp.model import Language, Tokens

ADVERBS: Final = {"fr": "ment", "en": "ly"}
RARE: Final = 11.5  # −ln of one word in a hundred thousand
UNUSUAL: Final = 10.5  # as "welding" is, and "using" is not
# What follows a verb in "-s" rather than a plural: its object.
OBJECTS: Final = frozenset(
    {"a", "an", "it", "its", "my", "no", "our", "that", "the", "their", "them", "us", "you", "your"}
)
FINITE: Final = ("ez", "ons", "aient", "eront", "era", "erait", "ent")
VERBAL: Final = ("er", "ir", "ez", "ent", "ait", "ais", "ant", "é", "és", "ée", "ées")


def mend(tokens: Tokens, *, language: Language) -> Tokens:
    """Return the tokens with the tags that their words rule out put right."""
    tags = "".join([_mended(word, tag, language) for word, tag in zip(tokens.words, tokens.tags, strict=True)])
    if language == "en":
        tags = _without_verbs(tokens.words, tags)
    return Tokens(tokens.words, tags, tokens.starts, tokens.ends, tokens.nominal)


def _without_verbs(words: Sequence[str], tags: str) -> str:
    """Take a word in "-s" for a verb where a noun goes before and its object follows: "the robot asks for"."""
    return "".join(
        [
            "V" if tag == "N" and before in "NP" and after.lower() in OBJECTS and verbality(word.lower()) > 0 else tag
            for before, word, tag, after in zip("." + tags, words, tags, (*words[1:], ""), strict=False)
        ]
    )


@lru_cache(maxsize=50_000)
def _mended(word: str, tag: str, language: Language) -> str:
    """Return the tag of a word; what no stop list knows and no general text uses is a noun, not a particle."""
    lower = word.lower()
    if lower in stop_words(language):
        return tag
    if is_acronym(word):
        return "P"
    if not word[0].isalpha() or len(word) < 2:
        return tag
    if tag == ".":
        return "N" if rarity(lower, language) > RARE and not lower.endswith(ADVERBS[language]) else "."
    return _french(lower, tag) if language == "fr" else _english(lower, tag)


def _french(word: str, tag: str) -> str:
    """Tell verbs from nouns where a dictionary can: "filmez" is no noun, "client" no verb."""
    lemma = lemmatize(word, lang="fr")
    if tag == "V":
        known = is_known(word, lang="fr") and not lemma.endswith(INFINITIVES)
        unheard = lemma == word and rarity(word, "fr") > RARE and not word.endswith(VERBAL)
        return "N" if known or unheard else tag
    imperative = word.endswith(FINITE) and lemma != word and lemma.endswith(INFINITIVES)
    return "V" if tag in "NPA" and imperative else tag


def _english(word: str, tag: str) -> str:
    """Take an unusual gerund for a noun: "commissioning", "welding"."""
    return "N" if tag == "V" and word.endswith("ing") and rarity(word, "en") > UNUSUAL else tag
