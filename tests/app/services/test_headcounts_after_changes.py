"""Headcounts that were taken before some changes, and after them, equal those of somebody who comes only now."""

from collections.abc import Callable
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.headcounts import Headcounts
from graph.changes import PersonRow, TopicRow
from graph.projection.groups import Columns, Organisation, Rows
from graph.projection.state import State
from tests.builders import a_community
from tests.graph.projection.worlds import World, a_post_row, projected

ROWS: tuple[Rows, ...] = ("department", "site", "community")
COLUMNS: tuple[Columns, ...] = ("topic", "broader")
PEOPLE, TOPICS = 12, 5

Change = Callable[[World], object]
CHANGES: st.SearchStrategy[list[Change]] = st.lists(
    st.builds(
        lambda number, author, topics: lambda world: _write(world, number, author, topics),
        st.integers(1, 200),
        st.integers(1, PEOPLE),
        st.frozensets(st.integers(1, TOPICS + 1), min_size=1, max_size=2),
    )
    | st.integers(1, 200).map(lambda number: lambda world: world.remove("post", number))
    | st.builds(
        lambda number, into, broader, kind: (
            lambda world: world.put(TopicRow(number, f"top_{number}", "t", None, into, kind, broader))
        ),
        st.integers(1, TOPICS + 1),
        st.sampled_from((None, 1, 2)),
        st.sampled_from((None, "top_4", "top_6")),
        st.sampled_from(("professional", "professional", "interest")),
    )
    | st.builds(
        lambda number, department: lambda world: world.put(_person(number, department)),
        st.integers(1, PEOPLE),
        st.sampled_from("AB"),
    ),
    max_size=8,
)


def _write(world: World, number: int, author: int, topics: frozenset[int]) -> None:
    new = sorted(topic for topic in topics if ("TopicRow", topic) not in world.rows)
    world.put(*(TopicRow(topic, f"top_{topic}", "t", None, None) for topic in new), _article(number, author, topics))


def _person(number: int, department: str) -> PersonRow:
    return PersonRow(number, f"per_{number}", True, "Ana", department, "X")


def _article(number: int, author: int, topics: frozenset[int]) -> object:
    strengths = (0.5,) * len(topics)
    return a_post_row(
        number, author=author, community=number % 2, kind="article", topics=tuple(sorted(topics)), strengths=strengths
    )


def a_company() -> World:
    """Twelve people in two departments at one site who all wrote about two of the first four topics."""
    topics = [TopicRow(number, f"top_{number}", "t", None, None) for number in range(1, TOPICS + 1)]
    people = [_person(number, "AB"[number % 2]) for number in range(1, PEOPLE + 1)]
    posts = [
        _article(number, number % PEOPLE + 1, frozenset({number % 4 + 1, (number // PEOPLE) % 4 + 1}))
        for number in range(1, 100)
    ]
    return World().put(*topics, *people, *posts)


def cells(headcounts: Headcounts, state: State, organisation: Organisation) -> dict[object, dict[tuple[int, int], int]]:
    """All cells that are shown."""
    return {
        (rows, columns): headcounts.cells(state, organisation, rows=rows, columns=columns).by_cell()
        for rows, columns in product(ROWS, COLUMNS)
    }


def organisation_of(state: State) -> Organisation:
    """The departments, sites and the one community of that state."""
    return Organisation.of(state.people, {1: a_community("tech")})


@settings(max_examples=100)
@given(CHANGES, st.booleans())
def test_counts_follow_changes(changes: list[Change], compacts: bool) -> None:
    world, headcounts = a_company(), Headcounts()
    projection = projected(world)
    organisation = organisation_of(projection.state)
    assert any(cells(headcounts, projection.state, organisation).values())
    for change in changes:
        people = projection.state.people
        change(world)
        projection.catch_up()
        if compacts:
            projection.compact(beyond=0)
        if projection.state.people is not people:
            organisation = organisation_of(projection.state)
        found = cells(headcounts, projection.state, organisation)
        newcomer = projected(world).state
        assert found == cells(Headcounts(), newcomer, organisation_of(newcomer))
