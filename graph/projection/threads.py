"""Threads: which posts belong together, and which of these are conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from graph.arrays import NONE, BoolArray, BytesArray, IntArray, order_of, places, run_starts
from graph.projection.posts import Posts

MOST_POSTS: Final = 1_000  # of a conversation; in a thread with more, or of one author, every post stands alone

INSIDE, ALONE, OPENING = 0, 1, 2  # a post's role: it follows in a conversation, is part of none, or opens one


@dataclass(frozen=True, slots=True, eq=False)
class Threads:
    """The posts of each thread by time and public id; thread i holds those from `starts[i]` up to `starts[i + 1]`."""

    keys: IntArray  # sorted
    starts: IntArray
    posts: IntArray

    @classmethod
    def of(cls, posts: Posts) -> Self:
        """The threads of a block's posts."""
        threaded = np.flatnonzero(posts.thread)
        key = posts.thread[threaded]
        order = order_of(posts.id[threaded], key, posts.at[threaded])
        key = key[order]
        starts = run_starts(key)
        return cls(key[starts], np.concatenate((starts, [key.size])), threaded[order].astype(np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """What some threads look like to a viewer, as far as one block goes or all together."""

    size: IntArray  # visible posts
    first: IntArray  # the first one, -1 without any
    author: IntArray  # who wrote it
    at: IntArray
    id: BytesArray
    is_shared: BoolArray  # somebody else wrote too

    def is_conversation(self) -> BoolArray:
        """Whether each thread is one unit: several people wrote, and it is no endless stream."""
        return self.is_shared & (self.size <= MOST_POSTS)

    def taken(self, rows: IntArray) -> "Openings":
        """These threads; -1 stands for one without posts."""
        is_there = rows >= 0
        size, first = np.where(is_there, self.size[rows], 0), np.where(is_there, self.first[rows], -1)
        return Openings(size, first, self.author[rows], self.at[rows], self.id[rows], is_there & self.is_shared[rows])


def openings(threads: Threads, posts: Posts, ok: BoolArray) -> Openings:
    """How one block's threads begin under a mask."""
    seen = ok[threads.posts]
    visible = np.concatenate((threads.posts[seen], [-1]))
    bounds = np.concatenate(([0], np.cumsum(seen)))[threads.starts]
    size = np.diff(bounds)
    first = np.where(size > 0, visible[bounds[:-1]], -1)
    author = posts.author[first]
    is_other = posts.author[visible[:-1]] != np.repeat(author, size)
    others = np.concatenate(([0], np.cumsum(is_other)))[bounds]
    return Openings(size, first, author, posts.at[first], posts.id[first], np.diff(others) > 0)


def together(parts: Sequence[Openings]) -> tuple[Openings, IntArray]:
    """The same threads over several blocks, and which of these holds the first post of each."""
    whole, holder = parts[0], np.zeros(parts[0].size.size, dtype=np.int64)
    for at, part in enumerate(parts[1:], start=1):
        before, here = whole.size > 0, part.size > 0
        is_earlier = (part.at < whole.at) | ((part.at == whole.at) & (part.id < whole.id))
        is_first = here & (is_earlier | ~before)
        is_shared = whole.is_shared | part.is_shared | (before & here & (whole.author != part.author))
        first, author, when, ids = (
            np.where(is_first, new, old)
            for new, old in zip(
                (part.first, part.author, part.at, part.id),
                (whole.first, whole.author, whole.at, whole.id),
                strict=True,
            )
        )
        whole = Openings(whole.size + part.size, first, author, when, ids, is_shared)
        holder[is_first] = at
    return whole, holder


def roles(threads: Threads, found: Openings, posts: int) -> IntArray:
    """The role of each post of a block, as far as that block goes."""
    role = np.full(posts, ALONE, dtype=np.int8)
    is_one = found.is_conversation()
    role[threads.posts[np.repeat(is_one, np.diff(threads.starts))]] = INSIDE
    role[found.first[is_one]] = OPENING
    return role


def spread(keys: Sequence[IntArray]) -> IntArray:
    """The threads that have posts in more than one block, from the keys of each."""
    found: list[IntArray] = [NONE]
    for at, key in enumerate(keys[:-1]):
        later = np.unique(np.concatenate(keys[at + 1 :]))
        found.append(later[places(later, key) >= 0])
    return np.unique(np.concatenate(found))
