"""The counters of the store: one for changes, one for the numbers of each kind; and the graves of what went."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, LiteralString

from graph.changes import Removal

TAKE: Final[LiteralString] = "UPDATE sequence SET value = value + ? WHERE name = ? RETURNING value"
MARK: Final[LiteralString] = "UPDATE sequence SET value = ? WHERE name = 'directory'"
BURY: Final[LiteralString] = "INSERT INTO tombstone (seq, kind, number) VALUES (?, ?, ?)"

FORGET: Final[LiteralString] = """
UPDATE sequence SET value = (SELECT value FROM sequence WHERE name = 'seq') WHERE name = 'forgotten'
"""

Counter = Literal["seq", "person", "community", "topic", "post", "interaction"]


@dataclass(frozen=True, slots=True)
class Counters:
    """Gives numbers, inside a write: so their order is the order of commits."""

    connection: sqlite3.Connection

    def take(self, counter: Counter, *, count: int) -> range:
        """The next numbers of that counter."""
        ((last,),) = self.connection.execute(TAKE, (count, counter))
        return range(last - count + 1, last + 1)

    def next(self, counter: Counter) -> int:
        """The next number of that counter."""
        return self.take(counter, count=1)[0]

    def mark_directory(self, seq: int) -> None:
        """Remember the last change to people, communities or their members."""
        self.connection.execute(MARK, (seq,))

    def forget_readers(self) -> None:
        """Remember that whatever was read up to the last change is to be read anew."""
        self.connection.execute(FORGET)

    def bury(self, removals: Sequence[Removal]) -> None:
        """Number what goes, in that order, so that the feed tells of it."""
        seqs = self.take("seq", count=len(removals))
        self.connection.executemany(BURY, [(seq, *removal) for seq, removal in zip(seqs, removals, strict=True)])
