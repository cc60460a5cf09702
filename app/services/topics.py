"""Topics as the viewer may see them: those of posts they may read, and those that a source sent."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from graph.arrays import IntArray, order_of
from graph.errors import NotFound
from graph.model import Language, Topic, TopicKind, Viewer
from graph.projection.cache import Cache
from graph.projection.feed import Projection
from graph.projection.sameness import NameTopics, Sameness
from graph.projection.state import State

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
    exact_match: tuple[str, ...]
    close_match: tuple[str, ...]
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
            exact_match=topic.exact_match,
            close_match=topic.close_match,
            kind=topic.kind,
            posts=posts,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """The topics that somebody sees, in the order of the list, and by number how often each is mentioned."""

    same: Sameness
    numbers: IntArray
    posts: IntArray

    def position(self, number: int) -> str:
        """Where that topic stands in the list: sorts as text."""
        return _position(self.same.topics.id(number), int(self.posts[number]))


@dataclass(frozen=True, slots=True)
class Topics:
    """Lists topics and looks them up."""

    projection: Projection
    name: NameTopics
    _seen: Cache[tuple[int, frozenset[int]], Seen] = field(default_factory=lambda: Cache(REMEMBERED), init=False)

    def page(self, *, containing: str, after: str, limit: int, viewer: Viewer) -> list[CountedTopic]:
        """The next topics after that position whose name holds that text, most often mentioned first, then by id."""
        seen = self._seen_by(viewer)
        numbers = seen.numbers[np.isin(seen.numbers, seen.same.called(containing))] if containing else seen.numbers
        start = bisect_right(numbers, after, key=seen.position)
        listed = numbers[start : start + limit].tolist()
        found = self.name(seen.same, listed)
        return [CountedTopic.of(found[topic], int(seen.posts[topic])) for topic in listed if topic in found]

    def topic(self, topic: str, *, viewer: Viewer) -> CountedTopic:
        """The topic, or the one that it counts as; raises NotFound for one that the viewer cannot know of."""
        seen = self._seen_by(viewer)
        number = seen.same.topics.numbers.get(topic)
        if number is None or not seen.same.is_known(number):
            raise NotFound(topic)
        root = int(seen.same.root[number])
        found = self.name(seen.same, [root])
        if root not in found:
            raise NotFound(topic)
        return CountedTopic.of(found[root], int(seen.posts[root]))

    def named(self, topics: Collection[str], *, viewer: Viewer) -> dict[str, Topic]:
        """These topics by the ids given, each as the one that it counts as, without those the viewer cannot know of."""
        if not topics:  # most questions name none, and what counts as one is found anew after each change
            return {}
        same = self.projection.state.sameness(viewer.communities)
        numbers = {topic: same.topics.numbers[topic] for topic in topics if topic in same.topics.numbers}
        roots = {topic: int(same.root[number]) for topic, number in numbers.items() if same.is_known(number)}
        found = self.name(same, set(roots.values()))
        return {topic: found[root] for topic, root in roots.items() if root in found}

    def _seen_by(self, viewer: Viewer) -> Seen:
        state = self.projection.state
        return self._seen.get((state.seq, viewer.communities), lambda: _seen(state, viewer.communities))


def _seen(state: State, communities: frozenset[int]) -> Seen:
    same = state.sameness(communities)
    posts = same.counts(state.view(communities))
    shown = np.flatnonzero(posts)
    return Seen(same, shown[order_of(state.topics.ids[shown], -posts[shown])], posts)


def _position(topic: str, posts: int) -> str:
    return f"{RAREST - posts:012d} {topic}"
