"""Questions as their people may read them, and how many each person was asked and asked."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from graph.adapters.columns import exchanges, listed, micros
from graph.adapters.sqlite import events
from graph.adapters.sqlite.connection import Readable
from graph.model import Exchange, Question, QuestionRole, Viewer

OF_VIEWER: Final[LiteralString] = """
WITH own (account) AS (
  SELECT account.number FROM person JOIN account ON account.person = person.number WHERE person.id = :viewer
), theirs (event) AS (
  SELECT event FROM question WHERE asker IN own AND coalesce(:role, 'asker') = 'asker'
  UNION SELECT event FROM question WHERE asked IN own AND coalesce(:role, 'asked') = 'asked'
  UNION SELECT event FROM question WHERE redirected_to IN own AND coalesce(:role, 'redirected') = 'redirected'
), named (person) AS (SELECT number FROM person WHERE id IN (SELECT value FROM json_each(:people)))
"""
GIVEN: Final[LiteralString] = "WITH theirs (event) AS (SELECT value FROM json_each(?))"
OF_THEIRS: Final[LiteralString] = """
SELECT question.event, (SELECT id FROM person WHERE number = asker.person),
  (SELECT id FROM person WHERE number = asked.person), (SELECT id FROM person WHERE number = other.person),
  (SELECT id FROM person WHERE number = wanted.person)
FROM theirs
JOIN question ON question.event = theirs.event
JOIN account AS asker ON asker.number = question.asker
JOIN account AS asked ON asked.number = question.asked
LEFT JOIN account AS other ON other.number = question.redirected_to
LEFT JOIN account AS wanted ON wanted.number = question.introduce_to
"""
FIND: Final[LiteralString] = (
    OF_VIEWER
    + OF_THEIRS
    + """
WHERE (question.introduce_to IS NOT NULL) = :introductions
  AND (:key IS NULL OR question.event = :key)
  AND (:is_open IS NULL OR (question.outcome IS NULL) = :is_open)
  AND (:people = '[]' OR asker.person IN named OR asked.person IN named
    OR other.person IN named OR wanted.person IN named)
  AND (:at IS NULL OR (question.at, question.event) < (:at, :before))
ORDER BY question.at DESC, question.event DESC LIMIT :limit
"""
)
CALLED: Final[LiteralString] = GIVEN + OF_THEIRS
EXCHANGES: Final[LiteralString] = """
SELECT account.person, 'given', iif(question.introduce_to IS NULL, question.outcome, NULL) AS outcome, count(*),
  sum(question.at >= :since)
FROM account JOIN question ON question.asked = account.number
WHERE account.person IN (SELECT value FROM json_each(:people))
  AND (question.introduce_to IS NULL OR (question.redirected_to IS NULL AND question.at > :expired))
GROUP BY account.person, 3
UNION ALL
SELECT account.person, 'received', question.outcome, count(*), 0
FROM account JOIN question ON question.asker = account.number
WHERE account.person IN (SELECT value FROM json_each(:people)) AND question.introduce_to IS NULL
GROUP BY account.person, question.outcome
"""


@dataclass(frozen=True, slots=True)
class SqliteQuestions:
    connections: Readable

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
        wanted = {"viewer": viewer.person, "key": key, "role": role, "is_open": is_open, "limit": limit}
        place = {"introductions": introductions, "people": listed(people), "at": micros(at), "before": after}
        with self.connections.read() as connection:
            rows = connection.execute(FIND, wanted | place).fetchall()
            found = events.find(connection, [row[0] for row in rows])
            return [Question(found[event], *people) for event, *people in rows]

    def exchanges(self, people: Collection[int], *, since: datetime, expired: datetime) -> dict[int, Exchange]:
        wanted = {"people": listed(people), "since": micros(since), "expired": micros(expired)}
        with self.connections.read() as connection:
            return exchanges(connection.execute(EXCHANGES, wanted))


def called(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, Question]:
    """The questions whose events have these keys, whoever may see them."""
    rows = connection.execute(CALLED, (listed(keys),)).fetchall()
    found = events.find(connection, [row[0] for row in rows])
    return {event: Question(found[event], *people) for event, *people in rows}
