"""Texts → words as the index counts them: folded, without stop words, stemmed, hashed."""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Final

from Stemmer import Stemmer

from nlp.cleaning import clean, clean_post
from nlp.folding import fold
from nlp.language import detect
from nlp.lexicon import LANGUAGES, asking_nouns, asking_words, rarity_of_folded, stop_words
from nlp.model import Language, PostWords, Question, QuestionWord, Text

WORD: Final = re.compile(
    r"(?:asp|(?<![^\W_]))\.net\b|(?:angular|d3|ember|express|nest|next|node|nuxt|react|three|vue)\.js\b|c\+\+|[cfj]#"
    r"|[^\W_]{1,80}",
    re.IGNORECASE,
)
PLAIN_WORD: Final = re.compile(r"[^\W_]{1,80}")
SIGNED: Final = re.compile(r"\+|#|\.[nNjJ]")  # without these, all words are plain: twice as fast
KNOWN: Final = 100_000  # words of each language whose terms are remembered


class _Vocabulary(dict[str, int | None]):
    """The terms of a language's words, each worked out when it is first met, for as many as are remembered.

    A plain look-up: of long texts it takes a quarter of the time of remembered calls."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language: Language = language

    def __missing__(self, token: str) -> int | None:
        if len(self) >= KNOWN:
            self.clear()
        self[token] = term = _term(token, self._language)
        return term


class _Stemmers(threading.local):
    """A pair of stemmers a thread: they are not re-entrant."""

    def __init__(self) -> None:
        # The caches of this module see every word first.
        self.by_language = {"fr": Stemmer("french", 0), "en": Stemmer("english", 0)}


def post_words(text: Text) -> PostWords:
    """Return the words of a post, stemmed in its language, else in the one detected, else in English."""
    cleaned = clean_post(text)
    language = language_of(text, cleaned.text)
    first = Counter(_terms(cleaned.text[: cleaned.head], language))
    counts = first + Counter(_terms(cleaned.text[cleaned.head :], language))
    terms = tuple(sorted(counts))
    return PostWords(terms, tuple(counts[term] for term in terms), tuple(first[term] for term in terms), counts.total())


def read_question(question: str) -> Question:
    """Return what a question says, with its words in order and their places in its text.

    The stop words of the question's language (English where none is detected) are left out, and so are greetings and
    the words that only ask who knows, but for nouns where nothing else is asked; repeated words stay.
    """
    text = unicodedata.normalize("NFC", clean(question, format="plain").text)
    language, _ = detect(text)
    folded = ((match, fold(match.group())) for match in WORD.finditer(text))
    words = [(match, word) for match, word in folded if _counts(word, language or "en")]
    asked = [(match, word) for match, word in words if word not in asking_words()]
    found = (
        QuestionWord(match.group(), *match.span(), _both_terms(word), rarity_of_folded(word, language))
        for match, word in asked or [(match, word) for match, word in words if word in asking_nouns()]
    )
    return Question(text, language, tuple(found))


def name_words(name: str, language: Language) -> frozenset[str]:
    """Return the words of a name in that language, folded, without stop words."""
    words = map(fold, WORD.findall(unicodedata.normalize("NFC", name)))
    return frozenset(word for word in words if _counts(word, language))


def stem(word: str, language: Language) -> str:
    """Return the stem of a folded word in that language; what holds a digit or a sign stays as it is."""
    return _stemmers().by_language[language].stemWord(word) if word.isalpha() else word


def term(word: str, language: Language) -> int:
    """Return what a folded word is found by in that language; what holds a digit or a sign is the same in all."""
    found_by = f"{language} {stem(word, language)}" if word.isalpha() else word
    return int.from_bytes(blake2b(found_by.encode(), digest_size=8).digest(), "big", signed=True)


@cache
def terms_in(language: Language) -> Mapping[str, int | None]:
    """Return what the words of a text in that language are found by; None for stop words and single characters."""
    return _Vocabulary(language)


def language_of(text: Text, cleaned: str) -> Language:
    """Return the language that a text is read in, given it without mark-up."""
    return text.language or detect(cleaned)[0] or "en"


def pattern_of(text: str) -> re.Pattern[str]:
    """Return what finds the words of a text."""
    return WORD if SIGNED.search(text) else PLAIN_WORD


def _terms(text: str, language: Language) -> Iterator[int]:
    text = unicodedata.normalize("NFC", text)
    terms = map(terms_in(language).__getitem__, pattern_of(text).findall(text))
    return (term for term in terms if term is not None)


def _term(token: str, language: Language) -> int | None:
    word = fold(token)
    return term(word, language) if _counts(word, language) else None


@lru_cache(maxsize=50_000)
def _both_terms(word: str) -> tuple[int, ...]:
    return tuple(sorted({term(word, language) for language in LANGUAGES}))


def _counts(word: str, language: Language) -> bool:
    return len(word) > 1 and word not in _folded_stop_words(language)


@cache
def _stemmers() -> _Stemmers:
    return _Stemmers()


@cache
def _folded_stop_words(language: Language) -> frozenset[str]:
    """Return the stop words cut as texts are: "qu'" as "qu", "celui-ci" as "celui" and "ci"."""
    return frozenset(fold(token) for word in stop_words(language) for token in WORD.findall(word))
