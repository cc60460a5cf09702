"""Ranking: scored candidates in order, ties broken the same way everywhere."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from graph.arrays import FloatArray, IntArray

SAMPLED: Final = 16  # one value in so many: to look at a sample first takes a third of the time, of many a tenth
DECIMALS: Final = 6  # sums in another order differ in the last bits, and must not change an order


def best(values: FloatArray | IntArray, most: int) -> IntArray:
    """Where the largest values are, ascending: so many, and all that equal the last of them.

    Example: of 3, 1, 2, 2 the best two are at 0, 2 and 3."""
    if values.size <= most:
        return np.arange(values.size)
    rows = _likely(values, most)
    likely = values[rows]
    return rows[likely >= np.partition(likely, likely.size - most)[likely.size - most]]


def _likely(values: FloatArray | IntArray, most: int) -> IntArray:
    """Where so many of the largest values are and some others: few of all, as far as a sample can tell."""
    sample = values[::SAMPLED]
    floor = sample.size - 2 * most // SAMPLED  # about twice as many as are wanted are as large as this one of it
    if sample.size // 2 < floor < sample.size:
        rows = np.flatnonzero(values >= np.partition(sample, floor)[floor])
        if rows.size >= most:
            return rows
    return np.arange(values.size)


def ranked(scores: FloatArray, *, name: Callable[[int], str]) -> Iterator[tuple[int, float]]:
    """Row and score, rounded to six decimals, of every score above 0: the largest first, equal ones by name.

    Example: .5, .9000001, .9 of rows called c, b, a gives a .9, b .9, c .5."""
    rounded = np.round(scores, DECIMALS)
    order = np.argsort(-rounded)
    order = order[: np.count_nonzero(rounded > 0)]
    for score, group in groupby(order, key=rounded.item):  # lazily: few of many are looked at
        yield from ((row, score) for row in sorted(map(int, group), key=name))


def near_equal(scores: Sequence[float], *, share: float) -> Iterator[slice]:
    """The stretches of scores, largest first, that are at least such a share of the first one of their stretch.

    Example: 1, .95, .9, .85, .8 and a share of .9: the first three, and the other two."""
    begin = 0
    for place, score in enumerate(scores):
        if score < share * scores[begin]:
            yield slice(begin, place)
            begin = place
    yield slice(begin, len(scores))
