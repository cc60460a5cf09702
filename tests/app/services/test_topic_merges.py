"""Merging topics, and taking it back, in whatever order: what readers get equals a plain recount."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.services.topic_merges import TopicMerges
from app.services.topic_names import TopicNames
from app.services.topics import Topics
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import Conflict, NotFound
from graph.projection.feed import Projection
from graph.store import GraphStore
from scripts.neo4j_server import emptied
from tests.builders import a_post, a_topic, a_viewer, an_account, index, put
from tests.conftest import ON_NEO4J, store_at
from tests.graph.projection.worlds import count_words

TOPICS = ("bgp", "dwdm", "isis", "ospf")
ANYONE = a_viewer()
topics = st.sampled_from(TOPICS)


class MergeMachine(RuleBasedStateMachine):
    """Decisions about topics of a store, and the same on a sheet of paper."""

    def __init__(self, store: GraphStore) -> None:
        super().__init__()
        self.store = store
        put(store, an_account("ana"), *(a_topic(key) for key in TOPICS))
        self.projection = Projection(store.feed, count_words=count_words)
        self.merges = TopicMerges(store, self.projection)
        self.topics = Topics(self.projection, TopicNames(store))
        self.into: dict[str, str] = {}
        self.mentions: dict[str, set[str]] = {}
        self.projection.catch_up()

    def path(self, topic: str) -> list[str]:
        """The topic, and what it leads to."""
        path = [topic]
        while path[-1] in self.into:
            path.append(self.into[path[-1]])
        return path

    @rule(topic=topics, into=topics)
    def merge(self, topic: str, into: str) -> None:
        if topic in self.path(into):
            with pytest.raises(Conflict):
                self.merges.merge(f"top_{topic}", into=f"top_{into}", viewer=ANYONE)
        else:
            self.merges.merge(f"top_{topic}", into=f"top_{into}", viewer=ANYONE)
            self.into[topic] = into

    @rule(topic=topics)
    def undo(self, topic: str) -> None:
        if topic not in self.into:
            with pytest.raises(NotFound):
                self.merges.undo(f"top_{topic}", viewer=ANYONE)
        else:
            self.merges.undo(f"top_{topic}", viewer=ANYONE)
            del self.into[topic]

    @rule(post=st.sampled_from(("p1", "p2", "p3")), mentioned=st.sets(topics))
    def write(self, post: str, mentioned: set[str]) -> None:
        put(self.store, a_post(post))
        index(self.store, post, **dict.fromkeys(mentioned, 0.5))
        self.mentions[post] = mentioned
        self.projection.catch_up()

    @invariant()
    def everything_follows(self) -> None:
        for topic in TOPICS:
            root = self.path(topic)[-1]
            found = self.topics.topic(f"top_{topic}", viewer=ANYONE)
            about = [post for post, named in self.mentions.items() if any(self.path(one)[-1] == root for one in named)]
            assert (found.id, found.posts) == (f"top_{root}", len(about))

    @invariant()
    def mentions_stay_on_the_original(self) -> None:
        known = {link.topic: link.count for link in self.store.people.knows("per_ana", viewer=ANYONE)}
        named = [f"top_{topic}" for mentioned in self.mentions.values() for topic in mentioned]
        assert known == {topic: named.count(topic) for topic in named}


def run(open_store: Callable[[], GraphStore], *, examples: int) -> None:
    """Try so many random stories, each on a fresh store."""

    class Fresh(MergeMachine):
        def __init__(self) -> None:
            super().__init__(open_store())

        def teardown(self) -> None:
            self.store.close()

    run_state_machine_as_test(Fresh, settings=settings(max_examples=examples, stateful_step_count=20))


@contextmanager
def sqlite_stores() -> Iterator[Callable[[], GraphStore]]:
    """Opens SQLite stores, each an empty one."""
    with TemporaryDirectory() as folder:
        names = iter(range(10**6))

        def opened() -> GraphStore:
            store = SqliteGraphStore(Path(folder) / f"{next(names)}.db")
            store.prepare()
            return store

        yield opened


def test_answers_equal_a_recount_after_any_decisions() -> None:
    with sqlite_stores() as opened:
        run(opened, examples=40)


@pytest.mark.parametrize("examples", [pytest.param(4, marks=ON_NEO4J)])
def test_the_same_on_neo4j(neo4j_address: str, examples: int) -> None:
    def opened() -> GraphStore:
        store = store_at(emptied(neo4j_address))
        store.prepare()
        return store

    run(opened, examples=examples)
