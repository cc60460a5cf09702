"""Tie strength by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from graph.measures.tie_strength import TieSetting, TieStrength, tie_strength
from tests.graph.measures.tie_events import TODAYS_MEETING, WORKED_EXAMPLE, Happened, meeting, pair_events


def strengths(*pairs: list[Happened], setting: TieSetting = TieSetting()) -> TieStrength:  # noqa: B008
    return tie_strength(pair_events(*pairs), setting)


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
    assert strengths(TODAYS_MEETING).strength[0] == pytest.approx(0.357793, abs=5e-7)
    assert strengths(TODAYS_MEETING).strength[0] < TieSetting().strong


def test_strength_is_the_weighted_sum_of_the_components() -> None:
    setting = TieSetting().weighing(0, 0.5, 0, 0, 0.25, 0.25)
    found = strengths(WORKED_EXAMPLE, setting=setting)
    assert found.strength == pytest.approx(found.components() @ setting.weights)
    assert found.strength[0] == pytest.approx(0.5 + 0.25 * 5 / 6 + 0.25 / 4)


def test_many_pairs_come_out_as_each_alone() -> None:
    together = strengths(TODAYS_MEETING, WORKED_EXAMPLE, TODAYS_MEETING).strength
    assert together == pytest.approx([0.357793, 0.528106, 0.357793], abs=5e-7)


def test_a_tie_is_as_strong_from_either_end() -> None:
    turned = [event._replace(direction=-event.direction) for event in WORKED_EXAMPLE]
    assert strengths(turned).strength[0] == strengths(WORKED_EXAMPLE).strength[0]


def test_meetings_co_sessions_and_what_people_write_count_as_is_set() -> None:
    setting = replace(TieSetting(), meeting=4.0, co_session=2.0, exchange=0.5)
    pairs = [[meeting(0)], [Happened(0, type="co_session")], [Happened(0)], [Happened(0, type="thanks")]]
    found = strengths(*pairs, setting=setting).frequency
    assert found == pytest.approx(1 - np.exp(-np.array([4, 2, 0.5, 0.5]) / 8))


def test_the_weights_sum_to_one() -> None:
    assert sum(TieSetting().weights) == pytest.approx(1)


def test_the_version_changes_with_every_constant() -> None:
    versions = {TieSetting().version, replace(TieSetting(), window_days=60.0).version}
    assert len(versions | {TieSetting().weighing(1, 0, 0, 0, 0, 0).version}) == 3


def test_no_pairs_have_no_strengths() -> None:
    assert strengths().strength.size == 0
