"""KNOWS: who wrote how many posts about what, in which community, from when to when. Plain counts, kept up to date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString, NamedTuple

from neo4j import ManagedTransaction

from graph.adapters.neo4j.rows import link, write
from graph.errors import Conflict

# The relationships are found by a key of their own: between two nodes they would be searched for one by one.
RAISE: Final[LiteralString] = """
UNWIND $rows AS row
MATCH ()-[knows:KNOWS {key: row[0]}]->()
USING INDEX SEEK knows:KNOWS(key)
SET knows.count = knows.count + row[4],
  knows.first = CASE WHEN row[5] < knows.first THEN row[5] ELSE knows.first END,
  knows.last = CASE WHEN row[6] > knows.last THEN row[6] ELSE knows.last END
RETURN collect(row[0])
"""
CREATE: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (person:Person {number: row[1]})
MATCH (topic:Topic {number: row[2]})
CREATE (person)-[:KNOWS {key: row[0], community: row[3], count: row[4], first: row[5], last: row[6]}]->(topic)
"""
WRITINGS: Final[LiteralString] = """
MATCH (person:Person)-[:WROTE]->(post:Post)
WHERE person.number IN $people AND any(topic IN post.topics WHERE topic IN $topics)
RETURN person.number, post.community, post.at, post.topics
"""
SET: Final[LiteralString] = """
UNWIND $rows AS row
MATCH ()-[knows:KNOWS {key: row[0]}]->()
USING INDEX SEEK knows:KNOWS(key)
SET knows.count = row[4], knows.first = row[5], knows.last = row[6]
"""
DELETE: Final[LiteralString] = """
UNWIND $rows AS key
MATCH ()-[knows:KNOWS {key: key}]->()
USING INDEX SEEK knows:KNOWS(key)
DELETE knows
"""

PERSON_BITS: Final = 24
TOPIC_BITS: Final = 23
COMMUNITY_BITS: Final = 16


class Writing(NamedTuple):
    """A post as it counts for its author: numbers of the person, the community and the topics, and when."""

    person: int
    community: int
    at: int
    topics: Sequence[int]


class Link(NamedTuple):
    """A KNOWS relationship."""

    key: int
    person: int
    topic: int
    community: int
    posts: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Knows:
    """Keeps KNOWS equal to a count of all posts, in one transaction."""

    tx: ManagedTransaction

    def add(self, writings: Iterable[Writing]) -> None:
        """Count posts that came to be about these topics."""
        links = _counted(writings)
        if links:
            (found,) = self.tx.run(RAISE, rows=_rows(links, links)).single(strict=True)
            link(self.tx, CREATE, _rows(links, links.keys() - found))

    def take(self, writings: Iterable[Writing]) -> None:
        """Count anew what posts had a share in that are not about these topics any more; call it after `add`."""
        lost = _counted(writings)
        if lost:
            people, topics = {link.person for link in lost.values()}, {link.topic for link in lost.values()}
            left = _counted(Writing(*row) for row in self.tx.run(WRITINGS, people=list(people), topics=list(topics)))
            write(self.tx, SET, _rows(left, lost.keys() & left))
            write(self.tx, DELETE, sorted(lost.keys() - left))


def _counted(writings: Iterable[Writing]) -> dict[int, Link]:
    links: dict[int, Link] = {}
    for person, community, at, topics in writings:
        for topic in topics:
            key = _key(person, topic, community)
            _, _, _, _, count, first, last = links.get(key) or (0, 0, 0, 0, 0, at, at)
            links[key] = Link(key, person, topic, community, count + 1, min(at, first), max(at, last))
    return links


def _rows(links: Mapping[int, Link], keys: Iterable[int]) -> list[tuple[int, ...]]:
    """Plain tuples, which is what the driver packs; sorted, so that the index is written in its order."""
    return [tuple(links[key]) for key in sorted(keys)]


def _key(person: int, topic: int, community: int) -> int:
    """The three numbers in one integer, of which an index is quick."""
    if person >> PERSON_BITS or topic >> TOPIC_BITS or community >> COMMUNITY_BITS:
        raise Conflict("more people, topics or communities than KNOWS links can tell apart")
    return (person << TOPIC_BITS | topic) << COMMUNITY_BITS | community
