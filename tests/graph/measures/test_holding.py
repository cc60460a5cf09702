"""Holding a topic, by the examples of the docstrings."""

import numpy as np

from graph.measures.holding import half_since, held, speaks_for_its_author


def rows(found: np.ndarray) -> list[int]:
    return np.flatnonzero(found).tolist()


def test_asking_is_not_knowing() -> None:
    assert [speaks_for_its_author(kind) for kind in ("answer", "article", "comment", None)] == [True] * 4
    assert not speaks_for_its_author("question")


def test_a_post_is_enough() -> None:
    assert rows(held(np.array([1, 1, 2, 3]), False)) == [0, 2, 3]


def test_a_broad_topic_takes_two() -> None:
    assert rows(held(np.array([1, 1, 2, 3]), np.array([True, True, True, False]))) == [0, 3]


def test_nobody_holds_what_nobody_mentions() -> None:
    assert rows(held(np.zeros(0, dtype=np.int64), True)) == []


def test_at_least_half_of_a_cell_wrote_then_or_later() -> None:
    cells, since = half_since(np.array([2, 1, 1, 1, 1, 1, 2]), np.array([3, 9, 1, 5, 4, 9, 8]))
    assert (cells.tolist(), since.tolist()) == ([1, 2], [5, 8])
