"""Baselines by hand."""

import math

import numpy as np
import pytest

from graph.measures.baselines import profile_bm25


def test_a_profile_by_hand() -> None:
    found = math.log(1.2) * profile_bm25(np.array([3.5, 1.5]), np.array([7, 9]), mean_words=8)
    assert found == pytest.approx([0.306022, 0.213924], abs=1e-6)


def test_a_profile_is_as_if_what_is_hidden_had_never_been_written() -> None:
    found = math.log(4 / 3) * profile_bm25(np.array([3.5]), np.array([7]), mean_words=7)
    assert found == pytest.approx([0.471309], abs=1e-6)
