"""Posts → excerpts: the stretch of a post that tells most of what is asked for, as plain text on one line."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from nlp.cleaning import Cleaned, clean_post
from nlp.folding import fold
from nlp.model import Language, Text
from nlp.words import language_of, pattern_of, stem, term, terms_in

SENTENCE_END: Final = re.compile(r"[.!?…] ")
TORN: Final = re.compile(r"(?<=\() | (?=\)|[.,](?:\s|$))")  # the blank that mark-up left beside a sign …
TORN_SIGNS: Final = ("( ", " )", " .", " ,")  # … one of these, so most lines need no look
NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
CUT: Final = "…"
DASH: Final = "–"
CHANGED: Final = 2  # last letters of a stem that its words may write otherwise: "die" of "dying", "cheval" of "chevaux"
SHORT: Final = 4_000  # characters of a post that is worth remembering: some 5 MB of them in all, 40 at worst


class _Sought(NamedTuple):
    """The terms of the words that are asked for in a language, and how all words of these terms begin."""

    terms: frozenset[int]
    beginnings: frozenset[str]


class _Hit(NamedTuple):
    """A word that is asked for: where it stands, and its term."""

    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """A post on one line, where its sentences start, and what its words are found by."""

    flow: str
    sentences: list[int]
    folded: str
    origins: Sequence[int]  # where each sign of `folded` stands in `flow`
    language: Language
    pattern: re.Pattern[str]

    def hits(self, words: frozenset[str]) -> list[_Hit]:
        """Return where these words stand in some form, in order."""
        terms, sought, found = terms_in(self.language), _sought(words, self.language), set[_Hit]()
        for place in self._places(sought.beginnings):
            word = self.pattern.match(self.flow, place)
            if word and (found_by := terms[word.group()]) in sought.terms:
                found.add(_Hit(place, word.end(), found_by))
        return sorted(found)

    def _places(self, beginnings: Collection[str]) -> Iterator[int]:
        """Where words begin so: to look for these takes less time than to cut a post into words."""
        for letters in beginnings:
            place = self.folded.find(letters)
            while place >= 0:
                if not self.folded[place - 1 : place].isalnum():
                    yield self.origins[place]
                place = self.folded.find(letters, place + 1)


def excerpt(text: Text, words: Collection[str], *, width: int = 240) -> str:
    """Return the window of the post that holds most of these words in some form, at most `width` characters.

    Plain text in whole words, from the start of a sentence where it fits, "…" where a sentence is cut; the whole post
    where that fits, and its first words where none of these stands in it.
    """
    read = _read_again(text) if len(text.body) <= SHORT else _read(text)
    if len(read.flow) <= width:
        return read.flow
    start = _best_start(read.hits(frozenset(words)), read.flow, read.sentences, width)
    return _cut(read.flow, read.sentences, start=start, width=width)


@lru_cache(maxsize=100)  # many posts speak for one question
def _sought(words: frozenset[str], language: Language) -> _Sought:
    folded = {fold(word) for word in words}
    return _Sought(
        terms=frozenset(term(word, language) for word in folded),
        beginnings=frozenset(beginning(word, language) for word in folded),
    )


def beginning(word: str, language: Language) -> str:
    """Return how all words begin that have the stem of that folded one."""
    shared = stem(word, language)
    return shared[: max(1, len(shared) - CHANGED)]


def _read(text: Text) -> _Reading:
    cleaned = clean_post(text)
    flow, sentences = _flow(_parted(cleaned) if text.title else cleaned.text)
    return _Reading(flow, sentences, *_folded(flow), language_of(text, cleaned.text), pattern_of(flow))


_read_again = lru_cache(maxsize=4_000)(_read)  # the same posts speak for many questions


def _folded(flow: str) -> tuple[str, Sequence[int]]:
    """Fold a text, and tell where each sign of that stood: of "œ" there are two."""
    if flow.isascii():
        return flow.lower(), range(len(flow))
    folded = NOT_ASCII.sub(lambda sign: _folded_sign(sign.group()), flow).lower()
    if len(folded) == len(flow):  # as mostly: no sign ever gets shorter
        return folded, range(len(flow))
    signs = [*map(_folded_sign, flow)]
    return "".join(signs), [place for place, sign in enumerate(signs) for _ in sign]


@lru_cache(maxsize=1_000)  # texts are written with few
def _folded_sign(sign: str) -> str:
    return fold(sign) or sign


def _best_start(hits: Sequence[_Hit], flow: str, sentences: list[int], width: int) -> int:
    """Return where the first window with the most different terms starts."""
    best, most, wanted = 0, 0, len({hit.term for hit in hits})
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
