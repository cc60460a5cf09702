"""API keys."""

import sqlite3
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from graph.adapters.columns import listed, micros, moment, texts
from graph.adapters.sqlite.connection import Connections
from graph.model import ApiKey

EACH: Final[LiteralString] = """
SELECT id, name, hash, scopes, created_at, person, expires_at, revoked_at FROM api_key
WHERE :hash IS NULL OR hash = :hash ORDER BY created_at, id
"""
PUT: Final[LiteralString] = """
INSERT INTO api_key (id, name, hash, scopes, created_at, person, expires_at, revoked_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
  name = excluded.name, hash = excluded.hash, scopes = excluded.scopes, created_at = excluded.created_at,
  person = excluded.person, expires_at = excluded.expires_at, revoked_at = excluded.revoked_at
"""


@dataclass(frozen=True, slots=True)
class SqliteKeys:
    connections: Connections

    def by_hash(self, key_hash: str) -> ApiKey | None:
        with self.connections.read() as connection:
            return next(map(_key, connection.execute(EACH, {"hash": key_hash}).fetchall()), None)

    def each(self) -> list[ApiKey]:
        with self.connections.read() as connection:
            return [_key(row) for row in connection.execute(EACH, {"hash": None})]


def put_key(connection: sqlite3.Connection, key: ApiKey) -> None:
    """Add or replace an API key."""
    times = micros(key.expires_at), micros(key.revoked_at)
    scopes = listed(sorted(key.scopes))
    connection.execute(PUT, (key.id, key.name, key.hash, scopes, micros(key.created_at), key.person, *times))


def _key(row: tuple[Any, ...]) -> ApiKey:
    public_id, name, key_hash, scopes, created_at, person, expires_at, revoked_at = row
    return ApiKey(
        id=public_id,
        name=name,
        hash=key_hash,
        scopes=frozenset(texts(scopes)),
        created_at=moment(created_at),
        person=person,
        expires_at=moment(expires_at),
        revoked_at=moment(revoked_at),
    )
