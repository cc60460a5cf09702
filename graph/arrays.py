"""Arrays: their types, and operations on sorted ones that numpy has no word for."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.integer[Any]]
FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]
BytesArray = npt.NDArray[np.bytes_]

A = TypeVar("A", bound=np.ndarray[Any, Any])

NONE: Final = np.zeros(0, dtype=np.int64)


def joined(arrays: Sequence[A]) -> A:
    """These arrays, at least one, after each other; a single one as it is."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)  # type: ignore[return-value]


def run_starts(values: npt.NDArray[Any]) -> IntArray:
    """Where each run of equal values begins."""
    is_new = np.empty(values.size, dtype=np.bool_)
    is_new[:1] = True
    np.not_equal(values[1:], values[:-1], out=is_new[1:])
    return is_new.nonzero()[0]


def distinct(values: IntArray) -> IntArray:
    """The distinct values, ascending: `np.unique` hashes, which takes ten times as long for thousands."""
    values = np.sort(values)
    return values[run_starts(values)]


def ranges(starts: IntArray, stops: IntArray) -> IntArray:
    """All numbers from each start up to its stop, range after range."""
    return ranges_by_row(starts, stops)[0]


def ranges_by_row(starts: IntArray, stops: IntArray) -> tuple[IntArray, IntArray]:
    """The same, and for each of these numbers the row of the range that it is from."""
    sizes = stops - starts
    row = np.arange(sizes.size).repeat(sizes)
    return np.arange(row.size) + (stops - sizes.cumsum()).take(row), row


def flags(numbers: IntArray, size: int | None = None) -> BoolArray:
    """For each number below that size, or up to the largest of these, whether it is one of these."""
    found = np.zeros(int(numbers.max(initial=-1)) + 1 if size is None else size, dtype=np.bool_)
    found[numbers] = True
    return found


def places(wanted: IntArray, among: IntArray) -> IntArray:
    """Where the wanted values stand among sorted distinct ones; -1 for those that do not."""
    if among.size == 0:
        return np.full(wanted.size, -1)
    place = np.minimum(among.searchsorted(wanted), among.size - 1)
    return np.where(among[place] == wanted, place, -1)


def order_of(ids: BytesArray, *keys: IntArray | FloatArray) -> IntArray:
    """The order by these keys, the first one counting most, and where all are equal by id."""
    order = np.lexsort(keys[::-1])
    is_tied = np.zeros(order.size, dtype=np.bool_)
    if order.size > 1:
        is_same = np.logical_and.reduce([key[order[1:]] == key[order[:-1]] for key in keys])
        is_tied[1:] |= is_same
        is_tied[:-1] |= is_same
    tied = np.flatnonzero(is_tied)  # few: comparing strings is slow
    order[tied] = order[tied][np.lexsort((ids[order[tied]], *(key[order[tied]] for key in reversed(keys))))]
    return order


def first_of_each(values: IntArray, order: IntArray, most: int) -> IntArray:
    """Of these rows, in their order, the first so many of each value: one value after the other.

    Example: of the values 7, 5, 7, 5, 7 in the order 4, 3, 2, 1, 0 the first two of each are rows 3, 1, 4 and 2."""
    rows = order[np.argsort(values[order], kind="stable")]
    starts = run_starts(values[rows])
    place = np.arange(rows.size) - np.repeat(starts, np.diff(starts, append=rows.size))
    return rows[place < most]


def combined(
    combine: np.ufunc, keys: Sequence[IntArray], *values: Sequence[npt.NDArray[Any]]
) -> tuple[npt.NDArray[Any], ...]:
    """The distinct keys of several sorted lists, and in each column of values those of equal keys combined into one."""
    if len(keys) == 1:
        return keys[0], *(column[0] for column in values)
    return grouped(combine, np.concatenate(keys), *map(np.concatenate, values))


def grouped(combine: np.ufunc, keys: IntArray, *values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], ...]:
    """The distinct keys, ascending, and in each column of values those of equal keys combined into one."""
    order = keys.argsort(kind="stable")  # merges sorted runs
    return of_runs(combine, keys[order], *(column[order] for column in values))


def of_runs(combine: np.ufunc, keys: IntArray, *values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], ...]:
    """The same of keys that are sorted already."""
    starts = run_starts(keys)
    if starts.size == keys.size:  # as of stems of two languages: no post holds both
        return keys, *values
    return keys[starts], *(combine.reduceat(column, starts) for column in values)
