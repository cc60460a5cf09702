"""How many people hold each topic in each department, at each site, in each community: the counts that can be shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from graph.arrays import NONE, BoolArray, IntArray, run_starts
from graph.measures.disclosure import disclosure
from graph.measures.holding import half_since, held, speaks_for_its_author
from graph.projection.cache import Cache
from graph.projection.cells import Cells
from graph.projection.directory import Topics
from graph.projection.groups import PARTITIONS, Columns, Organisation, Rows
from graph.projection.mentions import Mentions, mentions
from graph.projection.posts import KINDS
from graph.projection.state import State
from graph.projection.views import DAY, View

TELLING: Final = np.array([speaks_for_its_author(kind) for kind in KINDS])

ANY_NUMBER: Final = 2**31 - 1  # of people

_ONE_PLACE: Final = np.zeros(1, dtype=np.int64)  # for all communities


class Fields(NamedTuple):
    """What topics count as, by number: themselves or a broader one, -1 for none; and which of those unite several."""

    columns: IntArray
    is_broad: BoolArray

    def only(self, columns: IntArray) -> "Fields":
        """These columns alone, as 0, 1, 2 …"""
        new = np.full(self.is_broad.size + 1, -1)  # the last one is that of -1
        new[columns] = np.arange(columns.size)
        return Fields(new[self.columns], self.is_broad[columns])

    def others(self, before: "Fields") -> IntArray:
        """The columns that other topics count as than before, or that unite several now and did not, or the reverse."""
        size = before.columns.size
        is_moved = self.columns[:size] != before.columns
        moved = self.columns[:size][is_moved], before.columns[is_moved]
        return np.concatenate([*moved, np.flatnonzero(self.is_broad[:size] != before.is_broad)])


class Tables(NamedTuple):
    """What can be shown of departments and sites, or of communities; and of which topics nothing can be shown."""

    shown: Mapping[Rows, Cells]
    closed: IntArray

    def replaced(self, topics: IntArray, tables: "Tables") -> "Tables":
        """The same with these topics as they are in other tables, where they are 0, 1, 2 …"""
        return Tables(
            {
                rows: Cells.joined([cells.taken(~np.isin(cells.topics, topics)), tables.shown[rows].renumbered(topics)])
                for rows, cells in self.shown.items()
            },
            np.concatenate([np.setdiff1d(self.closed, topics), topics[tables.closed]]),
        )


Count = Callable[[View, Fields, Organisation], Tables]


@dataclass(frozen=True, slots=True)
class Headcounts:
    """Counts people who hold a topic by posts that everybody may read."""

    _above: Cache[Topics, IntArray] = field(default_factory=lambda: Cache(1), init=False)
    _fields: Cache[tuple[int, Organisation, Columns], Fields] = field(default_factory=lambda: Cache(2), init=False)
    _tables: Cache[tuple[int, Organisation, Columns, Count], Tables] = field(
        default_factory=lambda: Cache(4), init=False
    )

    def cells(self, state: State, organisation: Organisation, *, rows: Rows, columns: Columns) -> Cells:
        """The cells of departments, sites or communities that can be shown."""
        partitions = self._counted(state, organisation, columns, _partitions)
        if rows != "community":
            return partitions.shown[rows]
        cells = self._counted(state, organisation, columns, _communities).shown[rows]
        return cells.taken(~np.isin(cells.topics, partitions.closed))

    def holders(self, state: State, organisation: Organisation) -> Iterator[tuple[int, IntArray]]:
        """Each topic with the numbers of those who hold it; none of which nothing can be shown."""
        view, fields = state.view(organisation.readable), self._fields_of(state, organisation, "topic")
        closed = self._counted(state, organisation, "topic", _partitions).closed
        for piece in mentions(view, fields.columns, kinds=TELLING, places=_ONE_PLACE):
            lines, people = piece.picked(_holders(piece, fields))
            starts = run_starts(lines)
            for line, found in zip(lines[starts].tolist(), np.split(people, starts[1:]), strict=False):
                if piece.low + line not in closed:
                    yield piece.low + line, found

    def half_since(
        self, state: State, organisation: Organisation, *, rows: Rows, columns: Columns, topic: int
    ) -> dict[int, int]:
        """By group, since when at least half of those who hold the topic have written about it, in days since 1970."""
        view, fields = state.view(organisation.readable), self._fields_of(state, organisation, columns)
        posts = view.topic(np.flatnonzero(fields.columns == topic).tolist()).posts
        posts = posts[TELLING[view.column("kind", posts)]]
        author, at = view.column("author", posts), np.maximum(view.column("at", posts) // DAY, 0)
        if rows == "community":
            group = organisation.place(view.column("community", posts))
        else:
            group = organisation.groups(rows).group(author)
        at, keys = at[group >= 0], (author.astype(np.int64) << 32 | group)[group >= 0]
        order = np.argsort(keys, kind="stable")  # a block's posts come by author
        keys, starts = keys[order], run_starts(keys[order])
        is_holder = held(keys, bool(fields.is_broad[topic]))[starts]
        last = np.maximum.reduceat(at[order], starts) if starts.size else at
        found, since = half_since(keys[starts][is_holder] & (2**32 - 1), last[is_holder])
        return dict(zip(found.tolist(), since.tolist(), strict=True))

    def _counted(self, state: State, organisation: Organisation, columns: Columns, count: Count) -> Tables:
        key = state.seq, organisation, columns, count
        return self._tables.get(key, lambda: self._count(state, organisation, columns, count))

    def _count(self, state: State, organisation: Organisation, columns: Columns, count: Count) -> Tables:
        """The tables of the first part, which holds most posts and seldom changes, with what changed since then."""
        view, fields = state.view(organisation.readable), self._fields_of(state, organisation, columns)
        if not view.blocks:
            return count(view, fields, organisation)
        first, *later = view.blocks

        def alone() -> tuple[Fields, Tables]:
            return fields, count(View.of([first], people=view.posts_by.size), fields, organisation)

        before, tables = state.parts[0].tables.get((organisation, columns, count), alone)
        mentioned = [fields.columns[one.block.topics.terms] for one in later]
        changed = np.unique(np.concatenate([fields.others(before), *mentioned]))
        changed = changed[changed >= 0]
        return tables.replaced(changed, count(view, fields.only(changed), organisation)) if changed.size else tables

    def _fields_of(self, state: State, organisation: Organisation, columns: Columns) -> Fields:
        key = state.seq, organisation, columns
        return self._fields.get(key, lambda: self._read_fields(state, organisation, columns))

    def _read_fields(self, state: State, organisation: Organisation, columns: Columns) -> Fields:
        topics = state.topics
        same = state.sameness(organisation.readable)
        own = np.where((same.is_named() & ~topics.is_interest)[same.root], same.root, -1)
        if columns == "topic":
            return Fields(own, np.zeros(own.size, np.bool_))
        above = self._above.get(topics, topics.broadest)[same.root]
        above = np.where(topics.is_interest[same.root], -1, own[above])
        mentioned = np.unique(same.root[state.view(organisation.readable).topic_posts()[0]])
        united = np.bincount(above[mentioned][above[mentioned] >= 0], minlength=own.size)
        return Fields(above, united > 1)


def _partitions(view: View, fields: Fields, organisation: Organisation) -> Tables:
    """Departments and sites, each table of all people."""
    cost = max(len(organisation.groups(kind).names) for kind in PARTITIONS)
    pieces = mentions(view, fields.columns, kinds=TELLING, places=_ONE_PLACE, cost=cost)
    parts = [_disclosed(piece, fields, organisation) for piece in pieces]
    return Tables(
        {kind: Cells.joined([part.shown[kind] for part in parts]) for kind in PARTITIONS},
        np.concatenate([part.closed for part in parts]),
    )


def _disclosed(piece: Mentions, fields: Fields, organisation: Organisation) -> Tables:
    """What can be shown of some topics; one that is closed in a table is closed in both."""
    lines, people = piece.picked(_holders(piece, fields))
    counts = {kind: organisation.groups(kind).counts(lines, people, size=piece.size) for kind in PARTITIONS}
    found = {kind: disclosure(counts[kind], organisation.groups(kind).sizes) for kind in PARTITIONS}
    is_closed = np.logical_or.reduce([one.is_closed for one in found.values()])
    return Tables(
        {kind: Cells.of(counts[kind], found[kind].shown & ~is_closed[:, None], first=piece.low) for kind in PARTITIONS},
        np.flatnonzero(is_closed) + piece.low,
    )


def _communities(view: View, fields: Fields, organisation: Organisation) -> Tables:
    """Communities, where people count in each in which they wrote enough; how large they are is not known."""
    places = organisation.places
    width = int(places.max(initial=0)) + 1
    sizes = np.full(width, ANY_NUMBER)
    found = []
    for piece in mentions(view, fields.columns, kinds=TELLING, places=places, cost=width):
        cells, _ = piece.picked(_holders(piece, fields))
        people = np.bincount(cells, minlength=piece.size * width).reshape(piece.size, width)
        found.append(Cells.of(people, disclosure(people, sizes).shown, first=piece.low))
    return Tables({"community": Cells.joined(found)}, NONE)


def _holders(piece: Mentions, fields: Fields) -> BoolArray:
    """The first mention of each who holds a topic."""
    is_broad = fields.is_broad[piece.low : piece.high]
    return held(piece.keys, is_broad[piece.lines] if is_broad.any() else False)
