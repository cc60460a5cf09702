"""Who meets whom as far as somebody may see it, up to a moment: what ties, bridges and brokers are gathered from."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Self

import numpy as np

from graph.arrays import BoolArray, IntArray, distinct, flags, places, ranges_by_row
from graph.model import Viewer
from graph.projection.pairs import Adjacency, Events, Moments
from graph.projection.state import State

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Written(NamedTuple):
    """Who wrote in which community: each pair once, in order of (person, community)."""

    person: IntArray
    community: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhoods:
    """The neighbourhoods of everybody, as they were at a moment; only ties between experts count."""

    state: State
    visible: BoolArray  # by number of community
    until: int  # microseconds since 1970

    @classmethod
    def of(cls, state: State, *, viewer: Viewer, at: datetime) -> Self:
        """What that viewer may see today of what had happened by then."""
        visible = flags(np.fromiter(viewer.communities, dtype=np.int64))
        return cls(state, visible, (at - EPOCH) // timedelta(microseconds=1))

    def events(self, people: IntArray, *, among: IntArray | None = None) -> Events:
        """The events of these people, distinct and ascending, with anybody or with those."""
        return self.state.neighbours.events_of(
            people, visible=self.visible, experts=self._experts, among=self._flags(among), until=self.until
        )

    def moments(self, people: IntArray) -> Moments:
        """When these people had events, with whomever."""
        return self.state.neighbours.moments_of(people, visible=self.visible, experts=self._experts, until=self.until)

    def neighbours(self, people: IntArray, *, among: IntArray | None = None) -> Adjacency:
        """The neighbours, all or those among whom, of each of these people, who are distinct and ascending."""
        return self.state.neighbours.adjacent(
            people, visible=self.visible, experts=self._experts, among=self._flags(among), until=self.until
        )

    def ties(self) -> Adjacency:
        """All ties, each once, the lower number first; 0.3 s for millions of events."""
        return self.state.neighbours.ties(visible=self.visible, experts=self._experts, until=self.until)

    def written(self, people: IntArray) -> Written:
        """The communities in which each of these people, distinct and ascending, wrote a post."""
        found = [np.zeros(0, dtype=np.int64)]
        for part in self.state.parts:
            block = part.block
            row = places(people, block.people)
            person, row = people[row >= 0], row[row >= 0]
            starts, stops = block.starts[row], block.starts[row + 1]
            posts, which = ranges_by_row(starts, stops)
            community = block.posts.community[posts].astype(np.int64)
            is_seen = part.is_shown[posts] & (block.posts.at[posts] <= self.until) & (community > 0)
            is_seen &= np.append(self.visible, False)[np.minimum(community, self.visible.size)]
            found.append(person[which[is_seen]].astype(np.int64) << 32 | community[is_seen])
        key = np.unique(np.concatenate(found))
        return Written(key >> 32, key & (2**32 - 1))

    def writers(self, community: int) -> IntArray:
        """Who wrote a post in that community, ascending; nobody where the viewer may not see it."""
        found = [np.zeros(0, dtype=np.int64)]
        is_open = community < self.visible.size and self.visible[community]
        for part in self.state.parts if is_open else ():
            posts = part.block.posts
            rows = np.flatnonzero((posts.community == community) & part.is_shown & (posts.at <= self.until))
            found.append(posts.author[rows].astype(np.int64))
        return distinct(np.concatenate(found))

    @property
    def _experts(self) -> BoolArray:
        return self.state.people.is_expert

    def _flags(self, people: IntArray | None) -> BoolArray | None:
        return None if people is None else flags(people, self._experts.size)
