"""The pool: the people who may be proposed, and the topics that each would bring."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from app.meeting.circle import Circle
from app.meeting.ground import TELLING, Ground, whole
from graph.measures.decay import FloatArray, IntArray
from graph.measures.ranking import DECIMALS, best
from graph.measures.recommendation import (
    Recommendation,
    RecommendationSetting,
    novelty,
    recommendation,
    with_novelty,
)
from graph.projection.arrays import order_of
from graph.projection.directory import LANGUAGES, Topics
from graph.projection.subjects import About, Subjects

MOST: Final = 60  # people whose topics are looked at for what is new …
NEWEST: Final = 50  # … in so many posts of each: what they would bring is what they write about now
MOST_NEW: Final = 3  # topics that are shown
NAMED: Final = 10**12  # more than any strengths together, in millionths
BOTH: Final = 2 ** len(LANGUAGES) - 1  # languages that a topic has a label in


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The people who may be proposed, with what is known of each, one row a person."""

    people: IntArray  # ascending
    found: Recommendation
    novelty: FloatArray
    score: FloatArray
    new: About  # what they wrote lately that neither oneself nor any neighbour writes about

    @classmethod
    def of(
        cls, circle: Circle, ground: Ground, subjects: Subjects, *, within: int | None, setting: RecommendationSetting
    ) -> Self:
        """Who is best before it is known what is new, and what that is; `within` is the community they write in."""
        shared = np.bincount(ground.person, ground.weight, minlength=circle.strength.size).astype(np.float64)
        people = _open(circle, np.flatnonzero(shared), within)
        found = recommendation(shared[people], circle.contacts[people], circle.strength[people], setting)
        kept = best(np.round(found.score, DECIMALS), MOST)
        people, found = people[kept], Recommendation(*(column[kept] for column in found))
        about = subjects.written_by(people, kinds=TELLING, newest=NEWEST)
        is_new = ~subjects.written_among(np.union1d(circle.near, [circle.ego]))[about.topic]
        share = novelty(about.person, about.strength, is_new, people=shared.size)[people]
        return cls(people, found, share, with_novelty(found.score, share), about.taken(is_new))

    def brought_by(self, person: int, known: Topics) -> list[int]:
        """The topics that somebody would bring: first those that have a name in both languages, for somebody named
        them, and of these those that their posts are most about."""
        own = self.new.taken(self.new.person == person).united()
        rank = whole(own.strength) + (known.languages[own.topic] == BOTH) * NAMED
        first = best(rank, MOST_NEW)
        order = order_of(known.ids[own.topic[first]], -rank[first])
        return own.topic[first][order][:MOST_NEW].tolist()


def _open(circle: Circle, people: IntArray, within: int | None) -> IntArray:
    """Who of these is not near, and writes in that community, if any."""
    people = people[circle.is_open(people)]
    if within is None:
        return people
    written = circle.here.written(people)
    return people[np.isin(people, written.person[written.community == within])]
