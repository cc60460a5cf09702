"""What an organisation is divided into: everybody is in one department and at one site, and writes in communities."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Self, get_args

import numpy as np

from graph.arrays import BoolArray, IntArray
from graph.model import Community
from graph.projection.directory import People
from graph.projection.names import sort_key
from graph.projection.texts import Shared

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
    def of(cls, names: Shared, is_counted: BoolArray) -> Self:
        """The groups of the people who count, by number, given the name that each has, "" for none."""
        texts, places = [text.decode() for text in names.texts.tolist()], names.places
        who = np.flatnonzero(is_counted & (places >= 0))
        used = {texts[place] for place in np.unique(places[who]).tolist()} - {""}
        known = sorted(used, key=lambda name: (sort_key(name), name))
        group = {name: at for at, name in enumerate(known)}
        by_place = np.array([group.get(text, len(known)) for text in texts], dtype=np.int64)
        of_person = np.full(places.size + 1, len(known))
        of_person[who] = by_place[places[who]]
        return cls((*known, None), np.bincount(of_person[who], minlength=len(known) + 1), of_person)

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
    def of(cls, people: People, communities: Mapping[int, Community]) -> Self:
        """The organisation of these people, and of these communities in this order, given their numbers."""
        places = np.full(max(communities, default=0) + 2, -1)
        places[list(communities)] = np.arange(len(communities))
        departments, sites = (Groups.of(names, people.is_expert) for names in (people.departments, people.sites))
        return cls(departments, sites, tuple(communities.values()), places)

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
