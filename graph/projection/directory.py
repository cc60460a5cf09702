"""People and topics by number: their public ids, and what decides whether they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from graph.model import PersonRow, TopicRow
from graph.projection.arrays import BoolArray, BytesArray, IntArray
from graph.projection.names import sort_key, words_of


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody; a number that is not known yet has no id, no name, and is no expert."""

    ids: BytesArray
    names: BytesArray  # as names.sort_key writes them
    is_expert: BoolArray
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, ids: BytesArray, names: BytesArray, is_expert: BoolArray) -> Self:
        """The people with these ids, by number."""
        return cls(ids, names, is_expert, _numbers(ids))

    def updated(self, rows: Sequence[PersonRow], *, size: int) -> Self:
        """The people after these came or changed, for numbers below `size` at least."""
        size = max([size, self.ids.size, *(row.number + 1 for row in rows)])
        if not rows and size == self.ids.size:
            return self
        at = [row.number for row in rows]
        is_expert = _grown(self.is_expert, size, np.bool_)
        is_expert[at] = [row.is_expert for row in rows]
        return type(self)(
            _with_texts(self.ids, size, at, [row.id for row in rows]),
            _with_texts(self.names, size, at, [sort_key(row.name or "") for row in rows]),
            is_expert,
            {**self.numbers, **{row.id: row.number for row in rows}},
        )

    def id(self, number: int) -> str:
        """The public id of that person."""
        return self.ids[number].decode()

    def called(self, asked: str) -> IntArray:
        """The numbers of the experts whose name has, for each word asked, one that begins so: by name, then by id."""
        parts = [sort_key(word).encode() for word in words_of(asked)]
        found = np.flatnonzero(self.is_expert if parts else np.zeros(0))
        for part in parts:
            found = found[np.strings.find(self.names[found], part) >= 0]
        return found[np.lexsort((self.ids[found], self.names[found]))]

    def position(self, number: int) -> str:
        """Where that person stands in the order by name, then by id: sorts as text."""
        return f"{self.names[number].decode()}\n{self.id(number)}"


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """All topics; one without labels is shown nowhere, and a merged one counts for the topic it was merged into."""

    ids: BytesArray
    is_shown: BoolArray
    merged_into: IntArray  # 0: it stands for itself
    root: IntArray  # what that leads to in the end
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, ids: BytesArray, is_shown: BoolArray, merged_into: IntArray) -> Self:
        """The topics with these ids, by number."""
        return cls(ids, is_shown, merged_into, _roots(merged_into), _numbers(ids))

    def updated(self, rows: Sequence[TopicRow]) -> Self:
        """The topics after these came or changed."""
        if not rows:
            return self
        size = max(self.ids.size, *(max(row.number, row.merged_into or 0) + 1 for row in rows))
        at = [row.number for row in rows]
        is_shown, merged_into = _grown(self.is_shown, size, np.bool_), _grown(self.merged_into, size, np.int32)
        is_shown[at] = [row.label_fr is not None or row.label_en is not None for row in rows]
        merged_into[at] = [row.merged_into or 0 for row in rows]
        numbers = {**self.numbers, **{row.id: row.number for row in rows}}
        ids = _with_texts(self.ids, size, at, [row.id for row in rows])
        return type(self)(ids, is_shown, merged_into, _roots(merged_into), numbers)

    def members(self, topic: int) -> tuple[int, ...]:
        """All topics that count as that one: it, what it was merged into, and all that was merged into that."""
        return tuple(np.flatnonzero(self.root == self.root[topic]).tolist())


def _roots(merged_into: IntArray) -> IntArray:
    """What each topic was merged into in the end; a circle of merges ends somewhere in it."""
    roots = np.where(merged_into > 0, merged_into, np.arange(merged_into.size))
    for _ in range(merged_into.size.bit_length()):  # each round doubles the steps taken
        roots = roots[roots]
    return roots


def _numbers(ids: BytesArray) -> dict[str, int]:
    return {found.decode(): number for number, found in enumerate(ids.tolist()) if found}


def _grown(values: npt.NDArray[Any], size: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    grown = np.zeros(size, dtype=dtype)
    grown[: values.size] = values
    return grown


def _with_texts(known: BytesArray, size: int, at: Sequence[int], texts: Sequence[str]) -> BytesArray:
    new = [text.encode() for text in texts]
    grown = _grown(known, size, f"S{max([known.dtype.itemsize, *map(len, new)])}")
    grown[at] = new
    return grown
