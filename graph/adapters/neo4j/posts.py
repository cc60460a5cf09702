"""Posts and their mentions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import post_columns, post_of, reader
from graph.adapters.neo4j.connection import Connection, Written
from graph.adapters.neo4j.counters import Counters
from graph.adapters.neo4j.mentions import Mentions
from graph.adapters.neo4j.rows import link, write
from graph.changes import Removal
from graph.model import Indexing, Post, Reader, StoredPost, Viewer

STORED: Final[LiteralString] = """
MATCH (account:Account {number: post.account})
OPTIONAL MATCH (community:Community {number: post.community})
RETURN collect([
  post.id, post.source, post.key, account.source, account.key, community.id, post.at, post.edited_at, post.thread,
  post.reply_to, post.kind, post.format, post.language, post.addressed, post.url, post.title,
  CASE WHEN $with_text THEN post.text ELSE '' END, post.number, post.seq, community.name])
"""
BY_NUMBERS: Final[LiteralString] = (
    "MATCH (post:Post) USING INDEX SEEK post:Post(number)"
    " WHERE post.number IN $numbers AND post.community IN $communities" + STORED
)
WAITING: Final[LiteralString] = (
    "MATCH (post:Waiting) WHERE post.seq > 0 WITH post ORDER BY post.seq LIMIT $limit" + STORED
)
READERS: Final[LiteralString] = """
MATCH (forgotten:Counter {name: 'forgotten'}) MATCH (post:Post) WHERE post.indexed IS NOT NULL
RETURN CASE WHEN coalesce(post.read, 0) > forgotten.value THEN post.indexed END, count(*)
"""
OUTDATED: Final[LiteralString] = (
    """
MATCH (forgotten:Counter {name: 'forgotten'}) MATCH (post:Post) USING INDEX SEEK post:Post(number)
WHERE post.number > $after AND post.indexed IS NOT NULL
  AND (coalesce(post.read, 0) <= forgotten.value OR NOT post.indexed IN $readers)
WITH post ORDER BY post.number LIMIT $limit"""
    + STORED
)
DEGRADED: Final[LiteralString] = "MATCH (post:Degraded) RETURN count(*)"
FIND: Final[LiteralString] = "MATCH (post:Post) WHERE post.id IN $ids" + STORED
REPLYING: Final[LiteralString] = "MATCH (post:Post) WHERE post.reply_to IN $ids" + STORED

PUT: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (person:Person)-[:HAS_ACCOUNT]->(account:Account {source: row.author[0], key: row.author[1]})
USING INDEX SEEK account:Account(source, key)
MERGE (post:Post {number: row.columns.number})
SET post = row.columns, post:Waiting, post.account = account.number, post.author = person.number
REMOVE post:Degraded
CREATE (person)-[:WROTE]->(post)
"""
PLACE: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (post:Post {number: row[0]})
MATCH (community:Community {id: row[1]})
SET post.community = community.number
CREATE (post)-[:IN]->(community)
"""
# Either post may come first; the one replied to may be the post itself.
ANSWER: Final[LiteralString] = """
UNWIND $rows AS id
MATCH (post:Post {id: id})
MATCH (parent:Post {id: post.reply_to})
CREATE (post)-[:REPLIES_TO]->(parent)
"""
ANSWERED: Final[LiteralString] = """
UNWIND $rows AS id
MATCH (parent:Post {id: id})
MATCH (post:Post {reply_to: id})
WHERE NOT (post)-[:REPLIES_TO]->()
CREATE (post)-[:REPLIES_TO]->(parent)
"""
DETACH: Final[LiteralString] = """
UNWIND $rows AS number
MATCH (post:Post {number: number})-[link]-() WHERE type(link) = 'WROTE' OR startNode(link) = post
DELETE link
"""

ABOUT: Final[LiteralString] = """
MATCH ()-[interacts:INTERACTS]->()
USING INDEX SEEK interacts:INTERACTS(post)
WHERE interacts.post IN $numbers
RETURN interacts.post, interacts.number ORDER BY interacts.number
"""
REMOVE_ABOUT: Final[LiteralString] = """
UNWIND $rows AS number
MATCH ()-[interacts:INTERACTS {post: number}]->()
USING INDEX SEEK interacts:INTERACTS(post)
DELETE interacts
"""
REMOVE: Final[LiteralString] = "UNWIND $rows AS number MATCH (post:Post {number: number}) DETACH DELETE post"


@dataclass(frozen=True, slots=True)
class Neo4jPosts:
    connection: Connection

    def by_numbers(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, StoredPost]:
        asked = {"numbers": list(numbers), "communities": list(viewer.communities), "with_text": True}
        return {post.number: post for post in map(_stored, self.connection.collected(BY_NUMBERS, **asked))}

    def waiting(self, *, limit: int) -> list[StoredPost]:
        rows = self.connection.collected(WAITING, limit=limit, with_text=True)
        return sorted(map(_stored, rows), key=lambda post: post.seq)

    def readers(self) -> dict[Reader | None, int]:
        return {reader(column): count for column, count in self.connection.rows(READERS)}

    def outdated(self, *, readers: Collection[Reader], after: int, limit: int) -> list[StoredPost]:
        names = list(map(" ".join, readers))
        rows = self.connection.collected(OUTDATED, readers=names, after=after, limit=limit, with_text=True)
        return sorted(map(_stored, rows), key=lambda post: post.number)

    def degraded(self) -> int:
        ((count,),) = self.connection.rows(DEGRADED)
        return count


@dataclass(frozen=True, slots=True)
class Neo4jPostWrites:
    tx: ManagedTransaction
    counters: Counters

    def find(self, ids: Collection[str]) -> dict[str, Post]:
        return {post.id: post for post in self._posts(FIND, ids)}

    def replies_to(self, ids: Collection[str]) -> list[Post]:
        return sorted(self._posts(REPLYING, ids), key=lambda post: post.id)

    def put(self, posts: Sequence[Post], *, job: str) -> None:
        mentions = Mentions(self.tx)
        known = mentions.find([post.id for post in posts])
        write(self.tx, DETACH, [post.number for post in known.values()])
        mentions.forget(known.values())
        new = list(dict.fromkeys(post.id for post in posts if post.id not in known))
        numbers = {post.id: post.number for post in known.values()}
        numbers |= zip(new, self.counters.take("post", count=len(new)), strict=True)
        seqs = self.counters.take("seq", count=len(posts))
        rows = {
            post.id: _row(post, number=numbers[post.id], seq=seq, job=job)
            for post, seq in zip(posts, seqs, strict=True)
        }
        self._write(list(rows.values()), new=new)

    def remove(self, ids: Collection[str]) -> None:
        mentions = Mentions(self.tx)
        known = mentions.find(ids)
        numbers = [known[public_id].number for public_id in dict.fromkeys(ids) if public_id in known]
        about: dict[int, list[Removal]] = {number: [] for number in numbers}
        for post, interaction in self.tx.run(ABOUT, numbers=numbers):
            about[post].append(Removal("interaction", interaction))
        self.counters.bury([removal for number in numbers for removal in (Removal("post", number), *about[number])])
        write(self.tx, REMOVE_ABOUT, numbers)
        write(self.tx, REMOVE, numbers)
        mentions.forget(known.values())

    def record_mentions(self, indexings: Sequence[Indexing]) -> int:
        mentions = Mentions(self.tx)
        there = mentions.find([indexing.post for indexing in indexings])
        current = {(post.id, post.seq): post for post in there.values()}
        found = [
            (post, indexing) for indexing in indexings if (post := current.pop((indexing.post, indexing.seq), None))
        ]
        mentions.record(found, seqs=self.counters.take("seq", count=len(found)))
        return len(found)

    def forget_readers(self) -> None:
        self.counters.forget_readers()

    def _write(self, rows: Sequence[Mapping[str, Any]], *, new: Sequence[str]) -> None:
        link(self.tx, PUT, rows)
        places = [(row["columns"]["number"], row["community"]) for row in rows]
        link(self.tx, PLACE, [place for place in places if place[1] is not None])
        write(self.tx, ANSWER, [row["columns"]["id"] for row in rows])
        write(self.tx, ANSWERED, new)

    def _posts(self, query: LiteralString, ids: Collection[str]) -> Iterator[Post]:
        rows = Written(self.tx).collected(query, ids=list(ids), with_text=False)
        return (_stored(row).post for row in rows)


def _stored(row: Sequence[Any]) -> StoredPost:
    *post, number, seq, name = row
    return StoredPost(post_of(post), number, seq, name)


def _row(post: Post, *, number: int, seq: int, job: str) -> dict[str, object]:
    return {"author": tuple(post.author), "community": post.community, "columns": _columns(post, number, seq, job)}


def _columns(post: Post, number: int, seq: int, job: str) -> dict[str, object]:
    return {
        **post_columns(post, number=number, seq=seq, job=job),
        "community": 0,
        "created_at": post.created_at,  # the same as `at`, for people who browse
        "topics": [],
        "strengths": [],
    }
