"""Rank correlation against scipy, its interval, and what is made of them."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from graph.arrays import FloatArray
from graph.measures.correlation import FEWEST_TIES, Granovetter, granovetter, spearman

some_rows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=12)


@given(some_rows)
def test_repeated_values_correlate_as_if_written_out(rows: list[tuple[int, int, int]]) -> None:
    one, two, times = (np.array(column) for column in zip(*rows, strict=True))
    whole = np.repeat(one, times), np.repeat(two, times)
    assume(all(np.unique(column).size > 1 for column in whole))
    found = spearman(one, two, times[None, :])
    ranks = [stats.rankdata(column) for column in whole]
    assert found == pytest.approx([np.corrcoef(*ranks)[0, 1]], abs=1e-9)


def test_the_worked_example_comes_out() -> None:
    once = np.ones((1, 4), dtype=np.int64)
    assert spearman(np.array([1.0, 2, 3, 4]), np.array([1.0, 3, 2, 4]), once) == pytest.approx([0.8])


def test_what_is_constant_correlates_with_nothing() -> None:
    assert np.isnan(spearman(np.ones(3), np.arange(3.0), np.ones((2, 3), dtype=np.int64))).all()
    assert np.isnan(spearman(np.arange(3.0), np.arange(3.0), np.zeros((1, 3), dtype=np.int64))).all()


def check(strength: FloatArray, overlap: FloatArray, *, people: int = 60) -> Granovetter:
    """The check of ties between people of a ring, who are as good as drawn."""
    random = np.random.default_rng(5)
    ends = np.arange(strength.size) % people, (np.arange(strength.size) * 7 + 1) % people
    draws = random.multinomial(people, np.full(people, 1 / people), 300)
    return granovetter(strength, overlap, ends=ends, draws=draws)


def test_strength_that_goes_with_overlap_holds() -> None:
    found = check(np.arange(40.0), np.arange(40.0))
    assert (found.verdict, found.rho, found.interval) == ("holds", 1, (1, 1))


def test_strength_that_goes_against_overlap_is_reversed() -> None:
    found = check(np.arange(200.0), np.random.default_rng(1).normal(size=200) - np.arange(200.0) / 50)
    assert found.verdict == "reversed"
    assert found.rho is not None and found.interval is not None
    assert -1 < found.interval.low < found.rho < found.interval.high < 0


def test_strength_that_has_nothing_to_do_with_overlap_does_not_hold() -> None:
    random = np.random.default_rng(2)
    assert check(random.random(2000), random.random(2000)).verdict == "does_not_hold"


def test_few_ties_few_people_or_a_wide_interval_tell_nothing() -> None:
    random = np.random.default_rng(3)
    assert check(np.arange(FEWEST_TIES - 1.0), np.arange(FEWEST_TIES - 1.0)) == Granovetter("too_small")
    assert check(np.arange(40.0), np.arange(40.0), people=9) == Granovetter("too_small")
    assert check(random.random(40), random.random(40)).verdict == "too_small"
    assert check(np.ones(40), np.arange(40.0)) == Granovetter("too_small")
