"""Communities and their members."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, LiteralString

from graph.adapters.columns import community_columns, listed, one_each
from graph.adapters.sqlite.connection import Readable
from graph.adapters.sqlite.counters import Counters
from graph.model import Community, Member, Ref, Viewer

NUMBERS: Final[LiteralString] = "SELECT id, number FROM community WHERE id IN (SELECT value FROM json_each(?))"
PAGE: Final[LiteralString] = """
SELECT number, id, source, key, name, kind, visibility, purpose, NULL, parent, is_archived, '[]' FROM community
WHERE id > :after AND name IS NOT NULL
  AND (visibility <> 'secret' OR number IN (SELECT value FROM json_each(:communities)))
ORDER BY id LIMIT :limit
"""
NAMES: Final[LiteralString] = """
SELECT id, name, visibility = 'secret', number FROM community
WHERE id IN (SELECT value FROM json_each(?)) AND name IS NOT NULL
"""
READABLE_BY: Final[LiteralString] = """
SELECT number FROM community WHERE visibility = 'public' AND name IS NOT NULL
UNION
SELECT member.community
FROM person JOIN account ON account.person = person.number JOIN member ON member.account = account.number
WHERE person.id = ? AND account.is_active
"""
COMMUNITIES: Final[LiteralString] = """
SELECT number, id, source, key, name, kind, visibility, purpose, charter, parent, is_archived, (
  SELECT json_group_array(json_array(account.source, account.key, member.role))
  FROM member JOIN account ON account.number = member.account WHERE member.community = community.number)
FROM community WHERE number IN (SELECT value FROM json_each(?)) ORDER BY id
"""

REFS: Final[LiteralString] = "SELECT id, source, key FROM community WHERE id IN (SELECT value FROM json_each(?))"
PUT: Final[LiteralString] = """
INSERT INTO community (number, id, source, key, name, kind, visibility, purpose, charter, parent, is_archived)
VALUES (:number, :id, :source, :key, :name, :kind, :visibility, :purpose, :charter, :parent, :is_archived)
ON CONFLICT (number) DO UPDATE SET
  source = excluded.source, key = excluded.key, name = excluded.name, kind = excluded.kind,
  visibility = excluded.visibility, purpose = excluded.purpose, charter = excluded.charter, parent = excluded.parent,
  is_archived = excluded.is_archived
"""
EMPTY: Final[LiteralString] = "DELETE FROM member WHERE community = ?"
JOIN: Final[LiteralString] = """
INSERT INTO member (community, account, role)
VALUES (?, (SELECT number FROM account WHERE source = ? AND key = ?), ?)
"""


@dataclass(frozen=True, slots=True)
class SqliteCommunities:
    connections: Readable

    def find(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, Community]:
        with self.connections.read() as connection:
            numbers = dict(connection.execute(NUMBERS, (listed(ids),))).values()
            return {community.id: community for community in _visible(connection, numbers, viewer)}

    def names(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, str]:
        with self.connections.read() as connection:
            return {
                public_id: name
                for public_id, name, is_secret, number in connection.execute(NAMES, (listed(ids),))
                if not is_secret or number in viewer.communities
            }

    def page(self, *, after: str, limit: int, viewer: Viewer) -> list[Community]:
        asked = {"after": after, "limit": limit, "communities": listed(viewer.communities)}
        with self.connections.read() as connection:
            return [_community(row) for row in connection.execute(PAGE, asked)]

    def numbers(self, ids: Collection[str]) -> dict[str, int]:
        with self.connections.read() as connection:
            return dict(connection.execute(NUMBERS, (listed(ids),)))

    def readable_by(self, person: str | None) -> frozenset[int]:
        with self.connections.read() as connection:
            return frozenset({0}).union(number for (number,) in connection.execute(READABLE_BY, (person,)))


@dataclass(frozen=True, slots=True)
class SqliteCommunityWrites:
    connection: sqlite3.Connection
    counters: Counters

    def refs(self, ids: Collection[str]) -> dict[str, Ref]:
        return {public_id: Ref(*ref) for public_id, *ref in self.connection.execute(REFS, (listed(ids),))}

    def put(self, communities: Sequence[Community]) -> None:
        for community in communities:
            self._put(replace(community, members=one_each(community.members)))

    def _put(self, community: Community) -> None:
        number = dict(self.connection.execute(NUMBERS, (listed([community.id]),))).get(community.id)
        if number is None:
            number = self.counters.next("community")
        elif dict(_stored(self.connection, [number])) == {number: community}:
            return
        self.connection.execute(PUT, community_columns(number, community))
        self.connection.execute(EMPTY, (number,))
        self.connection.executemany(JOIN, [(number, *member.account, member.role) for member in community.members])
        self.counters.mark_directory(self.counters.next("seq"))


def _visible(connection: sqlite3.Connection, numbers: Collection[int], viewer: Viewer) -> Iterator[Community]:
    for number, community in _stored(connection, numbers):
        if seen := community.seen_by(viewer, number=number):
            yield seen


def _stored(connection: sqlite3.Connection, numbers: Collection[int]) -> Iterator[tuple[int, Community]]:
    for row in connection.execute(COMMUNITIES, (listed(numbers),)):
        yield row[0], _community(row)


def _community(row: tuple[Any, ...]) -> Community:
    _, public_id, source, key, name, kind, visibility, purpose, charter, parent, is_archived, members = row
    return Community(
        id=public_id,
        ref=Ref(source, key),
        name=name,
        kind=kind,
        visibility=visibility,
        purpose=purpose,
        charter=charter,
        parent=parent,
        is_archived=bool(is_archived),
        members=one_each(Member(Ref(*account), role) for *account, role in json.loads(members)),
    )
