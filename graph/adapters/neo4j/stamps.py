"""What is remembered of every record, to tell an unchanged one."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.neo4j.rows import write
from graph.model import Stamp

FIND: Final[LiteralString] = "MATCH (stamp:Stamp) WHERE stamp.key IN $keys RETURN properties(stamp)"
PUT: Final[LiteralString] = "UNWIND $rows AS row MERGE (stamp:Stamp {key: row.key}) SET stamp = row"


def find_stamps(tx: ManagedTransaction, keys: Collection[str]) -> dict[str, Stamp]:
    """What is remembered of the records with these keys."""
    return {columns["key"]: Stamp(**columns) for (columns,) in tx.run(FIND, keys=list(keys))}


def put_stamps(tx: ManagedTransaction, stamps: Sequence[Stamp]) -> None:
    """Remember records."""
    write(tx, PUT, [asdict(stamp) for stamp in stamps])
