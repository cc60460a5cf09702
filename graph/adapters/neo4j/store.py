"""The store in a Neo4j database, that any number of hosts may read and write."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from neo4j import ManagedTransaction

from graph.adapters.neo4j.communities import Neo4jCommunities, Neo4jCommunityWrites
from graph.adapters.neo4j.connection import Connection, Written
from graph.adapters.neo4j.counters import Counters, Head, lock, settle
from graph.adapters.neo4j.feed import Neo4jFeed
from graph.adapters.neo4j.interactions import Neo4jInteractionWrites
from graph.adapters.neo4j.jobs import Neo4jJobs, Neo4jJobWrites
from graph.adapters.neo4j.keys import Neo4jKeys, put_key
from graph.adapters.neo4j.people import Neo4jPeople, Neo4jPeopleWrites
from graph.adapters.neo4j.posts import Neo4jPosts, Neo4jPostWrites
from graph.adapters.neo4j.questions import Neo4jQuestions
from graph.adapters.neo4j.schema import keep, migrate
from graph.adapters.neo4j.stamps import find_stamps, put_stamps
from graph.adapters.neo4j.topics import Neo4jTopics, Neo4jTopicWrites
from graph.adapters.neo4j.webhooks import Neo4jWebhooks, Neo4jWebhookWrites
from graph.model import ApiKey, Stamp
from graph.store import Transaction

T = TypeVar("T")


class Neo4jGraphStore:
    """A store at an address like `neo4j://host:7687/database`; without a database it is the server's default one."""

    def __init__(self, address: str, *, user: str | None = None, password: str | None = None) -> None:
        self._connection = Connection(address, user=user, password=password)
        self._settled = 0  # how far this process knows that readers can see
        self.people = Neo4jPeople(self._connection)
        self.communities = Neo4jCommunities(self._connection)
        self.topics = Neo4jTopics(self._connection)
        self.questions = Neo4jQuestions(self._connection)
        self.webhooks = Neo4jWebhooks(self._connection)
        self.posts = Neo4jPosts(self._connection)
        self.jobs = Neo4jJobs(self._connection)
        self.keys = Neo4jKeys(self._connection)
        self.feed = Neo4jFeed(self._connection)

    def write(self, work: Callable[[Transaction], T]) -> T:
        def run(tx: ManagedTransaction) -> tuple[T, Head]:
            counters = lock(tx)
            result = work(Neo4jTransaction(tx, counters))
            return result, counters.keep()

        result, reached = self._connection.write(run)
        if reached.seq > self._settled:
            self._connection.write(lambda tx: settle(tx, reached))
            self._settled = reached.seq
        return result

    def prepare(self) -> None:
        migrate(self._connection)
        self.write(lambda _: None)  # settles what a process that died may have left unsettled

    def keep(self, name: str, value: bytes) -> bytes:
        return self._connection.write(lambda tx: keep(tx, name, value))

    def close(self) -> None:
        self._connection.close()


class Neo4jReads:
    """The reads that a write may rest on."""

    def __init__(self, written: Written) -> None:
        self.people = Neo4jPeople(written)
        self.communities = Neo4jCommunities(written)
        self.topics = Neo4jTopics(written)
        self.questions = Neo4jQuestions(written)
        self.webhooks = Neo4jWebhooks(written)


class Neo4jTransaction:
    """One write: what it does is kept when the work returns, and gone when it raises."""

    def __init__(self, tx: ManagedTransaction, counters: Counters) -> None:
        self._tx = tx
        self.reads = Neo4jReads(Written(tx))
        self.people = Neo4jPeopleWrites(tx, counters)
        self.communities = Neo4jCommunityWrites(tx, counters)
        self.topics = Neo4jTopicWrites(tx, counters)
        self.posts = Neo4jPostWrites(tx, counters)
        self.interactions = Neo4jInteractionWrites(tx, counters)
        self.jobs = Neo4jJobWrites(tx)
        self.webhooks = Neo4jWebhookWrites(tx, counters)

    def stamps(self, keys: Collection[str]) -> dict[str, Stamp]:
        return find_stamps(self._tx, keys)

    def put_stamps(self, stamps: Sequence[Stamp]) -> None:
        put_stamps(self._tx, stamps)

    def put_key(self, key: ApiKey) -> None:
        put_key(self._tx, key)
