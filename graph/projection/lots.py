"""Lots: an order among people, or ties, that is as good as drawn and always the same, whoever else is there."""

from typing import Final

import numpy as np
import numpy.typing as npt

from graph.arrays import BytesArray, IntArray

Lots = npt.NDArray[np.uint64]

_BASIS: Final = np.uint64(0xCBF29CE484222325)
_PRIME: Final = np.uint64(0x100000001B3)
_MIXER: Final = np.uint64(0xFF51AFD7ED558CCD)
_SHIFT: Final = np.uint64(33)


def lots(ids: BytesArray) -> Lots:
    """A number for each public id: its hash after Fowler, Noll and Vo (FNV-1a), mixed as MurmurHash3 ends.

    Without that, ids in a row would have lots in a row."""
    letters = np.ascontiguousarray(ids).view(np.uint8).reshape(ids.size, ids.dtype.itemsize).astype(np.uint64)
    found = np.full(ids.size, _BASIS)
    for column in letters.T:
        found = np.where(column > 0, (found ^ column) * _PRIME, found)  # what fills up shorter ids does not count
    found = (found ^ (found >> _SHIFT)) * _MIXER
    return found ^ (found >> _SHIFT)


def drawn_ties(low: IntArray, high: IntArray, *, of_person: Lots, most: int) -> IntArray:
    """Where so many of these ties stand that come first by lot, in that order; whichever end comes first."""
    lot = of_person[low] + of_person[high]
    first = np.argpartition(lot, most)[:most] if lot.size > most else np.arange(lot.size)
    return first[np.argsort(lot[first], kind="stable")]
