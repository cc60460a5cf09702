"""What somebody wrote about: their topics, counted over the posts that the viewer may read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from graph.errors import NotFound
from graph.model import Known, Language, Topic, Viewer
from graph.projection.feed import Projection
from graph.projection.sameness import NameTopics
from graph.store import GraphStore

RAREST: Final = 10**12


@dataclass(frozen=True, slots=True)
class KnownTopic:
    """A topic that somebody wrote about, and how often and when."""

    topic: str
    pref_label: Mapping[Language, str]
    posts: int
    first: datetime
    last: datetime
    communities: tuple[str, ...]  # those that have a name the viewer may see

    @property
    def position(self) -> str:
        """Where it stands in the profile: sorts as text."""
        return f"{RAREST - self.posts:012d} {self.topic}"


@dataclass(frozen=True, slots=True)
class ExpertiseProfile:
    """Tells people's topics."""

    store: GraphStore
    projection: Projection
    name: NameTopics

    def of(self, person: str, *, after: str, limit: int, viewer: Viewer) -> list[KnownTopic]:
        """The person's next topics after that position, most often mentioned first, then by id; raises NotFound."""
        found = self.store.people.find([person], viewer=viewer).get(person)
        if found is None or not (found.is_active or viewer.person == person):
            raise NotFound(person)
        state = self.projection.state
        same, links = state.sameness(viewer.communities), self.store.people.knows(person, viewer=viewer)
        named = self.store.communities.names({link.community for link in links if link.community}, viewer=viewer)
        grouped: dict[int, list[Known]] = defaultdict(list)
        for link in links:
            if (number := state.topics.numbers.get(link.topic)) is not None:
                grouped[int(same.root[number])].append(link)
        topics = self.name(same, grouped.keys())
        known = [_known(topic, grouped[root], named.keys()) for root, topic in topics.items()]
        rest = (topic for topic in known if topic.position > after)
        return sorted(rest, key=lambda topic: topic.position)[:limit]


def _known(topic: Topic, links: Sequence[Known], named: Collection[str]) -> KnownTopic:
    return KnownTopic(
        topic=topic.id,
        pref_label=topic.pref_label,
        posts=sum(link.count for link in links),
        first=min(link.first for link in links),
        last=max(link.last for link in links),
        communities=tuple(sorted({link.community for link in links if link.community in named and link.community})),
    )
