"""People whom somebody should meet: with something in common, not near yet, and something new to bring."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from app.meeting.circle import Circle
from app.meeting.ground import Ground, Pair
from app.meeting.pool import Pool
from graph.errors import NotFound
from graph.measures.ranking import DECIMALS, ranked
from graph.measures.recommendation import RecommendationSetting
from graph.measures.tie_state import TieState
from graph.measures.tie_strength import TieSetting
from graph.model import Person, Topic, Viewer
from graph.projection.feed import Projection
from graph.projection.neighbourhoods import EPOCH, Neighbourhoods
from graph.projection.sameness import NameTopics, Sameness
from graph.projection.subjects import Subjects
from graph.store import GraphStore

Reason = Literal["no_topics", "nobody"]


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


@dataclass(frozen=True, slots=True)
class _Found:
    """What the proposals are made of."""

    circle: Circle
    ground: Ground
    pool: Pool
    same: Sameness


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
        here = Neighbourhoods.of(state, viewer=viewer, at=moment)
        found = self._found(here, ego, viewer=viewer, within=within, setting=setting)
        chosen = self._chosen(found, viewer=viewer, day=moment, limit=limit)
        proposals = tuple(self._told(chosen, found, viewer=viewer))
        reason = None if proposals else "nobody" if found.ground.topics.size else "no_topics"
        return ProposalList(proposals, reason, moment, setting)

    def _readable(self, community: str, viewer: Viewer) -> int:
        number = self.store.communities.numbers([community]).get(community)
        if number is None or number not in viewer.communities:
            raise NotFound(community)
        return number

    def _found(
        self,
        here: Neighbourhoods,
        ego: int,
        *,
        viewer: Viewer,
        within: int | None,
        setting: RecommendationSetting,
    ) -> _Found:
        same = here.state.sameness(viewer.communities)
        subjects = Subjects.of(here.state.view(viewer.communities), same, until=here.until)
        circle = Circle.of(here, ego, ties=self.ties)
        ground = Ground.of(subjects, ego, same.topics.ids, setting)
        return _Found(circle, ground, Pool.of(circle, ground, subjects, within=within, setting=setting), same)

    def _chosen(self, found: _Found, *, viewer: Viewer, day: datetime, limit: int) -> list[tuple[int, Person]]:
        """The rows of the best who are there and may be asked, with who they are."""
        people, pool = found.circle.here.state.people, found.pool
        rows = [row for row, _ in ranked(pool.score, name=lambda row: people.id(int(pool.found.people[row])))]
        numbers = pool.found.people[rows].tolist()
        chosen: list[tuple[int, Person]] = []
        for start in range(0, len(rows), limit):
            there = self.store.people.by_numbers(numbers[start : start + limit], viewer=viewer)
            batch = zip(rows[start : start + limit], numbers[start : start + limit], strict=True)
            chosen += [(row, there[number]) for row, number in batch if _may_meet(there.get(number), day)]
            if len(chosen) >= limit:
                break
        return chosen[:limit]

    def _told(self, chosen: Sequence[tuple[int, Person]], found: _Found, *, viewer: Viewer) -> Iterator[Proposal]:
        """These people with all that is said about them."""
        circle, ground, pool, topics = found.circle, found.ground, found.pool, found.same.topics
        numbers = [person.number for _, person in chosen]
        shared = ground.shared_with(numbers, topics.ids)
        new = [pool.brought_by(number, topics) for number in numbers]
        named = {int(ground.topics[pair.topic]) for pairs in shared.values() for pair in pairs}
        names, via = self.name(found.same, named.union(*new)), self._via(numbers, circle, viewer)
        for (row, person), fresh in zip(chosen, new, strict=True):
            yield Proposal(
                person=person,
                score=round(float(pool.score[row]), DECIMALS),
                common_ground=round(float(pool.found.promise.common_ground[row]), DECIMALS),
                distance=round(float(pool.found.promise.distance[row]), DECIMALS),
                novelty=round(float(pool.novelty[row]), DECIMALS),
                shared_weight=round(float(pool.found.shared[row]), DECIMALS),
                shared=tuple(_shared(ground, shared[person.number], names)),
                closeness=round(float(pool.found.promise.closeness[row]), DECIMALS),
                contact_strength=round(float(pool.found.contacts[row]), DECIMALS),
                contacts=int(pool.found.contact_count[row]),
                via=via[person.number],
                strength=float(circle.strength[person.number]),
                state=circle.states.get(person.number),
                new=tuple(names[topic] for topic in fresh if topic in names),
            )

    def _via(self, people: Sequence[int], circle: Circle, viewer: Viewer) -> dict[int, tuple[Person, ...]]:
        """For each of these people those over whom they are best met."""
        found = circle.via(people)
        there = self.store.people.by_numbers({one for some in found.values() for one in some}, viewer=viewer)
        return {person: tuple(there[one] for one in some if one in there) for person, some in found.items()}


def _shared(ground: Ground, pairs: Sequence[Pair], names: Mapping[int, Topic]) -> Iterator[SharedTopic]:
    for pair in pairs:
        if (topic := names.get(int(ground.topics[pair.topic]))) is not None:
            yield SharedTopic(
                topic=topic,
                is_asked=pair.is_asked,
                own=round(float(ground.depth[pair.topic]), DECIMALS),
                other=round(pair.depth, DECIMALS),
                holders=ground.holders[pair.topic].person.size,
                last=EPOCH + timedelta(microseconds=pair.last),
                weight=round(pair.weight, DECIMALS),
            )


def _may_meet(person: Person | None, moment: datetime) -> bool:
    """Whether somebody is there, not away then, and has not said that they want no questions."""
    if person is None or person.most_questions == 0:
        return False
    return person.away_until is None or person.away_until <= moment.date()
