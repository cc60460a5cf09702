"""The whole network: the communities that ties make, those that only topics make, and what holds it together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Final, Literal, Protocol

import numpy as np

from graph.arrays import IntArray
from graph.identity import EXTRACTED
from graph.measures.agreement import adjusted_mutual_information
from graph.measures.components import components, fragmentation
from graph.measures.disclosure import FEWEST, disclosure
from graph.measures.network import Network
from graph.measures.ranking import DECIMALS
from graph.measures.resilience import Removal, Resilience, resilience
from graph.measures.structure import found_communities, modularity
from graph.model import Language, Viewer
from graph.projection.cache import Cache
from graph.projection.feed import Projection
from graph.projection.groups import PARTITIONS, Organisation
from graph.projection.neighbourhoods import Neighbourhoods
from graph.projection.sameness import NameTopics
from graph.projection.state import State

Division = Literal["community", "department", "site"]

DIVISIONS: Final[tuple[Division, ...]] = ("community", *PARTITIONS)
MOST_TIES: Final = 20_000  # that communities are found from: about two seconds
MOST_COMMUNITIES: Final = 50  # shown
MOST_LATENT: Final = 20
MOST_TOPICS: Final = 5  # of a community
MOST_HOLDERS: Final = 300  # of a topic that makes a community: what more people know is no bond
APART: Final = 0.5  # fragmentation from which people with a topic are no community yet
REMEMBERED: Final = 2  # states
ANY_NUMBER: Final = 2**31 - 1  # of people


class Organisations(Protocol):
    """Knows departments, sites and communities."""

    def of(self, state: State) -> Organisation:
        """The organisation of the people in that state."""
        ...


class Headcounts(Protocol):
    """Knows who holds which topics."""

    def holders(self, state: State, organisation: Organisation) -> Iterator[tuple[int, IntArray]]:
        """Each topic that can be shown, with the numbers of the people who hold it."""
        ...


class SocialTies(Protocol):
    """Gathers ties."""

    def seen_by(self, viewer: Viewer, state: State, *, at: datetime | None) -> Neighbourhoods:
        """What that viewer may see of what had happened by then, or has by now."""
        ...

    def day(self, here: Neighbourhoods) -> date:
        """The day at whose beginning ages are taken."""
        ...

    def network(self, here: Neighbourhoods) -> Network:
        """The network of everybody who has a tie."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """How many people of a community that ties make write most in a declared one, or are in a department."""

    id: str | None
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic."""

    id: str
    pref_label: Mapping[Language, str]
    is_named: bool  # by the organisation, not by what was found in posts


@dataclass(frozen=True, slots=True)
class FoundCommunity:
    """A community that ties make: only what five of its people or more have in common is told of it."""

    people: int
    communities: tuple[Part, ...]
    departments: tuple[Part, ...]
    topics: tuple[TopicName, ...]


@dataclass(frozen=True, slots=True)
class LatentCommunity:
    """People who hold the same topic; `fragmentation` is the share of their pairs that do not reach each other."""

    topic: TopicName
    people: int
    fragmentation: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well the communities that ties make fit a declared division; None where there is too little to compare."""

    division: Division
    value: float | None


@dataclass(frozen=True, slots=True)
class Structure:
    """The communities of a network; they were found from `measured` of its ties, and small ones are not shown."""

    day: date
    people: int
    ties: int
    measured: int
    modularity: float
    agreements: tuple[Agreement, ...]
    communities: tuple[FoundCommunity, ...]
    latent: tuple[LatentCommunity, ...]
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class Endurance:
    """How the network bears the loss of ties; None where it has fewer people than may be told of."""

    day: date
    ties: int
    resilience: Resilience | None

    def points(self, removal: Removal) -> Iterator[tuple[float, float, float]]:
        """Share of the ties removed, and of the people together, when those go first, and when the others do."""
        if self.resilience:
            other: Removal = "strong" if removal == "weak" else "weak"
            columns = self.resilience.removed, self.resilience.of(removal), self.resilience.of(other)
            yield from zip(*(np.round(column, DECIMALS).tolist() for column in columns), strict=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """The network of what everybody may read, by whom the same is found whoever asks."""

    state: State
    organisation: Organisation
    network: Network
    day: date


@dataclass(frozen=True, slots=True)
class NetworkStructure:
    """Looks at the whole network, the same for everybody who asks: nobody learns anything from another's answer."""

    projection: Projection
    name: NameTopics
    organisations: Organisations
    headcounts: Headcounts
    ties: SocialTies
    _open: Cache[tuple[int, Organisation, date, datetime | None], _Open] = field(
        default_factory=lambda: Cache(REMEMBERED), init=False
    )
    _structures: Cache[_Open, Structure] = field(default_factory=lambda: Cache(REMEMBERED), init=False)
    _endurances: Cache[_Open, Endurance] = field(default_factory=lambda: Cache(REMEMBERED), init=False)

    def communities(self, *, at: datetime | None = None) -> Structure:
        """The communities that ties make, set against those declared; and those that only topics make."""
        network = self._whole(at)
        return self._structures.get(network, lambda: self._structure(network))

    def endurance(self, *, at: datetime | None = None) -> Endurance:
        """How much of the network stays together as ties go."""
        network = self._whole(at)
        return self._endurances.get(network, lambda: _endurance(network))

    def _whole(self, at: datetime | None) -> _Open:
        state = self.projection.state
        organisation = self.organisations.of(state)
        here = self.ties.seen_by(Viewer(None, organisation.readable), state, at=at)
        key = state.seq, organisation, self.ties.day(here), at
        return self._open.get(key, lambda: _Open(state, organisation, self.ties.network(here), self.ties.day(here)))

    def _structure(self, whole: _Open) -> Structure:
        used = whole.network.thinned(MOST_TIES)
        groups = found_communities(used)
        homes = _homes(whole)
        topics = list(self._topics(whole))
        return Structure(
            day=whole.day,
            people=whole.network.size,
            ties=whole.network.low.size,
            measured=used.low.size,
            modularity=modularity(used, groups),
            agreements=tuple(_agreement(division, groups, homes[division]) for division in DIVISIONS),
            communities=tuple(self._communities(whole, groups, homes, topics)),
            latent=tuple(_latent(whole.network, topics)),
        )

    def _communities(
        self,
        whole: _Open,
        groups: IntArray,
        homes: Mapping[Division, IntArray],
        topics: Sequence[tuple[TopicName, IntArray]],
    ) -> Iterator[FoundCommunity]:
        """Those of five people or more, the largest first."""
        sizes = np.bincount(groups, minlength=1)
        is_shown = disclosure(sizes[None], np.full(sizes.size, ANY_NUMBER)).shown[0]
        named = [(one.id, one.name or "") for one in whole.organisation.communities]
        departments = [(None, name or "") for name in whole.organisation.departments.names[:-1]]
        for group in islice(np.flatnonzero(is_shown).tolist(), MOST_COMMUNITIES):
            people = groups == group
            yield FoundCommunity(
                people=int(sizes[group]),
                communities=_parts(homes["community"][people], named),
                departments=_parts(homes["department"][people], departments),
                topics=_bonds(whole.network.people[people], topics),
            )

    def _topics(self, whole: _Open) -> Iterator[tuple[TopicName, IntArray]]:
        """The professional topics that enough people hold, and not too many, with those people."""
        held = self.headcounts.holders(whole.state, whole.organisation)
        few = {topic: people for topic, people in held if FEWEST <= people.size <= MOST_HOLDERS}
        same = whole.state.sameness(whole.organisation.readable)
        for number, topic in self.name(same, few).items():
            if topic.kind == "professional":
                yield TopicName(topic.id, topic.pref_label, topic.ref.source != EXTRACTED), few[number]


def _endurance(whole: _Open) -> Endurance:
    found = resilience(whole.network) if whole.network.size >= FEWEST else None
    return Endurance(whole.day, whole.network.low.size, found)


def _homes(whole: _Open) -> dict[Division, IntArray]:
    """For each person of the network the place of the community where most of their posts are, of their department and
    of their site; -1 where that is not known."""
    organisation, people = whole.organisation, whole.network.people
    found: dict[Division, IntArray] = {"community": _most_written(whole)[people]}
    for kind in PARTITIONS:
        groups = organisation.groups(kind)
        place = groups.group(people)
        found[kind] = np.where(place < len(groups.names) - 1, place, -1)
    return found


def _most_written(whole: _Open) -> IntArray:
    """By number of person the place of the community where most of their posts are, of equal ones the first by name."""
    found = np.full(whole.state.people.ids.size, -1)
    keys = [np.zeros(0, dtype=np.int64)]
    for view in whole.state.view(whole.organisation.readable).blocks:
        posts = view.block.posts
        place = whole.organisation.place(posts.community)
        is_counted = view.ok & (place >= 0)
        keys.append(posts.author[is_counted].astype(np.int64) << 32 | place[is_counted])
    key, posts = np.unique(np.concatenate(keys), return_counts=True)
    order = np.lexsort((-key, posts))  # the last one written for each person is the one that counts
    found[key[order] >> 32] = key[order] & (2**32 - 1)
    return found


def _agreement(division: Division, groups: IntArray, homes: IntArray) -> Agreement:
    is_known = homes >= 0
    if np.count_nonzero(is_known) < FEWEST:
        return Agreement(division, None)
    return Agreement(division, round(adjusted_mutual_information(groups[is_known], homes[is_known]), DECIMALS))


def _parts(homes: IntArray, named: Sequence[tuple[str | None, str]]) -> tuple[Part, ...]:
    """How many are in each of these, where that can be told; most first."""
    people = np.bincount(np.where(homes >= 0, homes, len(named)), minlength=len(named) + 1)
    is_shown = disclosure(people[None], np.full(people.size, ANY_NUMBER)).shown[0]
    parts = [Part(*named[place], int(people[place])) for place in np.flatnonzero(is_shown[:-1]).tolist()]
    return tuple(sorted(parts, key=lambda part: (-part.people, part.name, part.id or "")))


def _bonds(people: IntArray, topics: Sequence[tuple[TopicName, IntArray]]) -> tuple[TopicName, ...]:
    """The topics that at least five of these people hold, those first that are most their own."""
    ordered = np.sort(people)
    shares = [(int(np.isin(held, ordered).sum()), held.size, topic) for topic, held in topics]
    enough = [(inside, size, topic) for inside, size, topic in shares if inside >= FEWEST]
    enough.sort(key=lambda found: (-(found[0] ** 2) / found[1], found[2].id))
    return tuple(topic for _, _, topic in enough[:MOST_TOPICS])


def _latent(network: Network, topics: Sequence[tuple[TopicName, IntArray]]) -> list[LatentCommunity]:
    """The topics whose people do not reach each other among themselves: those first that the organisation named, then
    those that would bring most people together."""
    found = [LatentCommunity(topic, people.size, round(_apart(network, people), DECIMALS)) for topic, people in topics]
    apart = [one for one in found if one.fragmentation >= APART]
    apart.sort(key=lambda one: (not one.topic.is_named, -one.fragmentation * one.people, one.topic.id))
    return apart[:MOST_LATENT]


def _apart(network: Network, people: IntArray) -> float:
    """The fragmentation of these people; who has no tie at all is alone."""
    among = network.among(np.isin(network.people, people))
    labels = components(np.arange(among.size), among.low, among.high)
    alone = np.ones(people.size - among.size, dtype=np.int64)
    return fragmentation(np.concatenate((np.unique(labels, return_counts=True)[1], alone)))
