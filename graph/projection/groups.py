"""What an organisation is divided into: everybody is in one department and at one site, and writes in communities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self, get_args

import numpy as np

from graph.model import Community
from graph.projection.arrays import IntArray
from graph.projection.names import sort_key

Partition = Literal["department", "site"]  # everybody is in one of each
Rows = Literal["department", "site", "community"]
Columns = Literal["topic", "broader"]

PARTITIONS: Final[tuple[Partition, ...]] = get_args(Partition)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Groups of people by name; the last one has none, and everybody is in it of whom nothing is known."""

    names: tuple[str | None, ...]
    sizes: IntArray  # how many people each has of whom something is known
    of_person: IntArray  # by number, the last entry for all later ones

    @classmethod
    def of(cls, names: Mapping[int, str | None]) -> Self:
        """The groups of the people with these numbers, given the name that each has."""
        known = sorted({name for name in names.values() if name}, key=lambda name: (sort_key(name), name))
        place = {name: at for at, name in enumerate(known)}
        people, unknown = list(names), len(known)
        of_person = np.full(max(people, default=-1) + 2, unknown)
        of_person[people] = [place.get(name or "", unknown) for name in names.values()]
        return cls((*known, None), np.bincount(of_person[people], minlength=unknown + 1), of_person)

    def group(self, people: IntArray) -> IntArray:
        """The group of each of these people."""
        return self.of_person.take(people, mode="clip")

    def counts(self, lines: IntArray, people: IntArray, *, size: int) -> IntArray:
        """A table with so many lines: how many of these people, each beside their line, are in each group."""
        width = len(self.names)
        return np.bincount(lines * width + self.group(people), minlength=size * width).reshape(size, width)


@dataclass(frozen=True, slots=True, eq=False)
class Organisation:
    """Departments, sites and communities, the same for everybody who asks."""

    departments: Groups
    sites: Groups
    communities: tuple[Community, ...]
    places: IntArray  # by number of community: its place among these, -1 for others and, at last, for all later ones

    @classmethod
    def of(
        cls,
        departments: Mapping[int, str | None],
        sites: Mapping[int, str | None],
        communities: Sequence[tuple[int, Community]],
    ) -> Self:
        """The organisation of these people, by number, and of these communities with their numbers."""
        places = np.full(max((number for number, _ in communities), default=0) + 2, -1)
        places[[number for number, _ in communities]] = np.arange(len(communities))
        return cls(Groups.of(departments), Groups.of(sites), tuple(one for _, one in communities), places)

    def groups(self, kind: Partition) -> Groups:
        """The departments or the sites."""
        return self.departments if kind == "department" else self.sites

    def place(self, communities: IntArray) -> IntArray:
        """The places of the communities with these numbers, -1 for others."""
        return self.places.take(communities, mode="clip")

    @property
    def readable(self) -> frozenset[int]:
        """The numbers of the communities, and 0 for posts in none."""
        return frozenset({0, *np.flatnonzero(self.places >= 0).tolist()})
