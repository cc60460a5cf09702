"""Tie strength by hand."""

import math

import numpy as np
import pytest

from graph.measures.tie_strength import PairEvents, TieSetting, TieStrength, tie_strength

REPLY, THANKS, MEETING = 0, 2, 7
Event = tuple[float, int, int, int, bool]  # age in days, direction, type, community, in person

TODAYS_MEETING: Event = (0, 0, MEETING, 2, True)
WORKED_EXAMPLE: list[Event] = [
    (360, 1, REPLY, 1, False),
    (180, -1, THANKS, 1, False),
    (180, 0, MEETING, 2, True),
    (0, 1, REPLY, 1, False),
]


def strengths(*pairs: list[Event]) -> TieStrength:
    events = [event for pair in pairs for event in pair]
    age, direction, kind, community, in_person = (np.array([event[i] for event in events]) for i in range(5))
    starts = np.cumsum([0, *(len(pair) for pair in pairs)])[:-1]
    found = PairEvents(starts, age.astype(float), direction, kind, community, in_person.astype(bool))
    return tie_strength(found, TieSetting())


def test_the_worked_example_comes_out_component_by_component() -> None:
    found = strengths(WORKED_EXAMPLE)
    assert found.frequency[0] == pytest.approx(1 - math.exp(-2.25 / 8), abs=1e-9)
    assert found.recency[0] == 1
    assert found.reciprocity[0] == pytest.approx(0.75 / 2.5, abs=1e-9)
    assert found.duration[0] == pytest.approx(1 - math.exp(-2), abs=1e-9)
    assert found.multiplexity[0] == pytest.approx(5 / 6, abs=1e-9)
    assert found.in_person[0] == 0.25
    assert found.strength[0] == pytest.approx(0.528106, abs=5e-7)


def test_one_meeting_today_makes_a_weak_tie() -> None:
    assert strengths([TODAYS_MEETING]).strength[0] == pytest.approx(0.357793, abs=5e-7)
    assert strengths([TODAYS_MEETING]).strength[0] < TieSetting().strong


def test_many_pairs_come_out_as_each_alone() -> None:
    together = strengths([TODAYS_MEETING], WORKED_EXAMPLE, [TODAYS_MEETING]).strength
    assert together == pytest.approx([0.357793, 0.528106, 0.357793], abs=5e-7)


def test_a_tie_is_as_strong_from_either_end() -> None:
    turned: list[Event] = [(age, -way, kind, community, there) for age, way, kind, community, there in WORKED_EXAMPLE]
    assert strengths(turned).strength[0] == strengths(WORKED_EXAMPLE).strength[0]


def test_the_weights_sum_to_one() -> None:
    setting = TieSetting()
    parts = (setting.frequency, setting.recency, setting.reciprocity, setting.duration, setting.multiplexity)
    assert sum(parts) + setting.in_person == pytest.approx(1)


def test_no_pairs_have_no_strengths() -> None:
    assert strengths().strength.size == 0
