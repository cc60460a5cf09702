"""The circle: whom somebody meets, and whom these meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from graph.measures.decay import FloatArray, IntArray
from graph.measures.ranking import DECIMALS
from graph.measures.tie_state import STATES, TieState, tie_states
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.projection.arrays import BoolArray
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
    contacts: FloatArray  # how strong one's ties to the contacts in common are together …
    contact_count: IntArray  # … and how many these are

    @classmethod
    def of(cls, here: Neighbourhoods, ego: int, *, ties: TieSetting) -> Self:
        """The circle of that person."""
        events, size = here.events(np.array([ego])), here.state.people.ids.size
        aged = PairEvents.of(events, now=here.until)
        found = tie_strength(aged, ties).strength
        states = [STATES[state] for state in tie_states(aged, found, ties).tolist()]
        strength = np.zeros(size)
        strength[events.other] = np.round(found, DECIMALS)
        around = here.neighbours(events.other)
        return cls(
            here=here,
            ties=ties,
            ego=ego,
            near=events.other,
            strength=strength,
            states=dict(zip(events.other.tolist(), states, strict=True)),
            contacts=np.bincount(around.other, strength[around.person], minlength=size).astype(np.float64),
            contact_count=np.bincount(around.other, minlength=size),
        )

    def is_open(self, people: IntArray) -> BoolArray:
        """Who of these is neither oneself nor somebody whom one meets anyway."""
        closed = [self.ego, *(person for person, state in self.states.items() if state in NEAR)]
        return ~np.isin(people, closed)

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
