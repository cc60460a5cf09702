"""Topics as the viewer may see them: those of posts they may read, and those that a source sent."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np

from graph.errors import NotFound
from graph.identity import EXTRACTED
from graph.model import Language, Topic, TopicKind, Viewer
from graph.projection.cache import Cache
from graph.projection.feed import Projection
from graph.projection.state import State
from graph.store import GraphStore

BATCH: Final = 500
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
    """The topics that somebody sees: their positions in the list, in order, and how often each is mentioned."""

    positions: Sequence[str]
    posts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Topics:
    """Lists topics and looks them up."""

    store: GraphStore
    projection: Projection
    _seen: Cache[tuple[int, frozenset[int]], Seen] = field(default_factory=lambda: Cache(REMEMBERED), init=False)

    def page(self, *, containing: str, after: str, limit: int, viewer: Viewer) -> list[CountedTopic]:
        """The next topics after that position whose name holds that text, most often mentioned first, then by id."""
        seen, wanted = self._seen_by(viewer), _folded(containing)
        rest = [position.split()[1] for position in seen.positions[bisect_right(seen.positions, after) :]]
        found = (topic for topic in self._each(rest) if any(wanted in name for name in _names(topic)))
        return [CountedTopic.of(topic, seen.posts[topic.id]) for topic in islice(found, limit)]

    def topic(self, topic: str, *, viewer: Viewer) -> CountedTopic:
        """The topic, or the one it was merged into; raises NotFound for one that the viewer cannot know of."""
        found = self.store.topics.find([topic]).get(topic)
        if found is None or not (found.merged_into or found.pref_label):
            raise NotFound(topic)
        if found.merged_into:
            return self.topic(found.merged_into, viewer=viewer)
        posts = self._seen_by(viewer).posts.get(topic, 0)
        if not posts and found.ref.source == EXTRACTED:
            raise NotFound(topic)
        return CountedTopic.of(found, posts)

    def _seen_by(self, viewer: Viewer) -> Seen:
        state = self.projection.state
        return self._seen.get((state.seq, viewer.communities), lambda: _seen(state, viewer.communities))

    def _each(self, ids: Sequence[str]) -> Iterator[Topic]:
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            found = self.store.topics.find(batch)
            yield from (found[topic] for topic in batch if topic in found)


def _seen(state: State, communities: frozenset[int]) -> Seen:
    numbers, sizes = state.view(communities).topic_posts()
    topics = state.topics
    posts = np.bincount(topics.root[numbers], weights=sizes, minlength=topics.ids.size).astype(np.int64)
    shown = np.flatnonzero((posts > 0) & topics.is_shown)
    counted = dict(zip((found.decode() for found in topics.ids[shown].tolist()), posts[shown].tolist(), strict=True))
    return Seen(sorted(_position(topic, count) for topic, count in counted.items()), counted)


def _position(topic: str, posts: int) -> str:
    return f"{RAREST - posts:012d} {topic}"


def _names(topic: Topic) -> list[str]:
    labels = [*topic.pref_label.values(), *(label for labels in topic.alt_labels.values() for label in labels)]
    return [_folded(label) for label in labels]


def _folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
