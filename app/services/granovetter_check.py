"""Whether strong ties lie where neighbourhoods overlap in this network: what advice on weak ties must rest on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from graph.arrays import FloatArray, IntArray, places
from graph.measures.bridgeness import bridgeness
from graph.measures.correlation import Interval, Verdict, granovetter
from graph.measures.ranking import DECIMALS
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.model import Viewer
from graph.projection.feed import Projection
from graph.projection.lots import Lots, drawn_ties, lots
from graph.projection.neighbourhoods import Neighbourhoods

SAMPLE: Final = 2_000  # ties measured
DRAWS: Final = 500  # samples behind the interval
SEED: Final = 1973


@dataclass(frozen=True, slots=True)
class NetworkCheck:
    """What was found, over how many of the ties that the viewer may see."""

    verdict: Verdict
    rho: float | None
    interval: Interval | None
    ties: int
    measured: int
    setting: TieSetting

    @property
    def is_sample(self) -> bool:
        """Whether only some of the ties were measured."""
        return self.measured < self.ties


@dataclass(frozen=True, slots=True)
class GranovetterCheck:
    """Correlates strength and overlap; of a large network it measures ties chosen by lot, always the same."""

    projection: Projection
    setting: TieSetting
    clock: Callable[[], datetime]
    sample: int = SAMPLE

    def run(self, *, viewer: Viewer, at: datetime | None = None) -> NetworkCheck:
        """The check over the ties that the viewer may see, as they are now or were then."""
        state = self.projection.state
        here = Neighbourhoods.of(state, viewer=viewer, at=at or self.clock())
        ties, of_person = here.ties(), lots(state.people.ids)
        rows = drawn_ties(ties.person, ties.other, of_person=of_person, most=self.sample)
        ends = ties.person[rows], ties.other[rows]
        people = np.unique(np.concatenate(ends))
        around = here.neighbours(people)
        overlap = bridgeness(ends, person=around.person, other=around.other).overlap
        numbered, drawn = _by_lot(people, ends, of_person)
        found = granovetter(
            np.round(self._strength(here, people, ends), DECIMALS),
            np.round(overlap, DECIMALS),
            ends=numbered,
            draws=drawn,
        )
        return NetworkCheck(*found, ties.person.size, rows.size, self.setting)

    def _strength(self, here: Neighbourhoods, people: IntArray, ends: tuple[IntArray, IntArray]) -> FloatArray:
        events = here.events(people, among=people)
        strength = tie_strength(PairEvents.of(events, now=here.until), self.setting).strength
        return strength[places(_keys(*ends), _keys(events.person, events.other))]


def _by_lot(
    people: IntArray, ends: tuple[IntArray, IntArray], of_person: Lots
) -> tuple[tuple[IntArray, IntArray], IntArray]:
    """The ends as places of people in the order of their lots, and how often each was drawn in each sample."""
    place = np.argsort(np.argsort(of_person[people], kind="stable"), kind="stable")
    one, two = (place[np.searchsorted(people, end)] for end in ends)
    size = max(people.size, 1)
    return (one, two), np.random.default_rng(SEED).multinomial(people.size, np.full(size, 1 / size), DRAWS)


def _keys(one: IntArray, two: IntArray) -> IntArray:
    return one.astype(np.int64) << 32 | two
