"""What somebody may see of one block, and what follows from it: totals, ages, threads."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np

from graph.arrays import BoolArray, IntArray, flags
from graph.projection.blocks import Block, Part
from graph.projection.cache import Cache
from graph.projection.threads import Openings, openings, roles

TABLES: Final = 256  # counted from a view of a block alone that are remembered; what one is of decides how large it is


@dataclass(frozen=True, slots=True, eq=False)
class BlockView:
    """One block under a mask."""

    block: Block
    ok: BoolArray  # which posts are seen
    is_all: bool
    posts_by: IntArray  # how many, in the order of the block's people
    words_by: IntArray
    seen: IntArray  # how many are seen of none, one, two … of the oldest posts, where the next one is newer
    openings: Openings
    roles: IntArray  # as far as this block goes
    tables: Cache[Hashable, Any] = field(default_factory=lambda: Cache(TABLES), init=False, repr=False)
    _topic_posts: Cache[None, IntArray] = field(default_factory=lambda: Cache(1), init=False, repr=False)

    @classmethod
    def of(cls, part: Part, communities: frozenset[int]) -> Self:
        """The part as somebody sees it who may read these communities."""
        block, posts = part.block, part.block.posts
        size = int(posts.community.max()) + 1
        readable = np.array([number for number in communities if number < size], dtype=np.int64)
        ok = part.is_shown & flags(readable, size)[posts.community]
        found = openings(block.threads, posts, ok)
        return cls(
            block=block,
            ok=ok,
            is_all=bool(ok.all()),
            posts_by=np.add.reduceat(ok, block.starts[:-1], dtype=np.int64),
            words_by=np.add.reduceat(posts.length * ok, block.starts[:-1], dtype=np.int64),
            seen=np.cumsum(np.bincount(block.until[ok], minlength=ok.size + 1), dtype=np.int32),
            openings=found,
            roles=roles(block.threads, found, ok.size),
        )

    def topic_posts(self) -> IntArray:
        """How many posts that are seen mention each topic, in the order of the block's topics."""
        return self._topic_posts.get(None, lambda: self.block.topics.sizes(self.ok))

    @property
    def newest(self) -> int:
        """The time of the last post that is seen, in microseconds since 1970; 0 where none is."""
        total = self.seen[-1]
        return int(self.block.times[np.searchsorted(self.seen, total) - 1]) if total else 0

    def newer(self, posts: IntArray) -> IntArray:
        """How many posts that are seen are strictly newer than each of these of the block."""
        return self.seen[-1] - self.seen.take(self.block.until[posts])

    def newer_than(self, times: IntArray) -> IntArray:
        """How many posts that are seen are strictly newer than each of these times."""
        return self.seen[-1] - self.seen[np.searchsorted(self.block.times, times, side="right")]

    def visible(self, posts: IntArray, beside: IntArray) -> tuple[IntArray, IntArray]:
        """Those of these posts that are seen, and what stands beside them."""
        posts = posts.astype(np.intp)  # what numpy looks up fastest
        if self.is_all:
            return posts, beside
        kept = self.ok[posts].nonzero()[0]  # places are gathered several times faster than by flags
        return posts[kept], beside[kept]
