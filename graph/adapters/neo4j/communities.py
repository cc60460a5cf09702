"""Communities and their members."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction, Record

from graph.adapters.columns import community_columns, one_each
from graph.adapters.neo4j.connection import Readable
from graph.adapters.neo4j.counters import Counters
from graph.adapters.neo4j.rows import link, write
from graph.model import Community, Member, Ref, Viewer

NUMBERS: Final[LiteralString] = """
MATCH (community:Community) WHERE community.id IN $ids RETURN community.id, community.number
"""
NAMES: Final[LiteralString] = """
MATCH (community:Community)
WHERE community.id IN $ids AND community.name IS NOT NULL
  AND (community.visibility <> 'secret' OR community.number IN $communities)
RETURN community.id, community.name
"""
READABLE_BY: Final[LiteralString] = """
MATCH (community:Community {visibility: 'public'}) WHERE community.name IS NOT NULL RETURN community.number AS number
UNION
MATCH (:Person {id: $person})-[member:MEMBER_OF]->(community:Community)
MATCH (:Account {number: member.account, is_active: true})
RETURN community.number AS number
"""
WITH_MEMBERS: Final[LiteralString] = """
OPTIONAL MATCH (community)<-[member:MEMBER_OF]-(:Person)
OPTIONAL MATCH (account:Account {number: member.account})
WITH community, collect([account.source, account.key, member.role]) AS members
RETURN properties(community), members ORDER BY community.id
"""
FIND: Final[LiteralString] = "MATCH (community:Community) WHERE community.id IN $ids WITH community" + WITH_MEMBERS
PAGE: Final[LiteralString] = """
MATCH (community:Community)
WHERE community.id > $after AND community.name IS NOT NULL
  AND (community.visibility <> 'secret' OR community.number IN $communities)
RETURN community {.*, charter: null}, [] ORDER BY community.id LIMIT $limit
"""

REFS: Final[LiteralString] = """
MATCH (community:Community) WHERE community.id IN $ids RETURN community.id, community.source, community.key
"""
PUT: Final[LiteralString] = "UNWIND $rows AS row MERGE (community:Community {number: row.number}) SET community = row"
EMPTY: Final[LiteralString] = (
    "UNWIND $rows AS number MATCH (:Community {number: number})<-[member:MEMBER_OF]-() DELETE member"
)
JOIN: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (community:Community {number: row[0]})
MATCH (person:Person)-[:HAS_ACCOUNT]->(account:Account {source: row[1], key: row[2]})
USING INDEX SEEK account:Account(source, key)
CREATE (person)-[:MEMBER_OF {role: row[3], account: account.number}]->(community)
"""


@dataclass(frozen=True, slots=True)
class Neo4jCommunities:
    connection: Readable

    def find(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, Community]:
        rows = self.connection.rows(FIND, ids=list(ids))
        return {community.id: community for community in _visible(rows, viewer)}

    def names(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, str]:
        return dict(self.connection.rows(NAMES, ids=list(ids), communities=list(viewer.communities)))

    def page(self, *, after: str, limit: int, viewer: Viewer) -> list[Community]:
        rows = self.connection.rows(PAGE, after=after, limit=limit, communities=list(viewer.communities))
        return [community for _, community in _stored(rows)]

    def numbers(self, ids: Collection[str]) -> dict[str, int]:
        return dict(self.connection.rows(NUMBERS, ids=list(ids)))

    def readable_by(self, person: str | None) -> frozenset[int]:
        return frozenset({0}).union(number for (number,) in self.connection.rows(READABLE_BY, person=person))


@dataclass(frozen=True, slots=True)
class Neo4jCommunityWrites:
    tx: ManagedTransaction
    counters: Counters

    def refs(self, ids: Collection[str]) -> dict[str, Ref]:
        return {public_id: Ref(*ref) for public_id, *ref in self.tx.run(REFS, ids=list(ids))}

    def put(self, communities: Sequence[Community]) -> None:
        for community in communities:
            self._put(replace(community, members=one_each(community.members)))

    def _put(self, community: Community) -> None:
        stored = dict(_stored(self.tx.run(FIND, ids=[community.id])))
        if community in stored.values():
            return
        number = next(iter(stored), None) or self.counters.next("community")
        write(self.tx, PUT, [community_columns(number, community)])
        write(self.tx, EMPTY, [number])
        link(self.tx, JOIN, [(number, *member.account, member.role) for member in community.members])
        self.counters.mark_directory(self.counters.next("seq"))


def _visible(rows: Iterable[Record], viewer: Viewer) -> Iterator[Community]:
    for number, community in _stored(rows):
        if seen := community.seen_by(viewer, number=number):
            yield seen


def _stored(rows: Iterable[Record]) -> Iterator[tuple[int, Community]]:
    for columns, members in rows:
        yield columns["number"], _community(columns, members)


def _community(columns: Mapping[str, Any], members: Iterable[Sequence[Any]]) -> Community:
    return Community(
        id=columns["id"],
        ref=Ref(columns["source"], columns["key"]),
        name=columns.get("name"),
        kind=columns["kind"],
        visibility=columns["visibility"],
        purpose=columns.get("purpose"),
        charter=columns.get("charter"),
        parent=columns.get("parent"),
        is_archived=columns["is_archived"],
        members=one_each(Member(Ref(source, key), role) for source, key, role in members if role),
    )
