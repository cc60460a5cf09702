"""Connections to the database file: many readers, one short write at a time, sqlite3's errors in the house's words."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Final, Literal, LiteralString, Protocol

from graph.errors import Conflict, Unavailable

Synchronous = Literal["NORMAL", "FULL"]

PATIENCE_SECONDS: Final = 30.0  # how long a writer waits for another process
PAUSE_SECONDS: Final = 0.01

WRITE_AHEAD: Final[LiteralString] = "PRAGMA journal_mode = WAL"
NORMAL: Final[LiteralString] = "PRAGMA synchronous = NORMAL"  # a power cut may lose the last commits, a crash none
FULL: Final[LiteralString] = "PRAGMA synchronous = FULL"
SETTINGS: Final[tuple[LiteralString, ...]] = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16000",  # KiB: an index of a million keys is written at random
    "PRAGMA wal_autocheckpoint = 16000",  # pages: checkpoints are what makes a commit wait
)


class Readable(Protocol):
    """Lends a connection to read with."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...


class Written:
    """Lends the connection of a write that is under way, to read what that has written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """The connection, that goes on writing afterwards."""
        yield self._connection


class Connections:
    """Lends connections to any number of readers at once and to one writer, and keeps them for the next."""

    def __init__(self, path: Path, *, synchronous: Synchronous) -> None:
        self._path = path
        self._settings = (*SETTINGS, FULL if synchronous == "FULL" else NORMAL)
        self._guard = Lock()
        self._writing = Lock()  # between threads; between processes the database waits
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the database until it is given back; it waits for nobody."""
        with self._errors(), self._lent() as connection, connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection alone in writing; what it did is kept unless an error comes out of it."""
        with self._errors(), self._writing, self._lent() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def close(self) -> None:
        """Close what is idle now, and the rest when it is given back."""
        with self._guard:
            self._is_closed = True
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._guard:
            if self._is_closed:
                raise Unavailable("the store is closed")
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._open()
        try:
            yield connection
        finally:
            with self._guard:
                if self._is_closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _write_ahead(connection)
            for setting in self._settings:
                connection.execute(setting)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise Conflict(str(error)) from error
        except sqlite3.Error as error:
            raise Unavailable(
                f"{self._path}: {error}; see that it is on a local disk, writable, and not full"
            ) from error


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch a new file to WAL; alone among statements this one does not wait when another process does the same."""
    deadline = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.execute(WRITE_AHEAD)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(PAUSE_SECONDS)
