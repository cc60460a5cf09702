"""What somebody may see of one block, and what follows from it: totals, times in order, threads."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from graph.projection.arrays import BoolArray, IntArray
from graph.projection.blocks import Block, Part
from graph.projection.threads import Openings, openings, roles


@dataclass(frozen=True, slots=True, eq=False)
class BlockView:
    """One block under a mask."""

    block: Block
    ok: BoolArray  # which posts are seen
    is_all: bool
    posts_by: IntArray  # how many, in the order of the block's people
    words_by: IntArray
    times: IntArray  # of the posts seen, ascending
    openings: Openings
    roles: IntArray  # as far as this block goes

    @classmethod
    def of(cls, part: Part, communities: frozenset[int]) -> Self:
        """The part as somebody sees it who may read these communities."""
        block, posts = part.block, part.block.posts
        ok = part.is_shown & _flags(communities, int(posts.community.max()) + 1)[posts.community]
        found = openings(block.threads, posts, ok)
        return cls(
            block=block,
            ok=ok,
            is_all=bool(ok.all()),
            posts_by=np.add.reduceat(ok, block.starts[:-1], dtype=np.int64),
            words_by=np.add.reduceat(posts.length * ok, block.starts[:-1], dtype=np.int64),
            times=posts.at[block.by_time[ok[block.by_time]]],
            openings=found,
            roles=roles(block.threads, found, ok.size),
        )

    def visible(self, posts: IntArray, beside: IntArray) -> tuple[IntArray, IntArray]:
        """Those of these posts that are seen, and what stands beside them."""
        posts = posts.astype(np.intp)  # what numpy looks up fastest
        if self.is_all:
            return posts, beside
        kept = self.ok[posts]
        return posts[kept], beside[kept]


def _flags(numbers: frozenset[int], size: int) -> BoolArray:
    flags = np.zeros(size, dtype=np.bool_)
    flags[[number for number in numbers if number < size]] = True
    return flags
