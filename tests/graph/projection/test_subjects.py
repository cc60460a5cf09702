"""Who wrote about which topics, against a recount, in any order of what came and went."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.arrays import IntArray
from graph.changes import PersonRow, PostRow, TopicRow
from graph.projection.postings import topic_codes, topic_strengths
from graph.projection.posts import KINDS
from graph.projection.subjects import Subjects
from tests.graph.projection.worlds import STEPS, Step, World, a_post_row, a_world, projected

EVERYBODY = np.arange(1, 5)
DAY = 86_400_000_000
NO_QUESTIONS = np.array([kind != "question" for kind in KINDS])
ALL = np.ones(len(KINDS), dtype=np.bool_)


def subjects(world: World, communities: frozenset[int], until: int) -> Subjects:
    state = projected(world).state
    return Subjects.of(state.view(communities), state.sameness(communities), until=until)


def seen_posts(world: World, communities: frozenset[int], until: int) -> list[PostRow]:
    experts = {row.number for row in world.each(PersonRow) if row.is_expert}
    return [
        row
        for row in world.each(PostRow)
        if row.is_indexed and row.author in experts and row.community in communities and row.at <= until
    ]


def strength(given: float) -> float:
    """A strength as the projection keeps it."""
    return float(topic_strengths(topic_codes(np.array([given])))[0][0])


@given(steps=STEPS, communities=st.frozensets(st.integers(0, 2)), days=st.integers(0, 10))
def test_topics_of_people_and_people_of_topics_equal_a_recount(
    steps: list[Step], communities: frozenset[int], days: int
) -> None:
    world = a_world()
    for step in steps:
        step(world)
    found = subjects(world, communities, days * DAY)
    whole: dict[tuple[int, int], float] = defaultdict(float)
    telling: dict[tuple[int, int], float] = defaultdict(float)
    for row in seen_posts(world, communities, days * DAY):
        for topic, given_strength in zip(row.topics, row.strengths, strict=True):
            if (root := int(found.roots[topic])) >= 0:
                whole[row.author, root] += strength(given_strength)
                telling[row.author, root] += strength(given_strength) * (row.kind != "question")
    about = found.written_by(EVERYBODY, kinds=ALL).united()
    pairs = zip(about.person.tolist(), about.topic.tolist(), about.strength.tolist(), strict=True)
    assert {(person, topic): total for person, topic, total in pairs} == pytest.approx(whole)
    assert set(np.flatnonzero(found.written_among(EVERYBODY[:2]))) == {topic for one, topic in whole if one <= 2}
    expected = {pair: total for pair, total in telling.items() if total}
    assert totals(found, np.unique(found.roots[found.roots >= 0])) == pytest.approx(expected)


def totals(found: Subjects, topics: IntArray) -> dict[tuple[int, int], float]:
    """How strong the mentions of each of these topics by each person are together, without questions."""
    total: dict[tuple[int, int], float] = defaultdict(float)
    for view in found.view.blocks:
        topic, rows = found.rows(view, topics)
        told = found.told(view, rows)
        told = told.taken(np.flatnonzero(NO_QUESTIONS[told.kind]))
        sums = np.add.reduceat(told.strength, told.starts) if told.starts.size else told.strength
        for row, person, one in zip(told.row[told.starts], told.person[told.starts].tolist(), sums, strict=True):
            total[person, int(topics[topic[row]])] += one
    return total


@given(steps=STEPS, communities=st.frozensets(st.integers(0, 2)), most=st.integers(1, 3))
def test_the_newest_posts_of_each_person_equal_a_recount(
    steps: list[Step], communities: frozenset[int], most: int
) -> None:
    world = a_world()
    for step in steps:
        step(world)
    found = subjects(world, communities, 10 * DAY)
    telling = [row for row in seen_posts(world, communities, 10 * DAY) if row.kind != "question"]
    times: dict[int, list[int]] = defaultdict(list)
    for row in sorted(telling, key=lambda row: -row.at):
        times[row.author].append(row.at)
    expected: dict[tuple[int, int], float] = defaultdict(float)
    for row in telling:
        if row.at >= times[row.author][:most][-1]:
            for topic, given_strength in zip(row.topics, row.strengths, strict=True):
                if (root := int(found.roots[topic])) >= 0:
                    expected[row.author, root] += strength(given_strength)
    about = found.written_by(EVERYBODY, kinds=NO_QUESTIONS, newest=most).united()
    pairs = zip(about.person.tolist(), about.topic.tolist(), about.strength.tolist(), strict=True)
    assert {(person, topic): total for person, topic, total in pairs} == pytest.approx(expected)


@given(steps=STEPS, communities=st.frozensets(st.integers(0, 2)).map(lambda them: them | {0}))
def test_what_is_hidden_changes_nothing(steps: list[Step], communities: frozenset[int]) -> None:
    world = a_world()
    for step in steps:
        step(world)
    answers = []
    for one in (world, world.only(communities)):
        about = subjects(one, communities, 10 * DAY).written_by(EVERYBODY, kinds=ALL).united()
        answers.append([column.round(9).tolist() for column in about])
    assert answers[0] == answers[1]


def test_topics_that_count_as_one_are_one() -> None:
    topics = [TopicRow(number, f"top_{number}", "t", None, 1 if number > 1 else None) for number in (1, 2, 3)]
    people = [PersonRow(number, f"per_{number}", True) for number in (1, 2)]
    posts = [
        a_post_row(1, topics=(2, 3), strengths=(0.2, 0.4)),
        a_post_row(2, author=2, topics=(1,), strengths=(0.8,)),
        a_post_row(3, topics=(1,), strengths=(1.0,)),
    ]
    world = World().put(*people, *topics)
    for post in posts:  # a block each
        world.put(post)
    found = subjects(world, frozenset({0}), DAY)
    about = found.written_by(np.array([1, 2]), kinds=ALL).united()
    assert (about.person.tolist(), about.topic.tolist()) == ([1, 2], [1, 1])
    assert about.strength == pytest.approx([1.6, 0.8], abs=0.01)
    assert totals(found, np.array([1])) == pytest.approx({(1, 1): 1.6, (2, 1): 0.8}, abs=0.01)


@given(
    posts=st.lists(st.tuples(st.integers(0, 12), st.sampled_from(KINDS)), min_size=1, max_size=40),
    most=st.integers(1, 3),
    until=st.integers(0, 14),
)
def test_the_newest_of_many_posts_equal_a_recount(posts: list[tuple[int, str | None]], most: int, until: int) -> None:
    world = World().put(PersonRow(1, "per_1", True), TopicRow(1, "top_1", "t", None, None))
    for number, (day, kind) in enumerate(posts, start=1):
        world.put(a_post_row(number, at=day * DAY, kind=kind, topics=(1,), strengths=(1.0,)))
    about = subjects(world, frozenset({0}), until * DAY).written_by(np.array([1]), kinds=NO_QUESTIONS, newest=most)
    days = sorted((day for day, kind in posts if kind != "question" and day <= until), reverse=True)
    assert sorted(about.at // DAY) == sorted(day for day in days if day >= days[:most][-1])
