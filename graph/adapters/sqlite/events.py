"""Events as their records said them, questions among them."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import Any, Final, LiteralString

from graph.adapters.columns import listed, micros, moment, refs, texts
from graph.model import Asking, Event, Ref

ABOUT: Final[LiteralString] = """
SELECT * FROM said WHERE post IN (SELECT value FROM json_each(?1)) OR question IN (SELECT value FROM json_each(?1))
ORDER BY key
"""
CALLED: Final[LiteralString] = "SELECT * FROM said WHERE key IN (SELECT value FROM json_each(?))"

PUT: Final[LiteralString] = """
INSERT OR REPLACE INTO event (key, type, at, actor, target, people, post, question, community, channel, minutes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
PUT_ASKING: Final[LiteralString] = """
INSERT OR REPLACE INTO question (event, at, asker, asked, source, key, text, topics, outcome, redirected_to, closed_at,
  closed_by, introduce_to, closed_with)
VALUES (:event, :at,
  (SELECT number FROM account WHERE source = :actor_source AND key = :actor_key),
  (SELECT number FROM account WHERE source = :target_source AND key = :target_key),
  :source, :key, :text, :topics, :outcome,
  (SELECT number FROM account WHERE source = :other_source AND key = :other_key),
  :closed_at, :closed_by,
  (SELECT number FROM account WHERE source = :wanted_source AND key = :wanted_key),
  :closed_with)
"""
REMOVE: Final[LiteralString] = "DELETE FROM event WHERE key IN (SELECT value FROM json_each(?))"

NOBODY: Final = (None, None)


def find(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, Event]:
    """The known events among those with these keys."""
    return {event.key: event for event in map(_event, connection.execute(CALLED, (listed(keys),)))}


def about(connection: sqlite3.Connection, posts: Collection[str]) -> list[Event]:
    """The events whose post or question is one of these, by key."""
    return [_event(row) for row in connection.execute(ABOUT, (listed(posts),))]


def put(connection: sqlite3.Connection, events: Sequence[Event]) -> None:
    """Add or replace events by their key."""
    connection.executemany(PUT, [_columns(event) for event in events])
    connection.executemany(PUT_ASKING, [_asking_columns(event, event.asking) for event in events if event.asking])


def remove(connection: sqlite3.Connection, keys: Collection[str]) -> None:
    """Take events away."""
    connection.execute(REMOVE, (listed(keys),))


def _event(row: tuple[Any, ...]) -> Event:
    key, kind, at, actor, target, people, post, question, community, channel, minutes, *asking = row
    return Event(
        key=key,
        type=kind,
        at=moment(at),
        actor=Ref(*json.loads(actor)) if actor else None,
        target=Ref(*json.loads(target)) if target else None,
        people=refs(people),
        post=post,
        question=question,
        community=community,
        channel=channel,
        minutes=minutes,
        asking=_asking(*asking) if asking[0] else None,
    )


def _asking(
    source: str,
    key: str,
    text: str | None,
    topics: str,
    outcome: Any,
    redirected_to: str,
    closed_at: int | None,
    closed_by: Any,
    introduce_to: str,
    closed_with: str | None,
) -> Asking:
    return Asking(
        ref=Ref(source, key),
        text=text,
        topics=texts(topics),
        outcome=outcome,
        redirected_to=_somebody(redirected_to),
        closed_at=moment(closed_at),
        closed_by=closed_by,
        introduce_to=_somebody(introduce_to),
        closed_with=closed_with,
    )


def _somebody(column: str) -> Ref | None:
    found = Ref(*json.loads(column))
    return found if found != NOBODY else None


def _columns(event: Event) -> tuple[object, ...]:
    actor, target = event.actor and listed(event.actor), event.target and listed(event.target)
    where = event.post, event.question, event.community, event.channel
    return event.key, event.type, micros(event.at), actor, target, listed(event.people), *where, event.minutes


def _asking_columns(event: Event, asking: Asking) -> dict[str, object]:
    actor, target, other = event.actor or NOBODY, event.target or NOBODY, asking.redirected_to or NOBODY
    wanted = asking.introduce_to or NOBODY
    return {
        "event": event.key,
        "at": micros(event.at),
        "actor_source": actor[0],
        "actor_key": actor[1],
        "target_source": target[0],
        "target_key": target[1],
        "source": asking.ref.source,
        "key": asking.ref.id,
        "text": asking.text,
        "topics": listed(asking.topics),
        "outcome": asking.outcome,
        "other_source": other[0],
        "other_key": other[1],
        "closed_at": micros(asking.closed_at),
        "closed_by": asking.closed_by,
        "wanted_source": wanted[0],
        "wanted_key": wanted[1],
        "closed_with": asking.closed_with,
    }
