"""What two people have in common, for many pairs at once: neighbours, communities."""

from typing import NamedTuple

import numpy as np

from graph.arrays import BoolArray, IntArray

Ends = tuple[IntArray, IntArray]  # of pairs


class Shared(NamedTuple):
    """How many things both of each pair have, the one, and the other."""

    both: IntArray
    one: IntArray
    other: IntArray


def shared(ends: Ends, *, person: IntArray, thing: IntArray) -> Shared:
    """What the two at these ends share; `person` and `thing` are the things of everybody, in order of both.

    Example: things 1, 2 of one and 2, 3, 4 of the other: 1, 2 and 3."""
    first, stop = (np.searchsorted(person, np.stack(ends), side) for side in ("left", "right"))
    sizes, pairs = stop - first, np.arange(ends[0].size)
    fewer = (sizes[0] > sizes[1]).astype(np.int64)  # ask of each thing of the one with fewer whether the other has it
    asked = sizes[fewer, pairs]
    pair = np.repeat(pairs, asked)
    rows = np.arange(pair.size) + np.repeat(stop[fewer, pairs] - np.cumsum(asked), asked)
    asked_of = np.stack(ends)[1 - fewer, pairs]
    found = has(asked_of[pair], thing[rows], person=person, thing=thing)
    return Shared(np.bincount(pair[found], minlength=pairs.size), *sizes)


def has(people: IntArray, things: IntArray, *, person: IntArray, thing: IntArray) -> BoolArray:
    """Whether each of these people has the thing beside them."""
    keys, wanted = _keys(person, thing), _keys(people, things)
    if keys.size == 0:
        return np.zeros(wanted.size, dtype=np.bool_)
    return keys[np.minimum(np.searchsorted(keys, wanted), keys.size - 1)] == wanted


def _keys(person: IntArray, thing: IntArray) -> IntArray:
    return person.astype(np.int64) << 32 | thing
