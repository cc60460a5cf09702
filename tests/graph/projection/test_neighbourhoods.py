"""Neighbourhoods under a mask are those of a world that never held the rest, at any time."""

from datetime import timedelta
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.changes import InteractionRow, PersonRow, PostRow
from graph.projection.neighbourhoods import EPOCH, Neighbourhoods
from tests.builders import a_viewer
from tests.graph.projection.worlds import STEPS, Step, World, a_post_row, a_world, an_interaction_row, projected

DAY = 86_400_000_000
PEOPLE = np.arange(1, 5)


def neighbourhoods(world: World, communities: frozenset[int], *, days: int = 9) -> Neighbourhoods:
    at = EPOCH + timedelta(days=days)
    return Neighbourhoods.of(projected(world).state, viewer=a_viewer(communities=communities), at=at)


def described(here: Neighbourhoods) -> list[Any]:
    """All that is told, in words that know no numbering of events or posts."""
    events = here.events(PEOPLE)
    tables = [here.events(PEOPLE, among=PEOPLE[:2]), events]
    columns = [(one.person, one.other, one.starts, one.at, one.community, one.type, one.direction) for one in tables]
    told = [*columns, here.neighbours(PEOPLE), here.neighbours(PEOPLE, among=PEOPLE[:2]), here.ties()]
    told += [here.written(PEOPLE), [here.writers(community) for community in range(4)]]
    moments = sorted(zip(*(column.tolist() for column in here.moments(PEOPLE)), strict=True))
    return [*[[column.tolist() for column in one] for one in told], moments]


def happened(world: World, *, days: int) -> World:
    """A world that ended on that day."""
    kept = World()
    for _, row in sorted(world.rows.values()):
        if getattr(row, "at", 0) <= days * DAY:
            kept.put(row)
    return kept


some_meetings = st.lists(
    st.builds(
        an_interaction_row,
        number=st.integers(1, 6),
        type=st.sampled_from(("reply", "thanks", "meeting")),
        source=st.integers(1, 4),
        target=st.integers(1, 4),
        community=st.integers(0, 2),
        post=st.integers(0, 3),
        at=st.integers(0, 9).map(lambda day: day * DAY),
    ),
    max_size=12,
)


@settings(max_examples=100)
@given(STEPS, some_meetings, st.sets(st.integers(1, 2)), st.integers(0, 9))
def test_what_is_hidden_or_later_leaves_no_trace(
    steps: list[Step], meetings: list[InteractionRow], closed: set[int], days: int
) -> None:
    world, communities = a_world(), frozenset({0, 1, 2} - closed)
    for step in steps:
        step(world)
    world.put(*meetings)
    reduced = happened(world.only(communities), days=days)
    assert described(neighbourhoods(world, communities, days=days)) == described(neighbourhoods(reduced, communities))


def written(*rows: PostRow | PersonRow, communities: frozenset[int] = frozenset({0, 1, 2})) -> list[tuple[int, int]]:
    found = neighbourhoods(a_world().put(*rows), communities).written(PEOPLE)
    return list(zip(*(column.tolist() for column in found), strict=True))


def test_people_write_in_communities_and_not_in_none() -> None:
    rows = a_post_row(1, community=2), a_post_row(2, community=1), a_post_row(3, community=1), a_post_row(4, author=3)
    assert written(*rows) == [(1, 1), (1, 2)]
    assert written(*rows, communities=frozenset({0, 2})) == [(1, 2)]
    assert written(*rows, communities=frozenset()) == []
    assert written(*rows, PersonRow(1, "per_1", False)) == []


def test_who_writes_in_a_community_is_nobody_where_it_is_hidden() -> None:
    world = a_world().put(a_post_row(1, community=2), a_post_row(2, author=3, community=2), a_post_row(3, community=2))
    seen, hidden = (neighbourhoods(world, communities) for communities in (frozenset({0, 2}), frozenset({0, 1})))
    assert (seen.writers(2).tolist(), seen.writers(7).tolist(), hidden.writers(2).tolist()) == ([1, 3], [], [])


def test_neighbours_among_some_are_those_of_them() -> None:
    here = neighbourhoods(a_world().put(an_interaction_row(1), an_interaction_row(2, target=3)), frozenset({0}))
    among = here.neighbours(PEOPLE, among=np.array([2]))
    assert (among.person.tolist(), among.other.tolist()) == ([1, 3], [2, 2])
