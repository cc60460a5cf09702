"""Cells of tables that have a line for each topic and in it one for each department, site or community."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from graph.arrays import BoolArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Some cells of a table, an entry for each: number of the topic, place of the group, and how many people."""

    topics: IntArray
    groups: IntArray
    people: IntArray

    @classmethod
    def of(cls, people: IntArray, which: BoolArray, *, first: int) -> Self:
        """These cells of lines for the topics from the first one on."""
        topics, groups = np.nonzero(which)
        return cls(topics + first, groups, people[topics, groups])

    @classmethod
    def joined(cls, parts: Iterable["Cells"]) -> Self:
        """The cells of all parts, of which there is at least one."""
        columns = zip(*((part.topics, part.groups, part.people) for part in parts), strict=True)
        return cls(*map(np.concatenate, columns))

    def renumbered(self, topics: IntArray) -> Self:
        """The same cells, of these topics instead of 0, 1, 2 …"""
        return type(self)(topics[self.topics], self.groups, self.people)

    def taken(self, which: BoolArray) -> Self:
        """These of the cells."""
        return type(self)(self.topics[which], self.groups[which], self.people[which])

    def by_cell(self) -> dict[tuple[int, int], int]:
        """How many people by topic and group."""
        places = zip(self.topics.tolist(), self.groups.tolist(), strict=True)
        return dict(zip(places, self.people.tolist(), strict=True))
