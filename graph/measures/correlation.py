"""Correlation of two ranks over ties, and how sure it is: does strength go with overlap here?"""

from typing import Final, Literal, NamedTuple

import numpy as np

from graph.arrays import FloatArray, IntArray
from graph.measures.ranking import DECIMALS

Verdict = Literal["holds", "does_not_hold", "reversed", "too_small"]

FEWEST_TIES: Final = 30
FEWEST_PEOPLE: Final = 10
LEAST: Final = 0.1  # smaller correlations are negligible, after Cohen (1988)
WIDEST: Final = 0.4  # an interval that holds 0 and is wider tells nothing


class Interval(NamedTuple):
    """Where a value lies in 19 of 20 samples."""

    low: float
    high: float


class Granovetter(NamedTuple):
    """Whether strong ties lie where neighbourhoods overlap; rho is None where it cannot be taken."""

    verdict: Verdict
    rho: float | None = None
    interval: Interval | None = None


def spearman(one: FloatArray, two: FloatArray, times: IntArray) -> FloatArray:
    """Spearman's rank correlation (1904) of two columns, one value for each row of `times`; NaN where one is constant.

    A row of `times` says how often each pair of values is there. Equal values share the mean of their ranks.
    Example: 1, 2, 3, 4 and 1, 3, 2, 4, each once: 1 - 6 · 2 / (4 · 15) = .8.
    """
    ranks = [_ranks(values, times) for values in (one, two)]
    total = times.sum(axis=1, keepdims=True)
    first, second = (rank - (times * rank).sum(axis=1, keepdims=True) / np.maximum(total, 1) for rank in ranks)
    spread = np.sqrt((times * first**2).sum(axis=1) * (times * second**2).sum(axis=1))
    return np.divide((times * first * second).sum(axis=1), spread, out=np.full(spread.size, np.nan), where=spread > 0)


def granovetter(
    strength: FloatArray,
    overlap: FloatArray,
    *,
    ends: tuple[IntArray, IntArray],
    draws: IntArray,
) -> Granovetter:
    """Whether strong ties lie where neighbourhoods overlap, as Granovetter (1973) has it, with a bootstrap interval.

    `draws` has a row for each sample and in it how often each person was drawn; a tie is in it as often as its two
    people together, for the ties of one person resemble each other (Owen & Eckles 2012). Holds from a correlation of
    .1 with an interval above 0, reversed likewise below; too small with fewer than 30 ties or 10 people, or where the
    interval is wide and holds 0.
    Example: strength and overlap that rise together over 40 ties: rho 1, interval 1 to 1, holds.
    """
    if strength.size < FEWEST_TIES or np.unique(ends).size < FEWEST_PEOPLE:
        return Granovetter("too_small")
    rho = float(spearman(strength, overlap, np.ones((1, strength.size), dtype=np.int64))[0].round(DECIMALS))
    drawn = spearman(strength, overlap, draws[:, ends[0]] * draws[:, ends[1]])
    if np.isnan(rho) or np.isnan(drawn).all():
        return Granovetter("too_small")
    low, high = np.nanpercentile(drawn, (2.5, 97.5)).round(DECIMALS).tolist()
    return Granovetter(_verdict(rho, low, high), rho, Interval(low, high))


def _verdict(rho: float, low: float, high: float) -> Verdict:
    if low > 0 and rho >= LEAST:
        return "holds"
    if high < 0 and rho <= -LEAST:
        return "reversed"
    return "too_small" if low <= 0 <= high and high - low > WIDEST else "does_not_hold"


def _ranks(values: FloatArray, times: IntArray) -> FloatArray:
    """The mean rank of each value in each sample."""
    order = np.argsort(values, kind="stable")
    is_first = np.append(True, values[order][1:] != values[order][:-1])
    group = np.cumsum(is_first) - 1
    sizes = np.add.reduceat(times[:, order], np.flatnonzero(is_first), axis=1)
    mean = np.cumsum(sizes, axis=1) - (sizes - 1) / 2
    ranks = np.empty(times.shape)
    ranks[:, order] = mean[:, group]
    return ranks
