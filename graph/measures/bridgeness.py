"""Bridgeness: what the neighbourhoods of two people, and not their own events, say about how far their tie reaches."""

from typing import NamedTuple

import numpy as np

from graph.arrays import FloatArray, IntArray
from graph.measures.sharing import Ends, shared


class Bridgeness(NamedTuple):
    """How the neighbourhoods of some pairs meet, one row a pair; a pair without common neighbours is a local bridge."""

    overlap: FloatArray  # in [0, 1]; bridgeness is 1 - overlap
    common: IntArray


def bridgeness(ends: Ends, *, person: IntArray, other: IntArray) -> Bridgeness:
    """The neighbourhood overlap of each tie between these ends, O = n / ((k - 1) + (k' - 1) - n).

    `person` and `other` hold all neighbours of all ends, in order of both; n are the common neighbours of the two, k
    and k' how many each has; O is 0 where nobody else is a neighbour of either. After Onnela et al. (2007).
    Example: ties ab, ac, ad, bc, be, cd. ab: c is common, c, d and e are all: 1/3; ac: 1; be: 0, a local bridge.
    """
    common, one, two = shared(ends, person=person, thing=other)
    around = one + two - 2 - common
    return Bridgeness(np.divide(common, around, out=np.zeros(common.size), where=around > 0), common)


def set_distance(ends: Ends, *, person: IntArray, thing: IntArray) -> FloatArray:
    """1 - |A ∩ B| / |A ∪ B| for the things of the two at these ends, after Jaccard (1901); NaN where one has none.

    `person` and `thing` are the things of everybody, in order of both.
    Example: communities 1, 2 and 2, 3: 1 - 1/3 = .666667.
    """
    common, one, two = shared(ends, person=person, thing=thing)
    is_known = (one > 0) & (two > 0)
    return 1 - np.divide(common, one + two - common, out=np.full(common.size, np.nan), where=is_known)
