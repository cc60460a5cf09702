"""What topics are called: by labels of their own, or as posts that the viewer may read spell them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from graph.model import Language, Topic
from graph.projection.sameness import Sameness
from graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class TopicNames:
    """Names topics."""

    store: GraphStore

    def __call__(self, same: Sameness, topics: Collection[int]) -> dict[int, Topic]:
        """The topics with these numbers, labelled for whom `same` is made; those without a name are left out."""
        names = {topic: same.names(topic) for topic in topics}
        ids = {number: same.topics.id(number) for topic in topics for number in (topic, *names[topic])}
        found = self.store.topics.find(set(ids.values()))
        labels = {topic: _labels(found[ids[name]] for name in names[topic] if ids[name] in found) for topic in topics}
        return {
            topic: replace(found[ids[topic]], pref_label=labels[topic])
            for topic in topics
            if ids[topic] in found and labels[topic]
        }


def _labels(spellings: Iterable[Topic]) -> dict[Language, str]:
    return {language: label for spelling in spellings for language, label in spelling.pref_label.items()}
