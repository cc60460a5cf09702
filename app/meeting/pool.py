"""The pool: the people who may be proposed, and the topics that each would bring."""

from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np

from app.meeting.circle import Circle
from app.meeting.ground import Ground, whole
from app.meeting.holders import TELLING
from graph.arrays import FloatArray, IntArray, order_of
from graph.measures.ranking import DECIMALS, best
from graph.measures.recommendation import (
    Recommendation,
    RecommendationSetting,
    common_ground,
    novelty,
    recommendation,
    with_novelty,
)
from graph.projection.directory import LANGUAGES, Topics
from graph.projection.subjects import About, Subjects

LIKELY: Final = 240  # people with most in common, of whom as many as follow are likely to be the best
MOST: Final = 60  # people whose topics are looked at for what is new …
NEWEST: Final = 50  # … in so many posts of each: what they would bring is what they write about now
MOST_NEW: Final = 3  # topics that are shown
NAMED: Final = 10**12  # more than any strengths together, in millionths
BOTH: Final = 2 ** len(LANGUAGES) - 1  # languages that a topic has a label in


class Candidates(NamedTuple):
    """What a meeting with each of these people promises, before it is known what is new."""

    people: IntArray  # ascending
    shared: FloatArray  # what their topics in common with oneself weigh together
    contacts: FloatArray  # how strong one's ties to the contacts in common are together …
    contact_count: IntArray  # … and how many these are
    promise: Recommendation

    @classmethod
    def of(cls, people: IntArray, circle: Circle, ground: Ground, setting: RecommendationSetting) -> Self:
        """These people, who are ascending."""
        shared, (contacts, count) = ground.shared[people], circle.contacts(people)
        promise = recommendation(shared, contacts, circle.strength[people], setting)
        return cls(people, shared, contacts, count, promise)

    @property
    def score(self) -> FloatArray:
        """What each is worth, to six decimals."""
        return np.round(self.promise.score, DECIMALS)

    def best(self) -> "Candidates":
        """The best of them, so many as are looked at closely."""
        rows = best(self.score, MOST)
        promise = Recommendation(*(column[rows] for column in self.promise))
        return Candidates(self.people[rows], self.shared[rows], self.contacts[rows], self.contact_count[rows], promise)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The people who may be proposed, with what is known of each, one row a person."""

    found: Candidates
    novelty: FloatArray
    score: FloatArray
    new: About  # what they wrote lately that neither oneself nor any neighbour writes about

    @classmethod
    def of(
        cls, circle: Circle, ground: Ground, subjects: Subjects, *, within: int | None, setting: RecommendationSetting
    ) -> Self:
        """Who is best before it is known what is new, and what that is; `within` is the community they write in."""
        people = np.flatnonzero((ground.shared > 0) & circle.is_open())
        people = people if within is None else people[np.isin(people, circle.here.writers(within))]
        found = Candidates.of(_promising(people, circle, ground, setting), circle, ground, setting).best()
        about = subjects.written_by(found.people, kinds=TELLING, newest=NEWEST)
        is_new = ~subjects.written_among(np.union1d(circle.near, [circle.ego]))[about.topic]
        row = np.zeros(ground.shared.size, dtype=np.int64)
        row[found.people] = np.arange(found.people.size)
        share = novelty(row[about.person], about.strength, is_new, people=found.people.size)
        return cls(found, share, with_novelty(found.promise.score, share), about.taken(is_new))

    def brought_by(self, person: int, known: Topics) -> list[int]:
        """The topics that somebody would bring: first those that have a name in both languages, for somebody named
        them, and of these those that their posts are most about."""
        own = self.new.taken(self.new.person == person).united()
        rank = whole(own.strength) + (known.languages[own.topic] == BOTH) * NAMED
        first = best(rank, MOST_NEW)
        order = order_of(known.ids[own.topic[first]], -rank[first])
        return own.topic[first][order][:MOST_NEW].tolist()


def _promising(people: IntArray, circle: Circle, ground: Ground, setting: RecommendationSetting) -> IntArray:
    """Those of these people who can be among the best, as nobody scores higher than their common ground."""
    shared = ground.shared[people]
    likely = Candidates.of(people[best(shared, LIKELY)], circle, ground, setting).best()
    if likely.people.size < MOST:
        return people
    return people[np.round(common_ground(shared, setting), DECIMALS) >= likely.score.min()]
