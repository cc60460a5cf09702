"""The ties that a viewer may see, gathered as networks: what pictures and analyses are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import numpy as np

from graph.arrays import FloatArray, IntArray
from graph.measures.bridgeness import Bridgeness, bridgeness
from graph.measures.decay import DAY
from graph.measures.network import Network
from graph.measures.ranking import DECIMALS
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.model import Viewer
from graph.projection.neighbourhoods import Neighbourhoods
from graph.projection.pairs import Events
from graph.projection.state import State

CHUNK: Final = 5_000  # people whose events are looked at together: millions at once would fill the memory


@dataclass(frozen=True, slots=True)
class SocialTies:
    """Takes ages at the beginning of the day, UTC: a picture is the same until something happens, or till midnight."""

    setting: TieSetting
    clock: Callable[[], datetime]

    def seen_by(self, viewer: Viewer, state: State, *, at: datetime | None) -> Neighbourhoods:
        """What that viewer may see of what had happened by then, or has by now."""
        return Neighbourhoods.of(state, viewer=viewer, at=at or self.clock())

    def day(self, here: Neighbourhoods) -> date:
        """The day at whose beginning ages are taken."""
        return datetime.fromtimestamp(here.until / 1e6, UTC).date()

    def strength(self, events: Events, here: Neighbourhoods) -> FloatArray:
        """The strength of each tie, to six decimals."""
        aged = PairEvents.of(events, now=here.until - here.until % DAY)
        return np.round(tie_strength(aged, self.setting).strength, DECIMALS)

    def network(self, here: Neighbourhoods, people: IntArray | None = None) -> Network:
        """The network of these people, or of everybody who has a tie."""
        if people is None:
            ends = here.ties()
            people = np.concatenate((ends.person, ends.other))
        people = np.unique(people)
        starts = range(0, max(people.size, 1), CHUNK)
        parts = [self._ties(here, people[start : start + CHUNK], people) for start in starts]
        person, other, strength = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        ordered = people[np.argsort(here.state.people.ids[people])]
        return Network.of(ordered, person=person, other=other, strength=strength)

    def bridgeness(self, network: Network, here: Neighbourhoods) -> Bridgeness:
        """How far each tie of the network reaches among all whom its people meet."""
        around = here.neighbours(np.sort(network.people))
        ends = network.people[network.low], network.people[network.high]
        return bridgeness(ends, person=around.person, other=around.other)

    def _ties(self, here: Neighbourhoods, people: IntArray, among: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """The ties of some of these people with those of higher numbers."""
        events = here.events(people, among=among)
        is_first = events.person < events.other
        return events.person[is_first], events.other[is_first], self.strength(events, here)[is_first]
