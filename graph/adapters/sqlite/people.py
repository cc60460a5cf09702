"""People and the accounts that make them."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, LiteralString

from graph.adapters.columns import account_columns, day, listed, moment, refs, texts
from graph.adapters.sqlite.connection import Readable
from graph.adapters.sqlite.counters import Counters
from graph.identity import API
from graph.model import Account, Known, Person, Ref, Viewer

CALLED: Final[LiteralString] = "SELECT number FROM person WHERE id IN (SELECT value FROM json_each(?))"
VISIBLE: Final[LiteralString] = """
SELECT person.id, person.number, shown.name, shown.department, shown.site, shown.level, coalesce(shown.languages, '[]'),
  coalesce(shown.is_active, 1), coalesce(shown.is_bot, 0), shown.away_until, shown.most_questions, (
    SELECT json_group_array(json_array(account.source, account.key)) FROM account
    WHERE account.person = person.number AND (account.seen IS NOT NULL OR person.id = :viewer OR EXISTS (
      SELECT 1 FROM post
      WHERE post.author = account.number AND post.community IN (SELECT value FROM json_each(:communities)))))
FROM person LEFT JOIN account AS shown ON shown.number = (
  SELECT number FROM account WHERE person = person.number AND seen IS NOT NULL ORDER BY name IS NULL, seen DESC LIMIT 1)
WHERE person.number IN (SELECT value FROM json_each(:people))
"""
NAMES: Final[LiteralString] = """
SELECT name FROM account WHERE name IS NOT NULL UNION SELECT site FROM account WHERE site IS NOT NULL ORDER BY name
"""
KNOWS: Final[LiteralString] = """
SELECT topic.id, community.id, known.count, known.first, known.last
FROM knows AS known
JOIN topic ON topic.number = known.topic
LEFT JOIN community ON community.number = known.community
WHERE known.person = :number
  AND known.community IN (SELECT value FROM json_each(:communities))
ORDER BY topic.id, community.id
"""

ACCOUNTS: Final[LiteralString] = """
SELECT account.source, account.key, person.id, is_pinned, name, email, is_email_verified, department, site, level,
  languages, is_active, is_bot, away_until, most_questions
FROM account JOIN person ON person.number = account.person
WHERE account.number IN (SELECT value FROM json_each(?)) ORDER BY account.number
"""
NAMED: Final[LiteralString] = """
SELECT account.number FROM json_each(?) AS named CROSS JOIN account
ON account.source = json_extract(named.value, '$[0]') AND account.key = json_extract(named.value, '$[1]')
"""
OF_PERSON: Final[LiteralString] = "SELECT number FROM account WHERE person = (SELECT number FROM person WHERE id = ?)"
BY_EMAIL: Final[LiteralString] = "SELECT number FROM account WHERE verified_email IN (SELECT value FROM json_each(?))"

SHOWN: Final[LiteralString] = """
SELECT source, key FROM account
WHERE person = (SELECT number FROM person WHERE id = ?) AND seen IS NOT NULL ORDER BY name IS NULL, seen DESC LIMIT 1
"""
TOUCH: Final[LiteralString] = "UPDATE person SET seq = ? WHERE id = ?"
ADD: Final[LiteralString] = "INSERT INTO person (number, id, seq) VALUES (?, ?, ?)"
PUT: Final[LiteralString] = """
INSERT INTO account (source, key, person, is_pinned, name, email, is_email_verified, department, site, level, languages,
  is_active, is_bot, away_until, most_questions, verified_email, seen)
VALUES (:source, :key, (SELECT number FROM person WHERE id = :person), :is_pinned, :name, :email, :is_email_verified,
  :department, :site, :level, :languages, :is_active, :is_bot, :away_until, :most_questions, :verified_email,
  :seen)
ON CONFLICT (source, key) DO UPDATE SET
  person = excluded.person, is_pinned = excluded.is_pinned, name = excluded.name, email = excluded.email,
  is_email_verified = excluded.is_email_verified, department = excluded.department, site = excluded.site,
  level = excluded.level, languages = excluded.languages, is_active = excluded.is_active, is_bot = excluded.is_bot,
  away_until = excluded.away_until, most_questions = excluded.most_questions,
  verified_email = excluded.verified_email, seen = excluded.seen
RETURNING number
"""
WRITTEN_BY: Final[LiteralString] = "SELECT number FROM post WHERE author = ? ORDER BY number"
MOVE_POST: Final[LiteralString] = "UPDATE post SET seq = ? WHERE number = ?"
INTERACTIONS_OF: Final[LiteralString] = """
SELECT number FROM interaction WHERE source = ?1 UNION SELECT number FROM interaction WHERE target = ?1 ORDER BY number
"""
MOVE_INTERACTION: Final[LiteralString] = "UPDATE interaction SET seq = ? WHERE number = ?"


@dataclass(frozen=True, slots=True)
class SqlitePeople:
    connections: Readable

    def find(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, Person]:
        with self.connections.read() as connection:
            numbers = [number for (number,) in connection.execute(CALLED, (listed(ids),))]
            return {person.id: person for person in _visible(connection, numbers, viewer)}

    def by_numbers(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, Person]:
        with self.connections.read() as connection:
            return {person.number: person for person in _visible(connection, numbers, viewer)}

    def names(self) -> list[str]:
        with self.connections.read() as connection:
            return [name for (name,) in connection.execute(NAMES)]

    def knows(self, person: str, *, viewer: Viewer) -> list[Known]:
        with self.connections.read() as connection:
            return [
                Known(person, topic, community, count, moment(first), moment(last))
                for (number,) in connection.execute(CALLED, (listed([person]),)).fetchall()
                for topic, community, count, first, last in connection.execute(
                    KNOWS, {"number": number, "communities": listed(viewer.communities)}
                )
            ]


@dataclass(frozen=True, slots=True)
class SqlitePeopleWrites:
    connection: sqlite3.Connection
    counters: Counters

    def accounts(self, refs: Collection[Ref]) -> dict[Ref, Account]:
        return {account.ref: account for account in self._found(NAMED, listed(refs))}

    def accounts_by_email(self, emails: Collection[str]) -> list[Account]:
        return self._found(BY_EMAIL, listed(email.lower() for email in emails))

    def put(self, accounts: Sequence[Account]) -> None:
        for account in accounts:
            before = self.accounts([account.ref]).get(account.ref)
            if account != before or (account.is_recorded and not self._is_shown(account)):
                self._put(account, before=before)

    def _found(self, query: LiteralString, asked: str) -> list[Account]:
        numbers = [number for (number,) in self.connection.execute(query, (asked,))]
        return [_account(row) for row in self.connection.execute(ACCOUNTS, (listed(numbers),))]

    def _is_shown(self, account: Account) -> bool:
        return self.connection.execute(SHOWN, (account.person,)).fetchall() == [account.ref]

    def _put(self, account: Account, *, before: Account | None) -> None:
        seq = self.counters.next("seq")
        if not self.connection.execute(TOUCH, (seq, account.person)).rowcount:
            self.connection.execute(ADD, (self.counters.next("person"), account.person, seq))
        ((number,),) = self.connection.execute(PUT, _columns(account, seen=seq if account.is_recorded else None))
        self.counters.mark_directory(seq)
        if before and before.person != account.person:
            self._move(number, left=before.person)

    def _move(self, account: int, *, left: str) -> None:
        if self._found(OF_PERSON, left):
            seq = self.counters.next("seq")
            self.connection.execute(TOUCH, (seq, left))
            self.counters.mark_directory(seq)
        self._renumber(self.connection.execute(WRITTEN_BY, (account,)).fetchall(), MOVE_POST)
        self._renumber(self.connection.execute(INTERACTIONS_OF, (account,)).fetchall(), MOVE_INTERACTION)

    def _renumber(self, rows: list[tuple[int]], query: LiteralString) -> None:
        seqs = self.counters.take("seq", count=len(rows))
        self.connection.executemany(query, [(seq, number) for seq, (number,) in zip(seqs, rows, strict=True)])


_listed_again = lru_cache(maxsize=64)(listed)  # of hundreds of communities it takes as long as half the query


def _visible(connection: sqlite3.Connection, numbers: Iterable[int], viewer: Viewer) -> Iterator[Person]:
    asked = {"people": listed(numbers), "viewer": viewer.person, "communities": _listed_again(viewer.communities)}
    for row in connection.execute(VISIBLE, asked):
        public_id, number, name, department, site, level, languages, is_active, is_bot, *rest = row
        away_until, most_questions, accounts = rest
        if visible := sorted(refs(accounts)):
            yield Person(
                id=public_id,
                number=number,
                name=name,
                department=department,
                site=site,
                level=level,
                languages=texts(languages),
                is_active=bool(is_active),
                is_bot=bool(is_bot),
                away_until=day(away_until),
                most_questions=most_questions,
                accounts=tuple(ref for ref in visible if ref.source != API),
            )


def _account(row: tuple[Any, ...]) -> Account:
    source, key, person, is_pinned, name, email, is_verified, department, site, level, *rest = row
    languages, is_active, is_bot, away_until, most_questions = rest
    return Account(
        ref=Ref(source, key),
        person=person,
        is_pinned=bool(is_pinned),
        name=name,
        email=email,
        is_email_verified=bool(is_verified),
        department=department,
        site=site,
        level=level,
        languages=texts(languages),
        is_active=bool(is_active),
        is_bot=bool(is_bot),
        away_until=day(away_until),
        most_questions=most_questions,
    )


def _columns(account: Account, *, seen: int | None) -> dict[str, object]:
    return {
        **account_columns(account, seen=seen),
        "source": account.ref.source,
        "key": account.ref.id,
        "person": account.person,
        "languages": listed(account.languages),
    }
