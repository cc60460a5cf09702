"""Texts → words as the index counts them: folded, without stop words, stemmed, hashed; and excerpts by them."""

import re
import threading
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import Final

from Stemmer import Stemmer

from nlp.cleaning import Cleaned, clean, clean_post
from nlp.folding import fold
from nlp.language import detect
from nlp.lexicon import LANGUAGES, asking_nouns, asking_words, rarity_of_folded, stop_words
from nlp.model import Language, PostWords, Question, QuestionWord, Text

# In parentheses, so that splitting a text keeps the words.
WORD: Final = re.compile(
    r"((?:asp|(?<![^\W_]))\.net\b|(?:angular|d3|ember|express|nest|next|node|nuxt|react|three|vue)\.js\b|c\+\+|[cfj]#"
    r"|[^\W_]{1,80})",
    re.IGNORECASE,
)
PLAIN_WORD: Final = re.compile(r"([^\W_]{1,80})")
SIGNED: Final = re.compile(r"\+|#|\.[nNjJ]")  # without these, all words are plain: twice as fast
SENTENCE_END: Final = re.compile(r"[.!?…] ")
TORN: Final = re.compile(r"(?<=\() | (?=\)|[.,](?:\s|$))")  # the blank that mark-up left beside a sign …
TORN_SIGNS: Final = ("( ", " )", " .", " ,")  # … one of these, so most lines need no look
CUT: Final = "…"
DASH: Final = "–"
KNOWN: Final = 100_000  # words of each language whose terms are remembered
SHORT: Final = 4_000  # characters of a post that is worth remembering: some 10 MB of them in all, 50 at worst

_Placed = tuple[int, int, int]  # start, end, term


@dataclass(frozen=True, slots=True)
class _Reading:
    """A post on one line, where its sentences start, and its words."""

    flow: str
    sentences: list[int]
    terms: Sequence[int | None]  # of each word; None for a stop word or a single character
    ends: Sequence[int]  # where each word starts and where it ends, in turn

    def hits(self, wanted: Container[int]) -> list[_Placed]:
        """Return the wanted terms with their places."""
        return [
            (self.ends[2 * place], self.ends[2 * place + 1], term)
            for place, term in enumerate(self.terms)
            if term is not None and term in wanted
        ]


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
    language = _language(text, cleaned.text)
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
        QuestionWord(match.group(), *match.span(), _both_hashes(word), rarity_of_folded(word, language))
        for match, word in asked or [(match, word) for match, word in words if word in asking_nouns()]
    )
    return Question(text, language, tuple(found))


def name_stems(name: str, language: Language) -> frozenset[int]:
    """Return what the words of a name in that language are found by, in posts of either language."""
    words = map(fold, WORD.findall(unicodedata.normalize("NFC", name)))
    return frozenset(stem for word in words if _counts(word, language) for stem in _both_hashes(word))


def excerpt(text: Text, terms: Container[int], *, width: int = 240) -> str:
    """Return the window of the post that holds most of the wanted terms, at most `width` characters.

    Plain text in whole words, from the start of a sentence where it fits, "…" where a sentence is cut; the whole post
    where that fits, and its first words where no term stands in it.
    """
    read = _read_again(text, width) if len(text.body) <= SHORT else _read(text, width)
    start = _best_start(read.hits(terms), read.flow, read.sentences, width)
    return _cut(read.flow, read.sentences, start=start, width=width)


def _read(text: Text, width: int) -> _Reading:
    cleaned = clean_post(text)
    flow, sentences = _flow(_parted(cleaned) if text.title else cleaned.text)
    if len(flow) <= width:
        return _Reading(flow, sentences, (), ())  # it is shown whole, whatever stands in it
    language = _language(text, cleaned.text)
    parts = _pattern(flow).split(flow)  # every other one is a word
    terms = list(map(_vocabulary(language).__getitem__, parts[1::2]))
    return _Reading(flow, sentences, terms, array("I", accumulate(map(len, parts))))


_read_again = lru_cache(maxsize=4_000)(_read)  # the same posts speak for many questions


def _best_start(hits: list[_Placed], flow: str, sentences: list[int], width: int) -> int:
    """Return where the first window with the most different terms starts."""
    best, most, wanted = 0, 0, len({term for _, _, term in hits})
    for position, _, _ in hits:
        if most == wanted:  # there is no better one
            break
        start = _window_start(position, flow, sentences, width)
        near = hits[bisect_left(hits, (start,)) : bisect_left(hits, (start + width,))]
        different = len({term for _, end, term in near if end <= start + width - 2 * len(CUT)})
        if different > most:
            best, most = start, different
    return best


def _window_start(position: int, flow: str, sentences: list[int], width: int) -> int:
    """Return the start of the sentence around a word, or of a word shortly before it in a long sentence."""
    sentence = sentences[bisect_right(sentences, position) - 1]
    if position - sentence <= width // 2:
        return sentence
    return flow.find(" ", position - width // 3, position) + 1 or position


def _cut(flow: str, sentences: list[int], *, start: int, width: int) -> str:
    opening = "" if start in sentences else CUT
    room = width - len(opening)
    if len(flow) - start <= room:
        return opening + flow[start:]
    end = flow.rfind(" ", start, start + room)
    if end < start:  # one word wider than the window
        end = start + room - len(CUT)
    return opening + flow[start:end] + ("" if end + 1 in sentences else CUT)


def _parted(cleaned: Cleaned) -> str:
    """Return the text of a post with a dash behind its title, where that does not end as a sentence does."""
    title, body = cleaned.text[: cleaned.head].strip(), cleaned.text[cleaned.head :]
    is_run_on = title[-1:] not in ".!?…:" and body.strip()
    return f"{title} {DASH}{body}" if is_run_on else cleaned.text


def _flow(text: str) -> tuple[str, list[int]]:
    """Write a text on one line, and tell where its sentences and lines start."""
    blank = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    lines = [TORN.sub("", line) if any(map(line.__contains__, TORN_SIGNS)) else line for line in blank if line]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    flow = " ".join(lines)
    return flow, sorted({*starts, *(match.end() for match in SENTENCE_END.finditer(flow))})


def _language(text: Text, cleaned: str) -> Language:
    return text.language or detect(cleaned)[0] or "en"


def _terms(text: str, language: Language) -> Iterator[int]:
    text = unicodedata.normalize("NFC", text)
    terms = map(_vocabulary(language).__getitem__, _pattern(text).findall(text))
    return (term for term in terms if term is not None)


def _pattern(text: str) -> re.Pattern[str]:
    return WORD if SIGNED.search(text) else PLAIN_WORD


def _term(token: str, language: Language) -> int | None:
    """Return the hash of a token's stem; nothing for a stop word or a single character."""
    word = fold(token)
    return _hash(word, language) if _counts(word, language) else None


@lru_cache(maxsize=50_000)
def _both_hashes(word: str) -> tuple[int, ...]:
    return tuple(sorted({_hash(word, language) for language in LANGUAGES}))


def _counts(word: str, language: Language) -> bool:
    return len(word) > 1 and word not in _folded_stop_words(language)


def _hash(word: str, language: Language) -> int:
    """Return the hash of a folded word's stem in that language; what holds a digit or a sign is the same in all."""
    stem = f"{language} {_stemmers().by_language[language].stemWord(word)}" if word.isalpha() else word
    return int.from_bytes(blake2b(stem.encode(), digest_size=8).digest(), "big", signed=True)


@cache
def _vocabulary(language: Language) -> _Vocabulary:
    return _Vocabulary(language)


@cache
def _stemmers() -> _Stemmers:
    return _Stemmers()


@cache
def _folded_stop_words(language: Language) -> frozenset[str]:
    """Return the stop words cut as texts are: "qu'" as "qu", "celui-ci" as "celui" and "ci"."""
    return frozenset(fold(token) for word in stop_words(language) for token in WORD.findall(word))
