"""Neighbours against a plain list of interactions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from graph.changes import InteractionRow
from graph.projection.neighbours import Neighbours
from graph.projection.pairs import MUTUAL, TYPES, Events

Seen = dict[tuple[int, int], list[tuple[Any, ...]]]
EVERYBODY = range(1, 7)


def a_row(number: int, source: int = 1, target: int = 2, *, community: int = 0, at: int = 0) -> InteractionRow:
    return InteractionRow(number, "reply", "online", source, target, community, 0, at)


def flags(numbers: Collection[int]) -> npt.NDArray[np.bool_]:
    return np.isin(np.arange(max(numbers, default=-1) + 1), list(numbers))


def gather(
    neighbours: Neighbours,
    people: Iterable[int],
    *,
    communities: Collection[int] = (0,),
    experts: Collection[int] = EVERYBODY,
    among: Collection[int] | None = None,
    until: int | None = None,
) -> Events:
    limits = None if among is None else flags(among)
    asked = np.array(sorted(people), dtype=np.int64)
    return neighbours.events_of(asked, visible=flags(communities), experts=flags(experts), among=limits, until=until)


def as_plain(events: Events) -> Seen:
    columns = events.at, events.community, events.type, events.direction, events.in_person, events.post
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    ends = [*events.starts.tolist(), len(rows)]
    pairs = zip(events.person.tolist(), events.other.tolist(), strict=True)
    return {pair: sorted(rows[ends[i] : ends[i + 1]]) for i, pair in enumerate(pairs)}


def expected(
    rows: Iterable[InteractionRow],
    people: Collection[int],
    communities: Collection[int],
    experts: Collection[int],
    among: Collection[int],
) -> Seen:
    pairs: Seen = defaultdict(list)
    for row in rows:
        if row.source == row.target or row.community not in communities or not {row.source, row.target} <= set(experts):
            continue
        for person, other, way in ((row.source, row.target, 1), (row.target, row.source, -1)):
            if person in people and other in among:
                direction = 0 if row.type in MUTUAL else way
                what = row.at, row.community, TYPES.index(row.type), direction, row.channel == "in_person", row.post
                pairs[person, other].append(what)
    return {pair: sorted(events) for pair, events in pairs.items()}


some_rows = st.lists(
    st.builds(
        InteractionRow,
        number=st.integers(1, 12),
        type=st.sampled_from(TYPES),
        channel=st.sampled_from(["online", "in_person"]),
        source=st.integers(1, 6),
        target=st.integers(1, 6),
        community=st.sampled_from([0, 1, 70_000]),
        post=st.integers(0, 3),
        at=st.integers(0, 5),
    ),
    max_size=8,
    unique_by=lambda row: row.number,
)
some_changes = st.lists(st.tuples(some_rows, st.sets(st.integers(1, 14), max_size=3)), max_size=6)
some_people = st.sets(st.integers(1, 8))


def after(changes: Iterable[tuple[list[InteractionRow], set[int]]]) -> tuple[Neighbours, list[InteractionRow]]:
    """The neighbours after these changes, and what is still there."""
    neighbours, present = Neighbours.empty(), {}
    for rows, removed in changes:
        gone = removed - {row.number for row in rows}
        neighbours = neighbours.updated(rows, gone)
        present |= {row.number: row for row in rows}
        present = {number: row for number, row in present.items() if number not in gone}
    return neighbours, list(present.values())


@given(some_changes, some_people, st.sets(st.sampled_from([0, 1, 70_000])), some_people, st.none() | st.integers(0, 5))
def test_neighbours_moments_and_ties_follow_from_the_visible_events(
    changes: list[tuple[list[InteractionRow], set[int]]],
    people: set[int],
    communities: set[int],
    experts: set[int],
    until: int | None,
) -> None:
    neighbours, present = after(changes)
    happened = [row for row in present if until is None or row.at <= until]
    wanted = expected(happened, people, communities, experts, EVERYBODY)
    ties = expected(happened, EVERYBODY, communities, experts, EVERYBODY)
    asked, sight = np.array(sorted(people), dtype=np.int64), {"visible": flags(communities), "experts": flags(experts)}
    for same in (neighbours, neighbours.compact()):
        events = gather(same, people, communities=communities, experts=experts, until=until)
        assert as_plain(events) == wanted
        adjacent = same.adjacent(asked, **sight, until=until)
        assert list(zip(*(column.tolist() for column in adjacent), strict=True)) == sorted(wanted)
        moments = same.moments_of(asked, **sight, until=until)
        told = [(person, event[0], event[2]) for (person, _), events in wanted.items() for event in events]
        assert sorted(zip(*(column.tolist() for column in moments), strict=True)) == sorted(told)
        met = same.ties(**sight, until=until)
        assert list(zip(*(column.tolist() for column in met), strict=True)) == sorted(
            pair for pair in ties if pair[0] < pair[1]
        )


@given(some_changes, some_people, st.sets(st.sampled_from([0, 1, 70_000])), some_people, some_people)
def test_whatever_came_and_went_the_visible_events_are_found(
    changes: list[tuple[list[InteractionRow], set[int]]],
    people: set[int],
    communities: set[int],
    experts: set[int],
    among: set[int],
) -> None:
    neighbours, present = after(changes)
    wanted = expected(present, people, communities, experts, among)
    for same in (neighbours, neighbours.compact(), Neighbours.from_arrays(neighbours.arrays())):
        found = gather(same, people, communities=communities, experts=experts, among=among)
        assert as_plain(found) == wanted


def test_pairs_come_in_order_and_their_events_by_time() -> None:
    neighbours = Neighbours.empty().updated([a_row(1, 2, 1, at=9), a_row(2, 3, 1, at=4), a_row(3, 1, 2, at=5)], ())
    events = gather(neighbours.updated([a_row(4, 2, 1, at=7)], ()), [1, 2])
    assert list(zip(events.person, events.other, strict=True)) == [(1, 2), (1, 3), (2, 1)]
    assert events.at.tolist() == [5, 7, 9, 4, 5, 7, 9]


def test_a_reader_keeps_what_it_took() -> None:
    before = Neighbours.empty().updated([a_row(1)], ())
    later = before.updated([a_row(2, 1, 3)], {1})
    assert list(as_plain(gather(before, [1]))) == [(1, 2)]
    assert list(as_plain(gather(later, [1]))) == [(1, 3)]


def test_unknown_people_and_nobody_have_no_neighbours() -> None:
    for neighbours in (Neighbours.empty(), Neighbours.empty().updated([a_row(1)], ())):
        assert as_plain(gather(neighbours, [500])) == {}
        assert as_plain(gather(neighbours, [])) == {}


def test_people_have_degrees() -> None:
    neighbours = Neighbours.empty().updated([a_row(1), a_row(2, 1, 3), a_row(3)], ())
    assert neighbours.degrees(np.array([1, 2, 500])) == 3


def test_whom_people_met_long_ago_and_lately_is_known_whoever_may_see_it() -> None:
    neighbours = Neighbours.empty().updated([a_row(1, 1, 2), a_row(2, 3, 1), a_row(3, 3, 4), a_row(4, 4, 5)], ())
    neighbours = neighbours.updated([a_row(5, 6, 1, community=9)], ())  # so few go to a block of their own
    assert neighbours.met_by(np.array([1, 5])).tolist() == [2, 3, 4, 6]
