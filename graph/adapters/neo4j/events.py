"""Events as their records said them; a question among them has ways to the accounts of its people:

(:Account)-[:ASKED]->(:Event:Question)-[:TO]->(:Account)    (:Question)-[:REDIRECTED_TO]->(:Account)
(:Question)-[:WANTS]->(:Account)    to whom the asker wants to be introduced: what they may not see
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import listed, micros, moment, refs, texts
from graph.adapters.neo4j.rows import link, write
from graph.model import Asking, Event, Ref

ABOUT: Final[LiteralString] = """
MATCH (event:Event) WHERE event.post IN $posts OR event.question IN $posts
RETURN properties(event) ORDER BY event.key
"""
PUT: Final[LiteralString] = "UNWIND $rows AS row MERGE (event:Event {key: row.key}) SET event = row"
CALL_QUESTIONS: Final[LiteralString] = """
UNWIND $rows AS key
MATCH (event:Event {key: key}) SET event:Question
WITH event MATCH (event)-[old:ASKED|TO|REDIRECTED_TO|WANTS]-() DELETE old
"""
LINK: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (question:Event {key: row.key})
MATCH (account:Account {source: row.account[0], key: row.account[1]})
USING INDEX SEEK account:Account(source, key)
FOREACH (_ IN CASE row.role WHEN 'asker' THEN [1] ELSE [] END | CREATE (account)-[:ASKED]->(question))
FOREACH (_ IN CASE row.role WHEN 'asked' THEN [1] ELSE [] END | CREATE (question)-[:TO]->(account))
FOREACH (_ IN CASE row.role WHEN 'redirected' THEN [1] ELSE [] END | CREATE (question)-[:REDIRECTED_TO]->(account))
FOREACH (_ IN CASE row.role WHEN 'wanted' THEN [1] ELSE [] END | CREATE (question)-[:WANTS]->(account))
"""
REMOVE: Final[LiteralString] = "UNWIND $rows AS key MATCH (event:Event {key: key}) DETACH DELETE event"


def about(tx: ManagedTransaction, posts: Collection[str]) -> list[Event]:
    """The events whose post or question is one of these, by key."""
    return [event_of(columns) for (columns,) in tx.run(ABOUT, posts=list(posts))]


def put(tx: ManagedTransaction, events: Sequence[Event]) -> None:
    """Add or replace events by their key."""
    by_key = {event.key: event for event in events}
    write(tx, PUT, [_columns(event) | _asking_columns(event.asking) for event in by_key.values()])
    questions = [event for event in by_key.values() if event.asking]
    write(tx, CALL_QUESTIONS, [event.key for event in questions])
    link(tx, LINK, [row for event in questions for row in _links(event)])


def remove(tx: ManagedTransaction, keys: Collection[str]) -> None:
    """Take events away."""
    write(tx, REMOVE, list(keys))


def event_of(columns: Mapping[str, Any]) -> Event:
    """The event that has these properties."""
    return Event(
        key=columns["key"],
        type=columns["type"],
        at=moment(columns["at"]),
        actor=_ref(columns.get("actor")),
        target=_ref(columns.get("target")),
        people=refs(columns["people"]),
        post=columns.get("post"),
        question=columns.get("question"),
        community=columns.get("community"),
        channel=columns["channel"],
        minutes=columns.get("minutes"),
        asking=_asking(Ref(*json.loads(columns["ref"])), columns) if "ref" in columns else None,
    )


def _asking(ref: Ref, columns: Mapping[str, Any]) -> Asking:
    return Asking(
        ref=ref,
        text=columns.get("text"),
        topics=texts(columns["topics"]),
        outcome=columns.get("outcome"),
        redirected_to=_ref(columns.get("redirected_to")),
        closed_at=moment(columns.get("closed_at")),
        closed_by=columns.get("closed_by"),
        introduce_to=_ref(columns.get("introduce_to")),
        closed_with=columns.get("closed_with"),
    )


def _ref(column: str | None) -> Ref | None:
    return Ref(*json.loads(column)) if column else None


def _links(event: Event) -> Iterator[dict[str, object]]:
    asking = event.asking
    other, wanted = (asking.redirected_to, asking.introduce_to) if asking else (None, None)
    people = {"asker": event.actor, "asked": event.target, "redirected": other, "wanted": wanted}
    for role, account in people.items():
        if account:
            yield {"key": event.key, "role": role, "account": tuple(account)}


def _columns(event: Event) -> dict[str, object]:
    return {
        "key": event.key,
        "type": event.type,
        "at": micros(event.at),
        "actor": event.actor and listed(event.actor),
        "target": event.target and listed(event.target),
        "people": listed(event.people),
        "post": event.post,
        "question": event.question,
        "community": event.community,
        "channel": event.channel,
        "minutes": event.minutes,
    }


def _asking_columns(asking: Asking | None) -> dict[str, object]:
    if asking is None:
        return {}
    return {
        "ref": listed(asking.ref),
        "text": asking.text,
        "topics": listed(asking.topics),
        "outcome": asking.outcome,
        "redirected_to": asking.redirected_to and listed(asking.redirected_to),
        "closed_at": micros(asking.closed_at),
        "closed_by": asking.closed_by,
        "introduce_to": asking.introduce_to and listed(asking.introduce_to),
        "closed_with": asking.closed_with,
    }
