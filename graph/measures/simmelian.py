"""Simmelian ties: pairs who answer each other inside a triad in which everybody does."""

import numpy as np

from graph.arrays import BoolArray, IntArray
from graph.measures.sharing import Ends, has, shared


def is_mutual(starts: IntArray, direction: IntArray) -> BoolArray:
    """Whether the events of each pair went in both directions; one without direction, as a meeting, goes in both.

    Example: directions 1, 1 no; 1, -1 yes; 0 yes."""
    if starts.size == 0:
        return np.zeros(0, dtype=np.bool_)
    there, back = (np.logical_or.reduceat(goes, starts) for goes in (direction >= 0, direction <= 0))
    return there & back


def simmelian_counts(ends: Ends, *, person: IntArray, other: IntArray) -> IntArray:
    """With how many third people the two at these ends form a triad in which everybody reciprocates.

    `person` and `other` hold all of whom each answers and is answered by, in order of both. A tie with a count of 1 or
    more is Simmelian, after Krackhardt (1998): hard to leave, and good at passing on what is not written down; one
    that does not go in both directions has none.
    Example: a, b and c all answer each other, d only answers a: ab, ac and bc 1, ad 0.
    """
    return np.where(has(*ends, person=person, thing=other), shared(ends, person=person, thing=other)[0], 0)
