"""Tags mended by what is known of the words themselves: small pipelines stumble over the words of a trade."""

import re
from functools import lru_cache
from typing import Final

from simplemma import is_known, lemmatize

from nlp.lexicon import INFINITIVES, rarity, stop_words
from nlp.model import Language, Tokens

# 5S, S3, k3s; or two capitals or a capital and a digit somewhere: RoHS, AS9100.
ACRONYM: Final = re.compile(
    r"\d[A-Z]{1,3}|[A-Z]\d{1,4}|[a-z]\d{1,2}[a-z]|(?=.{0,20}[A-Z].{0,20}[A-Z\d])[^\W\d_][\w./-]{1,20}"
)
ADVERBS: Final = {"fr": "ment", "en": "ly"}
RARE: Final = 11.5  # −ln of one word in a hundred thousand
UNUSUAL: Final = 10.5  # as "welding" is, and "using" is not
VERBAL: Final = ("er", "ir", "ez", "ent", "ait", "ais", "ant", "é", "és", "ée", "ées")


def mend(tokens: Tokens, *, language: Language) -> Tokens:
    """Return the tokens with the tags that their words rule out put right."""
    tags = "".join([_mended(word, tag, language) for word, tag in zip(tokens.words, tokens.tags, strict=True)])
    return Tokens(tokens.words, tags, tokens.starts, tokens.ends, tokens.nominal)


@lru_cache(maxsize=50_000)
def _mended(word: str, tag: str, language: Language) -> str:
    """Return the tag of a word; what no stop list knows and no general text uses is a noun, not a particle."""
    lower = word.lower()
    if lower in stop_words(language):
        return tag
    if ACRONYM.fullmatch(word):
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
    imperative = word.endswith(("ez", "ons")) and lemma != word and lemma.endswith(INFINITIVES)
    return "V" if tag in "NP" and imperative else tag


def _english(word: str, tag: str) -> str:
    """Take an unusual gerund for a noun: "commissioning", "welding"."""
    return "N" if tag == "V" and word.endswith("ing") and rarity(word, "en") > UNUSUAL else tag
