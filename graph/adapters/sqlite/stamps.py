"""What is remembered of every record, to tell an unchanged one."""

import sqlite3
from collections.abc import Collection, Sequence
from typing import Final, LiteralString

from graph.adapters.columns import listed
from graph.model import Stamp

FIND: Final[LiteralString] = """
SELECT key, digest, version, is_retracted FROM stamp WHERE key IN (SELECT value FROM json_each(?))
"""
PUT: Final[LiteralString] = "INSERT OR REPLACE INTO stamp (key, digest, version, is_retracted) VALUES (?, ?, ?, ?)"


def find_stamps(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, Stamp]:
    """What is remembered of the records with these keys."""
    return {
        key: Stamp(key, digest, version, is_retracted=bool(is_retracted))
        for key, digest, version, is_retracted in connection.execute(FIND, (listed(keys),))
    }


def put_stamps(connection: sqlite3.Connection, stamps: Sequence[Stamp]) -> None:
    """Remember records."""
    connection.executemany(PUT, [(stamp.key, stamp.digest, stamp.version, stamp.is_retracted) for stamp in stamps])
