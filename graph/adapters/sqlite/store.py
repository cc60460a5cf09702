"""The store in one SQLite file, that any number of processes of one machine may read and write."""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from graph.adapters.sqlite.communities import SqliteCommunities, SqliteCommunityWrites
from graph.adapters.sqlite.connection import Connections, Synchronous, Written
from graph.adapters.sqlite.counters import Counters
from graph.adapters.sqlite.feed import SqliteFeed
from graph.adapters.sqlite.interactions import SqliteInteractionWrites
from graph.adapters.sqlite.jobs import SqliteJobs, SqliteJobWrites
from graph.adapters.sqlite.keys import SqliteKeys, put_key
from graph.adapters.sqlite.people import SqlitePeople, SqlitePeopleWrites
from graph.adapters.sqlite.posts import SqlitePosts, SqlitePostWrites
from graph.adapters.sqlite.questions import SqliteQuestions
from graph.adapters.sqlite.schema import keep, migrate
from graph.adapters.sqlite.stamps import find_stamps, put_stamps
from graph.adapters.sqlite.topics import SqliteTopics, SqliteTopicWrites
from graph.adapters.sqlite.webhooks import SqliteWebhooks, SqliteWebhookWrites
from graph.model import ApiKey, Stamp
from graph.store import Transaction

T = TypeVar("T")


class SqliteGraphStore:
    """A store in the file at that path; `synchronous="FULL"` keeps even the last commits through a power cut."""

    def __init__(self, path: Path, *, synchronous: Synchronous = "NORMAL") -> None:
        self._connections = Connections(path, synchronous=synchronous)
        self.people = SqlitePeople(self._connections)
        self.communities = SqliteCommunities(self._connections)
        self.topics = SqliteTopics(self._connections)
        self.questions = SqliteQuestions(self._connections)
        self.webhooks = SqliteWebhooks(self._connections)
        self.posts = SqlitePosts(self._connections)
        self.jobs = SqliteJobs(self._connections)
        self.keys = SqliteKeys(self._connections)
        self.feed = SqliteFeed(self._connections)

    def write(self, work: Callable[[Transaction], T]) -> T:
        with self._connections.write() as connection:
            return work(SqliteTransaction(connection))

    def prepare(self) -> None:
        with self._connections.write() as connection:
            migrate(connection)

    def keep(self, name: str, value: bytes) -> bytes:
        with self._connections.write() as connection:
            return keep(connection, name, value)

    def close(self) -> None:
        self._connections.close()


class SqliteReads:
    """The reads that a write may rest on."""

    def __init__(self, written: Written) -> None:
        self.people = SqlitePeople(written)
        self.communities = SqliteCommunities(written)
        self.topics = SqliteTopics(written)
        self.questions = SqliteQuestions(written)
        self.webhooks = SqliteWebhooks(written)


class SqliteTransaction:
    """One write: what it does is kept when the work returns, and gone when it raises."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        counters = Counters(connection)
        self._connection = connection
        self.reads = SqliteReads(Written(connection))
        self.people = SqlitePeopleWrites(connection, counters)
        self.communities = SqliteCommunityWrites(connection, counters)
        self.topics = SqliteTopicWrites(connection, counters)
        self.posts = SqlitePostWrites(connection, counters)
        self.interactions = SqliteInteractionWrites(connection, counters)
        self.jobs = SqliteJobWrites(connection)
        self.webhooks = SqliteWebhookWrites(connection)

    def stamps(self, keys: Collection[str]) -> dict[str, Stamp]:
        return find_stamps(self._connection, keys)

    def put_stamps(self, stamps: Sequence[Stamp]) -> None:
        put_stamps(self._connection, stamps)

    def put_key(self, key: ApiKey) -> None:
        put_key(self._connection, key)
