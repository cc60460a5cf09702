"""Disclosure control: small cells stay small secrets, whatever else becomes known."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.disclosure import FEWEST, disclosure

TABLES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 20)).map(lambda cell: (cell[0], sum(cell))), min_size=1, max_size=6
)


def shown(*people: int, size: int = 20) -> list[bool]:
    """Which cells of a single line can be shown where all groups are of that size."""
    return disclosure(np.array([people]), np.full(len(people), size)).shown[0].tolist()


def test_cells_of_five_people_are_shown_and_smaller_ones_withheld() -> None:
    assert shown(5, 4, 0, 1, 9) == [True, False, False, False, True]


def test_an_empty_cell_is_withheld_like_a_small_one() -> None:
    assert shown(0, 8) == [False, True]


def test_a_larger_cell_guards_a_small_one_that_the_total_would_tell() -> None:
    assert shown(2, 3, 7) == [False, False, False]
    assert shown(0, 2, 3, 7) == [False, False, False, True]


def test_the_smallest_cell_with_room_is_the_guard() -> None:
    assert shown(3, 9, 7, 8) == [False, True, False, True]
    assert shown(3, 9, 7, 8, size=10) == [False, False, False, False]


def test_a_line_that_nothing_protects_is_closed() -> None:
    found = disclosure(np.array([[4, 4, 4], [4, 0, 0]]), np.full(3, 20))
    assert found.is_closed.tolist() == [True, False]


@given(TABLES)
def test_somebody_who_knows_total_and_sizes_cannot_tell_a_small_cell_from_an_empty_one(
    cells: list[tuple[int, int]],
) -> None:
    people, sizes = (np.array(column) for column in zip(*cells, strict=True))
    found = disclosure(people[None, :], sizes)
    is_shown, total = found.shown[0], people.sum()
    assert (people[is_shown] >= FEWEST).all()
    if found.is_closed[0]:
        assert not is_shown.any()
        return
    missing = total - people[is_shown].sum()
    for small in np.flatnonzero(~is_shown & (people < FEWEST)):
        others = ~is_shown & (np.arange(people.size) != small)
        most = np.where(people < FEWEST, np.minimum(sizes, FEWEST - 1), sizes)[others]
        least = np.where(people < FEWEST, 0, FEWEST)[others]
        assert least.sum() <= missing <= most.sum() or people[small] == 0
