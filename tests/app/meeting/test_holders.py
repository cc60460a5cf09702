"""Who holds topics, remembered or counted anew, at any moment."""

from collections.abc import Sequence
from math import log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.meeting.holders import TELLING, holders
from graph.changes import PersonRow, TopicRow
from graph.measures.decay import DAY
from graph.measures.recommendation import RecommendationSetting
from graph.projection.state import State
from graph.projection.subjects import Subjects
from tests.graph.projection.worlds import STEPS, Step, World, a_post_row, a_world, projected

SETTING = RecommendationSetting()
NEVER = 10**9  # more mentions than there are: nothing is remembered


def told(state: State, communities: frozenset[int], *, until: int, many: int) -> list[list[list[float]]]:
    """The holders of every topic that somebody has written about."""
    subjects = Subjects.of(state.view(communities), state.sameness(communities), until=until)
    about = subjects.written_by(np.arange(state.people.ids.size), kinds=np.ones_like(TELLING))
    found = holders(subjects, np.unique(about.topic), SETTING, many=many)
    return [[one.person.tolist(), one.depth.round(9).tolist(), one.last.tolist()] for one in found]


@given(
    steps=STEPS,
    communities=st.frozensets(st.integers(0, 2)),
    days=st.lists(st.integers(0, 10), min_size=1, max_size=4),
)
def test_what_is_remembered_is_what_would_be_counted_at_any_moment(
    steps: Sequence[Step], communities: frozenset[int], days: list[int]
) -> None:
    world = a_world()
    for step in steps:
        step(world)
    state = projected(world).state
    for day in [*days, 400, *days]:
        remembered, counted = (told(state, communities, until=day * DAY, many=many) for many in (0, NEVER))
        assert remembered == counted


def test_what_was_remembered_fades_with_the_days() -> None:
    world = World().put(PersonRow(1, "per_1", True), TopicRow(1, "top_1", "t", None, None))
    world.put(*(a_post_row(number, topics=(1,), strengths=(0.5,)) for number in range(1, 4)))
    state = projected(world).state
    today, later = (told(state, frozenset({0}), until=day * DAY, many=0) for day in (100, 280))
    [[people, [deep], last]], [[same_people, [less_deep], same_last]] = today, later
    assert (people, last) == (same_people, same_last) == ([1], [3_000_000])
    assert log1p(-less_deep) == pytest.approx(log1p(-deep) / 2, abs=1e-6)
