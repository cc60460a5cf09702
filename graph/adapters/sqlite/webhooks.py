"""Receivers of webhooks, and the notices that wait for them."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.adapters.columns import listed, micros, notice_of, receiver_columns, receiver_of
from graph.adapters.sqlite import questions
from graph.adapters.sqlite.connection import Readable
from graph.model import Question
from graph.webhooks import Notice, Receiver

RECEIVERS: Final[LiteralString] = """
SELECT receiver.*, (SELECT count(*) FROM notice WHERE notice.receiver = receiver.id) AS waiting FROM receiver
ORDER BY created_at, id
"""
NEXT: Final[LiteralString] = """
SELECT id, receiver, type, at, about, tell FROM notice WHERE receiver = ? ORDER BY number LIMIT 1
"""
PUT_RECEIVER: Final[LiteralString] = """
INSERT INTO receiver (id, url, events, secret, created_at, sent, failed, failures, failing_since, sent_at, failed_at,
  reason, retry_at, disabled_at, dropped)
VALUES (:id, :url, :events, :secret, :created_at, :sent, :failed, :failures, :failing_since, :sent_at, :failed_at,
  :reason, :retry_at, :disabled_at, :dropped)
ON CONFLICT (id) DO UPDATE SET
  url = excluded.url, events = excluded.events, secret = excluded.secret, created_at = excluded.created_at,
  sent = excluded.sent, failed = excluded.failed, failures = excluded.failures, failing_since = excluded.failing_since,
  sent_at = excluded.sent_at, failed_at = excluded.failed_at, reason = excluded.reason, retry_at = excluded.retry_at,
  disabled_at = excluded.disabled_at, dropped = excluded.dropped
"""
REMOVE_RECEIVER: Final[LiteralString] = "DELETE FROM receiver WHERE id = ?"
PUT: Final[LiteralString] = "INSERT INTO notice (id, receiver, type, at, about, tell) VALUES (?, ?, ?, ?, ?, ?)"
REMOVE: Final[LiteralString] = "DELETE FROM notice WHERE id = ?"


@dataclass(frozen=True, slots=True)
class SqliteWebhooks:
    connections: Readable

    def receivers(self) -> list[Receiver]:
        with self.connections.read() as connection:
            rows = connection.execute(RECEIVERS)
            names = [name for name, *_ in rows.description]
            return [receiver_of(dict(zip(names, row, strict=True))) for row in rows]

    def next(self, receiver: str) -> Notice | None:
        with self.connections.read() as connection:
            return next(map(notice_of, connection.execute(NEXT, (receiver,)).fetchall()), None)


@dataclass(frozen=True, slots=True)
class SqliteWebhookWrites:
    connection: sqlite3.Connection

    def questions_whoever_sees(self, keys: Collection[str]) -> dict[str, Question]:
        return questions.called(self.connection, keys)

    def put_receiver(self, receiver: Receiver) -> None:
        self.connection.execute(PUT_RECEIVER, receiver_columns(receiver))

    def remove_receiver(self, receiver: str) -> None:
        self.connection.execute(REMOVE_RECEIVER, (receiver,))

    def put(self, notices: Sequence[Notice]) -> None:
        rows = [(one.id, one.receiver, one.type, micros(one.at), one.about, listed(one.tell)) for one in notices]
        self.connection.executemany(PUT, rows)

    def remove(self, notice: str) -> None:
        self.connection.execute(REMOVE, (notice,))
