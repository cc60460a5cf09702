"""A network: some people, and all ties between them that somebody may see."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """People, and each tie between them once: its ends are places among the people, the lower one first.

    The people are in order of their public ids, so that whatever is drawn or found depends on nothing else."""

    people: IntArray  # by number
    low: IntArray
    high: IntArray
    strength: FloatArray  # in [0, 1]

    @classmethod
    def of(cls, people: IntArray, *, person: IntArray, other: IntArray, strength: FloatArray) -> Self:
        """The network of these people, by number in that order, given their ties by number, from one end or from both.

        Whoever else is at an end of them does not count."""
        place = np.full(max(people.max(initial=-1), person.max(initial=-1), other.max(initial=-1)) + 1, -1)
        place[people] = np.arange(people.size)
        one, two = np.minimum(place[person], place[other]), np.maximum(place[person], place[other])
        _, first = np.unique(one << 32 | two, return_index=True)
        first = first[one[first] >= 0]
        return cls(people, one[first], two[first], strength[first])

    @property
    def size(self) -> int:
        """How many people there are."""
        return self.people.size

    def standing(self) -> FloatArray:
        """For each of the people the sum of the strengths of their ties."""
        ends = np.concatenate((self.low, self.high))
        return np.bincount(ends, np.tile(self.strength, 2), minlength=self.size).astype(np.float64)

    def among(self, which: BoolArray) -> Self:
        """Those people, and the ties between them."""
        place, kept = np.cumsum(which) - 1, which[self.low] & which[self.high]
        return type(self)(self.people[which], place[self.low[kept]], place[self.high[kept]], self.strength[kept])

    def strongest_first(self) -> IntArray:
        """The ties by strength, equal ones by their ends."""
        return np.lexsort((self.high, self.low, -self.strength))

    def thinned(self, most: int) -> Self:
        """With so many ties at most: those that are among the k strongest of one of their people, with the largest k.

        Example: ties ab .9, ac .8, bc .1, at most two: k = 1 keeps ab and ac, the strongest of c."""
        if self.low.size <= most:
            return self
        rank = self._ranks()
        kept = rank < int(np.sort(rank)[most])
        return type(self)(self.people, self.low[kept], self.high[kept], self.strength[kept])

    def _ranks(self) -> IntArray:
        """For each tie its rank among those of one of its people, from 0: of the two the better one."""
        order = self.strongest_first()
        ends = np.stack((self.low[order], self.high[order]), axis=1).ravel()
        by_person = np.argsort(ends, kind="stable")
        starts = np.searchsorted(ends[by_person], np.arange(self.size))
        rank = np.empty(ends.size, dtype=np.int64)
        rank[by_person] = np.arange(ends.size) - starts[ends[by_person]]
        found = np.empty(order.size, dtype=np.int64)
        found[order] = rank.reshape(-1, 2).min(axis=1)
        return found
