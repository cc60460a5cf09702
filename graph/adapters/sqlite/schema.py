"""Brings the schema up to date, one migration after the other, and remembers which were applied."""

import sqlite3
from hashlib import blake2b
from pathlib import Path
from typing import Final, LiteralString

from graph.errors import Conflict

MIGRATIONS: Final = Path(__file__).with_name("migrations")

LEDGER: Final[LiteralString] = """
CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY, checksum TEXT NOT NULL) WITHOUT ROWID
"""
APPLIED: Final[LiteralString] = "SELECT id, checksum FROM migration"
RECORD: Final[LiteralString] = "INSERT INTO migration VALUES (?, ?)"
KEEP: Final[LiteralString] = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"
KEPT: Final[LiteralString] = "SELECT value FROM meta WHERE key = ?"


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what is not applied yet; migrations that this program does not know raise Conflict."""
    connection.execute(LEDGER)
    applied = dict(connection.execute(APPLIED).fetchall())
    known = {path.stem: path.read_text(encoding="utf-8") for path in sorted(MIGRATIONS.glob("*.sql"))}
    checksums = {name: blake2b(script.encode(), digest_size=16).hexdigest() for name, script in known.items()}
    if any(checksums.get(name) != checksum for name, checksum in applied.items()):
        raise Conflict("the store was written by another version of Quisait: use that version or a later one")
    for name in sorted(known.keys() - applied.keys()):
        for statement in known[name].split(";\n"):
            connection.execute(statement)
        connection.execute(RECORD, (name, checksums[name]))


def keep(connection: sqlite3.Connection, name: str, value: bytes) -> bytes:
    """What is kept under that name; the value given where there was nothing yet."""
    connection.execute(KEEP, (name, value))
    ((kept,),) = connection.execute(KEPT, (name,))
    return kept
