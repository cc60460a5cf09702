"""The circle: whom somebody meets, and whom these meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray
from graph.measures.ranking import DECIMALS
from graph.measures.tie_state import STATES, TieState, tie_states
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.projection.neighbourhoods import Neighbourhoods

NEAR: Final[tuple[TieState, ...]] = ("new", "growing", "strong")  # whom one meets anyway
MOST_CONTACTS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Circle:
    """Whom somebody meets, and whom these meet; arrays are by number of person unless it is said otherwise."""

    here: Neighbourhoods
    ties: TieSetting
    ego: int
    near: IntArray  # the neighbours, ascending
    strength: FloatArray  # of the tie to each
    states: Mapping[int, TieState]

    @classmethod
    def of(cls, here: Neighbourhoods, ego: int, *, ties: TieSetting) -> Self:
        """The circle of that person."""
        events, size = here.events(np.array([ego])), here.state.people.ids.size
        aged = PairEvents.of(events, now=here.until)
        found = tie_strength(aged, ties).strength
        states = [STATES[state] for state in tie_states(aged, found, ties).tolist()]
        strength = np.zeros(size)
        strength[events.other] = np.round(found, DECIMALS)
        return cls(here, ties, ego, events.other, strength, dict(zip(events.other.tolist(), states, strict=True)))

    def is_open(self) -> BoolArray:
        """By number of person, who is neither oneself nor somebody whom one meets anyway."""
        found = np.ones(self.strength.size, dtype=np.bool_)
        found[[self.ego, *(person for person, state in self.states.items() if state in NEAR)]] = False
        return found

    def contacts(self, people: IntArray) -> tuple[FloatArray, IntArray]:
        """For each of these people how strong one's ties to the contacts in common are together, and their number."""
        found, size = self.here.neighbours(self.near, among=people), self.strength.size
        total = np.bincount(found.other, self.strength[found.person], minlength=size).astype(np.float64)
        return total[people], np.bincount(found.other, minlength=size)[people]

    def via(self, people: Sequence[int]) -> dict[int, list[int]]:
        """For each of these people those in common, over whom the weakest tie is strongest, first."""
        ids = self.here.state.people.ids
        events = self.here.events(np.unique(np.array(people, dtype=np.int64)), among=self.near)
        strength = tie_strength(PairEvents.of(events, now=self.here.until), self.ties).strength
        weakest = np.minimum(np.round(strength, DECIMALS), self.strength[events.other])
        found = {}
        for person in people:
            rows = np.flatnonzero(events.person == person)
            order = np.lexsort((ids[events.other[rows]], -weakest[rows]))
            found[person] = events.other[rows][order][:MOST_CONTACTS].tolist()
        return found
