"""Fitted weights by hand, on ratings made from known weights, and against many other weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.arrays import FloatArray
from graph.measures.calibration import calibrated, concordance, fitted_weights

TRUE = np.array([0.1, 0.0, 0.5, 0.0, 0.4, 0.0])
DEFAULT = (0.35, 0.20, 0.20, 0.10, 0.10, 0.05)


def components(count: int, *, seed: int = 1) -> FloatArray:
    return np.random.default_rng(seed).random((count, 6))


def test_the_worked_example_comes_out() -> None:
    assert fitted_weights(np.array([[0, 1], [0.5, 1], [1, 0]]), np.array([1.0, 3, 5])) == pytest.approx([1, 0])


def test_the_weights_behind_ratings_are_found_again() -> None:
    found = fitted_weights(components(100), 1 + 4 * components(100) @ TRUE)
    assert found == pytest.approx(TRUE, abs=1e-9)


@given(st.integers(0, 10_000))
def test_no_other_weights_come_nearer(seed: int) -> None:
    random = np.random.default_rng(seed)
    known, ratings = components(12, seed=seed), random.integers(1, 6, 12).astype(float)
    found = fitted_weights(known, ratings)
    assert (found >= 0).all()
    assert not found.any() or found.sum() == pytest.approx(1)
    others = random.dirichlet(np.ones(6), 50)
    assert all(misfit(known @ found, ratings) <= misfit(known @ other, ratings) + 1e-9 for other in others)


def misfit(strength: FloatArray, ratings: FloatArray) -> float:
    """What the best line with a slope ≥ 0 leaves of the ratings, squared."""
    strength, ratings = strength - strength.mean(), ratings - ratings.mean()
    slope = max(0.0, float(strength @ ratings) / max(float(strength @ strength), 1e-12))
    return float(np.square(ratings - slope * strength).sum())


def test_concordance_counts_pairs_in_the_right_order() -> None:
    assert concordance(np.array([0.2, 0.5, 0.4]), np.array([1.0, 3, 5])) == pytest.approx(2 / 3)
    assert concordance(np.array([0.2, 0.2]), np.array([1.0, 3])) == 0.5
    assert np.isnan(concordance(np.array([0.2, 0.5]), np.array([3.0, 3])))


def test_accuracy_is_told_beside_that_of_the_weights_before() -> None:
    known = components(100)
    found = calibrated(known, np.round(1 + 4 * known @ TRUE), np.arange(100), before=DEFAULT)
    assert found is not None
    assert found.accuracy > 0.95 > found.accuracy_before > 0.5


def test_accuracy_is_measured_on_ratings_that_were_not_fitted_to() -> None:
    """Ratings by lot cannot be told from ties: fitted weights are no better than chance where they were not fitted."""
    random = np.random.default_rng(7)
    found = calibrated(components(400), random.integers(1, 6, 400).astype(float), np.arange(400), before=DEFAULT)
    assert found is None or found.accuracy == pytest.approx(0.5, abs=0.06)


def test_ratings_that_no_component_explains_fit_nothing() -> None:
    assert calibrated(components(50), np.full(50, 3.0), np.arange(50), before=DEFAULT) is None
