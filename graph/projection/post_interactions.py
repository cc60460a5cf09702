"""What was done to a post, and by whom; it lives where the post lives, so who sees the post sees it too."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from graph.model import InteractionRow, InteractionType
from graph.projection.arrays import IntArray, ranges

TYPES: Final[tuple[InteractionType, ...]] = ("acceptance", "thanks", "endorsement", "reaction")


class Received(NamedTuple):
    """What some posts received; the first three are one row a post, in their order."""

    acceptances: IntArray
    thanks: IntArray
    reactions: IntArray
    endorsed: IntArray  # which of the posts was endorsed …
    endorser: IntArray  # … and by whom: each pair once


@dataclass(frozen=True, slots=True, eq=False)
class PostInteractions:
    """One row an event, in order of the post's number; `to` is whom it reached, which need not be the post's author."""

    post: IntArray
    by: IntArray
    to: IntArray
    type: IntArray  # an index into TYPES
    number: IntArray

    @classmethod
    def empty(cls) -> Self:
        """Nothing was done."""
        return cls.of(())

    @classmethod
    def of(cls, rows: Sequence[InteractionRow]) -> Self:
        """The events among these rows that change how a post counts."""
        rows = sorted(row for row in rows if row.post and row.type in TYPES and row.source != row.target)

        def column(values: list[int], dtype: npt.DTypeLike) -> IntArray:
            return np.array(values, dtype=dtype)

        found = cls(
            post=column([row.post for row in rows], np.int32),
            by=column([row.source for row in rows], np.int32),
            to=column([row.target for row in rows], np.int32),
            type=column([TYPES.index(row.type) for row in rows], np.uint8),
            number=column([row.number for row in rows], np.int32),
        )
        return found._taken(np.argsort(found.post, kind="stable"))

    def updated(self, rows: Sequence[InteractionRow], removed: Collection[int]) -> Self:
        """The same after these interactions came or changed, and those numbers went."""
        gone = np.array(sorted({*removed, *(row.number for row in rows)}), dtype=np.int32)
        kept = self
        if gone.size and self.number.size and gone[0] <= self.number.max():
            kept = self._taken(~np.isin(self.number, gone))
        new = self.of(rows)
        if new.post.size == 0:
            return kept
        place = np.searchsorted(kept.post, new.post, side="right")
        return type(self)(
            *(np.insert(getattr(kept, field.name), place, getattr(new, field.name)) for field in fields(self))
        )

    def received(self, posts: IntArray, authors: IntArray) -> Received:
        """What the posts with these numbers received that reached their authors; nobody reaches themselves."""
        order = np.argsort(posts)  # looked up in order, they are found faster
        starts = np.searchsorted(self.post, posts[order])
        stops = np.searchsorted(self.post, posts[order], side="right")
        rows, which = ranges(starts, stops), np.repeat(order, stops - starts)
        kept = self.to[rows] == authors[which]
        rows, which = rows[kept], which[kept]
        kind = self.type[rows]
        accepted, thanked, endorsed, reacted = (which[kind == code] for code in range(len(TYPES)))
        pairs = np.unique((endorsed << 32) | self.by[rows[kind == TYPES.index("endorsement")]])
        counts = (np.bincount(found, minlength=posts.size) for found in (accepted, thanked, reacted))
        return Received(*counts, endorsed=pairs >> 32, endorser=pairs & (2**32 - 1))

    def _taken(self, rows: npt.NDArray[np.generic]) -> Self:
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))
