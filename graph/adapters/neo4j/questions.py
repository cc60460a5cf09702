"""Questions as their people may read them, and how many each person was asked and asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import exchanges, micros
from graph.adapters.neo4j.connection import Readable
from graph.adapters.neo4j.events import event_of
from graph.model import Exchange, Question, QuestionRole, Viewer

ROLES: Final[dict[QuestionRole, str]] = {"asker": "ASKED", "asked": "TO", "redirected": "REDIRECTED_TO"}

PEOPLE: Final[LiteralString] = """
MATCH (question)<-[:ASKED]-(:Account)<-[:HAS_ACCOUNT]-(asker:Person)
MATCH (question)-[:TO]->(:Account)<-[:HAS_ACCOUNT]-(asked:Person)
OPTIONAL MATCH (question)-[:REDIRECTED_TO]->(:Account)<-[:HAS_ACCOUNT]-(other:Person)
OPTIONAL MATCH (question)-[:WANTS]->(:Account)<-[:HAS_ACCOUNT]-(wanted:Person)
RETURN properties(question), asker.id, asked.id, other.id, wanted.id
"""
FIND: Final[LiteralString] = (
    """
MATCH (:Person {id: $viewer})-[:HAS_ACCOUNT]->(:Account)-[role:ASKED|TO|REDIRECTED_TO]-(question:Question)
WHERE (question.introduce_to IS NOT NULL) = $introductions
  AND ($role IS NULL OR type(role) = $role)
  AND ($key IS NULL OR question.key = $key)
  AND ($is_open IS NULL OR (question.outcome IS NULL) = $is_open)
  AND (size($people) = 0 OR EXISTS {
    MATCH (question)-[:ASKED|TO|REDIRECTED_TO|WANTS]-(:Account)<-[:HAS_ACCOUNT]-(person:Person)
    WHERE person.id IN $people
  })
  AND ($at IS NULL OR question.at < $at OR (question.at = $at AND question.key < $before))
WITH DISTINCT question ORDER BY question.at DESC, question.key DESC LIMIT $limit
"""
    + PEOPLE
    + "ORDER BY question.at DESC, question.key DESC"
)
CALLED: Final[LiteralString] = (
    """
UNWIND $keys AS key
MATCH (question:Event:Question {key: key}) USING INDEX SEEK question:Event(key)
"""
    + PEOPLE
)
EXCHANGES: Final[LiteralString] = """
MATCH (person:Person)-[:HAS_ACCOUNT]->(:Account)<-[:TO]-(question:Question) WHERE person.number IN $people
  AND (question.introduce_to IS NULL OR (question.redirected_to IS NULL AND question.at > $expired))
RETURN person.number AS person, 'given' AS side,
  CASE WHEN question.introduce_to IS NULL THEN question.outcome END AS outcome, count(*) AS asked,
  sum(CASE WHEN question.at >= $since THEN 1 ELSE 0 END) AS recent
UNION ALL
MATCH (person:Person)-[:HAS_ACCOUNT]->(:Account)-[:ASKED]->(question:Question) WHERE person.number IN $people
  AND question.introduce_to IS NULL
RETURN person.number AS person, 'received' AS side, question.outcome AS outcome, count(*) AS asked, 0 AS recent
"""


@dataclass(frozen=True, slots=True)
class Neo4jQuestions:
    connection: Readable

    def find(
        self,
        *,
        key: str | None = None,
        role: QuestionRole | None = None,
        is_open: bool | None = None,
        introductions: bool = False,
        people: Collection[str] = (),
        before: tuple[datetime, str] | None = None,
        limit: int,
        viewer: Viewer,
    ) -> list[Question]:
        at, after = before or (None, "")
        rows = self.connection.rows(
            FIND,
            viewer=viewer.person,
            key=key,
            role=role and ROLES[role],
            is_open=is_open,
            introductions=introductions,
            people=list(people),
            at=micros(at),
            before=after,
            limit=limit,
        )
        return [Question(event_of(columns), *people) for columns, *people in rows]

    def exchanges(self, people: Collection[int], *, since: datetime, expired: datetime) -> dict[int, Exchange]:
        times = {"since": micros(since), "expired": micros(expired)}
        return exchanges(self.connection.rows(EXCHANGES, people=list(people), **times))


def called(tx: ManagedTransaction, keys: Collection[str]) -> dict[str, Question]:
    """The questions whose events have these keys, whoever may see them."""
    return {row[0]["key"]: Question(event_of(row[0]), *row[1:]) for row in tx.run(CALLED, keys=list(keys))}
