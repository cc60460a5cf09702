"""Holding a topic: who wrote about it, other than to ask, and how recently they did."""

import numpy as np

from graph.arrays import BoolArray, IntArray
from graph.model import PostKind


def speaks_for_its_author(kind: PostKind | None) -> bool:
    """Whether such a post shows that its author knows what it is about: asking is not knowing."""
    return kind != "question"


def held(keys: IntArray, is_broad: BoolArray | bool) -> BoolArray:
    """Where each person begins who holds a topic: who wrote a post about it, or two about a broad one.

    One row a post that speaks for its author; equal keys, of a person and a topic, come together; `is_broad` says by
    row whether the topic unites several. As that takes two posts, holding it does not follow from holding one of them,
    nor the other way round, and the counts of the one tell nothing about those of the other.
    Example: keys 1, 1, 2, 3 of which the first three are of broad topics: the rows 0 and 3.
    """
    is_first = np.ones(keys.size + 1, dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:-1])
    is_only = is_first[1:]
    return is_first[:-1] & ~(is_only & is_broad)


def half_since(cells: IntArray, last: IntArray) -> tuple[IntArray, IntArray]:
    """The distinct cells, ascending, and for each the latest day since when at least half of its people wrote.

    `last` is the day on which each of the people wrote last, 0 or more. A median singles nobody out where a maximum
    would.
    Example: one cell with 1, 4, 5, 9, 9: 5, for three of five wrote then or later.
    """
    both = np.sort(cells.astype(np.int64) << 32 | last)  # much faster than by two keys
    found, starts, sizes = np.unique(both >> 32, return_index=True, return_counts=True)
    return found, both[starts + sizes // 2] & (2**32 - 1)
