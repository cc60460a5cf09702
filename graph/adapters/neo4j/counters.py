"""The counters of the store: one for changes, one for the numbers of each kind; and the graves of what went.

A commit becomes visible piece by piece: the new value of a counter can be read before the index entries of the changes
it counts. Whoever took it for the head of the feed would miss those changes for ever. So a writer counts with Counter
nodes, and only when its commit is complete does a second, tiny transaction move the Head node, which readers ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, LiteralString, NamedTuple

from neo4j import ManagedTransaction

from graph.adapters.neo4j.connection import Connection
from graph.adapters.neo4j.rows import write
from graph.changes import Removal
from graph.errors import Unavailable

LOCK: Final[LiteralString] = """
MATCH (seq:Counter {name: 'seq'}) SET seq.is_locked = true
WITH seq MATCH (counter:Counter) RETURN counter.name, counter.value
"""
KEEP: Final[LiteralString] = """
UNWIND $rows AS row MATCH (counter:Counter {name: row[0]}) SET counter.value = row[1]
"""
BURY: Final[LiteralString] = """
UNWIND $rows AS row CREATE (:Tombstone {seq: row[0], kind: row[1], number: row[2]})
"""
HEAD: Final[LiteralString] = "MATCH (head:Head {name: 'settled'}) RETURN head.seq, head.directory"
SETTLE: Final[LiteralString] = """
MATCH (head:Head {name: 'settled'}) SET head.is_locked = true
WITH head WHERE head.seq < $seq SET head.seq = $seq, head.directory = $directory
"""

NOT_PREPARED: Final = "the store is not prepared: start the service once, it prepares its store"

Counter = Literal["seq", "person", "account", "community", "topic", "post", "interaction", "notice"]


class Head(NamedTuple):
    """The numbers of the last change, and of the last one to people, communities or their members."""

    seq: int
    directory: int


@dataclass(frozen=True, slots=True)
class Counters:
    """Gives numbers, inside a write: it holds the lock, so their order is the order of commits."""

    tx: ManagedTransaction
    values: dict[str, int]

    def take(self, counter: Counter, *, count: int) -> range:
        """The next numbers of that counter."""
        last = self.values[counter] = self.values[counter] + count
        return range(last - count + 1, last + 1)

    def next(self, counter: Counter) -> int:
        """The next number of that counter."""
        return self.take(counter, count=1)[0]

    def mark_directory(self, seq: int) -> None:
        """Remember the last change to people, communities or their members."""
        self.values["directory"] = seq

    def forget_readers(self) -> None:
        """Remember that whatever was read up to the last change is to be read anew."""
        self.values["forgotten"] = self.values["seq"]

    def bury(self, removals: Sequence[Removal]) -> None:
        """Number what goes, in that order, so that the feed tells of it."""
        seqs = self.take("seq", count=len(removals))
        write(self.tx, BURY, [(seq, *removal) for seq, removal in zip(seqs, removals, strict=True)])

    def keep(self) -> Head:
        """Write the counters down, at the end of the write, and tell how far it got."""
        write(self.tx, KEEP, list(self.values.items()))
        return Head(self.values["seq"], self.values["directory"])


def lock(tx: ManagedTransaction) -> Counters:
    """Wait until no other write is under way, and keep others out until this one has ended."""
    values = {row[0]: row[1] for row in tx.run(LOCK)}
    if not values:
        raise Unavailable(NOT_PREPARED)
    return Counters(tx, values)


def head(connection: Connection) -> Head:
    """How far readers can see."""
    rows = connection.rows(HEAD)
    if not rows:
        raise Unavailable(NOT_PREPARED)
    return Head(*rows[0])


def settle(tx: ManagedTransaction, reached: Head) -> None:
    """Let readers see so far, unless they see farther."""
    tx.run(SETTLE, reached._asdict()).consume()
