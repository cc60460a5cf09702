"""Brings the schema up to date, one migration after the other, and remembers which were applied."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final, LiteralString, cast

from neo4j import ManagedTransaction

from graph.adapters.neo4j.connection import Connection
from graph.errors import Conflict

MIGRATIONS: Final = Path(__file__).with_name("migrations")

APPLIED: Final[LiteralString] = "MATCH (applied:Migration) RETURN applied.id, applied.checksum"
RECORD: Final[LiteralString] = "MERGE (applied:Migration {id: $id}) SET applied.checksum = $checksum"
KEEP: Final[LiteralString] = """
MERGE (kept:Meta {key: $name}) ON CREATE SET kept.value = $value RETURN kept.value
"""


def migrate(connection: Connection) -> None:
    """Apply what is not applied yet; migrations that this program does not know raise Conflict."""
    applied = dict(connection.rows(APPLIED))
    known = {path.stem: path.read_text(encoding="utf-8") for path in sorted(MIGRATIONS.glob("*.cypher"))}
    checksums = {name: blake2b(script.encode(), digest_size=16).hexdigest() for name, script in known.items()}
    if any(checksums.get(name) != checksum for name, checksum in applied.items()):
        raise Conflict("the store was written by another version of Quisait: use that version or a later one")
    for name in sorted(known.keys() - applied.keys()):
        for statement in _statements(known[name]):
            connection.write(lambda tx, statement=statement: tx.run(statement).consume())
        connection.write(lambda tx, name=name: tx.run(RECORD, id=name, checksum=checksums[name]).consume())


def keep(tx: ManagedTransaction, name: str, value: bytes) -> bytes:
    """What is kept under that name; the value given where there was nothing yet."""
    ((kept,),) = tx.run(KEEP, name=name, value=value)
    return bytes(kept)


def _statements(script: str) -> Iterator[LiteralString]:
    """Each by itself, since one that changes the schema cannot share a transaction; all may be applied twice."""
    for statement in script.split(";\n"):
        if statement.strip():
            yield cast(LiteralString, statement)  # it comes from a file of ours
