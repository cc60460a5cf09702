"""Disclosure control: which cells of a table of people can be shown so that no small one can be worked out.

After Cox, L. H. (1980), "Suppression methodology and statistical disclosure control", JASA 75(370)."""

from typing import Final, NamedTuple

import numpy as np

from graph.arrays import BoolArray, IntArray

FEWEST: Final = 5  # people behind a cell that is shown


class Disclosure(NamedTuple):
    """What of a table can be shown; it has a line for each topic, and in it a cell for each group of people."""

    shown: BoolArray
    is_closed: BoolArray  # lines of which nothing can be shown, and whose total must not become known either


def disclosure(people: IntArray, sizes: IntArray) -> Disclosure:
    """Show cells of at least five people, and withhold one more where all others would tell what a small one holds.

    `sizes` says how many people each group has. Withheld cells are alike, empty ones too: each 0 that is shown would
    make the other withheld cells ones of 1 to 4. What is shown is safe even against somebody who knows the sizes and
    learns a topic's total elsewhere, as from another table of the same people: each small cell may still be empty,
    since the other withheld ones may hold all that is missing from the total.
    Example: groups of 20 people with 2, 3 and 7: from a total of 12 are missing 5, more than the 4 that one small cell
    can hold, so neither can be empty; hence 7 is withheld as well. With 0, 2, 3 and 7 it is shown.
    """
    is_small = people < FEWEST
    missing = np.where(is_small, people, 0).sum(axis=1)
    capacity = np.where(is_small, np.minimum(sizes, FEWEST - 1), 0)
    is_exposed = missing > capacity.sum(axis=1) - capacity.max(axis=1, initial=0)
    can_guard = ~is_small & (sizes - people >= FEWEST - 1)  # could hold what a small one does
    guard = np.where(can_guard, people, np.iinfo(np.int64).max).argmin(axis=1)
    is_guarded = is_exposed & can_guard.any(axis=1)
    is_closed = is_exposed & ~is_guarded
    shown = ~is_small & ~is_closed[:, None]
    shown[is_guarded, guard[is_guarded]] = False
    return Disclosure(shown, is_closed)
