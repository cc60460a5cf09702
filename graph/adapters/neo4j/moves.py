"""An account given to another person takes along what hangs on it: posts, KNOWS counts, memberships, interactions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, LiteralString

from neo4j import ManagedTransaction, Record

from graph.adapters.neo4j.counters import Counters
from graph.adapters.neo4j.knows import Knows, Writing
from graph.adapters.neo4j.rows import write
from graph.model import Ref

TOUCH: Final[LiteralString] = "MATCH (person:Person {id: $person}) SET person.seq = $seq"
NUMBERS: Final[LiteralString] = """
MATCH (account:Account {source: $ref[0], key: $ref[1]})
USING INDEX SEEK account:Account(source, key)
MATCH (left:Person {id: $left})
MATCH (person:Person {id: $person})
RETURN account.number, left.number, person.number, EXISTS { (left)-[:HAS_ACCOUNT]->() }
"""
MOVE_MEMBERSHIPS: Final[LiteralString] = """
MATCH (:Person {number: $left})-[old:MEMBER_OF {account: $account}]->(community:Community)
MATCH (person:Person {number: $person})
CREATE (person)-[:MEMBER_OF {role: old.role, account: $account}]->(community)
DELETE old
"""
WRITTEN_BY: Final[LiteralString] = """
MATCH (:Person {number: $left})-[:WROTE]->(post:Post {account: $account})
RETURN post.number, post.community, post.at, post.topics ORDER BY post.number
"""
MOVE_POSTS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH ()-[old:WROTE]->(post:Post {number: row[0]})
MATCH (person:Person {number: row[1]})
CREATE (person)-[:WROTE]->(post)
DELETE old
SET post.author = person.number, post.seq = row[2]
"""
INTERACTIONS_OF: Final[LiteralString] = """
MATCH (:Person {number: $left})-[interacts:INTERACTS]-()
WHERE interacts.source = $account OR interacts.target = $account
RETURN DISTINCT interacts.number, interacts.key ORDER BY interacts.number
"""
MOVE_INTERACTIONS: Final[LiteralString] = """
UNWIND $rows AS row
MATCH ()-[old:INTERACTS {key: row[0]}]->()
USING INDEX SEEK old:INTERACTS(key)
WITH row, old, properties(old) AS columns
DELETE old
WITH row, columns
MATCH (source:Person)-[:HAS_ACCOUNT]->(:Account {number: columns.source})
MATCH (target:Person)-[:HAS_ACCOUNT]->(:Account {number: columns.target})
CREATE (source)-[interacts:INTERACTS]->(target)
SET interacts = columns, interacts.seq = row[1]
"""


@dataclass(frozen=True, slots=True)
class Moves:
    tx: ManagedTransaction
    counters: Counters

    def move(self, ref: Ref, *, left: str, person: str) -> None:
        """Let go with the account whatever still hangs on the person it left; both are numbered anew, and all that."""
        row = self.tx.run(NUMBERS, ref=tuple(ref), left=left, person=person).single(strict=True)
        account, left_number, person_number, has_accounts = row
        if has_accounts:
            seq = self.counters.next("seq")
            self.tx.run(TOUCH, person=left, seq=seq).consume()
            self.counters.mark_directory(seq)
        ends = {"account": account, "left": left_number, "person": person_number}
        self.tx.run(MOVE_MEMBERSHIPS, ends).consume()
        self._move_posts(list(self.tx.run(WRITTEN_BY, ends)), left=left_number, person=person_number)
        self._move_interactions([key for _, key in self.tx.run(INTERACTIONS_OF, ends)])

    def _move_posts(self, posts: list[Record], *, left: int, person: int) -> None:
        seqs = self.counters.take("seq", count=len(posts))
        rows = [(post[0], person, seq) for post, seq in zip(posts, seqs, strict=True)]
        write(self.tx, MOVE_POSTS, rows)
        Knows(self.tx).add(_writings(posts, person))
        Knows(self.tx).take(_writings(posts, left))

    def _move_interactions(self, keys: list[str]) -> None:
        seqs = self.counters.take("seq", count=len(keys))
        write(self.tx, MOVE_INTERACTIONS, list(zip(keys, seqs, strict=True)))


def _writings(posts: Iterable[Record], person: int) -> Iterable[Writing]:
    return [Writing(person, community, at, topics) for _, community, at, topics in posts]
