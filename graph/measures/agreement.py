"""Agreement: how well two divisions of the same people fit each other."""

import numpy as np

from graph.arrays import FloatArray, IntArray


def adjusted_mutual_information(one: IntArray, other: IntArray) -> float:
    """(I - E) / ((H + H') / 2 - E): 1 where the two divisions are the same, about 0 where they meet by chance only.

    By person the groups of each, from 0 on, at least one; I is their mutual information, E what chance would give with
    groups of these sizes, H and H' the entropies. After Vinh, Epps & Bailey (2010).
    Example: 0, 0, 1, 1 and 0, 0, 1, 2, in units of ln 2: I = 1, H = 1, H' = 1.5; the pair of the second falls together
    with one of the first in one of three orders, I = 1, else I = .5, so E = 2/3; (1 - 2/3) / (1.25 - 2/3) = 4/7.
    """
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    chance = _by_chance(rows[rows > 0].astype(np.int64), columns[columns > 0].astype(np.int64))
    limit = (_entropy(rows) + _entropy(columns)) / 2 - chance
    information = _entropy(rows) + _entropy(columns) - _entropy(table.ravel())
    return float((information - chance) / limit) if abs(limit) > 1e-12 else 1.0


def _entropy(sizes: FloatArray) -> float:
    share = sizes[sizes > 0] / sizes.sum()
    return float(-(share * np.log(share)).sum())


def _by_chance(rows: IntArray, columns: IntArray) -> float:
    """The mutual information to be expected of divisions into groups of these sizes."""
    people = int(rows.sum())
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, people + 1)))))
    found = 0.0
    for row, times in zip(*np.unique(rows, return_counts=True), strict=True):
        for column, also in zip(*np.unique(columns, return_counts=True), strict=True):
            both = np.arange(max(1, row + column - people), min(row, column) + 1)
            apart = log_factorial[[row, column, people - row, people - column]].sum() - log_factorial[people]
            within = log_factorial[[both, row - both, column - both, people - row - column + both]].sum(axis=0)
            worth = both / people * np.log(people * both / (row * column))
            found += times * also * float((worth * np.exp(apart - within)).sum())
    return found
