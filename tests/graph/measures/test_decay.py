import numpy as np
import pytest

from graph.measures.decay import recency, slower_clock


def test_recency_by_hand() -> None:
    assert recency(np.array([0.0, 180.0, 360.0]), 180).tolist() == [1, 0.5, 0.25]


def test_the_slower_of_two_clocks_by_hand() -> None:
    found = slower_clock(np.array([25_000]), np.array([730.0]), half_life_posts=50_000, half_life_days=365)
    assert found == pytest.approx([0.707107], abs=1e-6)


def test_a_small_archive_hardly_forgets() -> None:
    found = slower_clock(np.array([100]), np.array([3_650.0]), half_life_posts=50_000, half_life_days=365)
    assert found[0] > 0.99
