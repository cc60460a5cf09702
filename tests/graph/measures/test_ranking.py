from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.ranking import SAMPLED, best, near_equal, ranked

VALUES = st.lists(st.integers(0, 5).map(float), max_size=30).map(np.array)


def test_the_best_are_those_and_all_that_equal_the_last_of_them() -> None:
    assert best(np.array([3.0, 1.0, 2.0, 2.0]), 2).tolist() == [0, 2, 3]
    assert best(np.array([3.0, 1.0]), 5).tolist() == [0, 1]


@given(values=VALUES, most=st.integers(1, 10))
def test_nothing_left_out_is_as_good_as_the_worst_of_the_best(values: np.ndarray, most: int) -> None:
    found = best(values, most)
    assert found.size >= min(most, values.size)
    assert all(value < values[found].min() for value in np.delete(values, found))


@pytest.mark.parametrize("size", [2_000, 2_001, 40_000])
@pytest.mark.parametrize("most", [1, 10, 100, 1_000])
@pytest.mark.parametrize("kind", ["mixed", "ascending", "equal", "sample too large", "sample too small"])
def test_the_best_of_many_are_the_same_whatever_a_sample_tells(kind: str, size: int, most: int) -> None:
    is_sampled = np.arange(size) % SAMPLED == 0
    values = {
        "mixed": np.random.default_rng(1).gamma(1.2, size=size).round(2),
        "ascending": np.arange(size, dtype=float),
        "equal": np.ones(size),
        "sample too large": np.where(is_sampled, 2.0, 1.0) + np.arange(size) % 7 / 10,
        "sample too small": np.where(is_sampled, 1.0, 2.0) + np.arange(size) % 7 / 10,
    }[kind]
    last = np.sort(values)[-most]
    assert best(values, most).tolist() == np.flatnonzero(values >= last).tolist()


def test_equal_scores_go_by_name_after_rounding() -> None:
    found = list(ranked(np.array([0.5, 0.9000001, 0.9]), name="cba".__getitem__))
    assert found == [(2, 0.9), (1, 0.9), (0, 0.5)]


def test_who_scores_nothing_is_left_out() -> None:
    assert list(ranked(np.array([0.0, 4e-7]), name=str)) == []


def test_who_is_nearly_as_good_stands_with_the_first_of_the_stretch() -> None:
    scores = [1, 0.95, 0.9, 0.85, 0.8]
    assert [scores[stretch] for stretch in near_equal(scores, share=0.9)] == [[1, 0.95, 0.9], [0.85, 0.8]]


@given(scores=st.lists(st.integers(1, 100), min_size=1, max_size=20).map(lambda found: sorted(found, reverse=True)))
def test_stretches_part_the_list_where_somebody_is_clearly_better(scores: list[int]) -> None:
    stretches = [scores[stretch] for stretch in near_equal(scores, share=0.8)]
    assert [score for stretch in stretches for score in stretch] == scores
    assert all(stretch[-1] >= 0.8 * stretch[0] for stretch in stretches)
    assert all(after[0] < 0.8 * before[0] for before, after in pairwise(stretches))
