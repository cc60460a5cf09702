"""What is known of single words: how common they are in general language, and which of them carry no topic."""

import lzma
import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from simplemma import is_known, lemmatize

from nlp.folding import fold
from nlp.model import Language

DATA: Final = Path(__file__).parent / "data"
# 5S, S3, k3s; or two capitals or a capital and a digit somewhere: RoHS, AS9100.
ACRONYM: Final = re.compile(
    r"\d[A-Z]{1,3}|[A-Z]\d{1,4}|[a-z]\d{1,2}[a-z]|(?=.{0,20}[A-Z].{0,20}[A-Z\d])[^\W\d_][\w./-]{1,20}"
)
INFINITIVES: Final = ("er", "ir", "re")
PARTICIPLES: Final = ("ed", "ing")
UNSEEN: Final = 7e-7  # the share of a word just below the rarest listed one
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")


@lru_cache(maxsize=50_000)
def rarity(word: str, language: Language | None) -> float:
    """Return −ln of the share of running words that a lower-case word takes, with or without its accents.

    An unknown language takes the commoner of the two.
    """
    lists = [background(name) for name in ((language,) if language else LANGUAGES)]
    share = max(words.get(form, 0.0) for words in lists for form in (word, fold(word)))
    return -math.log(share or UNSEEN)


@lru_cache(maxsize=50_000)
def rarity_of_folded(word: str, language: Language | None) -> float:
    """Return the rarity of the commonest word that is written so once accents are left out, as search reads it."""
    lists = [words(name) for name in ((language,) if language else LANGUAGES) for words in (background, _accented)]
    return -math.log(max(words.get(word, 0.0) for words in lists) or UNSEEN)


@cache
def _accented(language: Language) -> Mapping[str, float]:
    """Return by its letters without accents the share of the commonest word of a language that is written with some."""
    rarest_first = reversed(list(background(language).items()))
    return {fold(word): share for word, share in rarest_first if not word.isascii()}


@lru_cache(maxsize=50_000)
def is_inflected_verb(word: str) -> bool:
    """Say whether a French word in lower case is a form of a verb and of nothing else, other than its infinitive."""
    lemma = lemmatize(word, lang="fr")
    return lemma != word and lemma.endswith(INFINITIVES)


@lru_cache(maxsize=50_000)
def is_listed(word: str) -> bool:
    """Say whether a dictionary of French or of English has a lower-case word."""
    return any(is_known(word, lang=language) for language in LANGUAGES)


@lru_cache(maxsize=50_000)
def is_english_noun(word: str) -> bool:
    """Say whether an English word in lower case is, or may be, a noun."""
    return word in english_nouns() or lemmatize(word, lang="en").lower() in english_nouns()


@lru_cache(maxsize=50_000)
def verbality(word: str) -> float:
    """Return by how much (ln) the past or the gerund of an English word in "-s" is commoner than itself, at least 0.

    "asks" and "stiffens" are verbs, "connectors" has no past.
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return 0.0
    stem = word.removesuffix("s").removesuffix("e")
    other = stem[:-1] + "y" if word.endswith("ies") else stem + stem[-1]  # carrying, planned
    participles = [form + end for form in (stem, other) for end in PARTICIPLES]
    return max(0.0, rarity(word, "en") - min(rarity(form, "en") for form in participles))


@lru_cache(maxsize=50_000)
def actionality(word: str) -> float:
    """Return by how much (ln) the past or the gerund of an English word is commoner than its plural, at least 0.

    "preload" and "chase" are things to do, "pump" and "screw" things to have.
    """
    stem = word.removesuffix("e")
    return max(0.0, rarity(word + "s", "en") - min(rarity(stem + end, "en") for end in PARTICIPLES))


def is_acronym(word: str) -> bool:
    """Say whether a word is an acronym or a model number, by its capitals and digits."""
    return bool(ACRONYM.fullmatch(word))


@cache
def background(language: Language) -> Mapping[str, float]:
    """Return the share of running words that each frequent word of a language takes."""
    with lzma.open(DATA / "background" / f"{language}.txt.xz", "rt", encoding="utf-8") as lines:
        return {word: float(share) for word, share in (line.split() for line in lines)}


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the words of a language that carry no topic, in lower case, with their accents."""
    return _words(f"stop_words/{language}.txt")


@cache
def vague_words() -> frozenset[str]:
    """Return the words that count, own or describe anything: "new", "several", "petit"; no topic begins with one."""
    return _words("vague_words.txt")


def is_everyday(word: str) -> bool:
    """Say whether a French noun in lower case names people, times or places as such: "stagiaire", "trimestre"."""
    return word in everyday_nouns() or word.removesuffix("s") in everyday_nouns()


@cache
def everyday_nouns() -> frozenset[str]:
    """Return the French nouns that name people, times and places in general, in the singular."""
    return _words("everyday_nouns.txt")


@cache
def english_nouns() -> frozenset[str]:
    """Return the English nouns that WordNet has, single words in the singular."""
    with lzma.open(DATA / "english_nouns" / "en.txt.xz", "rt", encoding="ascii") as lines:
        return frozenset(lines.read().split())


@cache
def asking_words() -> frozenset[str]:
    """Return the folded words that only greet, or ask who knows: "hello", "connait"."""
    return _words("question_words.txt")


@cache
def asking_nouns() -> frozenset[str]:
    """Return the folded ones among these that are the names of something, too: "knowledge", "expertise"."""
    return _words("asking_nouns.txt")


def _words(name: str) -> frozenset[str]:
    return frozenset((DATA / name).read_text(encoding="utf-8").split())
