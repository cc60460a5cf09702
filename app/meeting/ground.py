"""Common ground: what somebody writes about, and who else does."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from graph.measures.decay import FloatArray, IntArray, age_days
from graph.measures.holding import speaks_for_its_author
from graph.measures.ranking import DECIMALS
from graph.measures.recommendation import RecommendationSetting, depth, topic_weight
from graph.projection.arrays import BoolArray, BytesArray, order_of
from graph.projection.posts import KINDS
from graph.projection.subjects import Subjects, Told

ALL_KINDS: Final = np.ones(len(KINDS), dtype=np.bool_)
TELLING: Final = np.array([speaks_for_its_author(kind) for kind in KINDS])
MOST_OWN: Final = 50  # of one's topics count, those one's posts are most about
MOST_SHARED: Final = 5  # topics in common that are shown


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
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

    @classmethod
    def of(cls, subjects: Subjects, ego: int, ids: BytesArray, setting: RecommendationSetting) -> Self:
        """What that person's posts are most about, and who else writes about it other than to ask."""
        own = subjects.written_by(np.array([ego]), kinds=ALL_KINDS).united()
        order = order_of(ids[own.topic], -whole(own.strength))
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
        return cls(topics, is_asked, mine, holders, topic, person, other, last, weight)

    def shared_with(self, person: int, ids: BytesArray) -> IntArray:
        """The pairs of that person that are shown, the heaviest first."""
        rows = np.flatnonzero(self.person == person)
        by_weight = np.lexsort((ids[self.topics[self.topic[rows]]], -np.round(self.weight[rows], DECIMALS)))
        return rows[by_weight][:MOST_SHARED]


def whole(values: FloatArray) -> IntArray:
    """Values to six decimals as whole numbers: an order may not follow from the last bits of a sum."""
    return np.rint(values * 10**DECIMALS).astype(np.int64)


def _depth(told: Told, until: int, setting: RecommendationSetting) -> FloatArray:
    """How deep each person is in each topic, pair by pair."""
    return depth(told.strength, age_days(told.at, until), told.starts, setting)
