"""Transitions against the states of every single day."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.arrays import BoolArray, IntArray
from graph.measures.decay import DAY
from graph.measures.tie_state import STATES, tie_states
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.measures.tie_transitions import transitions

SETTING = TieSetting()
NOW = 900 * DAY + DAY // 2
MEETING, REPLY = 7, 0


class Moment(NamedTuple):
    """An event, so many days after the first day."""

    day: float
    type: int = REPLY
    direction: int = 1
    community: int = 1


@dataclass(frozen=True, slots=True)
class Timed:
    """Events of ties with their times."""

    starts: IntArray
    at: IntArray
    direction: IntArray
    type: IntArray
    community: IntArray
    in_person: BoolArray


def events(*ties: list[Moment]) -> Timed:
    """The events of these ties, in their times."""
    rows = [row for tie in ties for row in sorted(tie)]
    return Timed(
        starts=np.cumsum([0, *map(len, ties)])[:-1],
        at=np.array([round(row.day * DAY) for row in rows], dtype=np.int64),
        direction=np.array([row.direction for row in rows]),
        type=np.array([row.type for row in rows]),
        community=np.array([row.community for row in rows]),
        in_person=np.array([row.type == MEETING for row in rows]),
    )


def found(*ties: list[Moment], setting: TieSetting = SETTING) -> list[tuple[int, int, str]]:
    """Tie, day and state of each change."""
    columns = transitions(events(*ties), now=NOW, setting=setting)
    return [(tie, day, STATES[state]) for tie, day, state in zip(*(column.tolist() for column in columns), strict=True)]


def day_by_day(number: int, tie: list[Moment], setting: TieSetting) -> list[tuple[int, int, str]]:
    """The same, by looking at the tie at the end of every day."""
    turns: list[tuple[int, int, str]] = []
    for day in range(NOW // DAY + 1):
        moment = min((day + 1) * DAY - 1, NOW)
        happened = [event for event in tie if round(event.day * DAY) <= moment]
        if happened:
            then = PairEvents.of(events(happened), now=moment)
            state = STATES[int(tie_states(then, tie_strength(then, setting).strength, setting)[0])]
            if not turns or turns[-1][2] != state:
                turns.append((number, day, state))
    return turns


some_lives = st.lists(
    st.lists(
        st.builds(
            Moment,
            day=st.integers(0, 3600).map(lambda quarter: quarter / 4),
            type=st.sampled_from([REPLY, MEETING, 2]),
            direction=st.sampled_from([1, -1]),
            community=st.integers(1, 3),
        ),
        min_size=1,
        max_size=20,
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25)
@given(some_lives, st.sampled_from([180.0, 30.0]))
def test_ties_change_on_the_days_on_which_their_state_does(lives: list[list[Moment]], half_life: float) -> None:
    setting = TieSetting(half_life_days=half_life)
    whole = [turn for number, tie in enumerate(lives) for turn in day_by_day(number, tie, setting)]
    assert found(*lives, setting=setting) == whole


def test_three_meetings_grow_a_tie_and_ninety_days_later_it_is_weak() -> None:
    assert found([Moment(10.5, MEETING)] * 3) == [(0, 10, "growing"), (0, 100, "weak")]


def test_a_tie_lives_from_new_to_dormant() -> None:
    close = [Moment(day, kind, way, place) for day in range(0, 300, 5) for kind, way, place in [(0, 1, 1), (2, -1, 2)]]
    life = found(close)
    assert [state for _, _, state in life] == ["new", "growing", "strong", "dormant"]
    assert life[-1][1] == 295 + 360


def test_no_ties_have_no_history() -> None:
    assert found() == []
