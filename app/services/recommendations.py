"""People whom somebody should meet: with something in common, not near yet, and something new to bring."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

import numpy as np

from graph.errors import NotFound
from graph.measures.decay import FloatArray, IntArray, age_days
from graph.measures.holding import speaks_for_its_author
from graph.measures.ranking import DECIMALS, best, ranked
from graph.measures.recommendation import (
    Recommendation,
    RecommendationSetting,
    depth,
    recommendation,
    topic_weight,
    with_novelty,
)
from graph.measures.tie_state import STATES, TieState, tie_states
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.model import Person, Topic, Viewer
from graph.projection.arrays import BoolArray, BytesArray, order_of
from graph.projection.directory import LANGUAGES, Topics
from graph.projection.feed import Projection
from graph.projection.neighbourhoods import EPOCH, Neighbourhoods
from graph.projection.posts import KINDS
from graph.projection.sameness import NameTopics, Sameness
from graph.projection.subjects import About, Subjects, Told
from graph.store import GraphStore

Reason = Literal["no_topics", "nobody"]

ALL_KINDS: Final = np.ones(len(KINDS), dtype=np.bool_)
TELLING: Final = np.array([speaks_for_its_author(kind) for kind in KINDS])
NEAR: Final[tuple[TieState, ...]] = ("new", "growing", "strong")  # whom one meets anyway
MOST_OWN: Final = 50  # of one's topics count, those one's posts are most about
NAMED: Final = 10**12  # more than any strengths together, in millionths
BOTH: Final = 2 ** len(LANGUAGES) - 1  # languages that a topic has a label in
POOL: Final = 60  # people whose topics are looked at for what is new
MOST_SHARED: Final = 5  # topics in common that are shown
MOST_NEW: Final = 3
MOST_CONTACTS: Final = 3


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic that both write about, how deep each is in it; `is_asked`: oneself only to ask."""

    topic: Topic
    is_asked: bool
    own: float
    other: float
    holders: int
    last: datetime  # when the other one last wrote about it
    weight: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody to meet: score = common ground × distance × (1 + novelty) / 2, all in [0, 1]."""

    person: Person
    score: float
    common_ground: float
    distance: float
    novelty: float
    shared_weight: float
    shared: tuple[SharedTopic, ...]  # the heaviest
    closeness: float
    contact_strength: float  # the strengths of one's ties to the contacts in common, together
    contacts: int
    via: tuple[Person, ...]  # of the contacts in common those over whom the way is strongest
    strength: float  # of the tie to them, 0 without one
    state: TieState | None
    new: tuple[Topic, ...]  # those with a name in both languages first, then those they write about most


@dataclass(frozen=True, slots=True)
class ProposalList:
    """The best proposals, or why there are none."""

    proposals: tuple[Proposal, ...]
    reason: Reason | None
    at: datetime
    setting: RecommendationSetting


@dataclass(frozen=True, slots=True, eq=False)
class _Circle:
    """Whom somebody meets, and whom these meet; arrays are by number of person unless it is said otherwise."""

    here: Neighbourhoods
    ego: int
    near: IntArray  # the neighbours, ascending
    strength: FloatArray  # of the tie to each
    states: Mapping[int, TieState]
    contacts: FloatArray
    contact_count: IntArray

    def is_open(self, people: IntArray) -> BoolArray:
        """Who of these is neither oneself nor somebody whom one meets anyway."""
        closed = [self.ego, *(person for person, state in self.states.items() if state in NEAR)]
        return ~np.isin(people, closed)


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What somebody writes about, and who else does, other than to ask."""

    topics: IntArray  # ascending
    is_asked: BoolArray
    depth: FloatArray  # of oneself
    holders: IntArray  # how many each has
    topic: IntArray  # by pair of a topic and a holder: its place among the topics …
    person: IntArray
    other: FloatArray  # … the holder's depth …
    last: IntArray  # … and when they last wrote about it
    weight: FloatArray

    def of(self, person: int, ids: BytesArray) -> IntArray:
        """The pairs of that person, the heaviest first."""
        rows = np.flatnonzero(self.person == person)
        return rows[np.lexsort((ids[self.topics[self.topic[rows]]], -np.round(self.weight[rows], DECIMALS)))]


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """The people who may be proposed, with what is known of each, one row a person."""

    people: IntArray
    found: Recommendation
    novelty: FloatArray
    score: FloatArray
    is_new: BoolArray  # by number of topic: neither oneself nor any neighbour writes about it


@dataclass(frozen=True, slots=True)
class Recommendations:
    """Proposes people to those who ask for themselves: there is no way to ask for anybody but the viewer."""

    store: GraphStore
    projection: Projection
    name: NameTopics
    ties: TieSetting
    setting: RecommendationSetting
    clock: Callable[[], datetime]

    def of(
        self,
        *,
        viewer: Viewer,
        at: datetime | None = None,
        peak: float | None = None,
        community: str | None = None,
        limit: int,
    ) -> ProposalList:
        """The people whom the viewer should meet, the best first; raises NotFound.

        Never those they meet anyway, who is away, or who wants no questions. `peak` is the closeness that counts most;
        `community` narrows the people to those who write in it, and a hidden or unknown one raises NotFound."""
        setting = self.setting if peak is None else replace(self.setting, peak=peak)
        state, moment = self.projection.state, at or self.clock()
        ego = state.people.numbers.get(viewer.person or "")
        if ego is None:
            raise NotFound(viewer.person)
        within = None if community is None else self._readable(community, viewer)
        same = state.sameness(viewer.communities)
        here = Neighbourhoods.of(state, viewer=viewer, at=moment)
        subjects = Subjects.of(state.view(viewer.communities), same, until=here.until)
        ground = _ground(subjects, ego, same.topics.ids, setting)
        circle = self._circle(here, ego)
        pool = _pool(circle, ground, subjects, within=within, setting=setting)
        chosen = self._chosen(pool, circle, viewer=viewer, day=moment, limit=limit)
        proposals = tuple(self._told(chosen, pool, circle, ground, subjects, same, viewer=viewer))
        reason = None if proposals else "nobody" if ground.topics.size else "no_topics"
        return ProposalList(proposals, reason, moment, setting)

    def _readable(self, community: str, viewer: Viewer) -> int:
        number = self.store.communities.numbers([community]).get(community)
        if number is None or number not in viewer.communities:
            raise NotFound(community)
        return number

    def _circle(self, here: Neighbourhoods, ego: int) -> _Circle:
        events, size = here.events(np.array([ego])), here.state.people.ids.size
        aged = PairEvents.of(events, now=here.until)
        found = tie_strength(aged, self.ties).strength
        states = [STATES[state] for state in tie_states(aged, found, self.ties).tolist()]
        strength = np.zeros(size)
        strength[events.other] = np.round(found, DECIMALS)
        around = here.neighbours(events.other)
        return _Circle(
            here=here,
            ego=ego,
            near=events.other,
            strength=strength,
            states=dict(zip(events.other.tolist(), states, strict=True)),
            contacts=np.bincount(around.other, strength[around.person], minlength=size).astype(np.float64),
            contact_count=np.bincount(around.other, minlength=size),
        )

    def _chosen(
        self, pool: _Pool, circle: _Circle, *, viewer: Viewer, day: datetime, limit: int
    ) -> list[tuple[int, Person]]:
        """The rows of the best who are there and may be asked, with who they are."""
        people = circle.here.state.people
        rows = [row for row, _ in ranked(pool.score, name=lambda row: people.id(int(pool.people[row])))]
        numbers = pool.people[rows].tolist()
        chosen: list[tuple[int, Person]] = []
        for start in range(0, len(rows), limit):
            there = self.store.people.by_numbers(numbers[start : start + limit], viewer=viewer)
            batch = zip(rows[start : start + limit], numbers[start : start + limit], strict=True)
            chosen += [(row, there[number]) for row, number in batch if _may_meet(there.get(number), day)]
            if len(chosen) >= limit:
                break
        return chosen[:limit]

    def _told(
        self,
        chosen: Sequence[tuple[int, Person]],
        pool: _Pool,
        circle: _Circle,
        ground: _Ground,
        subjects: Subjects,
        same: Sameness,
        *,
        viewer: Viewer,
    ) -> Iterator[Proposal]:
        """These people with all that is said about them."""
        numbers = [person.number for _, person in chosen]
        shared = [ground.of(number, same.topics.ids)[:MOST_SHARED] for number in numbers]
        told = subjects.written_by(np.unique(np.array(numbers, dtype=np.int64)), kinds=TELLING)
        told = told.taken(pool.is_new[told.topic]).united()
        new = [_newest(told, number, same.topics) for number in numbers]
        named = {topic for rows in shared for topic in ground.topics[ground.topic[rows]].tolist()}
        names, via = self.name(same, named.union(*new)), self._contacts(numbers, circle, viewer)
        for (row, person), pairs, fresh in zip(chosen, shared, new, strict=True):
            yield Proposal(
                person=person,
                score=round(float(pool.score[row]), DECIMALS),
                common_ground=round(float(pool.found.common_ground[row]), DECIMALS),
                distance=round(float(pool.found.distance[row]), DECIMALS),
                novelty=round(float(pool.novelty[row]), DECIMALS),
                shared_weight=round(float(ground.weight[ground.person == person.number].sum()), DECIMALS),
                shared=tuple(_shared(ground, pairs, names)),
                closeness=round(float(pool.found.closeness[row]), DECIMALS),
                contact_strength=round(float(circle.contacts[person.number]), DECIMALS),
                contacts=int(circle.contact_count[person.number]),
                via=via[person.number],
                strength=float(circle.strength[person.number]),
                state=circle.states.get(person.number),
                new=tuple(names[topic] for topic in fresh if topic in names),
            )

    def _contacts(self, people: Sequence[int], circle: _Circle, viewer: Viewer) -> dict[int, tuple[Person, ...]]:
        """For each of these people those in common, over whom the weakest tie is strongest, first."""
        ids = circle.here.state.people.ids
        events = circle.here.events(np.unique(np.array(people, dtype=np.int64)), among=circle.near)
        strength = tie_strength(PairEvents.of(events, now=circle.here.until), self.ties).strength
        weakest = np.minimum(np.round(strength, DECIMALS), circle.strength[events.other])
        found = {}
        for person in people:
            rows = np.flatnonzero(events.person == person)
            order = np.lexsort((ids[events.other[rows]], -weakest[rows]))
            found[person] = events.other[rows][order][:MOST_CONTACTS].tolist()
        there = self.store.people.by_numbers({one for some in found.values() for one in some}, viewer=viewer)
        return {person: tuple(there[one] for one in some if one in there) for person, some in found.items()}


def _ground(subjects: Subjects, ego: int, ids: BytesArray, setting: RecommendationSetting) -> _Ground:
    """What somebody's posts are most about, and who else writes about it other than to ask."""
    own = subjects.written_by(np.array([ego]), kinds=ALL_KINDS).united()
    order = order_of(ids[own.topic], -_whole(own.strength))
    topics = np.sort(own.topic[order][:MOST_OWN])
    told = subjects.told(topics)
    mine = _depth(told.taken(told.person == ego), subjects.until, setting)
    told = told.taken(TELLING[told.kind])
    starts = told.starts
    topic, person = told.topic[starts], told.person[starts]
    holders, other = np.bincount(topic, minlength=topics.size), _depth(told, subjects.until, setting)
    weight = topic_weight(mine[topic], other, holders[topic])
    is_asked = ~np.isin(np.arange(topics.size), topic[person == ego])
    last = np.maximum.reduceat(told.at, starts) if starts.size else told.at
    return _Ground(topics, is_asked, mine, holders, topic, person, other, last, weight)


def _depth(told: Told, until: int, setting: RecommendationSetting) -> FloatArray:
    """How deep each person is in each topic, pair by pair."""
    return depth(told.strength, age_days(told.at, until), told.starts, setting)


def _pool(
    circle: _Circle, ground: _Ground, subjects: Subjects, *, within: int | None, setting: RecommendationSetting
) -> _Pool:
    """Who is best before it is known what is new, and what that is."""
    shared = np.bincount(ground.person, ground.weight, minlength=circle.strength.size).astype(np.float64)
    people = np.flatnonzero(shared)
    people = people[circle.is_open(people)]
    if within is not None:
        written = circle.here.written(people)
        people = people[np.isin(people, written.person[written.community == within])]
    found = recommendation(shared[people], circle.contacts[people], circle.strength[people], setting)
    kept = best(np.round(found.score, DECIMALS), POOL)
    people, found = people[kept], Recommendation(*(column[kept] for column in found))
    is_new = ~subjects.written_among(np.union1d(circle.near, [circle.ego]))
    novelty = subjects.share(people, is_new, kinds=TELLING)
    return _Pool(people, found, novelty, with_novelty(found.score, novelty), is_new)


def _newest(told: About, person: int, known: Topics) -> list[int]:
    """The topics that somebody would bring: first those that have a name in both languages, for somebody named them,
    and of these those that their posts are most about."""
    found = told.taken(told.person == person)
    rank = _whole(found.strength) + (known.languages[found.topic] == BOTH) * NAMED
    first = best(rank, MOST_NEW)
    order = order_of(known.ids[found.topic[first]], -rank[first])
    return found.topic[first][order][:MOST_NEW].tolist()


def _shared(ground: _Ground, pairs: IntArray, names: Mapping[int, Topic]) -> Iterator[SharedTopic]:
    for pair in pairs.tolist():
        place = int(ground.topic[pair])
        if (topic := names.get(int(ground.topics[place]))) is not None:
            yield SharedTopic(
                topic=topic,
                is_asked=bool(ground.is_asked[place]),
                own=round(float(ground.depth[place]), DECIMALS),
                other=round(float(ground.other[pair]), DECIMALS),
                holders=int(ground.holders[place]),
                last=EPOCH + timedelta(microseconds=int(ground.last[pair])),
                weight=round(float(ground.weight[pair]), DECIMALS),
            )


def _whole(values: FloatArray) -> IntArray:
    """Values to six decimals as whole numbers: an order may not follow from the last bits of a sum."""
    return np.rint(values * 10**DECIMALS).astype(np.int64)


def _may_meet(person: Person | None, moment: datetime) -> bool:
    """Whether somebody is there, not away then, and has not said that they want no questions."""
    if person is None or person.most_questions == 0:
        return False
    return person.away_until is None or person.away_until <= moment.date()
