"""Agreement of two divisions: by hand, and against every order of small ones."""

from itertools import permutations
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.agreement import adjusted_mutual_information

DIVISIONS = st.integers(2, 6).flatmap(
    lambda size: st.tuples(*[st.lists(st.integers(0, 3), min_size=size, max_size=size)] * 2)
)


def information(one: list[int], other: list[int]) -> float:
    """Mutual information, pair by pair."""
    pairs, size = list(zip(one, other, strict=True)), len(one)
    return sum(
        pairs.count((a, b)) / size * log(size * pairs.count((a, b)) / (one.count(a) * other.count(b)))
        for a, b in set(pairs)
    )


def agreement(one: list[int], other: list[int]) -> float:
    return adjusted_mutual_information(np.array(one), np.array(other))


def test_the_example_of_the_docstring() -> None:
    assert agreement([0, 0, 1, 1], [0, 0, 1, 2]) == pytest.approx(4 / 7, abs=1e-12)


def test_the_same_under_other_names_agrees_wholly() -> None:
    assert agreement([0, 0, 1, 2], [2, 2, 0, 1]) == pytest.approx(1)
    assert agreement([0, 0, 0], [1, 1, 1]) == 1 == agreement([0, 1, 2], [2, 1, 0])


@given(DIVISIONS)
def test_it_is_corrected_by_the_mean_over_every_order(divisions: tuple[list[int], list[int]]) -> None:
    one, other = divisions
    orders = list(permutations(other))
    chance = sum(information(one, list(order)) for order in orders) / len(orders)
    limit = (information(one, one) + information(other, other)) / 2 - chance
    expected = (information(one, other) - chance) / limit if abs(limit) > 1e-12 else 1
    assert agreement(one, other) == pytest.approx(expected, abs=1e-9)
