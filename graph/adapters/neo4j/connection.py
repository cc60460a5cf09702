"""Sessions with the server: managed transactions, and the driver's errors in the house's words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, LiteralString, Protocol, TypeVar
from urllib.parse import urlsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Record,
    Session,
)
from neo4j.exceptions import AuthError, ConstraintError, DriverError, Neo4jError

from graph.errors import Conflict, Unavailable

T = TypeVar("T")

PATIENCE_SECONDS: Final = 5.0  # how long a transaction is tried again after errors that may pass
ROWS_AT_ONCE: Final = 10_000

WHERE: Final = "see that Neo4j runs there, that QUISAIT_STORE names it, and its log"
WHO: Final = "see QUISAIT_NEO4J_USER and QUISAIT_NEO4J_PASSWORD_FILE"


class Readable(Protocol):
    """Answers queries."""

    def rows(self, query: LiteralString, **parameters: Any) -> list[Record]:
        """The rows of one query."""
        ...

    def collected(self, query: LiteralString, **parameters: Any) -> list[Any]:
        """The list that a query collects its rows into: they come twice as fast as row by row."""
        ((found,),) = self.rows(query, **parameters)
        return found


class Written(Readable):
    """Answers queries inside a write that is under way, from what that has written."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx

    def rows(self, query: LiteralString, **parameters: Any) -> list[Record]:
        """The rows of one query."""
        return list(self._tx.run(query, parameters))


class Connection(Readable):
    """One driver for the process, and a session of its own for every task, each of which sees the earlier ones."""

    def __init__(self, address: str, *, user: str | None, password: str | None) -> None:
        parts = urlsplit(address)
        self._address = parts._replace(path="").geturl()
        self._database = parts.path.strip("/") or None
        self._bookmarks = GraphDatabase.bookmark_manager()
        with self._errors():
            self._driver = GraphDatabase.driver(
                self._address,
                auth=(user, password or "") if user else None,
                max_transaction_retry_time=PATIENCE_SECONDS,
                notifications_min_severity=NotificationMinimumSeverity.OFF,  # a young graph lacks labels asked for
            )

    def read(self, work: Callable[[ManagedTransaction], T]) -> T:
        """What the work returns, from any server of a cluster; it may run twice."""
        with self._errors(), self._session(READ_ACCESS) as session:
            return session.execute_read(work)

    def rows(self, query: LiteralString, **parameters: Any) -> list[Record]:
        """The rows of one query, in one exchange; where that fails for now, in a managed transaction."""
        with self._errors():
            try:
                with self._session(READ_ACCESS) as session:
                    return list(session.run(query, parameters))
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable():
                    raise
        return self.read(lambda tx: list(tx.run(query, parameters)))

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """What the work returns, once what it did is kept; it may run twice."""
        with self._errors(), self._session(WRITE_ACCESS) as session:
            return session.execute_write(work)

    def close(self) -> None:
        """Close all connections to the server."""
        self._driver.close()

    def _session(self, mode: str) -> Session:
        return self._driver.session(
            database=self._database,
            default_access_mode=mode,
            bookmark_manager=self._bookmarks,
            fetch_size=ROWS_AT_ONCE,
        )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except ConstraintError as error:
            raise Conflict(str(error)) from error
        except AuthError as error:
            raise Unavailable(f"{self._address}: {error}; {WHO}") from error
        except (DriverError, Neo4jError) as error:
            raise Unavailable(f"{self._address}: {error}; {WHERE}") from error
