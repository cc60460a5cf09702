"""How many people hold each topic in each department, at each site, in each community: the counts that can be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from graph.measures.disclosure import disclosure
from graph.measures.holding import half_since, held, speaks_for_its_author
from graph.projection.arrays import BoolArray, IntArray, run_starts
from graph.projection.cache import Cache
from graph.projection.cells import Cells
from graph.projection.directory import Topics
from graph.projection.groups import PARTITIONS, Columns, Organisation, Partition, Rows
from graph.projection.mentions import Mentions, mentions
from graph.projection.posts import KINDS
from graph.projection.state import State
from graph.projection.views import View
from graph.store import GraphStore

TELLING: Final = np.array([speaks_for_its_author(kind) for kind in KINDS])

ANY_NUMBER: Final = 2**31 - 1  # of people

_ONE_PLACE: Final = np.zeros(1, dtype=np.int64)  # for all communities


class Fields(NamedTuple):
    """What topics count as, by number: themselves or a broader one, -1 for none; and which of those unite several."""

    columns: IntArray
    is_broad: BoolArray


class Partitions(NamedTuple):
    """What can be shown of departments and sites, and of which topics nothing can be shown anywhere."""

    shown: Mapping[Partition, Cells]
    closed: IntArray


@dataclass(frozen=True, slots=True)
class Headcounts:
    """Counts people who hold a topic by posts that everybody may read."""

    store: GraphStore
    _above: Cache[Topics, IntArray] = field(default_factory=lambda: Cache(1), init=False)
    _fields: Cache[tuple[int, Organisation, Columns], Fields] = field(default_factory=lambda: Cache(2), init=False)
    _partitions: Cache[tuple[int, Organisation, Columns], Partitions] = field(
        default_factory=lambda: Cache(2), init=False
    )

    def cells(self, state: State, organisation: Organisation, *, rows: Rows, columns: Columns) -> Cells:
        """The cells of departments, sites or communities that can be shown."""
        view, fields = state.view(organisation.readable), self._fields_of(state, organisation, columns)
        key = state.seq, organisation, columns
        found = self._partitions.get(key, lambda: _partitions(view, fields, organisation))
        if rows != "community":
            return found.shown[rows]
        cells = _communities(view, fields, organisation.places)
        return cells.taken(~np.isin(cells.topics, found.closed))

    def half_since(
        self, state: State, organisation: Organisation, *, rows: Rows, columns: Columns, topic: int
    ) -> dict[int, int]:
        """By group, since when at least half of those who hold the topic have written about it, in microseconds."""
        view, fields = state.view(organisation.readable), self._fields_of(state, organisation, columns)
        posts = view.topic(np.flatnonzero(fields.columns == topic).tolist()).posts
        posts = posts[TELLING[view.column("kind", posts)]]
        author, at = view.column("author", posts), view.column("at", posts)
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

    def _fields_of(self, state: State, organisation: Organisation, columns: Columns) -> Fields:
        key = state.seq, organisation, columns
        return self._fields.get(key, lambda: self._read_fields(state, organisation, columns))

    def _read_fields(self, state: State, organisation: Organisation, columns: Columns) -> Fields:
        topics = state.topics
        if columns == "topic":
            return Fields(np.where(topics.is_shown[topics.root], topics.root, -1), np.zeros(topics.root.size, np.bool_))
        above = self._above.get(topics, lambda: self._read_above(topics))
        mentioned = np.unique(topics.root[state.view(organisation.readable).topic_posts()[0]])
        united = np.bincount(above[mentioned][above[mentioned] >= 0], minlength=topics.root.size)
        return Fields(above, united > 1)

    def _read_above(self, topics: Topics) -> IntArray:
        """The broadest topic above each, -1 for interests; a circle ends somewhere in it."""
        above, is_interest = np.arange(topics.root.size), np.zeros(topics.root.size, dtype=np.bool_)
        for topic in self.store.topics.each():
            number, broader = topics.numbers.get(topic.id), topics.numbers.get(topic.broader or "")
            if number is not None:
                is_interest[number] = topic.kind == "interest"
                above[number] = number if broader is None else topics.root[broader]
        for _ in range(above.size.bit_length()):  # each round doubles the steps taken
            above = above[above]
        above = above[topics.root]
        return np.where(topics.is_shown[above] & ~is_interest[topics.root], above, -1)


def _partitions(view: View, fields: Fields, organisation: Organisation) -> Partitions:
    cost = max(len(organisation.groups(kind).names) for kind in PARTITIONS)
    pieces = mentions(view, fields.columns, kinds=TELLING, places=_ONE_PLACE, cost=cost)
    parts = [_disclosed(piece, fields, organisation) for piece in pieces]
    return Partitions(
        {kind: Cells.joined([part.shown[kind] for part in parts]) for kind in PARTITIONS},
        np.concatenate([part.closed for part in parts]),
    )


def _disclosed(piece: Mentions, fields: Fields, organisation: Organisation) -> Partitions:
    """What can be shown of some topics; one that is closed in a table is closed in both."""
    lines, people = piece.picked(_holders(piece, fields))
    counts = {kind: organisation.groups(kind).counts(lines, people, size=piece.size) for kind in PARTITIONS}
    found = {kind: disclosure(counts[kind], organisation.groups(kind).sizes) for kind in PARTITIONS}
    is_closed = np.logical_or.reduce([one.is_closed for one in found.values()])
    return Partitions(
        {kind: Cells.of(counts[kind], found[kind].shown & ~is_closed[:, None], first=piece.low) for kind in PARTITIONS},
        np.flatnonzero(is_closed) + piece.low,
    )


def _communities(view: View, fields: Fields, places: IntArray) -> Cells:
    """Of communities, where people count in each in which they wrote enough; how large they are is not known."""
    width = int(places.max(initial=0)) + 1
    sizes = np.full(width, ANY_NUMBER)
    found = []
    for piece in mentions(view, fields.columns, kinds=TELLING, places=places, cost=width):
        cells, _ = piece.picked(_holders(piece, fields))
        people = np.bincount(cells, minlength=piece.size * width).reshape(piece.size, width)
        found.append(Cells.of(people, disclosure(people, sizes).shown, first=piece.low))
    return Cells.joined(found)


def _holders(piece: Mentions, fields: Fields) -> BoolArray:
    """The first mention of each who holds a topic."""
    is_broad = fields.is_broad[piece.low : piece.high]
    return held(piece.keys, is_broad[piece.lines] if is_broad.any() else False)
