"""Headcounts equal a plain recount, and no combination of tables tells what a small cell holds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from app.services.headcounts import Headcounts
from graph.changes import PersonRow, TopicRow
from graph.measures.disclosure import FEWEST
from graph.projection.groups import PARTITIONS, Columns, Organisation, Partition
from graph.projection.views import DAY
from tests.graph.projection.worlds import World, a_post_row, projected

BROADER = 4  # than the topics 1 and 2; above 3 is none


class Somebody(NamedTuple):
    """A department, a site, and the topics that they wrote an article about each."""

    department: str
    site: str
    topics: frozenset[int]


Company = Sequence[Somebody]
Table = dict[str, int]  # how many people by group
Tables = Mapping[Partition, Table]

COMPANIES: st.SearchStrategy[Company] = st.lists(
    st.builds(
        Somebody, st.sampled_from("AAAABBC"), st.sampled_from("XXXY"), st.frozensets(st.sampled_from((1, 1, 2, 3)))
    ),
    min_size=5,
    max_size=40,
)


def world_of(company: Company) -> World:
    """The company, in an organisation with four topics, the last one broader than the first two."""
    above = {1: "top_4", 2: "top_4"}
    world = World().put(
        *(TopicRow(number, f"top_{number}", "t", None, None, broader=above.get(number)) for number in range(1, 5))
    )
    for number, one in enumerate(company, start=1):
        world.put(PersonRow(number, f"per_{number}", True, "Ana", one.department, one.site))
        for topic in one.topics:
            post = a_post_row(10 * number + topic, author=number, kind="article", topics=(topic,), strengths=(0.5,))
            world.put(post)
    return world


def shown(company: Company, kind: Partition, columns: Columns) -> dict[int, Table]:
    """What the map shows of a company: by topic, and in it by group."""
    state = projected(world_of(company)).state
    organisation = Organisation.of(state.people, {})
    cells = Headcounts().cells(state, organisation, rows=kind, columns=columns)
    found: dict[int, Table] = {}
    names = organisation.groups(kind).names
    for topic, group, count in zip(
        *(column.tolist() for column in (cells.topics, cells.groups, cells.people)), strict=True
    ):
        found.setdefault(topic, {})[names[group] or ""] = count
    return found


def counted(company: Company, kind: Partition, columns: Columns) -> dict[int, Table]:
    """All cells, counted one by one: a post is enough for a topic; one that unites several takes two."""
    mentioned = frozenset[int]().union(*(one.topics for one in company))
    groups = {getattr(one, kind) for one in company}
    found: dict[int, Table] = {}
    for number, united in {1: {1}, 2: {2}, 3: {3}}.items() if columns == "topic" else {3: {3}, BROADER: {1, 2}}.items():
        enough = max(len(united & mentioned), 1)
        held = Counter(getattr(one, kind) for one in company if len(one.topics & united) >= enough)
        found[number] = {group: held[group] for group in groups}
    return found


@given(COMPANIES, st.sampled_from(PARTITIONS), st.sampled_from(("topic", "broader")))
@settings(max_examples=150)
def test_every_cell_that_is_shown_equals_a_recount(company: Company, kind: Partition, columns: Columns) -> None:
    whole = counted(company, kind, columns)
    for topic, table in shown(company, kind, columns).items():
        assert table.items() <= whole[topic].items()
        assert min(table.values()) >= FEWEST


@given(COMPANIES)
@settings(max_examples=150)
def test_both_tables_of_the_same_people_leave_every_small_cell_free_to_be_empty(company: Company) -> None:
    """An attacker solves for the least that a small cell can hold, knowing sizes, and which cells are small ones."""
    for columns in ("topic", "broader"):
        tables = {kind: shown(company, kind, columns) for kind in PARTITIONS}
        whole = {kind: counted(company, kind, columns) for kind in PARTITIONS}
        for topic in set(tables["department"]) | set(tables["site"]):
            seen: Tables = {kind: tables[kind].get(topic, {}) for kind in PARTITIONS}
            truth: Tables = {kind: whole[kind][topic] for kind in PARTITIONS}
            for cell in small_cells(truth):
                assert least(company, truth, seen, cell) == 0


def small_cells(truth: Tables) -> Iterator[tuple[Partition, str]]:
    return ((kind, group) for kind in PARTITIONS for group, count in truth[kind].items() if 0 < count < FEWEST)


def least(company: Company, truth: Tables, seen: Tables, wanted: tuple[Partition, str]) -> float:
    """The least that a cell can hold where both tables count the same people."""
    cells: list[tuple[Partition, str]] = [(kind, group) for kind in PARTITIONS for group in truth[kind]]
    solved: Any = linprog(
        c=[float(cell == wanted) for cell in cells],
        A_eq=[[1.0 if kind == "department" else -1.0 for kind, _ in cells]],
        b_eq=[0.0],
        bounds=[bounds(company, truth, seen, *cell) for cell in cells],
    )
    assert solved.success
    return round(solved.fun, 6)


def bounds(company: Company, truth: Tables, seen: Tables, kind: Partition, group: str) -> tuple[int, int]:
    if group in seen[kind]:
        return seen[kind][group], seen[kind][group]
    size = sum(getattr(one, kind) == group for one in company)
    return (0, min(size, FEWEST - 1)) if truth[kind][group] < FEWEST else (FEWEST, size)


def test_a_topic_that_one_table_cannot_protect_is_shown_in_none() -> None:
    company = [Somebody(department, "X", frozenset({1})) for department in "AAAABBBBCCCC"]
    assert shown(company, "site", "topic") == {}
    more = [*company, *(Somebody(name, "X", frozenset()) for name in "DE")]
    assert shown(more, "site", "topic") == {}


def test_holding_a_broader_topic_follows_from_no_single_one() -> None:
    company = [Somebody("A", "X", frozenset({1})) for _ in range(9)] + [Somebody("A", "X", frozenset({2}))]
    assert shown(company, "department", "topic") == {1: {"A": 9}}
    assert shown(company, "department", "broader") == {}


def test_a_topic_with_nothing_above_stands_for_itself() -> None:
    company = [Somebody("A", "X", frozenset({3})) for _ in range(6)]
    assert shown(company, "department", "broader") == {3: {"A": 6}}


def test_half_of_the_people_of_a_cell_wrote_since() -> None:
    world = World().put(TopicRow(3, "top_3", "t", None, None))
    for number in range(1, 6):
        post = a_post_row(number, author=number, at=number * DAY, kind="answer", topics=(3,), strengths=(0.5,))
        world.put(PersonRow(number, f"per_{number}", True, "Ana", "A"), post)
    world.put(a_post_row(9, author=1, at=9 * DAY, kind="question", topics=(3,), strengths=(0.5,)))
    state = projected(world).state
    headcounts, organisation = Headcounts(), Organisation.of(state.people, {})
    for rows in PARTITIONS:
        since = headcounts.half_since(state, organisation, rows=rows, columns="topic", topic=3)
        assert since == {0: 3}
    assert np.array(headcounts.cells(state, organisation, rows="site", columns="topic").people).tolist() == [5]
