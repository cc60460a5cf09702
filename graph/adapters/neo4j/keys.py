"""API keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import micros, moment
from graph.adapters.neo4j.connection import Connection
from graph.adapters.neo4j.rows import write
from graph.model import ApiKey

EACH: Final[LiteralString] = """
MATCH (key:ApiKey) WHERE $hash IS NULL OR key.hash = $hash RETURN properties(key) ORDER BY key.created_at, key.id
"""
PUT: Final[LiteralString] = "UNWIND $rows AS row MERGE (key:ApiKey {id: row.id}) SET key = row"


@dataclass(frozen=True, slots=True)
class Neo4jKeys:
    connection: Connection

    def by_hash(self, key_hash: str) -> ApiKey | None:
        return next((_key(columns) for (columns,) in self.connection.rows(EACH, hash=key_hash)), None)

    def each(self) -> list[ApiKey]:
        return [_key(columns) for (columns,) in self.connection.rows(EACH, hash=None)]


def put_key(tx: ManagedTransaction, key: ApiKey) -> None:
    """Add or replace an API key."""
    columns = {
        "id": key.id,
        "name": key.name,
        "hash": key.hash,
        "scopes": sorted(key.scopes),
        "created_at": micros(key.created_at),
        "person": key.person,
        "expires_at": micros(key.expires_at),
        "revoked_at": micros(key.revoked_at),
    }
    write(tx, PUT, [columns])


def _key(columns: Mapping[str, Any]) -> ApiKey:
    return ApiKey(
        id=columns["id"],
        name=columns["name"],
        hash=columns["hash"],
        scopes=frozenset(columns["scopes"]),
        created_at=moment(columns["created_at"]),
        person=columns.get("person"),
        expires_at=moment(columns.get("expires_at")),
        revoked_at=moment(columns.get("revoked_at")),
    )
