"""Decay: how much something counts by its age."""

from typing import Final

import numpy as np

from graph.arrays import FloatArray, IntArray

DAY: Final = 86_400_000_000  # microseconds


def age_days(at: IntArray, now: int | IntArray) -> FloatArray:
    """Days from each of these times until now, both in microseconds since 1970; 0 for what lies ahead.

    Example: half a day before now .5, an hour after it 0.
    """
    return np.maximum(now - at, 0) / DAY


def recency(age_days: FloatArray, half_life_days: float) -> FloatArray:
    """Weight in (0, 1] of something that old, 2^(-age / half-life).

    Example: with a half-life of 180 days, 0, 180 and 360 days give 1, .5 and .25.
    """
    return np.exp2(-age_days / half_life_days)


def slower_clock(newer: IntArray, age_days: FloatArray, *, half_life_posts: float, half_life_days: float) -> FloatArray:
    """Weight in (0, 1] by the slower of two clocks, 2^(-min(newer / half-life in posts, age / half-life in days)).

    A small archive so hardly forgets, and a busy chat halves in a year: age alone costs archives dearly.
    Example: 25,000 newer posts and 730 days, half-lives 50,000 and 365: 2^(-min(.5, 2)) = .707107.
    """
    return np.exp2(-np.minimum(newer / half_life_posts, age_days / half_life_days))
