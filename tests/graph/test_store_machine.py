"""Random writes on both stores at once: whatever the port can say, they say the same, and counts equal a recount."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from graph.adapters.sqlite.store import SqliteGraphStore
from graph.changes import Changes, InteractionRow, PersonRow, PostRow, TopicRow
from graph.model import Account, Community, Event, Interaction, Known, Post, Reader, Ref, StoredPost, Topic, Viewer
from graph.store import GraphStore, Transaction
from scripts.neo4j_server import emptied
from tests.builders import (
    a_community,
    a_job,
    a_notice,
    a_placeholder,
    a_receiver,
    a_topic,
    an_indexing,
    an_interaction,
    later,
    ref,
)
from tests.conftest import store_at
from tests.graph.random_values import (
    ACCOUNTS,
    COMMUNITIES,
    EVERY_NUMBER,
    EVERYTHING,
    FORMS,
    JOBS,
    ORIGINS,
    PEOPLE,
    POSTS,
    READERS,
    TOPICS,
    accounts,
    communities,
    events,
    interactions,
    keys,
    mentions,
    posts,
    questions,
    topics,
)

RECEIVERS = ("portal", "intranet")

Row = PersonRow | TopicRow | PostRow | InteractionRow


class Written(NamedTuple):
    """What the machine remembers of a post, to recount who knows what."""

    author: Ref
    community: str | None
    at: datetime


@dataclass
class Follower:
    """A reader of the change feed that applies each window once."""

    seq: int = 0
    rows: dict[tuple[type[Row], int], Row] = field(default_factory=dict)

    def catch_up(self, changes: Changes) -> None:
        """Take over what changed."""
        for row in (*changes.people, *changes.topics, *changes.posts, *changes.interactions):
            self.rows[type(row), row.number] = row
        for kind, number in changes.removed:
            self.rows.pop((PostRow if kind == "post" else InteractionRow, number), None)
        self.seq = changes.seq


class StoreMachine(RuleBasedStateMachine):
    """The same writes on every store, and a look at all of them after each."""

    def __init__(self, *opened: AbstractContextManager[GraphStore]) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stores = [self.stack.enter_context(store) for store in opened]
        self.follower = Follower()
        self.people: dict[Ref, str] = {}
        self.posts: dict[str, Written] = {}
        self.topics: dict[str, set[str]] = {}
        self.told = 0

    def teardown(self) -> None:
        self.stack.close()

    def write(self, work: Callable[[Transaction], object]) -> object:
        """Do the work on each store; its results are equal."""
        first, *others = [store.write(work) for store in self.stores]
        assert all(other == first for other in others)
        return first

    @initialize(known=st.permutations(ACCOUNTS), named=st.permutations(TOPICS), first=st.lists(posts, min_size=4))
    def begin(self, known: Sequence[str], named: Sequence[str], first: list[Post]) -> None:
        placeholders = [a_placeholder(key, person=PEOPLE[index % 4]) for index, key in enumerate(known)]
        closed = [a_community(key, name=None, visibility="secret") for key in COMMUNITIES]

        def work(tx: Transaction) -> None:
            tx.people.put(placeholders)
            tx.communities.put(closed)
            tx.topics.put([a_topic(key, forms=()) for key in named])

        self.write(work)
        self.people |= {account.ref: account.person for account in placeholders}
        self.put_posts(first, job="j1")
        self.record_mentions({key: {"dwdm": 0.5} for key in POSTS}, late=False)
        self.replace_interactions(
            ORIGINS, [an_interaction(f"{key}-0", origin=key, post=first[0].id) for key in ORIGINS]
        )

    @rule(given=st.lists(accounts, min_size=1, max_size=3))
    def put_accounts(self, given: list[Account]) -> None:
        self.write(lambda tx: tx.people.put(given))
        self.people |= {account.ref: account.person for account in given}

    @rule(given=st.lists(communities, min_size=1, max_size=2))
    def put_communities(self, given: list[Community]) -> None:
        self.write(lambda tx: tx.communities.put(given))

    @rule(given=st.lists(topics, min_size=1, max_size=2))
    def put_topics(self, given: list[Topic]) -> None:
        self.write(lambda tx: tx.topics.put(given))

    @rule(given=st.lists(posts, min_size=1, max_size=3), job=keys(JOBS))
    def put_posts(self, given: list[Post], job: str) -> None:
        def work(tx: Transaction) -> None:
            tx.posts.put(given, job=job)
            tx.jobs.put(a_job(job, posts=len(given)))

        self.write(work)
        for post in given:
            self.posts[post.id] = Written(post.author, post.community, post.created_at)
            self.topics.pop(post.id, None)

    @rule(
        found=st.dictionaries(keys(POSTS), mentions, min_size=1, max_size=4),
        late=keys((False, False, True)),
        reader=keys(READERS),
        is_degraded=st.booleans(),
    )
    def record_mentions(
        self,
        found: dict[str, dict[str, float]],
        late: bool,
        reader: Reader = READERS[0],
        is_degraded: bool = False,
    ) -> None:
        seqs = {stored.post.id: stored.seq for stored in self.stored_posts()}
        indexings = [
            an_indexing(
                key,
                seq=seqs.get(f"pst_{key}", 1) - late,
                mentions=mentioned,
                reader=reader,
                is_degraded=is_degraded,
            )
            for key, mentioned in found.items()
        ]
        known = [] if late else [indexing for indexing in indexings if indexing.post in seqs]
        assert self.write(lambda tx: tx.posts.record_mentions(indexings)) == len(known)
        self.topics |= {indexing.post: {mention.topic for mention in indexing.mentions} for indexing in known}

    @rule()
    def forget_readers(self) -> None:
        self.write(lambda tx: tx.posts.forget_readers())

    @rule(gone=st.lists(keys(POSTS).map("pst_{}".format), min_size=1, max_size=2))
    def remove_posts(self, gone: list[str]) -> None:
        self.write(lambda tx: tx.posts.remove(gone))
        for post in gone:
            self.posts.pop(post, None)
            self.topics.pop(post, None)

    @rule(
        origins=st.lists(keys(ORIGINS), unique=True),
        given=st.lists(interactions, max_size=4, unique_by=lambda i: i.key),
    )
    def replace_interactions(self, origins: Sequence[str], given: list[Interaction]) -> None:
        following = [one for one in given if one.origin in origins and (one.post is None or one.post in self.posts)]
        self.write(lambda tx: tx.interactions.replace(origins, following))

    @rule(given=st.lists(events, max_size=2), gone=st.lists(keys(ORIGINS), max_size=1))
    def put_and_remove_events(self, given: list[Event], gone: list[str]) -> None:
        self.write(lambda tx: tx.interactions.put_events(given, gone=gone))

    @rule(given=st.lists(questions, max_size=3), gone=keys(((), ("q1",), ("q2", "q3"))))
    def put_and_remove_questions(self, given: list[Event], gone: Sequence[str]) -> None:
        self.write(lambda tx: tx.interactions.put_events(given, gone=gone))

    @rule(receiver=keys(RECEIVERS), gone=keys((None, *RECEIVERS)), told=st.integers(0, 3))
    def change_receivers(self, receiver: str, gone: str | None, told: int) -> None:
        self.told += 1
        notices = [a_notice(f"n{self.told}-{number}", receiver=receiver) for number in range(told)]

        def work(tx: Transaction) -> None:
            tx.webhooks.put_receiver(a_receiver(receiver, sent=told))
            tx.webhooks.put(notices)
            if gone:
                tx.webhooks.remove_receiver(gone)
            tx.webhooks.remove(f"n{self.told - 1}-0")

        self.write(work)

    @rule(given=st.lists(posts, min_size=1, max_size=2), moved=accounts)
    def fail(self, given: list[Post], moved: Account) -> None:
        def work(tx: Transaction) -> None:
            tx.people.put([moved])
            tx.posts.put(given, job="j1")
            tx.posts.remove([post.id for post in given])
            raise InterruptedError

        for store in self.stores:
            with pytest.raises(InterruptedError):
                store.write(work)

    @invariant()
    def all_stores_say_the_same(self) -> None:
        first, *others = [dict(self.said_by(store)) for store in self.stores]
        for other in others:
            for question, answer in first.items():
                assert other[question] == answer, question

    @invariant()
    def who_follows_the_feed_has_what_a_newcomer_gets(self) -> None:
        feed = self.stores[0].feed
        head, newcomer = feed.head(), Follower()
        newcomer.catch_up(feed.changes(after=0, upto=head))
        self.follower.catch_up(feed.changes(after=self.follower.seq, upto=head))
        assert self.follower.rows.keys() == newcomer.rows.keys()
        has_account = set(self.people.values())
        for key, row in newcomer.rows.items():
            if not isinstance(row, PersonRow) or row.id in has_account:
                assert self.follower.rows[key] == row

    @invariant()
    def what_people_know_equals_a_recount(self) -> None:
        everything = sorted(self.recount(), key=lambda known: (known.topic, known.community or ""))
        for person in PEOPLE:
            expected = [known for known in everything if known.person == person]
            for store in self.stores:
                assert store.people.knows(person, viewer=EVERYTHING) == expected

    def recount(self) -> Iterator[Known]:
        times: dict[tuple[str, str, str | None], list[datetime]] = defaultdict(list)
        for post, mentioned in self.topics.items():
            author, community, at = self.posts[post]
            for topic in mentioned:
                times[self.people[author], topic, community].append(at)
        for link, at in times.items():
            yield Known(*link, count=len(at), first=min(at), last=max(at))

    def stored_posts(self) -> Sequence[StoredPost]:
        return list(self.stores[0].posts.by_numbers(EVERY_NUMBER, viewer=EVERYTHING).values())

    def said_by(self, store: GraphStore) -> Iterator[tuple[str, object]]:
        """Everything that the port can say, question by question."""
        head = store.feed.head()
        yield "head", head
        yield "directory", store.feed.directory()
        for after, upto in {(0, head), (self.follower.seq, head), (head // 3, 2 * head // 3)}:
            yield f"changes {after} {upto}", store.feed.changes(after=after, upto=upto)
        for person in (None, "per_ana"):
            readable = store.communities.readable_by(person)
            yield f"readable by {person}", readable
            yield from self.shown_by(store, Viewer(person, readable))
        yield "topics", store.topics.find([f"top_{topic}" for topic in TOPICS])
        yield "named topics", list(store.topics.named())
        yield "numbers", store.communities.numbers([f"com_{community}" for community in COMMUNITIES])
        yield "waiting", store.posts.waiting(limit=4)
        yield "readers", store.posts.readers()
        yield "outdated", store.posts.outdated(readers=READERS[:1], after=1, limit=3)
        yield "degraded", store.posts.degraded()
        yield "exchanges", store.questions.exchanges(range(1, 6), since=later(2), expired=later(1))
        yield "jobs", [store.jobs.find(job) for job in JOBS]
        yield "receivers", store.webhooks.receivers()
        yield "next", [store.webhooks.next(receiver) for receiver in RECEIVERS]
        yield "inside", store.write(seen_inside)

    def shown_by(self, store: GraphStore, viewer: Viewer) -> Iterator[tuple[str, object]]:
        ids = [f"com_{community}" for community in COMMUNITIES]
        yield f"people {viewer}", store.people.find(PEOPLE, viewer=viewer)
        yield f"person 1 {viewer}", store.people.by_numbers([1], viewer=viewer)
        yield f"knows {viewer}", store.people.knows("per_ana", viewer=viewer)
        yield f"communities {viewer}", store.communities.find(ids, viewer=viewer)
        yield f"page {viewer}", store.communities.page(after="com_a", limit=2, viewer=viewer)
        yield f"questions {viewer}", store.questions.find(limit=9, viewer=viewer)
        yield f"introductions {viewer}", store.questions.find(limit=9, introductions=True, viewer=viewer)
        yield f"those that name 2 or 3 {viewer}", store.questions.find(limit=9, people=PEOPLE[1:3], viewer=viewer)
        page = {"role": "asked", "is_open": True, "before": (later(2), "q2")}
        yield f"open ones asked {viewer}", store.questions.find(**page, limit=1, viewer=viewer)
        yield f"posts {viewer}", store.posts.by_numbers(EVERY_NUMBER, viewer=viewer)


def seen_inside(tx: Transaction) -> tuple[object, ...]:
    """What a write can ask for."""
    ids = [f"pst_{post}" for post in POSTS]
    return (
        tx.people.accounts([ref(account) for account in ACCOUNTS]),
        tx.people.accounts_by_email(["a@b.fr"]),
        tx.communities.refs([f"com_{community}" for community in COMMUNITIES]),
        tx.reads.topics.find([f"top_{topic}" for topic in TOPICS]),
        tx.topics.by_forms(FORMS),
        tx.posts.find(ids),
        tx.posts.replies_to(ids),
        tx.interactions.events_about(ids),
        tx.webhooks.questions_whoever_sees(["q1", "q2", "q3"]),
    )


@contextmanager
def a_sqlite_store() -> Iterator[GraphStore]:
    with TemporaryDirectory() as folder, closing(SqliteGraphStore(Path(folder) / "quisait.db")) as store:
        store.prepare()
        yield store


@contextmanager
def a_neo4j_store(address: str) -> Iterator[GraphStore]:
    emptied(address)
    with closing(store_at(address)) as store:
        store.prepare()
        yield store


def run(*stores: Callable[[], AbstractContextManager[GraphStore]], examples: int) -> None:
    """Try so many random stories on fresh stores."""

    class FreshStores(StoreMachine):
        def __init__(self) -> None:
            super().__init__(*(open_store() for open_store in stores))

    run_state_machine_as_test(FreshStores, settings=settings(max_examples=examples, stateful_step_count=40))


@pytest.mark.timeout(600)
def test_counts_equal_a_recount_and_followers_equal_newcomers() -> None:
    run(a_sqlite_store, examples=60)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
@pytest.mark.timeout(600)
def test_both_stores_say_the_same(neo4j_address: str) -> None:
    run(a_sqlite_store, lambda: a_neo4j_store(neo4j_address), examples=8)
