"""Postings: term → its posts, each with how much of the term is in it; for words and for topics alike."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from graph.arrays import BoolArray, FloatArray, IntArray, joined, places, run_starts

MOST: Final = 21  # occurrences that are told apart: so one byte holds a word's count and its count in the first line
STRONGEST: Final = 255  # the code of a topic's strength of 1
CHUNK: Final = 4_000_000  # postings merged at a time: what bounds the memory that a merge needs

_COUNT: Final = np.repeat(np.arange(MOST + 1.0), np.arange(1, MOST + 2))
_FIRST: Final = np.concatenate([np.arange(count + 1.0) for count in range(MOST + 1)])


def word_codes(count: IntArray, first: IntArray) -> IntArray:
    """How often words stand in a post, and how often of that in its title or first line, as one byte each."""
    count = np.minimum(count, MOST)
    return (count * (count + 1) // 2 + np.minimum(first, count)).astype(np.uint8)


def word_counts(codes: IntArray) -> tuple[FloatArray, FloatArray]:
    """The counts behind the codes of words: in all, and in title or first line."""
    return _COUNT.take(codes), _FIRST.take(codes)


def topic_codes(strength: FloatArray) -> IntArray:
    """Strengths in [0, 1] as one byte each, never 0."""
    return np.maximum(np.round(strength * STRONGEST), 1).astype(np.uint8)


def topic_strengths(codes: IntArray) -> tuple[FloatArray]:
    """The strengths behind the codes of topics."""
    return (codes / STRONGEST,)


class Posting(NamedTuple):
    """The posts of a term, ascending, and their codes."""

    posts: IntArray
    codes: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """Postings turned round: post i holds the terms in the rows from `starts[i]` up to `starts[i + 1]`, ascending."""

    starts: IntArray
    rows: IntArray
    codes: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The posts of each term, in ascending order; row i holds those from `starts[i]` up to `starts[i + 1]`."""

    terms: IntArray  # sorted: numbers of topics, or 64-bit hashes of words
    starts: IntArray
    posts: IntArray
    codes: IntArray

    @classmethod
    def of(cls, terms: IntArray, posts: IntArray, codes: IntArray) -> Self:
        """Group postings that come post after post."""
        order = np.argsort(terms, kind="stable")
        terms = terms[order]
        starts = run_starts(terms)
        ends = np.concatenate((starts, [terms.size]))
        return cls(terms[starts], ends, posts[order].astype(np.int32), codes[order])

    @classmethod
    def merged(cls, blocks: Sequence["Postings"], places: Sequence[IntArray], *, chunk: int = CHUNK) -> Self:
        """The postings of several blocks whose posts get these new places, -1 where they are gone."""
        terms = np.unique(np.concatenate([block.terms for block in blocks]))
        size = sum(block.posts.size for block in blocks)
        posts, codes = np.empty(size, np.int32), np.empty(size, np.uint8)
        sizes = np.zeros(terms.size, np.int64)
        end = 0
        for low, high in _chunks(terms, blocks, chunk):
            pieces = [
                block._moved(place, terms=terms, low=low, high=high)
                for block, place in zip(blocks, places, strict=True)
            ]
            row, place, code = (np.concatenate(column) for column in zip(*pieces, strict=True))
            order = np.argsort((row << 32) | place, kind="stable")
            span = slice(end, end := end + order.size)
            posts[span], codes[span] = place[order], code[order]
            sizes += np.bincount(row, minlength=terms.size)
        is_used = sizes > 0
        starts = np.concatenate(([0], np.cumsum(sizes[is_used])))
        return cls(terms[is_used], starts, posts[:end], codes[:end])

    def find(self, terms: Collection[int]) -> Posting:
        """The postings of all of these terms, term after term."""
        row = places(np.array([*terms], dtype=np.int64), self.terms)
        row = row[row >= 0]
        # Stretches are copied several times faster than rows are looked up.
        spans = [slice(*span) for span in zip(self.starts[row].tolist(), self.starts[row + 1].tolist(), strict=True)]
        if not spans:
            return Posting(self.posts[:0], self.codes[:0])
        return Posting(*(joined([column[span] for span in spans]) for column in (self.posts, self.codes)))

    def sizes(self, ok: BoolArray) -> IntArray:
        """For each term the number of its posts that are ok."""
        if self.terms.size == 0:
            return self.terms
        return np.add.reduceat(ok[self.posts], self.starts[:-1], dtype=np.int64)

    def contents(self, posts: int) -> Contents:
        """What each of so many posts holds, of fewer than 2^24 terms; a second for ten million postings."""
        key = self.posts.astype(np.int64)
        key <<= 24
        key |= np.repeat(np.arange(self.terms.size, dtype=np.int32), np.diff(self.starts))
        key <<= 8
        key |= self.codes
        key.sort()  # much faster than by two keys
        codes = key.astype(np.uint8)
        key &= 2**32 - 1
        key >>= 8
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.posts, minlength=posts))))
        return Contents(starts, key.astype(np.uint16 if self.terms.size < 2**16 else np.int32), codes)

    def _moved(self, place: IntArray, *, terms: IntArray, low: int, high: int) -> tuple[npt.NDArray[Any], ...]:
        """Row of the term among all terms, new place and code of the postings from the low up to the high row."""
        begin, end = np.searchsorted(self.terms, terms[low]), np.searchsorted(self.terms, terms[high - 1], "right")
        span = slice(self.starts[begin], self.starts[end])
        row = np.repeat(np.searchsorted(terms, self.terms[begin:end]), np.diff(self.starts[begin : end + 1]))
        new, codes = place[self.posts[span]], self.codes[span]
        is_kept = new >= 0
        return (row, new, codes) if is_kept.all() else (row[is_kept], new[is_kept], codes[is_kept])


def _chunks(terms: IntArray, blocks: Sequence[Postings], chunk: int) -> Iterator[tuple[int, int]]:
    """Stretches of the terms that hold about as many postings each."""
    sizes = np.zeros(terms.size, np.int64)
    for block in blocks:
        sizes[np.searchsorted(terms, block.terms)] += np.diff(block.starts)
    bounds = np.flatnonzero(np.diff(np.cumsum(sizes) // chunk, prepend=0)).tolist()
    for low, high in zip([0, *bounds], [*bounds, terms.size], strict=True):
        if low < high:
            yield low, high
