"""People and topics by number: their public ids, what decides whether they are shown, and where they belong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from graph.model import PersonRow, TopicRow
from graph.projection.arrays import BoolArray, BytesArray, IntArray
from graph.projection.names import plain, sort_key, words_of
from graph.projection.texts import Searchable, Shared


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody; a number that is not known yet has no id, no name, and is no expert."""

    ids: BytesArray
    names: BytesArray  # as names.sort_key writes them
    is_expert: BoolArray
    departments: Shared  # "" for none; of somebody of whom nothing is known there is no text
    sites: Shared
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, ids: BytesArray, names: BytesArray, is_expert: BoolArray, departments: Shared, sites: Shared) -> Self:
        """The people with these ids, by number."""
        return cls(ids, names, is_expert, departments, sites, _numbers(ids))

    @classmethod
    def nobody(cls) -> Self:
        """No people."""
        none = np.zeros(0, dtype="S1")
        return cls.of(none, none, np.zeros(0, dtype=np.bool_), Shared.none(), Shared.none())

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
            self.departments.updated(at, [row.name and (row.department or "") for row in rows], size=size),
            self.sites.updated(at, [row.name and (row.site or "") for row in rows], size=size),
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
    is_interest: BoolArray
    broader: Shared  # public ids
    labels: Searchable  # as names.plain writes them
    numbers: Mapping[str, int]

    @classmethod
    def of(
        cls,
        ids: BytesArray,
        is_shown: BoolArray,
        merged_into: IntArray,
        is_interest: BoolArray,
        broader: Shared,
        labels: Searchable,
    ) -> Self:
        """The topics with these ids, by number."""
        return cls(ids, is_shown, merged_into, _ends(merged_into), is_interest, broader, labels, _numbers(ids))

    @classmethod
    def nothing(cls) -> Self:
        """No topics."""
        none = np.zeros(0, dtype=np.bool_)
        return cls.of(np.zeros(0, dtype="S1"), none, none.astype(np.int32), none, Shared.none(), Searchable.none())

    def updated(self, rows: Sequence[TopicRow]) -> Self:
        """The topics after these came or changed."""
        if not rows:
            return self
        size = max(self.ids.size, *(max(row.number, row.merged_into or 0) + 1 for row in rows))
        at = [row.number for row in rows]
        is_shown, merged_into = _grown(self.is_shown, size, np.bool_), _grown(self.merged_into, size, np.int32)
        is_interest = _grown(self.is_interest, size, np.bool_)
        is_shown[at] = [row.label_fr is not None or row.label_en is not None for row in rows]
        merged_into[at] = [row.merged_into or 0 for row in rows]
        is_interest[at] = [row.kind == "interest" for row in rows]
        return type(self)(
            _with_texts(self.ids, size, at, [row.id for row in rows]),
            is_shown,
            merged_into,
            _ends(merged_into),
            is_interest,
            self.broader.updated(at, [row.broader for row in rows], size=size),
            self.labels.updated(at, [_labelled(row) for row in rows], size=size),
            {**self.numbers, **{row.id: row.number for row in rows}},
        )

    def called(self, asked: str) -> IntArray:
        """The numbers of the topics one of whose labels holds this text."""
        return self.labels.holding(plain(asked))

    def broadest(self) -> IntArray:
        """By number the broadest topic above each, itself where none is; a circle ends somewhere in it."""
        above = np.array([self.numbers.get(text.decode(), 0) for text in self.broader.texts.tolist()] + [0])
        above = above[self.broader.places]  # without a text there is none: 0
        return _ends(np.where(above > 0, self.root[above], 0))

    def id(self, number: int) -> str:
        """The public id of that topic."""
        return self.ids[number].decode()

    def members(self, topic: int) -> tuple[int, ...]:
        """All topics that count as that one: it, what it was merged into, and all that was merged into that."""
        return tuple(np.flatnonzero(self.root == self.root[topic]).tolist())


def _labelled(row: TopicRow) -> str:
    """The labels of a topic, parted by what is in none."""
    return "\t".join(plain(label) for label in (row.label_fr, row.label_en, *row.aliases) if label)


def _ends(following: IntArray) -> IntArray:
    """Where each topic leads in the end, itself where 0 follows it; a circle ends somewhere in it."""
    ends = np.where(following > 0, following, np.arange(following.size))
    for _ in range(following.size.bit_length()):  # each round doubles the steps taken
        ends = ends[ends]
    return ends


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
