"""A person's own ties: how strong each is, how far it reaches, in which state it is, and the events behind it."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

import numpy as np

from graph.arrays import BoolArray, IntArray
from graph.errors import NotFound
from graph.measures.bridgeness import Bridgeness, bridgeness, set_distance
from graph.measures.ranking import DECIMALS
from graph.measures.simmelian import is_mutual, simmelian_counts
from graph.measures.tie_state import CHANNELS, STATES, TieChannel, TieState, is_strong, tie_channels, tie_states
from graph.measures.tie_strength import COMPONENTS, PairEvents, TieSetting, TieStrength, tie_strength
from graph.model import Channel, InteractionType, Person, Post, Viewer
from graph.projection.cache import Cache
from graph.projection.feed import Projection
from graph.projection.neighbourhoods import EPOCH, Neighbourhoods
from graph.projection.pairs import TYPES, Events
from graph.store import GraphStore

Direction = Literal["given", "received", "mutual"]
Order = Literal["strength", "bridgeness"]

EVIDENCE: Final = 100  # events shown of a tie, the newest
PAGE: Final = 200  # communities read at a time
REMEMBERED: Final = 64  # viewers whose communities are
UNIT: Final = 10**DECIMALS
DIRECTIONS: Final[Mapping[int, Direction]] = {1: "given", -1: "received", 0: "mutual"}


@dataclass(frozen=True, slots=True)
class Bridge:
    """How far a tie reaches, told by the neighbourhoods of the two and not by their own events; None: not known."""

    overlap: float
    common_neighbours: int
    community_distance: float | None
    is_other_department: bool | None
    is_other_site: bool | None

    @property
    def bridgeness(self) -> float:
        """1 - overlap, in [0, 1]."""
        return round(1 - self.overlap, DECIMALS)

    @property
    def is_local_bridge(self) -> bool:
        """Whether the two have no neighbour in common."""
        return self.common_neighbours == 0


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to somebody; strength and its components are in [0, 1]."""

    person: Person
    strength: float
    is_strong: bool
    components: Mapping[str, float]
    bridge: Bridge
    state: TieState
    channel: TieChannel
    events: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class CommunityName:
    """A community, where something else is told."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TieEvent:
    """Something that happened between the two; `post` is what it was about, if anything."""

    type: InteractionType
    direction: Direction
    date: datetime
    channel: Channel
    community: CommunityName | None
    post: Post | None


@dataclass(frozen=True, slots=True)
class TieList:
    """Some ties in their order, and where the next ones begin: None when these were the last."""

    ties: Sequence[Tie]
    following: str | None
    at: datetime
    setting: TieSetting


@dataclass(frozen=True, slots=True)
class ExplainedTie:
    """A tie with the events behind it, newest first, and how many third people close a Simmelian triad."""

    tie: Tie
    simmelian_triads: int
    evidence: Sequence[TieEvent]
    at: datetime
    setting: TieSetting


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ties: None and `all` do not narrow them; a community is one that an event lies in, by its public id."""

    strength: Literal["strong", "weak", "all"] = "all"
    community: str | None = None
    site: str | None = None
    state: TieState | None = None
    channel: TieChannel | None = None


@dataclass(frozen=True, slots=True)
class _Measured:
    """All ties of one person, one row each in the order of `events`."""

    here: Neighbourhoods
    ego: int
    events: Events
    strength: TieStrength
    state: IntArray
    channel: IntArray


@dataclass(frozen=True, slots=True)
class Ties:
    """Tells people of their own ties: there is no way to ask for those of anybody but the viewer."""

    store: GraphStore
    projection: Projection
    setting: TieSetting
    clock: Callable[[], datetime]
    _places: Cache[tuple[int, frozenset[int]], Mapping[int, str]] = field(
        default_factory=lambda: Cache(REMEMBERED), init=False
    )

    def of(
        self,
        wanted: Wanted,
        *,
        viewer: Viewer,
        at: datetime | None = None,
        order: Order = "strength",
        after: str = "",
        limit: int,
    ) -> TieList:
        """The viewer's next ties after that position, strongest or farthest first, then by id; raises NotFound.

        `at` is a moment: only what had happened by then counts. A position keeps the moment of the first page."""
        begun, _, position = after.partition(" ")
        found = self._measure(viewer, datetime.fromisoformat(begun) if begun else at)
        rows = self._kept(found, wanted, viewer)
        bridges = None if order == "strength" else _bridgeness(found, rows)
        value = found.strength.strength[rows] if bridges is None else 1 - bridges.overlap
        values = np.rint(UNIT * value).astype(np.int64).tolist()
        people, others = found.here.state.people, found.events.other[rows].tolist()
        names = [f"{UNIT - value:07d} {people.id(other)}" for value, other in zip(values, others, strict=True)]
        ranked = sorted(range(len(names)), key=names.__getitem__)
        start = bisect_right(ranked, position, key=names.__getitem__)
        shown = ranked[start : start + limit]
        following = f"{_time(found.here.until).isoformat()} {names[shown[-1]]}" if start + limit < len(ranked) else None
        bridges = bridges and Bridgeness(bridges.overlap[shown], bridges.common[shown])
        ties = self._ties(found, rows[shown], bridges or _bridgeness(found, rows[shown]), viewer)
        return TieList(ties, following, _time(found.here.until), self.setting)

    def with_person(self, other: str, *, viewer: Viewer, at: datetime | None = None) -> ExplainedTie:
        """The viewer's tie to that person; NotFound alike for who is unknown, hidden, or no neighbour."""
        found = self._measure(viewer, at)
        number = found.here.state.people.numbers.get(other)
        rows = np.flatnonzero(found.events.other == number) if number is not None else np.zeros(0, dtype=np.int64)
        ties = self._ties(found, rows, _bridgeness(found, rows), viewer)
        if not ties:
            raise NotFound(other)
        evidence = self._evidence(found, int(rows[0]), viewer)
        triads = _triads(found, int(rows[0]))
        return ExplainedTie(ties[0], triads, evidence, _time(found.here.until), self.setting)

    def _measure(self, viewer: Viewer, at: datetime | None) -> _Measured:
        state = self.projection.state
        ego = state.people.numbers.get(viewer.person or "")
        if ego is None:
            raise NotFound(viewer.person)
        here = Neighbourhoods.of(state, viewer=viewer, at=at or self.clock())
        events = here.events(np.array([ego]))
        aged = PairEvents.of(events, now=here.until)
        strength = tie_strength(aged, self.setting)
        states = tie_states(aged, strength.strength, self.setting)
        return _Measured(here, ego, events, strength, states, tie_channels(strength))

    def _kept(self, found: _Measured, wanted: Wanted, viewer: Viewer) -> IntArray:
        """The rows of the ties that are wanted."""
        kept = np.ones(found.events.other.size, dtype=np.bool_)
        if wanted.strength != "all":
            kept &= is_strong(found.strength.strength, self.setting) == (wanted.strength == "strong")
        if wanted.state:
            kept &= found.state == STATES.index(wanted.state)
        if wanted.channel:
            kept &= found.channel == CHANNELS.index(wanted.channel)
        if wanted.community:
            kept &= self._lies_in(wanted.community, found.events, viewer)
        rows = np.flatnonzero(kept)
        if not wanted.site:
            return rows
        others = found.events.other[rows].tolist()
        people = self.store.people.by_numbers(others, viewer=viewer)
        return rows[[other in people and people[other].site == wanted.site for other in others]]

    def _lies_in(self, community: str, events: Events, viewer: Viewer) -> BoolArray:
        """Whether an event of each tie lies in that community; a hidden or unknown one raises NotFound."""
        number = self.store.communities.numbers([community]).get(community)
        if number not in viewer.communities:
            raise NotFound(community)
        is_there = events.community == number
        return np.logical_or.reduceat(is_there, events.starts) if is_there.size else is_there

    def _ties(self, found: _Measured, rows: IntArray, bridges: Bridgeness, viewer: Viewer) -> list[Tie]:
        """These ties, those left out to whom nobody belongs whom the viewer may see."""
        others = found.events.other[rows]
        people = self.store.people.by_numbers([found.ego, *others.tolist()], viewer=viewer)
        parts = zip(rows.tolist(), others.tolist(), *bridges, _community_distance(found, rows), strict=True)
        return [
            self._tie(found, row, people[other], _bridge(people[found.ego], people[other], overlap, common, apart))
            for row, other, overlap, common, apart in parts
            if other in people and found.ego in people
        ]

    def _tie(self, found: _Measured, row: int, person: Person, bridge: Bridge) -> Tie:
        events = found.events.at[found.events.span(row)]
        strength = round(float(found.strength.strength[row]), DECIMALS)
        return Tie(
            person=person,
            strength=strength,
            is_strong=strength >= self.setting.strong,
            components={name: round(float(getattr(found.strength, name)[row]), DECIMALS) for name in COMPONENTS},
            bridge=bridge,
            state=STATES[found.state[row]],
            channel=CHANNELS[found.channel[row]],
            events=events.size,
            first=_time(int(events[0])),
            last=_time(int(events[-1])),
        )

    def _evidence(self, found: _Measured, row: int, viewer: Viewer) -> list[TieEvent]:
        """The newest events of that tie."""
        events, rows = found.events, np.arange(found.events.at.size)[found.events.span(row)]
        newest = rows[np.lexsort((events.post[rows], events.type[rows], -events.at[rows]))][:EVIDENCE]
        numbers = {number for number in events.post[newest].tolist() if number}
        posts = {number: stored.post for number, stored in self.store.posts.by_numbers(numbers, viewer=viewer).items()}
        names = self._names(events.community[newest].tolist(), events.post[newest].tolist(), posts, viewer)
        return [
            TieEvent(
                type=TYPES[events.type[at]],
                direction=DIRECTIONS[int(events.direction[at])],
                date=_time(int(events.at[at])),
                channel="in_person" if events.in_person[at] else "online",
                community=names.get(int(events.community[at])),
                post=posts.get(int(events.post[at])),
            )
            for at in newest.tolist()
        ]

    def _names(
        self, communities: Sequence[int], about: Sequence[int], posts: Mapping[int, Post], viewer: Viewer
    ) -> dict[int, CommunityName]:
        """The communities with these numbers, of events about these posts; those left out that have no name."""
        pairs = zip(communities, about, strict=True)
        ids = {number: posts[post].community for number, post in pairs if number and post in posts}
        if missing := {number for number in communities if number} - ids.keys():
            key = self.store.feed.directory(), viewer.communities
            known = self._places.get(key, lambda: self._communities(viewer))
            ids |= {number: known[number] for number in missing if number in known}
        named = self.store.communities.names({place for place in ids.values() if place}, viewer=viewer)
        return {number: CommunityName(place, named[place]) for number, place in ids.items() if place in named}

    def _communities(self, viewer: Viewer) -> dict[int, str]:
        """All communities that the viewer may see, by number: only posts name theirs by a public id."""
        found: list[str] = []
        while page := self.store.communities.page(after=found[-1] if found else "", limit=PAGE, viewer=viewer):
            found += [community.id for community in page]
        return {number: community for community, number in self.store.communities.numbers(found).items()}


def _bridgeness(found: _Measured, rows: IntArray) -> Bridgeness:
    """How the neighbourhoods of the two meet, for these ties."""
    others = found.events.other[rows]
    around = found.here.neighbours(np.unique(np.append(others, found.ego)))
    return bridgeness((np.full_like(others, found.ego), others), person=around.person, other=around.other)


def _community_distance(found: _Measured, rows: IntArray) -> list[float | None]:
    others = found.events.other[rows]
    written = found.here.written(np.unique(np.append(others, found.ego)))
    ends = np.full_like(others, found.ego), others
    distances = set_distance(ends, person=written.person, thing=written.community)
    return [None if np.isnan(distance) else round(distance, DECIMALS) for distance in distances.tolist()]


def _bridge(one: Person, two: Person, overlap: float, common: int, distance: float | None) -> Bridge:
    return Bridge(
        overlap=round(float(overlap), DECIMALS),
        common_neighbours=int(common),
        community_distance=distance,
        is_other_department=_differ(one.department, two.department),
        is_other_site=_differ(one.site, two.site),
    )


def _triads(found: _Measured, row: int) -> int:
    """With how many third people the tie forms a Simmelian triad."""
    other = int(found.events.other[row])
    events = found.here.events(np.array(sorted((found.ego, other))))
    mutual = is_mutual(events.starts, events.direction)
    ends = np.array([found.ego]), np.array([other])
    return int(simmelian_counts(ends, person=events.person[mutual], other=events.other[mutual])[0])


def _differ(one: str | None, two: str | None) -> bool | None:
    return None if one is None or two is None else one != two


def _time(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
