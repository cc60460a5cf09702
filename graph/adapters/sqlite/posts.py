"""Posts and their mentions."""

import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.adapters.columns import listed, post_columns, post_of, reader
from graph.adapters.sqlite.connection import Connections
from graph.adapters.sqlite.counters import Counters
from graph.changes import Removal
from graph.model import Indexing, Post, Reader, StoredPost, Viewer

POSTS: Final[LiteralString] = """
SELECT post.id, post.source, post.key, account.source, account.key, community.id, post.at, post.edited_at, post.thread,
  post.reply_to, post.kind, post.format, post.language, post.addressed, post.url, post.title,
  CASE WHEN :with_text THEN post.text ELSE '' END, post.number, post.seq, community.name, post.community
FROM post
JOIN account ON account.number = post.author
LEFT JOIN community ON community.number = post.community
WHERE post.number IN (SELECT value FROM json_each(:numbers))
"""
WAITING: Final[LiteralString] = "SELECT number FROM post WHERE indexed IS NULL ORDER BY seq LIMIT ?"
READERS: Final[LiteralString] = """
SELECT CASE WHEN coalesce(read, 0) > (SELECT value FROM sequence WHERE name = 'forgotten') THEN indexed END, count(*)
FROM post WHERE indexed IS NOT NULL GROUP BY 1
"""
OUTDATED: Final[LiteralString] = """
SELECT number FROM post
WHERE number > :after AND indexed IS NOT NULL AND (
  coalesce(read, 0) <= (SELECT value FROM sequence WHERE name = 'forgotten')
  OR indexed NOT IN (SELECT value FROM json_each(:readers)))
ORDER BY number LIMIT :limit
"""
DEGRADED: Final[LiteralString] = "SELECT count(*) FROM post WHERE is_degraded"
REPLYING: Final[LiteralString] = "SELECT number FROM post WHERE reply_to IN (SELECT value FROM json_each(?))"
NUMBERS: Final[LiteralString] = "SELECT id, number FROM post WHERE id IN (SELECT value FROM json_each(?))"
SEQS: Final[LiteralString] = "SELECT id, seq, number FROM post WHERE id IN (SELECT value FROM json_each(?))"
TOPICS: Final[LiteralString] = "SELECT id, number FROM topic WHERE id IN (SELECT value FROM json_each(?))"

PUT: Final[LiteralString] = """
INSERT INTO post (number, id, seq, source, key, author, community, at, edited_at, thread, reply_to, kind, format,
  language, addressed, url, job, indexed, title, text)
VALUES (:number, :id, :seq, :source, :key,
  (SELECT number FROM account WHERE source = :author_source AND key = :author_key),
  CASE WHEN :community IS NULL THEN 0 ELSE (SELECT number FROM community WHERE id = :community) END,
  :at, :edited_at, :thread, :reply_to, :kind, :format, :language, :addressed, :url, :job, NULL, :title, :text)
ON CONFLICT (number) DO UPDATE SET
  seq = excluded.seq, source = excluded.source, key = excluded.key, author = excluded.author,
  community = excluded.community, at = excluded.at, edited_at = excluded.edited_at, thread = excluded.thread,
  reply_to = excluded.reply_to, kind = excluded.kind, format = excluded.format, language = excluded.language,
  addressed = excluded.addressed, url = excluded.url, job = excluded.job, indexed = NULL, read = NULL, is_degraded = 0,
  title = excluded.title, text = excluded.text
"""
FORGET: Final[LiteralString] = "DELETE FROM mention WHERE post IN (SELECT value FROM json_each(?))"
MENTION: Final[LiteralString] = "INSERT INTO mention (post, topic, strength) VALUES (?, ?, ?)"
INDEXED: Final[LiteralString] = """
UPDATE post SET seq = :seq, read = :seq, language = :language, indexed = :reader, is_degraded = :is_degraded
WHERE number = :number
"""

ABOUT: Final[LiteralString] = """
SELECT post, number FROM interaction WHERE post IN (SELECT value FROM json_each(?)) ORDER BY number
"""
REMOVE_ABOUT: Final[LiteralString] = "DELETE FROM interaction WHERE post IN (SELECT value FROM json_each(?))"
REMOVE: Final[LiteralString] = "DELETE FROM post WHERE number IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class SqlitePosts:
    connections: Connections

    def by_numbers(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, StoredPost]:
        with self.connections.read() as connection:
            return {post.number: post for post in _stored(connection, numbers, communities=viewer.communities)}

    def waiting(self, *, limit: int) -> list[StoredPost]:
        with self.connections.read() as connection:
            numbers = [number for (number,) in connection.execute(WAITING, (limit,))]
            return sorted(_stored(connection, numbers), key=lambda post: post.seq)

    def readers(self) -> dict[Reader | None, int]:
        with self.connections.read() as connection:
            return {reader(column): count for column, count in connection.execute(READERS)}

    def outdated(self, *, readers: Collection[Reader], after: int, limit: int) -> list[StoredPost]:
        wanted = {"readers": listed(map(" ".join, readers)), "after": after, "limit": limit}
        with self.connections.read() as connection:
            numbers = [number for (number,) in connection.execute(OUTDATED, wanted)]
            return sorted(_stored(connection, numbers), key=lambda post: post.number)

    def degraded(self) -> int:
        with self.connections.read() as connection:
            ((count,),) = connection.execute(DEGRADED)
            return count


@dataclass(frozen=True, slots=True)
class SqlitePostWrites:
    connection: sqlite3.Connection
    counters: Counters

    def find(self, ids: Collection[str]) -> dict[str, Post]:
        found = _stored(self.connection, self._numbers(ids).values(), with_text=False)
        return {stored.post.id: stored.post for stored in found}

    def replies_to(self, ids: Collection[str]) -> list[Post]:
        numbers = [number for (number,) in self.connection.execute(REPLYING, (listed(ids),))]
        replies = [stored.post for stored in _stored(self.connection, numbers, with_text=False)]
        return sorted(replies, key=lambda post: post.id)

    def put(self, posts: Sequence[Post], *, job: str) -> None:
        numbers = self._numbers([post.id for post in posts])
        self.connection.execute(FORGET, (listed(numbers.values()),))
        new = dict.fromkeys(post.id for post in posts if post.id not in numbers)
        numbers.update(zip(new, self.counters.take("post", count=len(new)), strict=True))
        seqs = self.counters.take("seq", count=len(posts))
        self.connection.executemany(
            PUT,
            [_columns(post, number=numbers[post.id], seq=seq, job=job) for post, seq in zip(posts, seqs, strict=True)],
        )

    def remove(self, ids: Collection[str]) -> None:
        numbers = self._numbers(ids)
        going = listed(numbers.values())
        about: dict[int, list[Removal]] = {number: [] for number in numbers.values()}
        for post, interaction in self.connection.execute(ABOUT, (going,)):
            about[post].append(Removal("interaction", interaction))
        removals: list[Removal] = []
        for public_id in dict.fromkeys(ids):
            if number := numbers.get(public_id):
                removals += [Removal("post", number), *about[number]]
        self.counters.bury(removals)
        self.connection.execute(REMOVE_ABOUT, (going,))
        self.connection.execute(REMOVE, (going,))

    def record_mentions(self, indexings: Sequence[Indexing]) -> int:
        ids = listed(indexing.post for indexing in indexings)
        current = {(public_id, seq): number for public_id, seq, number in self.connection.execute(SEQS, (ids,))}
        found: dict[int, Indexing] = {}
        for indexing in indexings:
            if number := current.pop((indexing.post, indexing.seq), None):
                found[number] = indexing
        seqs = self.counters.take("seq", count=len(found))
        self.connection.executemany(
            INDEXED,
            [_indexed(indexing, number, seq) for seq, (number, indexing) in zip(seqs, found.items(), strict=True)],
        )
        self._replace_mentions(found)
        return len(found)

    def forget_readers(self) -> None:
        self.counters.forget_readers()

    def _replace_mentions(self, found: Mapping[int, Indexing]) -> None:
        ids = {mention.topic for indexing in found.values() for mention in indexing.mentions}
        topics = dict(self.connection.execute(TOPICS, (listed(ids),)))
        self.connection.execute(FORGET, (listed(found),))
        self.connection.executemany(
            MENTION,
            [
                (number, topics[mention.topic], mention.strength)
                for number, indexing in found.items()
                for mention in indexing.mentions
            ],
        )

    def _numbers(self, ids: Collection[str]) -> dict[str, int]:
        return dict(self.connection.execute(NUMBERS, (listed(ids),)))


def _stored(
    connection: sqlite3.Connection,
    numbers: Iterable[int],
    *,
    communities: Container[int] | None = None,
    with_text: bool = True,
) -> Iterator[StoredPost]:
    for row in connection.execute(POSTS, {"numbers": listed(numbers), "with_text": with_text}):
        *post, number, seq, name, community = row
        # Hundreds of communities in the query would take longer than the posts.
        if communities is None or community in communities:
            yield StoredPost(post_of(post), number, seq, name)


def _indexed(indexing: Indexing, number: int, seq: int) -> dict[str, object]:
    return {
        "number": number,
        "seq": seq,
        "language": indexing.language,
        "reader": " ".join(indexing.reader),
        "is_degraded": indexing.is_degraded,
    }


def _columns(post: Post, *, number: int, seq: int, job: str) -> dict[str, object]:
    return {
        **post_columns(post, number=number, seq=seq, job=job),
        "author_source": post.author.source,
        "author_key": post.author.id,
        "community": post.community,
    }
