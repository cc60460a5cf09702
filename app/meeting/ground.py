"""Common ground: what somebody writes about, and who else does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np

from app.meeting.holders import Holders, holders
from graph.arrays import NONE, BytesArray, FloatArray, IntArray, order_of, places, run_starts
from graph.measures.decay import age_days
from graph.measures.ranking import DECIMALS
from graph.measures.recommendation import RecommendationSetting, depth, told, topic_weight
from graph.projection.posts import KINDS
from graph.projection.subjects import About, Subjects

ALL_KINDS: Final = np.ones(len(KINDS), dtype=np.bool_)
MOST_OWN: Final = 50  # of one's topics count, those one's posts are most about
MOST_SHARED: Final = 5  # topics in common that are shown


class Pair(NamedTuple):
    """A topic that somebody else holds, too."""

    topic: int  # its place among one's own
    is_asked: bool  # oneself only to ask
    depth: float  # of the other one
    last: int  # when they last told of it, in microseconds since 1970
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What somebody writes about, and who else does, other than to ask; arrays are by topic unless it is said."""

    ego: int
    topics: IntArray  # ascending
    depth: FloatArray  # of oneself
    holders: Sequence[Holders]
    weight: FloatArray  # for as much as the other one is deep in it
    shared: FloatArray  # by number of person what all together weigh

    @classmethod
    def of(cls, subjects: Subjects, ego: int, ids: BytesArray, setting: RecommendationSetting) -> Self:
        """What that person's posts are most about, and who else writes about it other than to ask."""
        own = subjects.written_by(np.array([ego]), kinds=ALL_KINDS)
        topics = _most(own.united(), ids)
        deep = depth(_told(own, topics, until=subjects.until, setting=setting))
        found = holders(subjects, topics, setting)
        weight = topic_weight(deep, np.array([one.person.size for one in found]))
        people = np.concatenate([NONE, *(one.person for one in found)])
        weights = [each * one.depth for one, each in zip(found, weight.tolist(), strict=True)]
        shared = np.bincount(people, np.concatenate([np.zeros(0), *weights]), subjects.view.posts_by.size)
        # Of nothing, bincount makes whole numbers.
        return cls(ego, topics, deep, found, weight, shared.astype(np.float64, copy=False))

    def shared_with(self, people: Sequence[int], ids: BytesArray) -> dict[int, list[Pair]]:
        """What is shown of what each of these people has in common with oneself, the heaviest first."""
        pairs = defaultdict(list)
        for topic, (held, weight) in enumerate(zip(self.holders, self.weight.tolist(), strict=True)):
            own, *rows = held.find([self.ego, *people])
            for person, row in zip(people, rows, strict=True):
                if row >= 0:
                    deep = float(held.depth[row])
                    pairs[person].append(Pair(topic, own < 0, deep, int(held.last[row]), weight * deep))

        def rank(pair: Pair) -> tuple[float, bytes]:
            return -round(pair.weight, DECIMALS), bytes(ids[self.topics[pair.topic]])

        return {person: sorted(pairs[person], key=rank)[:MOST_SHARED] for person in people}


def _most(about: About, ids: BytesArray) -> IntArray:
    """The topics that somebody's posts are most about."""
    order = order_of(ids[about.topic], -whole(about.strength))
    return np.sort(about.topic[order][:MOST_OWN])


def _told(own: About, topics: IntArray, *, until: int, setting: RecommendationSetting) -> FloatArray:
    """How much somebody told of each of these topics, given all that they wrote."""
    place = places(own.topic, topics)
    rows = np.flatnonzero(place >= 0)
    rows = rows[np.argsort(place[rows], kind="stable")]
    return told(own.strength[rows], age_days(own.at[rows], until), run_starts(place[rows]), setting)


def whole(values: FloatArray) -> IntArray:
    """Values to six decimals as whole numbers: an order may not follow from the last bits of a sum."""
    return np.rint(values * 10**DECIMALS).astype(np.int64)
