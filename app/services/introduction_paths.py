"""Introduction paths: over whom somebody is led to a person, or to those who know a topic, and what links each pair."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final, Literal, Protocol

import numpy as np

from app.search.answers import Answer
from app.search.availability import unavailable
from app.search.choice import FindLoads
from graph.arrays import FloatArray, IntArray
from graph.errors import NotFound
from graph.measures.paths import Path, TieFinder, introduction_paths, paths_by_first_step
from graph.measures.tie_strength import TieSetting
from graph.model import Person, Viewer
from graph.projection.feed import Projection
from graph.projection.neighbourhoods import EPOCH
from graph.projection.pairs import Events
from graph.projection.state import State
from graph.store import GraphStore

MOST_EXPERTS: Final = 30  # of whom the first are taken that one can be led to
MOST_PLACES: Final = 2  # that are named of where two exchange

Pair = tuple[int, int]
Reason = Literal["no_path", "nobody", "away", "not_asked", "experts_away", "experts_not_asked"]


class Network(TieFinder, Protocol):
    """The ties that a viewer may see at a moment, and what they are made of."""

    def events(self, people: IntArray, *, among: IntArray | None = None) -> Events:
        """The events of these people, sorted and distinct, with anybody or with those."""
        ...

    def strength(self, events: Events) -> FloatArray:
        """The strength of each tie, to six decimals."""
        ...


class SeenTies(Protocol):
    """Shows what a viewer may see of the ties."""

    def __call__(
        self, viewer: Viewer, state: State, *, at: datetime | None = None, without: Collection[int] = ()
    ) -> Network:
        """The ties of all but these people, as they are now or were at a moment."""
        ...


class CommunityNames(Protocol):
    """Knows what communities are called."""

    def __call__(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, tuple[str, str]]:
        """Number → public id and name; those left out that the viewer may not be told of."""
        ...


class Experts(Protocol):
    """Says who knows a topic."""

    def __call__(self, topic: str, *, viewer: Viewer, asker: str | None, limit: int) -> Answer:
        """The best ones; NotFound where no visible post is about it or what is narrower."""
        ...


@dataclass(frozen=True, slots=True)
class CommunityName:
    """A community, where something else is told."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """What links two people: how many events, where most of them lie, and the day of the last one."""

    events: int
    in_person: int
    communities: tuple[CommunityName, ...]
    last: date


@dataclass(frozen=True, slots=True)
class Step:
    """One tie of a path."""

    one: Person
    other: Person
    strength: float
    is_strong: bool
    link: Link


@dataclass(frozen=True, slots=True)
class IntroductionPath:
    """A way to somebody; whoever stands between the first and the last introduces, one after the other."""

    person: Person
    weakest: float
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class FoundPaths:
    """The best ways, and why there is none where there is none; until when whom they lead to are all `away`."""

    items: Sequence[IntroductionPath]
    reason: Reason | None
    at: datetime
    setting: TieSetting
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    """For whom, as of when, in which state of the projection."""

    viewer: Viewer
    asker: int
    at: datetime | None
    state: State


@dataclass(frozen=True, slots=True)
class _Free:
    """Paths that nobody stands on who cannot be asked, and who does, by number."""

    paths: Sequence[Path]
    people: Mapping[int, Person]


Find = Callable[[Collection[int]], Sequence[Path]]  # the paths that are left without these people


@dataclass(frozen=True, slots=True)
class IntroductionPaths:
    """Tells people over whom they are led to others: there is no way to ask for anybody but the viewer.

    Whoever is away or wants no questions stands on no path, nor does who would be asked first and has enough now."""

    store: GraphStore
    projection: Projection
    seen_ties: SeenTies
    load: FindLoads
    names: CommunityNames
    experts: Experts
    setting: TieSetting
    clock: Callable[[], datetime]

    def to_person(self, person: str, *, viewer: Viewer, at: datetime | None = None, limit: int) -> FoundPaths:
        """The best paths to that person, each over another first one: by the weakest tie, then the shorter, then by id.

        Who is unknown, hidden, inactive or a bot: NotFound."""
        request = self._request(viewer, at)
        target = self.store.people.find([person], viewer=viewer).get(person)
        if target is None or not target.is_active or target.is_bot:
            raise NotFound(person)
        if why := unavailable(target, self.clock().date()):
            return FoundPaths((), why, at or self.clock(), self.setting, target.away_until)

        def find(shut: Collection[int]) -> list[Path]:
            near = self._network(request, shut).of(np.array([request.asker]))
            others = self._network(request, {*shut, request.asker})
            order = request.state.people.id
            return paths_by_first_step(request.asker, target.number, near=near, ties=others, order=order, limit=limit)

        return self._found(request, self._free(request, find), if_none="no_path")

    def to_topic(self, topic: str, *, viewer: Viewer, at: datetime | None = None, limit: int) -> FoundPaths:
        """The best path to each of the best who know the topic today and can be reached.

        NotFound where no visible post is about it or what is narrower."""
        request = self._request(viewer, at)
        answer = self.experts(topic, viewer=viewer, asker=viewer.person, limit=MOST_EXPERTS)
        known = [expert.person.number for expert in answer.experts]
        is_there = any(unavailable(expert.person, self.clock().date()) is None for expert in answer.experts)
        back = [one.away_until for one in answer.absent if one.person.most_questions != 0]
        if back and not is_there:
            return FoundPaths((), "experts_away", at or self.clock(), self.setting, min(back))
        if_none = "no_path" if is_there else "experts_not_asked" if known or answer.absent else "nobody"

        def find(shut: Collection[int]) -> list[Path]:
            network, order = self._network(request, shut), request.state.people.id
            found = introduction_paths(request.asker, known, ties=network, order=order, mode="transfer")
            return [found[number] for number in known if number in found][:limit]

        return self._found(request, self._free(request, find), if_none=if_none)

    def leads(self, intermediary: str, target: str, *, viewer: Viewer) -> bool:
        """Whether the viewer has a tie to the intermediary, and they one to the target, and both can be asked now."""
        request = self._request(viewer, None)
        numbers = request.state.people.numbers
        one, other = numbers.get(intermediary), numbers.get(target)
        if one is None or other is None or len({one, other, request.asker}) < 3:
            return False
        ends = np.sort([request.asker, other])

        def find(shut: Collection[int]) -> list[Path]:
            ties = self._network(request, shut).between(np.array([one]), ends)
            return [Path(0, (request.asker, one, other))] if ties.target.size == ends.size else []

        return bool(self._free(request, find).paths)

    def _request(self, viewer: Viewer, at: datetime | None) -> _Request:
        state = self.projection.state
        asker = state.people.numbers.get(viewer.person or "")
        if asker is None:
            raise NotFound(viewer.person)
        return _Request(viewer, asker, at, state)

    def _network(self, request: _Request, shut: Collection[int]) -> Network:
        return self.seen_ties(request.viewer, request.state, at=request.at, without=shut)

    def _free(self, request: _Request, find: Find) -> _Free:
        """What is found without those who cannot be asked, which is looked up for who would be on the way only."""
        shut: set[int] = set()
        while True:
            paths = find(shut)
            people = {person for path in paths for person in path.people}
            there = self.store.people.by_numbers(people, viewer=request.viewer)
            busy = people - {request.asker} - self._ready(paths, there)
            if not busy:
                return _Free(paths, there)
            shut |= busy

    def _ready(self, paths: Sequence[Path], there: Mapping[int, Person]) -> set[int]:
        """Who on these paths can be asked."""
        first = {path.people[1] for path in paths if len(path.people) > 2}
        load = self.load({number: there[number] for number in first & there.keys()})
        today = self.clock().date()
        free = {number for number, person in there.items() if unavailable(person, today) is None}
        return free - {number for number, own in load.items() if own.is_full}

    def _found(self, request: _Request, free: _Free, *, if_none: Reason) -> FoundPaths:
        steps = self._steps(request, free)
        found = [[steps[pair] for pair in pairwise(path.people)] for path in free.paths]
        items = [IntroductionPath(own[-1].other, min(step.strength for step in own), own) for own in found]
        return FoundPaths(items, None if items else if_none, request.at or self.clock(), self.setting)

    def _steps(self, request: _Request, free: _Free) -> dict[Pair, Step]:
        """The ties of these paths, with what links the two."""
        pairs = {pair for path in free.paths for pair in pairwise(path.people)}
        network, among = self._network(request, ()), np.array(sorted(free.people), dtype=np.int64)
        events = network.events(among, among=among)
        names = self.names(np.unique(events.community).tolist(), viewer=request.viewer)
        strength = network.strength(events).tolist()
        return {
            (one, other): Step(
                one=free.people[one],
                other=free.people[other],
                strength=strength[row],
                is_strong=strength[row] >= self.setting.strong,
                link=_link(events.alone(row), names),
            )
            for row, (one, other) in enumerate(zip(events.person.tolist(), events.other.tolist(), strict=True))
            if (one, other) in pairs
        }


def _link(events: Events, names: Mapping[int, tuple[str, str]]) -> Link:
    """What the events of a pair say."""
    counted = Counter(events.community.tolist())
    ranked = sorted((-times, names[place]) for place, times in counted.items() if place in names)
    return Link(
        events=events.at.size,
        in_person=int(events.in_person.sum()),
        communities=tuple(CommunityName(*place) for _, place in ranked[:MOST_PLACES]),
        last=(EPOCH + timedelta(microseconds=int(events.at[-1]))).date(),
    )
