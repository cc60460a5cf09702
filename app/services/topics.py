"""Topics as the viewer may see them: those of posts they may read, and those that a source sent."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from graph.errors import NotFound
from graph.identity import EXTRACTED
from graph.model import Language, Topic, TopicKind, Viewer
from graph.projection.arrays import IntArray, order_of
from graph.projection.cache import Cache
from graph.projection.directory import Topics as Known
from graph.projection.feed import Projection
from graph.projection.state import State
from graph.store import GraphStore

RAREST: Final = 10**12
REMEMBERED: Final = 8  # lists of what topics a viewer sees


@dataclass(frozen=True, slots=True)
class CountedTopic:
    """A topic, and how often posts that the viewer may read mention it."""

    id: str
    pref_label: Mapping[Language, str]
    alt_labels: Mapping[Language, tuple[str, ...]]
    broader: str | None
    related: tuple[str, ...]
    uri: str | None
    kind: TopicKind
    posts: int

    @property
    def position(self) -> str:
        """Where it stands in the list: sorts as text."""
        return _position(self.id, self.posts)

    @classmethod
    def of(cls, topic: Topic, posts: int) -> "CountedTopic":
        """The topic with its count; those that it names were sent by a source, so everybody may know of them."""
        return cls(
            id=topic.id,
            pref_label=topic.pref_label,
            alt_labels=topic.alt_labels,
            broader=topic.broader,
            related=topic.related,
            uri=topic.uri,
            kind=topic.kind,
            posts=posts,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """The topics that somebody sees, in the order of the list, and by number how often each is mentioned."""

    topics: Known
    numbers: IntArray
    posts: IntArray

    def count(self, topic: str) -> int:
        """How often that topic is mentioned."""
        return int(self.posts[self.topics.numbers[topic]]) if topic in self.topics.numbers else 0

    def position(self, number: int) -> str:
        """Where that topic stands in the list: sorts as text."""
        return _position(self.topics.id(number), int(self.posts[number]))


@dataclass(frozen=True, slots=True)
class Topics:
    """Lists topics and looks them up."""

    store: GraphStore
    projection: Projection
    _seen: Cache[tuple[int, frozenset[int]], Seen] = field(default_factory=lambda: Cache(REMEMBERED), init=False)

    def page(self, *, containing: str, after: str, limit: int, viewer: Viewer) -> list[CountedTopic]:
        """The next topics after that position whose name holds that text, most often mentioned first, then by id."""
        seen = self._seen_by(viewer)
        numbers = seen.numbers[np.isin(seen.numbers, seen.topics.called(containing))] if containing else seen.numbers
        start = bisect_right(numbers, after, key=seen.position)
        ids = [seen.topics.id(number) for number in numbers[start : start + limit].tolist()]
        found = self.store.topics.find(ids)
        return [CountedTopic.of(found[topic], seen.count(topic)) for topic in ids if topic in found]

    def topic(self, topic: str, *, viewer: Viewer) -> CountedTopic:
        """The topic, or the one it was merged into; raises NotFound for one that the viewer cannot know of."""
        found = self.store.topics.find([topic]).get(topic)
        if found is None or not (found.merged_into or found.pref_label):
            raise NotFound(topic)
        if found.merged_into:
            return self.topic(found.merged_into, viewer=viewer)
        posts = self._seen_by(viewer).count(topic)
        if not posts and found.ref.source == EXTRACTED:
            raise NotFound(topic)
        return CountedTopic.of(found, posts)

    def _seen_by(self, viewer: Viewer) -> Seen:
        state = self.projection.state
        return self._seen.get((state.seq, viewer.communities), lambda: _seen(state, viewer.communities))


def _seen(state: State, communities: frozenset[int]) -> Seen:
    numbers, sizes = state.view(communities).topic_posts()
    topics = state.topics
    posts = np.bincount(topics.root[numbers], weights=sizes, minlength=topics.ids.size).astype(np.int64)
    posts *= topics.is_shown
    shown = np.flatnonzero(posts)
    return Seen(topics, shown[order_of(topics.ids[shown], -posts[shown])], posts)


def _position(topic: str, posts: int) -> str:
    return f"{RAREST - posts:012d} {topic}"
