"""Receivers of webhooks, and the notices that wait for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import listed, micros, notice_of, receiver_columns, receiver_of
from graph.adapters.neo4j import questions
from graph.adapters.neo4j.connection import Readable
from graph.adapters.neo4j.counters import Counters
from graph.adapters.neo4j.rows import link, write
from graph.model import Question
from graph.webhooks import Notice, Receiver

RECEIVERS: Final[LiteralString] = """
MATCH (receiver:Receiver)
RETURN properties(receiver), COUNT { (receiver)<-[:WAITS_FOR]-() } ORDER BY receiver.created_at, receiver.id
"""
NEXT: Final[LiteralString] = """
MATCH (notice:Notice)-[:WAITS_FOR]->(receiver:Receiver {id: $receiver})
RETURN notice.id, receiver.id, notice.type, notice.at, notice.about, notice.tell ORDER BY notice.number LIMIT 1
"""
PUT_RECEIVER: Final[LiteralString] = "UNWIND $rows AS row MERGE (receiver:Receiver {id: row.id}) SET receiver = row"
REMOVE_RECEIVER: Final[LiteralString] = """
UNWIND $rows AS id MATCH (receiver:Receiver {id: id})
OPTIONAL MATCH (notice:Notice)-[:WAITS_FOR]->(receiver) DETACH DELETE notice, receiver
"""
PUT: Final[LiteralString] = """
UNWIND $rows AS row MATCH (receiver:Receiver {id: row.receiver})
CREATE (notice:Notice {id: row.id, number: row.number, type: row.type, at: row.at, about: row.about, tell: row.tell})
CREATE (notice)-[:WAITS_FOR]->(receiver)
"""
REMOVE: Final[LiteralString] = "UNWIND $rows AS id MATCH (notice:Notice {id: id}) DETACH DELETE notice"


@dataclass(frozen=True, slots=True)
class Neo4jWebhooks:
    connection: Readable

    def receivers(self) -> list[Receiver]:
        rows = self.connection.rows(RECEIVERS)
        return [receiver_of({**columns, "waiting": waiting}) for columns, waiting in rows]

    def next(self, receiver: str) -> Notice | None:
        return next(map(notice_of, self.connection.rows(NEXT, receiver=receiver)), None)


@dataclass(frozen=True, slots=True)
class Neo4jWebhookWrites:
    tx: ManagedTransaction
    counters: Counters

    def questions_whoever_sees(self, keys: Collection[str]) -> dict[str, Question]:
        return questions.called(self.tx, keys)

    def put_receiver(self, receiver: Receiver) -> None:
        write(self.tx, PUT_RECEIVER, [receiver_columns(receiver)])

    def remove_receiver(self, receiver: str) -> None:
        write(self.tx, REMOVE_RECEIVER, [receiver])

    def put(self, notices: Sequence[Notice]) -> None:
        numbers = self.counters.take("notice", count=len(notices))
        rows = [_columns(notice) | {"number": number} for number, notice in zip(numbers, notices, strict=True)]
        link(self.tx, PUT, rows)

    def remove(self, notice: str) -> None:
        write(self.tx, REMOVE, [notice])


def _columns(notice: Notice) -> dict[str, object]:
    return {
        "id": notice.id,
        "receiver": notice.receiver,
        "type": notice.type,
        "at": micros(notice.at),
        "about": notice.about,
        "tell": listed(notice.tell),
    }
