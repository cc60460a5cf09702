"""What indexing finds in posts: their topics, with the links and counts that follow from them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString, NamedTuple

from neo4j import ManagedTransaction

from graph.adapters.neo4j.knows import Knows, Writing
from graph.adapters.neo4j.rows import write
from graph.model import Indexing

FIND: Final[LiteralString] = """
MATCH (post:Post) WHERE post.id IN $ids
RETURN post.id, post.number, post.seq, post.author, post.community, post.at, post.topics
"""
TOPICS: Final[LiteralString] = """
MATCH (topic:Topic) WHERE topic.id IN $ids RETURN collect(topic.id), collect(topic.number)
"""
FORGET: Final[LiteralString] = """
UNWIND $rows AS number MATCH (:Post {number: number})-[about:ABOUT]->() DELETE about
"""
RECORD: Final[LiteralString] = """
UNWIND $rows AS row MATCH (post:Post {number: row.number}) SET post += row REMOVE post:Waiting:Degraded
"""
DEGRADE: Final[LiteralString] = "UNWIND $rows AS number MATCH (post:Post {number: number}) SET post:Degraded"
MENTION: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (post:Post {number: row.number})
UNWIND range(0, size(row.topics) - 1) AS place
MATCH (topic:Topic {number: row.topics[place]})
CREATE (post)-[:ABOUT {strength: row.strengths[place]}]->(topic)
"""


class Indexed(NamedTuple):
    """A post as it was indexed last; all in numbers, but its public id."""

    id: str
    number: int
    seq: int
    author: int
    community: int
    at: int
    topics: list[int]

    def writing(self, topics: Iterable[int]) -> Writing:
        """The post as it counts for its author, about these topics."""
        return Writing(self.author, self.community, self.at, tuple(topics))


@dataclass(frozen=True, slots=True)
class Mentions:
    """The topics of posts, in one transaction."""

    tx: ManagedTransaction

    def find(self, ids: Collection[str]) -> dict[str, Indexed]:
        """The known posts among these, by public id."""
        return {row[0]: Indexed(*row) for row in self.tx.run(FIND, ids=list(ids))}

    def forget(self, posts: Iterable[Indexed]) -> None:
        """Count posts no more that have lost their author or their topics."""
        Knows(self.tx).take([post.writing(post.topics) for post in posts])

    def record(self, found: Sequence[tuple[Indexed, Indexing]], *, seqs: Sequence[int]) -> None:
        """Let posts be about what was found in them, and nothing else."""
        numbers = self._numbers(mention.topic for _, indexing in found for mention in indexing.mentions)
        rows = [_row(post, indexing, seq, numbers) for (post, indexing), seq in zip(found, seqs, strict=True)]
        write(self.tx, FORGET, [post.number for post, _ in found if post.topics])
        write(self.tx, RECORD, rows)
        write(self.tx, DEGRADE, [post.number for post, indexing in found if indexing.is_degraded])
        write(self.tx, MENTION, rows)
        changed = [(post, set(post.topics), set(row["topics"])) for (post, _), row in zip(found, rows, strict=True)]
        Knows(self.tx).add([post.writing(after - before) for post, before, after in changed])
        Knows(self.tx).take([post.writing(before - after) for post, before, after in changed])

    def _numbers(self, topics: Iterable[str]) -> dict[str, int]:
        (columns,) = self.tx.run(TOPICS, ids=sorted(set(topics)))
        return dict(zip(*columns, strict=True))


def _row(post: Indexed, indexing: Indexing, seq: int, numbers: Mapping[str, int]) -> dict[str, Any]:
    strengths = dict(sorted((numbers[mention.topic], mention.strength) for mention in indexing.mentions))
    return {
        "number": post.number,
        "seq": seq,
        "read": seq,
        "language": indexing.language,
        "indexed": " ".join(indexing.reader),
        "topics": list(strengths),
        "strengths": list(strengths.values()),
    }
