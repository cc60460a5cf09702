"""Mentions of topics by the cells of a map, which has a column for a topic and a place for a community."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, Self

import numpy as np

from graph.arrays import NONE, BoolArray, IntArray, joined, ranges
from graph.projection.postings import Postings
from graph.projection.views import View
from graph.projection.visibility import BlockView

CHUNK: Final = 500_000  # mentions in a piece, more where a single column has them: what a processor's cache holds


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """The mentions of the columns from `low` up to `high`: one a post, in order of column, place and author."""

    low: int
    high: int
    keys: IntArray  # line × number of places + place, and the author, in one number
    author_bits: int
    width: int  # number of places

    @property
    def size(self) -> int:
        """The number of lines: column `low` is line 0."""
        return self.high - self.low

    @property
    def lines(self) -> IntArray:
        """The line of each mention."""
        return (self.keys >> self.author_bits) // self.width

    def picked(self, which: BoolArray) -> tuple[IntArray, IntArray]:
        """The cells of these mentions, line × number of places + place, and their authors."""
        keys = self.keys.take(np.flatnonzero(which))  # twice as fast as by flags
        return keys >> self.author_bits, keys & (2**self.author_bits - 1)


def mentions(
    view: View, columns: IntArray, *, kinds: BoolArray, places: IntArray, cost: int = 1, chunk: int = CHUNK
) -> Iterator[Mentions]:
    """All visible mentions, piece by piece, whole columns in each.

    By number, `columns` has each topic's column and `places` each community's place, the last one for all later ones;
    -1 is none. `kinds` says which kinds of posts count. A column counts as that many mentions more as it costs whoever
    reads it."""
    bits = int(view.posts_by.size).bit_length()
    sources = [_Source.of(block, columns, kinds=kinds, places=places, author_bits=bits) for block in view.blocks]
    count, width = int(columns.max(initial=-1)) + 1, int(places.max(initial=0)) + 1
    sizes = sum((source.sizes(count) for source in sources), np.full(count, cost, dtype=np.int64))
    for low, high in pairwise([0, *np.flatnonzero(np.diff(np.cumsum(sizes) // chunk, prepend=0)).tolist(), count]):
        keys = joined([source.keys(low, high, width << bits) for source in sources] or [NONE])
        if (keys[1:] < keys[:-1]).any():
            keys.sort()
        yield Mentions(low, high, keys, bits, width)


class _Source(NamedTuple):
    """What is looked up of a block's posts, and its postings of topics in order of their columns."""

    posts: IntArray  # place and author in one number; -1 where the post does not count
    topics: Postings
    rows: IntArray
    columns: IntArray  # of these rows

    @classmethod
    def of(cls, view: BlockView, columns: IntArray, *, kinds: BoolArray, places: IntArray, author_bits: int) -> Self:
        """The postings of topics that have a column, and the posts."""
        posts, column = view.block.posts, columns[view.block.topics.terms].astype(np.int64)
        place = places.take(posts.community, mode="clip")
        rows = np.flatnonzero(column >= 0)
        rows = rows[np.argsort(column[rows], kind="stable")]
        found = np.where(view.ok & kinds[posts.kind] & (place >= 0), place << author_bits | posts.author, -1)
        is_small = int(found.max()) < 2**31
        return cls(found.astype(np.int32) if is_small else found, view.block.topics, rows, column[rows])

    def sizes(self, count: int) -> IntArray:
        """For each column how many postings it has."""
        return np.bincount(self.columns, np.diff(self.topics.starts)[self.rows], minlength=count).astype(np.int64)

    def keys(self, low: int, high: int, span: int) -> IntArray:
        """The mentions of the columns from the low one up to the high one, as keys that have `span` for each column."""
        part = slice(*np.searchsorted(self.columns, (low, high)))
        columns, (posts, starts) = self.columns[part] - low, self._posts(self.rows[part])
        if (columns[1:] == columns[:-1]).any():  # a post that mentions several topics of a column is one mention
            both = np.unique(np.repeat(columns, np.diff(starts, append=posts.size)) << 32 | posts)
            posts, (columns, starts) = both & (2**32 - 1), np.unique(both >> 32, return_index=True)
        found = self.posts.take(posts)
        is_counted = found >= 0
        counted = np.add.reduceat(is_counted, starts, dtype=np.int64) if posts.size else starts
        return np.repeat(columns * span, counted) + found.take(np.flatnonzero(is_counted))

    def _posts(self, rows: IntArray) -> tuple[IntArray, IntArray]:
        """The posts of these postings, and where in them those of each row begin."""
        starts, stops = self.topics.starts[rows], self.topics.starts[rows + 1]
        if rows.size and (starts[1:] == stops[:-1]).all():  # side by side: nothing needs to be looked up
            return self.topics.posts[starts[0] : stops[-1]], starts - starts[0]
        return self.topics.posts[ranges(starts, stops)], np.cumsum(stops - starts) - (stops - starts)
