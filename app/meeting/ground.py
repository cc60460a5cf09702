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
    weight: FloatArray
    told: Told
    rows: tuple[IntArray, IntArray]  # of `told`: where the mentions of each pair begin and end

    @classmethod
    def of(cls, subjects: Subjects, ego: int, ids: BytesArray, setting: RecommendationSetting) -> Self:
        """What that person's posts are most about, and who else writes about it other than to ask."""
        own = subjects.written_by(np.array([ego]), kinds=ALL_KINDS).united()
        order = order_of(ids[own.topic], -whole(own.strength))
        topics = np.sort(own.topic[order][:MOST_OWN])
        told = subjects.told(topics)
        mine = told.taken(np.flatnonzero(told.person == ego))
        deep = depth(mine.strength, age_days(mine.at, subjects.until), mine.starts, setting)
        starts = told.starts
        other = depth(told.strength * TELLING[told.kind], age_days(told.at, subjects.until), starts, setting)
        held = np.flatnonzero(other)  # not by who only asks
        topic, person, other = told.topic[starts[held]], told.person[starts[held]], other[held]
        holders = np.bincount(topic, minlength=topics.size)
        is_asked = ~np.isin(np.arange(topics.size), topic[person == ego])
        weight = topic_weight(deep[topic], other, holders[topic])
        rows = starts[held], np.append(starts, told.at.size)[held + 1]
        return cls(topics, is_asked, deep, holders, topic, person, other, weight, told, rows)

    def last(self, pair: int) -> int:
        """When that holder last wrote about the topic other than to ask, in microseconds since 1970."""
        mentions = slice(*(int(ends[pair]) for ends in self.rows))
        return int(self.told.at[mentions][TELLING[self.told.kind[mentions]]].max())

    def shared_with(self, person: int, ids: BytesArray) -> IntArray:
        """The pairs of that person that are shown, the heaviest first."""
        rows = np.flatnonzero(self.person == person)
        by_weight = np.lexsort((ids[self.topics[self.topic[rows]]], -np.round(self.weight[rows], DECIMALS)))
        return rows[by_weight][:MOST_SHARED]


def whole(values: FloatArray) -> IntArray:
    """Values to six decimals as whole numbers: an order may not follow from the last bits of a sum."""
    return np.rint(values * 10**DECIMALS).astype(np.int64)
