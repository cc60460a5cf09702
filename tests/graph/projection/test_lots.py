"""Lots are the same whoever else is there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.projection.lots import drawn_ties, lots

some_ids = st.lists(st.text("abcdefgh_", min_size=1, max_size=12), min_size=1, max_size=20, unique=True)


@given(some_ids, some_ids)
def test_the_lot_of_an_id_does_not_hang_on_others(ids: list[str], others: list[str]) -> None:
    alone = dict(zip(ids, lots(np.array(ids, dtype="S")).tolist(), strict=True))
    together = lots(np.array([*others, *ids], dtype="S"))[len(others) :]
    assert dict(zip(ids, together.tolist(), strict=True)) == alone


def test_ids_in_a_row_have_lots_all_over_the_place() -> None:
    found = lots(np.array([f"per_{number:07d}".encode() for number in range(10_000)]))
    assert np.unique(found).size == found.size
    for bit in range(0, 64, 7):
        assert abs(np.mean(found >> np.uint64(bit) & np.uint64(1)) - 0.5) < 0.03


def test_ties_are_drawn_whichever_end_comes_first() -> None:
    of_person = lots(np.array([f"per_{number}".encode() for number in range(50)]))
    low, high = np.triu_indices(50, 1)
    drawn = drawn_ties(low, high, of_person=of_person, most=100)
    assert np.unique(drawn).size == 100
    assert drawn_ties(high, low, of_person=of_person, most=100).tolist() == drawn.tolist()
    assert drawn_ties(low, high, of_person=of_person, most=40).tolist() == drawn[:40].tolist()
    assert drawn_ties(low[:3], high[:3], of_person=of_person, most=100).size == 3
