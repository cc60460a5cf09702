"""Posts in columns: who wrote them, where, when, of what kind and length, in which thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, Protocol, Self, get_args

import numpy as np
import numpy.typing as npt

from graph.arrays import BytesArray, IntArray, order_of
from graph.changes import PostRow
from graph.model import PostKind

KINDS: Final[tuple[PostKind | None, ...]] = (None, *get_args(PostKind))  # a kind's code is its place here
LONGEST: Final = 2**16 - 1  # words; longer posts count as that long

_MIXING: Final = 0x9E3779B97F4A7C15  # spreads community numbers over 64 bits


class Words(Protocol):
    """The words of a post: distinct terms in ascending order, how often each occurs in all and in title or first line.

    `length` counts all words after stop words."""

    @property
    def terms(self) -> Sequence[int]: ...
    @property
    def counts(self) -> Sequence[int]: ...
    @property
    def first(self) -> Sequence[int]: ...
    @property
    def length(self) -> int: ...


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """One row a post, in order of author, time and public id."""

    number: IntArray
    id: BytesArray
    author: IntArray
    community: IntArray
    thread: IntArray  # thread and community in one number; 0: a thread of its own
    at: IntArray  # microseconds since 1970
    kind: IntArray  # an index into KINDS
    length: IntArray

    @classmethod
    def of(cls, rows: Sequence[PostRow], words: Sequence[Words]) -> Self:
        """The rows as columns, in the order in which they came."""

        def column(values: Iterable[int], dtype: npt.DTypeLike) -> IntArray:
            return np.fromiter(values, dtype=dtype, count=len(rows))

        return cls(
            number=column((row.number for row in rows), np.int32),
            id=np.array([row.id.encode() for row in rows], dtype=np.bytes_),
            author=column((row.author for row in rows), np.int32),
            community=narrow(column((row.community for row in rows), np.int32)),
            thread=column((_thread_key(row.thread, row.community) for row in rows), np.int64),
            at=column((row.at for row in rows), np.int64),
            kind=column((KINDS.index(row.kind) for row in rows), np.uint8),
            length=column((min(post.length, LONGEST) for post in words), np.uint16),
        )

    @classmethod
    def joined(cls, blocks: Sequence[Self]) -> Self:
        """The rows of all blocks, block after block."""
        columns = ([getattr(block, field.name) for block in blocks] for field in fields(cls))
        return cls(*(np.concatenate(column) for column in columns))

    def taken(self, rows: npt.NDArray[Any]) -> Self:
        """These rows, by place or by flag."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))

    def order(self) -> IntArray:
        """The order of author, time and public id."""
        return order_of(self.id, self.author, self.at)


def narrow(numbers: IntArray) -> IntArray:
    """The same numbers in two bytes each where they fit."""
    return numbers.astype(np.uint16) if numbers.size == 0 or numbers.max() < 2**16 else numbers


def _thread_key(thread: int | None, community: int) -> int:
    """A thread is taken within one community: the same thread elsewhere is another one."""
    if thread is None:
        return 0
    key = (thread + community * _MIXING) % 2**64
    return (key - 2**64 if key >= 2**63 else key) or 1
