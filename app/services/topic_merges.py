"""People decide which topics are one: mentions stay on the original, answers follow the decision."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.topic_forms import put_topics
from graph.errors import Conflict, NotFound
from graph.model import Topic, Viewer
from graph.projection.feed import Projection
from graph.projection.state import State
from graph.store import GraphStore, Topics, Transaction

Check = Callable[[], None]  # raises where what is there forbids the write


@dataclass(frozen=True, slots=True)
class TopicMerges:
    """Merges topics, and takes that back; what this process answers follows before a call returns."""

    store: GraphStore
    projection: Projection

    def merge(self, topic: str, *, into: str, viewer: Viewer, check: Check = lambda: None) -> None:
        """Let a topic count as another one, also where that counts as a third one.

        Raises NotFound for what the viewer cannot know of, Conflict where the other one already leads back to it."""
        state = self.projection.state
        merged, heir = (_standing(state, one, viewer) for one in (topic, into))

        def work(tx: Transaction) -> None:
            check()
            if merged in _path(tx.reads.topics, heir):
                raise Conflict(f"{into} already counts as {topic}")
            found = tx.reads.topics.find([merged, heir])
            decided = replace(_reconciled(found[merged], heir), merged_by_hand=heir)
            put_topics(tx, [decided, _reconciled(found[heir], merged)])

        self.store.write(work)
        self.projection.catch_up()

    def undo(self, topic: str, *, viewer: Viewer, check: Check = lambda: None) -> None:
        """Let a topic stand for itself again; the two are not taken for one any more, and not suggested again.

        Raises NotFound for what the viewer cannot know of, and where nobody merged it, no other list has a topic of
        its name and no posts agree about it."""
        state = self.projection.state
        standing = _standing(state, topic, viewer)

        def work(tx: Transaction) -> None:
            check()
            found = tx.reads.topics.find([topic, standing])
            merged = found[topic if found[topic].merged_by_hand else standing]
            heir = merged.merged_by_hand or _long_form(state, merged.id, viewer) or merged.merged_into
            if heir is None:
                raise NotFound(topic)
            other = tx.reads.topics.find([heir])[heir]
            put_topics(tx, [replace(_parted(merged, heir), merged_by_hand=None), _parted(other, merged.id)])

        self.store.write(work)
        self.projection.catch_up()


def _standing(state: State, topic: str, viewer: Viewer) -> str:
    """What decisions about the topic are made on: it, or what it is a spelling of; raises NotFound."""
    topics = state.topics
    number = topics.numbers.get(topic)
    if number is None or not state.sameness(viewer.communities).is_known(number):
        raise NotFound(topic)
    while topics.merged_into[number] and not (topics.is_sent[number] and topics.languages[number]):
        number = int(topics.merged_into[number])
    return topics.id(number)


def _long_form(state: State, topic: str, viewer: Viewer) -> str | None:
    """What the topic counts as because posts agree that it is short for that."""
    accepted = state.sameness(viewer.communities).accepted.get(state.topics.numbers[topic])
    return None if accepted is None else state.topics.id(accepted)


def _path(topics: Topics, topic: str) -> set[str]:
    """The topic, what it leads to, what that leads to, and so on."""
    path: set[str] = set()
    following: str | None = topic
    while following and following not in path:
        path.add(following)
        found = topics.find([following]).get(following)
        following = found and (found.merged_by_hand or found.merged_into)
    return path


def _reconciled(topic: Topic, other: str) -> Topic:
    """The topic without the decision that it is not the same as the other one."""
    return replace(topic, apart=tuple(one for one in topic.apart if one != other))


def _parted(topic: Topic, other: str) -> Topic:
    """The topic with the decision that it is not the same as the other one."""
    return replace(topic, apart=tuple(sorted({*topic.apart, other})))
