"""Calibration: the weights of tie strength that fit what people say of their own ties."""

from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from graph.arrays import FloatArray, IntArray

FOLDS: Final = 5


class Calibration(NamedTuple):
    """Weights that sum to 1, and how often ties come in the order of their ratings, in [0, 1], where not fitted to."""

    weights: tuple[float, ...]
    accuracy: float
    accuracy_before: float


def fitted_weights(components: FloatArray, ratings: FloatArray) -> FloatArray:
    """The weights ≥ 0, summing to 1, of which some multiple and a constant come nearest to the ratings, by squares.

    One row of `components` a rating. Exact: every set of components is tried without bounds, and of those whose weights
    are all above 0 the nearest is the answer (Lawson & Hanson 1974). Zeros where no component helps.
    Example: ratings 1, 3, 5 where a component is 0, .5, 1 and another 1, 1, 0: all weight on the first.
    """
    best, nearest = np.zeros(components.shape[1]), np.square(ratings - ratings.mean()).sum()
    centred, wanted = components - components.mean(axis=0), ratings - ratings.mean()
    for size in range(1, components.shape[1] + 1):
        for chosen in map(list, combinations(range(components.shape[1]), size)):
            slopes, *_ = np.linalg.lstsq(centred[:, chosen], wanted)
            distance = np.square(wanted - centred[:, chosen] @ slopes).sum()
            if (slopes > 0).all() and distance < nearest - 1e-12:
                nearest, best = distance, np.zeros(components.shape[1])
                best[chosen] = slopes / slopes.sum()
    return best


def concordance(strength: FloatArray, ratings: FloatArray) -> float:
    """How often, of two ties rated differently, the better rated is the stronger, in [0, 1]; equals count half.

    NaN where all are rated the same. Example: strengths .2, .5, .4 rated 1, 3, 5: two of three pairs, .666667.
    """
    better = ratings[:, None] > ratings[None, :]
    stronger = np.sign(strength[:, None] - strength[None, :])
    return float((stronger[better] + 1).sum() / 2 / better.sum()) if better.any() else float("nan")


def calibrated(
    components: FloatArray, ratings: FloatArray, groups: IntArray, *, before: tuple[float, ...]
) -> Calibration | None:
    """Weights fitted to all ratings, and their accuracy beside that of the weights before; None where nothing fits.

    Accuracy is the mean concordance over five parts of the ratings, each with weights fitted to the other four; ratings
    of one group, numbered from 0, stay in one part.
    """
    fold, now, then = groups % FOLDS, [], []
    for part in range(FOLDS):
        held, rest = fold == part, fold != part
        weights = fitted_weights(components[rest], ratings[rest])
        now.append(concordance(components[held] @ weights, ratings[held]))
        then.append(concordance(components[held] @ np.array(before), ratings[held]))
    weights = fitted_weights(components, ratings)
    if not weights.any() or np.isnan(now).all():
        return None
    return Calibration(tuple(weights.tolist()), float(np.nanmean(now)), float(np.nanmean(then)))
