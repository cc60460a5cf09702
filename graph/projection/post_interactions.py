"""What was done to a post, and by whom; it lives where the post lives, so who sees the post sees it too."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from graph.arrays import IntArray, distinct, ranges_by_row
from graph.changes import InteractionRow
from graph.model import InteractionType

TYPES: Final[tuple[InteractionType, ...]] = ("acceptance", "thanks", "endorsement", "reaction")
_TYPE_BITS: Final = 2


class Received(NamedTuple):
    """What some posts received; the first three are one row a post, in their order."""

    acceptances: IntArray
    thanks: IntArray
    reactions: IntArray
    endorsed: IntArray  # which of the posts was endorsed …
    endorser: IntArray  # … and by whom: each pair once


@dataclass(frozen=True, slots=True, eq=False)
class PostInteractions:
    """One row an event, in order of the post's number."""

    post: IntArray
    by: IntArray
    reached: IntArray  # whom, who need not be the post's author, and behind their number by what: a place in TYPES
    number: IntArray
    starts: IntArray  # by the post's number: its first row; two more than there are numbers

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

        post = column([row.post for row in rows], np.int32)
        columns = (
            post,
            column([row.source for row in rows], np.int32),
            column([row.target << _TYPE_BITS | TYPES.index(row.type) for row in rows], np.int32),
            column([row.number for row in rows], np.int32),
        )
        order = np.argsort(post, kind="stable")
        return cls._over(*(values[order] for values in columns))

    @classmethod
    def _over(cls, post: IntArray, *others: IntArray) -> Self:
        """The table of these columns, in order of the post's number."""
        counts = np.bincount(post, minlength=int(post.max(initial=-1)) + 2)
        return cls(post, *others, starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int32))

    def updated(self, rows: Sequence[InteractionRow], removed: Collection[int]) -> Self:
        """The same after these interactions came or changed, and those numbers went."""
        gone = np.array(sorted({*removed, *(row.number for row in rows)}), dtype=np.int32)
        new = self.of(rows)
        is_gone = np.isin(self.number, gone) if gone.size else np.zeros(self.number.size, dtype=np.bool_)
        if new.post.size == 0 and not is_gone.any():
            return self
        kept = [column[~is_gone] for column in self._columns()]
        place = np.searchsorted(kept[0], new.post, side="right")
        return self._over(*(np.insert(old, place, come) for old, come in zip(kept, new._columns(), strict=True)))

    def received(self, posts: IntArray, authors: IntArray) -> Received:
        """What the posts with these numbers received that reached their authors; nobody reaches themselves."""
        number = np.minimum(posts, self.starts.size - 2)
        starts, stops = self.starts.take(number), self.starts.take(number + 1)
        rows, which = ranges_by_row(starts, stops)
        reached = self.reached.take(rows)
        kept = (reached >> _TYPE_BITS == authors.take(which)).nonzero()[0]
        which, kind = which[kept], reached[kept] & (len(TYPES) - 1)
        counts = np.bincount(which * len(TYPES) + kind, minlength=posts.size * len(TYPES))
        acceptances, thanks, _, reactions = counts.reshape(posts.size, len(TYPES)).T
        endorsed = (kind == TYPES.index("endorsement")).nonzero()[0]
        pairs = distinct((which[endorsed] << 32) | self.by[rows[kept[endorsed]]])
        return Received(acceptances, thanks, reactions, endorsed=pairs >> 32, endorser=pairs & (2**32 - 1))

    def _columns(self) -> tuple[IntArray, ...]:
        return self.post, self.by, self.reached, self.number
