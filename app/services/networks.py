"""Networks to look at: the people around somebody, or those of a community, and the ties between them."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, Protocol

import numpy as np

from graph.arrays import FloatArray, IntArray
from graph.errors import NotFound
from graph.measures.bridgeness import Bridgeness
from graph.measures.network import Network
from graph.measures.ranking import DECIMALS
from graph.model import Person, Viewer
from graph.projection.feed import Projection
from graph.projection.neighbourhoods import Neighbourhoods
from graph.projection.pairs import Events
from graph.projection.state import State
from graph.store import GraphStore

MOST_PEOPLE: Final = 40
MOST_GROUPS: Final = 6  # that are told apart

Kind = Literal["person", "community"]


class Outsider(Exception):
    """A community's network is asked for by somebody who takes no part in it."""


class CommunityNames(Protocol):
    """Knows what communities are called."""

    def __call__(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, tuple[str, str]]:
        """Number → public id and name; those left out that the viewer may not be told of."""
        ...


class SocialTies(Protocol):
    """Gathers ties."""

    def seen_by(self, viewer: Viewer, state: State, *, at: datetime | None) -> Neighbourhoods:
        """What that viewer may see of what had happened by then, or has by now."""
        ...

    def day(self, here: Neighbourhoods) -> date:
        """The day at whose beginning ages are taken."""
        ...

    def strength(self, events: Events, here: Neighbourhoods) -> FloatArray:
        """The strength of each tie, to six decimals."""
        ...

    def network(self, here: Neighbourhoods, people: IntArray | None = None) -> Network:
        """The network of these people, or of everybody who has a tie."""
        ...

    def bridgeness(self, network: Network, here: Neighbourhoods) -> Bridgeness:
        """How far each tie of the network reaches among all whom its people meet."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What some of the people have in common: a community with its public id, or a department, which has none."""

    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class NetworkPerson:
    """Somebody in a network, with the place of their group among those told apart; None: they are in none of them."""

    person: Person
    group: int | None


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """A tie between two of the people, by their places; without numbers where those are nobody's business."""

    one: int
    other: int
    strength: float | None
    bridgeness: float | None
    is_local_bridge: bool | None


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The network around somebody, who is its centre, or of a community; people are in order of their public ids."""

    kind: Kind
    id: str
    name: str | None
    day: date  # at whose beginning ages are taken
    centre: int | None
    people: tuple[NetworkPerson, ...]
    ties: tuple[NetworkTie, ...]
    groups: tuple[Group, ...]
    left_out: int  # people
    network: Network  # the same, as layouts take it


@dataclass(frozen=True, slots=True)
class Networks:
    """Shows networks of at most forty people: those whose ties are strongest.

    The one around somebody is for them alone, and tells of two others that they have a tie, not how close they are. A
    community's is made of nothing but what happened in it, which all who take part may read, and they alone see it."""

    store: GraphStore
    projection: Projection
    ties: SocialTies
    names: CommunityNames

    def around(self, *, viewer: Viewer, at: datetime | None = None) -> NetworkView:
        """The people around the viewer, each in the community where the two meet most; raises NotFound."""
        here = self.ties.seen_by(viewer, self.projection.state, at=at)
        ego = here.state.people.numbers.get(viewer.person or "")
        if ego is None:
            raise NotFound(viewer.person)
        events = here.events(np.array([ego]))
        chosen = _largest(events.other, self.ties.strength(events, here), here, most=MOST_PEOPLE - 1)
        people = self.store.people.by_numbers([ego, *chosen.tolist()], viewer=viewer)
        if ego not in people:
            raise NotFound(viewer.person)
        network, groups = self.ties.network(here, _numbers(people)), self._meeting_places(events, people, viewer)
        return NetworkView(
            kind="person",
            id=people[ego].id,
            name=people[ego].name,
            day=self.ties.day(here),
            centre=network.people.tolist().index(ego),
            people=_grouped(network, people, groups),
            ties=self._told(network, here, centre=ego),
            groups=_largest_groups(groups),
            left_out=events.other.size + 1 - network.size,
            network=network,
        )

    def within(self, community: str, *, viewer: Viewer, at: datetime | None = None) -> NetworkView:
        """The people who meet in a community, by department; raises NotFound, and Outsider."""
        shown = self.store.communities.find([community], viewer=viewer).get(community)
        if shown is None:
            raise NotFound(community)
        number = self.store.communities.numbers([community])[community]
        inside = Viewer(viewer.person, viewer.communities & {number})
        here = self.ties.seen_by(inside, self.projection.state, at=at)
        whole = self.ties.network(here)
        me = self.store.people.find([viewer.person], viewer=viewer).get(viewer.person) if viewer.person else None
        accounts = {member.account for member in shown.members}
        if me is None or not (me.number in whole.people or accounts.intersection(me.accounts)):
            raise Outsider(community)
        chosen = _largest(whole.people, whole.standing(), here, most=MOST_PEOPLE)
        people = self.store.people.by_numbers(chosen.tolist(), viewer=viewer)
        network = whole.among(np.isin(whole.people, _numbers(people)))
        groups = {number: Group(one.department) for number, one in people.items() if one.department}
        return NetworkView(
            kind="community",
            id=shown.id,
            name=shown.name,
            day=self.ties.day(here),
            centre=None,
            people=_grouped(network, people, groups),
            ties=self._told(network, here),
            groups=_largest_groups(groups),
            left_out=whole.size - network.size,
            network=network,
        )

    def _told(self, network: Network, here: Neighbourhoods, *, centre: int | None = None) -> tuple[NetworkTie, ...]:
        """The ties, with numbers those of the centre alone where there is one."""
        overlap, common = self.ties.bridgeness(network, here)
        is_told = np.logical_or.reduce([network.people[end] == centre for end in (network.low, network.high)])
        is_told |= centre is None
        columns = network.low, network.high, is_told, network.strength, np.round(1 - overlap, DECIMALS), common == 0
        return tuple(
            NetworkTie(one, other, *(numbers if told else (None, None, None)))
            for one, other, told, *numbers in zip(*(column.tolist() for column in columns), strict=True)
        )

    def _meeting_places(self, events: Events, people: Collection[int], viewer: Viewer) -> dict[int, Group]:
        """For each of these people the community that most of their events lie in, of those that have a name."""
        met: dict[int, Counter[int]] = {}
        pair = np.repeat(events.other, np.diff(events.starts, append=events.at.size))
        for other, community in zip(pair.tolist(), events.community.tolist(), strict=True):
            met.setdefault(other, Counter())[community] += 1
        named = self.names({community for counts in met.values() for community in counts}, viewer=viewer)
        groups = {community: Group(name, public) for community, (public, name) in named.items()}
        most = {other: _most(met[other], groups) for other in people if other in met}
        return {other: group for other, group in most.items() if group}


def _most(counts: Counter[int], groups: Mapping[int, Group]) -> Group | None:
    """The group that counts most, of equal ones the first by name."""
    found = ((-count, groups[place]) for place, count in counts.items() if place in groups)
    return min(found, default=(0, None))[1]


def _largest(people: IntArray, values: FloatArray, here: Neighbourhoods, *, most: int) -> IntArray:
    """So many of these people with the largest values, equal ones by public id."""
    return people[np.lexsort((here.state.people.ids[people], -np.round(values, DECIMALS)))][:most]


def _numbers(people: Mapping[int, Person]) -> IntArray:
    return np.fromiter(people, dtype=np.int64, count=len(people))


def _largest_groups(groups: Mapping[int, Group]) -> tuple[Group, ...]:
    """The groups with most people, then by name."""
    sizes = Counter(groups.values())
    return tuple(sorted(sizes, key=lambda group: (-sizes[group], group))[:MOST_GROUPS])


def _grouped(network: Network, people: Mapping[int, Person], groups: Mapping[int, Group]) -> tuple[NetworkPerson, ...]:
    place = {group: at for at, group in enumerate(_largest_groups(groups))}
    return tuple(
        NetworkPerson(people[number], place[groups[number]] if groups.get(number) in place else None)
        for number in network.people.tolist()
    )
