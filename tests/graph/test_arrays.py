import numpy as np

from graph.arrays import combined, first_of_each, flags, order_of, places, ranges, ranges_by_row, run_starts


def test_runs_begin_where_values_change() -> None:
    assert run_starts(np.array([3, 3, 5, 3])).tolist() == [0, 2, 3]
    assert run_starts(np.array([])).tolist() == []


def test_flags_tell_which_numbers_are_meant() -> None:
    assert flags(np.array([2, 0])).tolist() == [True, False, True]
    assert flags(np.array([1]), 3).tolist() == [False, True, False]
    assert flags(np.array([], dtype=np.int64)).tolist() == []


def test_ranges_are_told_with_the_row_of_each_number() -> None:
    numbers, rows = ranges_by_row(np.array([5, 2, 9]), np.array([7, 2, 10]))
    assert (numbers.tolist(), rows.tolist()) == ([5, 6, 9], [0, 0, 2])


def test_ranges_are_told_one_after_the_other() -> None:
    assert ranges(np.array([5, 2, 9]), np.array([7, 2, 10])).tolist() == [5, 6, 9]


def test_places_are_found_and_missing_ones_are_minus_one() -> None:
    assert places(np.array([4, 5, 1]), np.array([1, 4])).tolist() == [1, -1, 0]
    assert places(np.array([4]), np.array([], dtype=np.int64)).tolist() == [-1]


def test_order_goes_by_keys_and_then_by_id() -> None:
    ids = np.array([b"d", b"c", b"b", b"a"])
    assert order_of(ids, np.array([1, 0, 1, 1]), np.array([5, 9, 5, 6])).tolist() == [1, 2, 0, 3]


def test_values_of_equal_keys_are_combined() -> None:
    keys = [np.array([1, 3]), np.array([2, 3])]
    key, total = combined(np.add, keys, [np.array([10, 30]), np.array([20, 31])])
    assert (key.tolist(), total.tolist()) == ([1, 2, 3], [10, 20, 61])


def test_the_first_of_each_value_are_found_in_their_order() -> None:
    values, order = np.array([7, 5, 7, 5, 7]), np.array([4, 3, 2, 1, 0])
    assert first_of_each(values, order, 2).tolist() == [3, 1, 4, 2]
    assert first_of_each(values, order[:0], 2).size == 0
