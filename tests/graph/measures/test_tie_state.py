"""States and channels of ties by hand, and against a recount of random lives."""

from hypothesis import given
from hypothesis import strategies as st

from graph.measures.tie_state import CHANNELS, STATES, TieState, tie_channels, tie_states
from graph.measures.tie_strength import TieSetting, tie_strength
from tests.graph.measures.tie_events import WORKED_EXAMPLE, Happened, meeting, older, pair_events
from tests.graph.measures.tie_recount import state_of

SETTING = TieSetting()
CLOSE = [event for age in range(0, 400, 10) for event in (Happened(age), Happened(age, -1, "thanks", 2))]


def states(*pairs: list[Happened]) -> list[TieState]:
    events = pair_events(*pairs)
    return [STATES[place] for place in tie_states(events, tie_strength(events, SETTING).strength, SETTING)]


some_events = st.lists(
    st.builds(
        Happened,
        age=st.sampled_from([0.0, 1.0, 89.5, 90.0, 100.0, 179.0, 180.0, 359.0, 360.0, 500.0]),
        direction=st.sampled_from([1, -1]),
        type=st.sampled_from(["reply", "thanks", "address"]),
        community=st.integers(0, 3),
    )
    | st.integers(0, 600).map(lambda age: meeting(float(age))),
    min_size=1,
    max_size=25,
)


@given(st.lists(some_events, min_size=1, max_size=4))
def test_states_are_those_of_a_recount(pairs: list[list[Happened]]) -> None:
    assert states(*pairs) == [state_of(pair) for pair in pairs]


def test_a_first_event_makes_a_new_tie_for_ninety_days() -> None:
    assert states([meeting(0)], [meeting(89.9)], [meeting(90)]) == ["new", "new", "weak"]


def test_a_tie_grows_when_events_double() -> None:
    lately = [Happened(1), Happened(2), Happened(3)]
    assert states(lately, [*lately, Happened(100)], [*lately, Happened(100), Happened(101)])[:2] == [
        "growing",
        "growing",
    ]
    assert states([*lately, Happened(100), Happened(101)]) == ["weak"]


def test_a_strong_tie_falls_asleep_after_two_half_lives_and_a_weak_one_never() -> None:
    assert states(older(CLOSE, 359.9), older(CLOSE, 360), older([Happened(0)], 400)) == ["strong", "dormant", "weak"]


def test_a_tie_is_strong_from_one_half_on() -> None:
    steady = older(CLOSE, 90)
    assert states(WORKED_EXAMPLE, steady) == ["strong", "strong"]


def test_a_tie_is_online_in_person_or_both() -> None:
    found = tie_strength(pair_events([Happened(0)], [meeting(0)], WORKED_EXAMPLE), SETTING)
    assert [CHANNELS[place] for place in tie_channels(found)] == ["online", "in_person", "both"]


def test_no_ties_have_no_states() -> None:
    assert states() == []
