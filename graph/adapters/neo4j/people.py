"""People and the accounts that make them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import account_columns, day, moment
from graph.adapters.neo4j.connection import Readable
from graph.adapters.neo4j.counters import Counters
from graph.adapters.neo4j.moves import Moves
from graph.adapters.neo4j.rows import write
from graph.identity import API
from graph.model import Account, Known, Person, Ref, Viewer

VISIBLE: Final[LiteralString] = """
MATCH (person)-[:HAS_ACCOUNT]->(account:Account)
WHERE account.seen IS NOT NULL OR person.id = $viewer OR EXISTS {
  MATCH (person)-[:WROTE]->(post:Post) WHERE post.account = account.number AND post.community IN $communities }
WITH properties(person) AS columns, collect([account.source, account.key]) AS accounts
RETURN collect([columns, accounts])
"""
# Without the hints a planner that knows little of the graph looks at all accounts.
FIND: Final[LiteralString] = (
    "MATCH (person:Person) USING INDEX SEEK person:Person(id) WHERE person.id IN $ids WITH person" + VISIBLE
)
BY_NUMBERS: Final[LiteralString] = (
    "MATCH (person:Person) USING INDEX SEEK person:Person(number) WHERE person.number IN $numbers WITH person" + VISIBLE
)
NAMES: Final[LiteralString] = """
MATCH (account:Account) UNWIND [account.name, account.site] AS name
WITH DISTINCT name WHERE name IS NOT NULL RETURN name ORDER BY name
"""
KNOWS: Final[LiteralString] = """
MATCH (:Person {id: $person})-[knows:KNOWS]->(topic:Topic)
WHERE knows.community IN $communities
OPTIONAL MATCH (community:Community {number: knows.community})
RETURN topic.id, community.id, knows.count, knows.first, knows.last ORDER BY topic.id, coalesce(community.id, '')
"""

ACCOUNTS: Final[LiteralString] = """
MATCH (account)<-[:HAS_ACCOUNT]-(person:Person) RETURN properties(account), person.id ORDER BY account.number
"""
NAMED: Final[LiteralString] = (
    """
UNWIND $refs AS ref
MATCH (account:Account {source: ref[0], key: ref[1]})
USING INDEX SEEK account:Account(source, key)
WITH DISTINCT account
"""
    + ACCOUNTS
)
BY_EMAIL: Final[LiteralString] = "MATCH (account:Account) WHERE account.verified_email IN $emails" + ACCOUNTS

SHOWN: Final[LiteralString] = """
MATCH (person:Person) WHERE person.id IN $people
OPTIONAL MATCH (person)-[:HAS_ACCOUNT]->(account:Account) WHERE account.seen IS NOT NULL
WITH person, account ORDER BY account.name IS NULL, account.seen DESC
RETURN person.id, head(collect([account.source, account.key]))
"""
PUT: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (person:Person {id: row.person}) ON CREATE SET person.number = row.person_number
SET person.seq = row.seq
MERGE (account:Account {source: row.source, key: row.key}) ON CREATE SET account.number = row.number
SET account += row.columns
WITH person, account
OPTIONAL MATCH (account)<-[old:HAS_ACCOUNT]-(left:Person) WHERE left <> person
DELETE old
MERGE (person)-[:HAS_ACCOUNT]->(account)
"""
SHOW: Final[LiteralString] = """
UNWIND $rows AS id
MATCH (person:Person {id: id})
OPTIONAL MATCH (person)-[:HAS_ACCOUNT]->(account:Account)
WITH person, account ORDER BY account.name IS NULL, account.seen DESC
WITH person, count(account) AS accounts, [one IN collect(account) WHERE one.seen IS NOT NULL][0] AS shown
SET person.name = shown.name, person.department = shown.department, person.site = shown.site,
  person.level = shown.level, person.languages = shown.languages, person.away_until = shown.away_until,
  person.most_questions = shown.most_questions,
  person.is_active = coalesce(shown.is_active, true), person.is_bot = coalesce(shown.is_bot, false),
  person.is_expert = accounts > 0 AND coalesce(shown.is_active AND NOT shown.is_bot, true)
"""


@dataclass(frozen=True, slots=True)
class Neo4jPeople:
    connection: Readable

    def find(self, ids: Collection[str], *, viewer: Viewer) -> dict[str, Person]:
        rows = self.connection.collected(FIND, ids=list(ids), **_seen_by(viewer))
        return {person.id: person for person in map(_person, rows)}

    def by_numbers(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, Person]:
        rows = self.connection.collected(BY_NUMBERS, numbers=list(numbers), **_seen_by(viewer))
        return {person.number: person for person in map(_person, rows)}

    def names(self) -> list[str]:
        return [name for (name,) in self.connection.rows(NAMES)]

    def knows(self, person: str, *, viewer: Viewer) -> list[Known]:
        rows = self.connection.rows(KNOWS, person=person, communities=list(viewer.communities))
        return [
            Known(person, topic, community, count, moment(first), moment(last))
            for topic, community, count, first, last in rows
        ]


@dataclass(frozen=True, slots=True)
class Neo4jPeopleWrites:
    tx: ManagedTransaction
    counters: Counters

    def accounts(self, refs: Collection[Ref]) -> dict[Ref, Account]:
        return {account.ref: account for account in self._found(NAMED, refs=[tuple(ref) for ref in sorted(refs)])}

    def accounts_by_email(self, emails: Collection[str]) -> list[Account]:
        return self._found(BY_EMAIL, emails=sorted({email.lower() for email in emails}))

    def put(self, accounts: Sequence[Account]) -> None:
        there = self.accounts({account.ref for account in accounts})
        for independent in _runs(accounts, people={ref: account.person for ref, account in there.items()}):
            self._put_run(independent)

    def _found(self, query: LiteralString, **asked: Any) -> list[Account]:
        return [_account(columns, person) for columns, person in self.tx.run(query, asked)]

    def _put_run(self, accounts: Sequence[Account]) -> None:
        there = self.accounts([account.ref for account in accounts])
        shown = {person: Ref(*ref) for person, ref in self.tx.run(SHOWN, people=[one.person for one in accounts])}
        changed = [
            account
            for account in accounts
            if account != there.get(account.ref) or (account.is_recorded and shown[account.person] != account.ref)
        ]
        rows: list[dict[str, object]] = []
        for account in changed:
            before = there.get(account.ref)
            rows.append(self._row(account, is_new=before is None, is_new_person=account.person not in shown))
            if before and before.person != account.person:
                self._write(rows)
                rows.clear()
                Moves(self.tx, self.counters).move(account.ref, left=before.person, person=account.person)
                write(self.tx, SHOW, [before.person])
        self._write(rows)

    def _row(self, account: Account, *, is_new: bool, is_new_person: bool) -> dict[str, object]:
        seq = self.counters.next("seq")
        self.counters.mark_directory(seq)
        return {
            "person": account.person,
            "person_number": self.counters.next("person") if is_new_person else None,
            "seq": seq,
            "source": account.ref.source,
            "key": account.ref.id,
            "number": self.counters.next("account") if is_new else None,
            "columns": {
                **account_columns(account, seen=seq if account.is_recorded else None),
                "languages": account.languages,
            },
        }

    def _write(self, rows: Sequence[Mapping[str, object]]) -> None:
        write(self.tx, PUT, rows)
        write(self.tx, SHOW, [row["person"] for row in rows])


def _runs(accounts: Iterable[Account], *, people: dict[Ref, str]) -> Iterator[list[Account]]:
    """Runs of accounts that concern different people, so that what is there before a run holds for all of it."""
    run: list[Account] = []
    concerned: set[str] = set()
    for account in accounts:
        concerns = {account.person, people.get(account.ref, account.person)}
        if concerns & concerned:
            yield run
            run, concerned = [], set()
        run.append(account)
        concerned |= concerns
        people[account.ref] = account.person
    yield run


def _seen_by(viewer: Viewer) -> dict[str, object]:
    return {"viewer": viewer.person, "communities": list(viewer.communities)}


def _person(row: Sequence[Any]) -> Person:
    columns, accounts = row
    return Person(
        id=columns["id"],
        number=columns["number"],
        name=columns.get("name"),
        department=columns.get("department"),
        site=columns.get("site"),
        level=columns.get("level"),
        languages=tuple(columns.get("languages", ())),
        is_active=columns["is_active"],
        is_bot=columns["is_bot"],
        away_until=day(columns.get("away_until")),
        most_questions=columns.get("most_questions"),
        accounts=tuple(ref for ref in sorted(Ref(*ref) for ref in accounts) if ref.source != API),
    )


def _account(columns: Mapping[str, Any], person: str) -> Account:
    return Account(
        ref=Ref(columns["source"], columns["key"]),
        person=person,
        is_pinned=columns["is_pinned"],
        name=columns.get("name"),
        email=columns.get("email"),
        is_email_verified=columns["is_email_verified"],
        department=columns.get("department"),
        site=columns.get("site"),
        level=columns.get("level"),
        languages=tuple(columns["languages"]),
        is_active=columns["is_active"],
        is_bot=columns["is_bot"],
        away_until=day(columns.get("away_until")),
        most_questions=columns.get("most_questions"),
    )
