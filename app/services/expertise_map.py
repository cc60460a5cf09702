"""The expertise map: how many people of each department, site or community hold each topic, and how recently."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Final, Protocol

import numpy as np

from graph.arrays import order_of
from graph.measures.disclosure import FEWEST
from graph.model import Language
from graph.projection.cache import Cache
from graph.projection.cells import Cells
from graph.projection.feed import Projection
from graph.projection.groups import Columns, Organisation, Rows
from graph.projection.sameness import NameTopics, Sameness
from graph.projection.state import State

EPOCH: Final = date(1970, 1, 1)
MOST_ROWS: Final = 200
REMEMBERED: Final = 16  # maps


class Organisations(Protocol):
    """Knows departments, sites and communities."""

    def of(self, state: State) -> Organisation:
        """The organisation of the people in that state."""
        ...


class Headcounts(Protocol):
    """Counts people who hold topics."""

    def cells(self, state: State, organisation: Organisation, *, rows: Rows, columns: Columns) -> Cells:
        """The cells that can be shown."""
        ...

    def half_since(
        self, state: State, organisation: Organisation, *, rows: Rows, columns: Columns, topic: int
    ) -> Mapping[int, int]:
        """By group, since when at least half of those who hold the topic have written about it, in days since 1970."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A department, a site or a community; only the last has a public id. Without a name: those who are in none."""

    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A topic."""

    id: str
    pref_label: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people hold the topic, and the first day of the quarter since when at least half wrote about it."""

    people: int
    half_since: date


@dataclass(frozen=True, slots=True)
class ExpertiseMap:
    """Rows, columns, and a line of cells for each row; None is a cell that is withheld."""

    row_kind: Rows
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class ExpertiseMaps:
    """Draws maps, the same for everybody who asks: nobody learns anything from setting theirs against another's."""

    projection: Projection
    name: NameTopics
    organisations: Organisations
    headcounts: Headcounts
    _drawn: Cache[tuple[int, Organisation, Rows, Columns, int], ExpertiseMap] = field(
        default_factory=lambda: Cache(REMEMBERED), init=False
    )

    def draw(self, *, rows: Rows, columns: Columns, limit: int) -> ExpertiseMap:
        """The map of the topics that most people hold, most first; rows come in that order too, at most 200."""
        state = self.projection.state
        organisation = self.organisations.of(state)
        key = state.seq, organisation, rows, columns, limit
        return self._drawn.get(key, lambda: self._draw(state, organisation, rows=rows, columns=columns, limit=limit))

    def _draw(
        self, state: State, organisation: Organisation, *, rows: Rows, columns: Columns, limit: int
    ) -> ExpertiseMap:
        counted = self.headcounts.cells(state, organisation, rows=rows, columns=columns)
        same = state.sameness(organisation.readable)
        topics = self._topics(counted, state, same, limit=limit)
        people = counted.taken(np.isin(counted.topics, list(topics))).by_cell()
        found: dict[tuple[int, int], Cell] = {}
        for topic in topics:
            since = self.headcounts.half_since(state, organisation, rows=rows, columns=columns, topic=topic)
            shown = (group for group in since if (topic, group) in people)
            found |= {(topic, group): Cell(people[topic, group], _quarter(since[group])) for group in shown}
        groups = _groups(counted, organisation, rows)
        return ExpertiseMap(
            row_kind=rows,
            rows=tuple(groups.values()),
            columns=tuple(topics.values()),
            cells=tuple(tuple(found.get((topic, group)) for topic in topics) for group in groups),
        )

    def _topics(self, counted: Cells, state: State, same: Sameness, *, limit: int) -> dict[int, Column]:
        """The topics with a cell to show, by number, most people first, then by public id."""
        people = np.bincount(counted.topics, counted.people)
        numbers = np.flatnonzero(people)
        numbers = numbers[order_of(state.topics.ids[numbers], -people[numbers])][:limit].tolist()
        found = self.name(same, numbers)
        return {number: Column(found[number].id, found[number].pref_label) for number in numbers if number in found}


def _groups(counted: Cells, organisation: Organisation, rows: Rows) -> dict[int, Row]:
    """The rows by place, most people first, then by name; the one without name only where it has something to show."""
    if rows == "community":
        named = [Row(community.id, community.name) for community in organisation.communities]
    else:
        named = [Row(None, name) for name in organisation.groups(rows).names]
    people = np.bincount(counted.groups, counted.people, minlength=len(named))
    order = sorted(range(len(named)), key=lambda place: -people[place])
    listed = (place for place in order if named[place].name or people[place])
    return {place: named[place] for place in islice(listed, MOST_ROWS)}


def _quarter(day: int) -> date:
    """The first day of the quarter of that day, in days since 1970."""
    found = EPOCH + timedelta(days=day)
    return found.replace(month=found.month - (found.month - 1) % 3, day=1)
