"""How far somebody stands between people who do not meet, and with whom they form triads that hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

import numpy as np

from graph.arrays import FloatArray, IntArray, order_of
from graph.errors import NotFound
from graph.measures.brokerage import EgoNetwork, constraint, effective_size, percentile
from graph.measures.decay import age_days, recency
from graph.measures.disclosure import FEWEST
from graph.measures.ranking import DECIMALS
from graph.measures.simmelian import is_mutual, simmelian_counts
from graph.measures.tie_strength import TieSetting
from graph.model import Person, Viewer
from graph.projection.feed import Projection
from graph.projection.groups import Organisation
from graph.projection.lots import lots
from graph.projection.neighbourhoods import Neighbourhoods
from graph.projection.pairs import Events
from graph.projection.state import State
from graph.store import GraphStore

PEERS: Final = 30  # compared with
DRAWN: Final = 300  # looked at to find them
SIMMELIAN: Final = 20  # shown, most triads first


class Organisations(Protocol):
    """Knows departments."""

    def of(self, state: State) -> Organisation:
        """The organisation of the people in that state."""
        ...


@dataclass(frozen=True, slots=True)
class SimmelianTie:
    """A tie, and with how many third people it forms a triad in which everybody answers everybody."""

    person: Person
    triads: int


@dataclass(frozen=True, slots=True)
class Broker:
    """Where somebody stands; `percentile` in [0, 1] is the share of their peers who are more constrained.

    None: without ties, or with fewer than five peers to compare with, as where the department is not known."""

    ties: int
    constraint: float | None
    effective_size: float | None
    communities: int
    percentile: float | None
    peers: int
    simmelian_ties: int
    simmelian: Sequence[SimmelianTie]
    setting: TieSetting


@dataclass(frozen=True, slots=True)
class Network:
    """Somebody's neighbours, all ties among them and to them, and what Burt's measures need of these."""

    neighbours: IntArray  # by number
    inner: Events
    ego: EgoNetwork


@dataclass(frozen=True, slots=True)
class Brokerage:
    """Tells people of their own position: there is no way to ask for that of anybody but the viewer."""

    store: GraphStore
    projection: Projection
    organisations: Organisations
    setting: TieSetting
    clock: Callable[[], datetime]

    def of(self, *, viewer: Viewer, at: datetime | None = None) -> Broker:
        """Where the viewer stands, among the people of their department, now or then; raises NotFound."""
        state = self.projection.state
        ego = state.people.numbers.get(viewer.person or "")
        if ego is None:
            raise NotFound(viewer.person)
        here = Neighbourhoods.of(state, viewer=viewer, at=at or self.clock())
        network = self.network(here, ego)
        own = constraint(network.ego)
        peers = self._constraints_of_peers(here, ego) if own is not None else np.zeros(0)
        communities = here.events(np.array([ego])).community
        counts, simmelian = self._simmelian(here, ego, network, viewer)
        return Broker(
            ties=network.neighbours.size,
            constraint=_rounded(own),
            effective_size=_rounded(effective_size(network.ego)),
            communities=np.unique(communities[communities > 0]).size,
            percentile=_rounded(percentile(own, peers)) if own is not None and peers.size >= FEWEST else None,
            peers=peers.size,
            simmelian_ties=counts,
            simmelian=simmelian,
            setting=self.setting,
        )

    def network(self, here: Neighbourhoods, ego: int) -> Network:
        """What Burt's measures need of the neighbourhood of that person."""
        near = here.neighbours(np.array([ego])).other.astype(np.int64)
        people = np.union1d(near, [ego])
        inner = here.events(people, among=people)
        weight = self._weights(here, inner)
        moments = here.moments(people)
        counted = self.setting.worth(moments.type) * self._decay(here, moments.at)
        total = np.bincount(np.searchsorted(people, moments.person), counted, minlength=people.size)
        is_own, is_between = inner.person == ego, (inner.person != ego) & (inner.other != ego)
        network = EgoNetwork(
            weight=weight[is_own],
            total=total[people != ego].astype(np.float64),
            source=np.searchsorted(near, inner.person[is_between]),
            target=np.searchsorted(near, inner.other[is_between]),
            between=weight[is_between],
        )
        return Network(near, inner, network)

    def _constraints_of_peers(self, here: Neighbourhoods, ego: int) -> FloatArray:
        """The constraints of up to thirty people of the same department who have ties, chosen by lot."""
        people, departments = here.state.people, self.organisations.of(here.state).departments
        own = departments.group(np.array([ego]))
        if departments.names[int(own[0])] is None:
            return np.zeros(0)
        numbers = np.flatnonzero(people.is_expert)
        numbers = numbers[(departments.group(numbers) == own) & (numbers != ego)]
        lot = lots(people.ids[numbers])
        drawn = numbers[np.lexsort((people.ids[numbers], lot))][:DRAWN]
        has_ties = np.isin(drawn, here.neighbours(np.sort(drawn)).person)
        found = [constraint(self.network(here, peer).ego) for peer in drawn[has_ties][:PEERS].tolist()]
        return np.array([value for value in found if value is not None])

    def _simmelian(
        self, here: Neighbourhoods, ego: int, network: Network, viewer: Viewer
    ) -> tuple[int, list[SimmelianTie]]:
        """How many Simmelian ties there are, and those with the most triads."""
        near, inner = network.neighbours, network.inner
        mutual = is_mutual(inner.starts, inner.direction)
        ends = np.full_like(near, ego), near
        triads = simmelian_counts(ends, person=inner.person[mutual], other=inner.other[mutual])
        order = order_of(here.state.people.ids[near], -triads)
        best = order[triads[order] > 0][:SIMMELIAN]
        people = self.store.people.by_numbers(near[best].tolist(), viewer=viewer)
        shown = zip(near[best].tolist(), triads[best].tolist(), strict=True)
        ties = [SimmelianTie(people[number], count) for number, count in shown if number in people]
        return int(np.count_nonzero(triads)), ties

    def _weights(self, here: Neighbourhoods, events: Events) -> FloatArray:
        """What the events of each pair count together by their ages."""
        counted = self.setting.worth(events.type) * self._decay(here, events.at)
        return np.add.reduceat(counted, events.starts) if counted.size else counted

    def _decay(self, here: Neighbourhoods, at: IntArray) -> FloatArray:
        return recency(age_days(at, here.until), self.setting.half_life_days)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
