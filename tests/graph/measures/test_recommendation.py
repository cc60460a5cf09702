"""Recommendation by hand, and the shape of its curve."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.recommendation import (
    RecommendationSetting,
    common_ground,
    depth,
    novelty,
    recommendation,
    told,
    topic_weight,
    with_novelty,
)

SETTING = RecommendationSetting()
SHARES = st.floats(0, 1)


def test_the_worked_example_comes_out() -> None:
    much, later = (
        told(np.array([0.8, 0.4]), np.array(ages), np.array([0]), SETTING) for ages in ([0, 180], [180, 360])
    )
    assert (much.tolist(), later.tolist()) == ([1], [0.5])
    deep = depth(much)
    assert deep == pytest.approx([0.632121], abs=1e-6)
    weight = topic_weight(deep, np.array([3]))
    assert weight == pytest.approx([0.316060], abs=1e-6)
    weight = weight * 0.5
    assert weight == pytest.approx([0.158030], abs=1e-6)
    assert common_ground(weight, SETTING) == pytest.approx([0.387300], abs=1e-6)
    found = recommendation(weight, np.array([0.8]), np.array([0.0]), SETTING)
    assert found.common_ground == pytest.approx([0.387300], abs=1e-6)
    assert found.closeness == pytest.approx([0.285714], abs=1e-6)
    assert found.distance == pytest.approx([0.963719], abs=1e-6)
    assert found.score == pytest.approx([0.373248], abs=1e-6)
    new = novelty(np.array([0, 0]), np.array([0.6, 0.2]), np.array([False, True]), people=2)
    assert new.tolist() == pytest.approx([0.25, 0])
    assert with_novelty(found.score, new[:1]) == pytest.approx([0.233280], abs=1e-6)


def test_nothing_has_no_depth() -> None:
    assert depth(told(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64), SETTING)).size == 0


@given(peak=SHARES, one=SHARES, other=SHARES)
def test_distance_falls_from_its_peak_to_either_side(peak: float, one: float, other: float) -> None:
    near, far = sorted((one, other), key=lambda closeness: abs(closeness - peak))
    setting = RecommendationSetting(peak=peak)
    contacts = np.array([near, far]) * setting.circle / (1 - np.minimum([near, far], 1 - 1e-9))
    found = recommendation(np.ones(2), contacts, np.zeros(2), setting)
    assert found.distance[0] >= found.distance[1] - 1e-9
    assert np.all((found.distance >= -1e-9) & (found.distance <= 1))


@given(strength=SHARES, shared=st.floats(0, 100), contacts=st.floats(0, 100), new=SHARES)
def test_a_score_is_a_share_and_smaller_the_more_two_people_exchange(
    strength: float, shared: float, contacts: float, new: float
) -> None:
    column = np.array([shared, shared]), np.array([contacts, contacts]), np.array([0.0, strength])
    found = recommendation(*column, SETTING)
    without, having = with_novelty(found.score, np.array([new, new]))
    assert 0 <= having <= without <= 1


def test_every_constant_changes_the_version() -> None:
    versions = {
        RecommendationSetting(**{name: value}).version
        for name, value in {"peak": 0.5, "half_life_days": 90.0, "bond": 1.0, "circle": 1.0}.items()
    }
    assert len(versions | {SETTING.version}) == 5
