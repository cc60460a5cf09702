"""Interactions that follow from posts and events, and the events."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString, NamedTuple

from graph.adapters.columns import interaction_of, listed, micros
from graph.adapters.sqlite import events as event_rows
from graph.adapters.sqlite.counters import Counters
from graph.changes import Removal
from graph.model import Event, Interaction

FOLLOWING: Final[LiteralString] = """
SELECT interaction.number, interaction.key, interaction.origin, interaction.type, source.source, source.key,
  target.source, target.key, interaction.at, interaction.channel, community.id, post.id, interaction.minutes
FROM interaction
JOIN account AS source ON source.number = interaction.source
JOIN account AS target ON target.number = interaction.target
LEFT JOIN community ON community.number = interaction.community
LEFT JOIN post ON post.number = interaction.post
WHERE interaction.origin IN (SELECT value FROM json_each(?)) ORDER BY interaction.number
"""
PUT: Final[LiteralString] = """
INSERT INTO interaction (number, key, seq, origin, type, source, target, at, channel, community, post, minutes)
VALUES (:number, :key, :seq, :origin, :type,
  (SELECT number FROM account WHERE source = :source_source AND key = :source_key),
  (SELECT number FROM account WHERE source = :target_source AND key = :target_key),
  :at, :channel,
  CASE WHEN :community IS NULL THEN 0 ELSE (SELECT number FROM community WHERE id = :community) END,
  (SELECT number FROM post WHERE id = :post), :minutes)
ON CONFLICT (number) DO UPDATE SET
  seq = excluded.seq, origin = excluded.origin, type = excluded.type, source = excluded.source,
  target = excluded.target, at = excluded.at, channel = excluded.channel, community = excluded.community,
  post = excluded.post, minutes = excluded.minutes
"""
REMOVE: Final[LiteralString] = "DELETE FROM interaction WHERE number IN (SELECT value FROM json_each(?))"


class Stored(NamedTuple):
    """An interaction as it is there, with its number."""

    number: int
    interaction: Interaction


@dataclass(frozen=True, slots=True)
class SqliteInteractionWrites:
    connection: sqlite3.Connection
    counters: Counters

    def put_events(self, events: Sequence[Event], *, gone: Collection[str] = ()) -> None:
        event_rows.put(self.connection, events)
        event_rows.remove(self.connection, gone)

    def events_about(self, posts: Collection[str]) -> list[Event]:
        return event_rows.about(self.connection, posts)

    def replace(self, origins: Collection[str], interactions: Sequence[Interaction]) -> None:
        given: dict[str, dict[str, Interaction]] = {origin: {} for origin in origins}
        for interaction in interactions:
            given[interaction.origin][interaction.key] = interaction
        there: dict[str, dict[str, Stored]] = {origin: {} for origin in given}
        for row in self.connection.execute(FOLLOWING, (listed(given),)):
            stored = Stored(row[0], interaction_of(row[1:]))
            there[stored.interaction.origin][stored.interaction.key] = stored
        for origin, following in given.items():
            self._replace(there[origin], following)

    def _replace(self, there: Mapping[str, Stored], given: Mapping[str, Interaction]) -> None:
        if gone := [stored.number for key, stored in there.items() if key not in given]:
            self.counters.bury([Removal("interaction", number) for number in gone])
            self.connection.execute(REMOVE, (listed(gone),))
        changed = [one for key, one in given.items() if key not in there or there[key].interaction != one]
        if changed:
            self._put(changed, numbers={key: stored.number for key, stored in there.items()})

    def _put(self, interactions: Sequence[Interaction], *, numbers: dict[str, int]) -> None:
        new = [interaction.key for interaction in interactions if interaction.key not in numbers]
        numbers |= zip(new, self.counters.take("interaction", count=len(new)), strict=True)
        seqs = self.counters.take("seq", count=len(interactions))
        rows = [
            _columns(interaction, number=numbers[interaction.key], seq=seq)
            for interaction, seq in zip(interactions, seqs, strict=True)
        ]
        self.connection.executemany(PUT, rows)


def _columns(interaction: Interaction, *, number: int, seq: int) -> dict[str, object]:
    return {
        "number": number,
        "key": interaction.key,
        "seq": seq,
        "origin": interaction.origin,
        "type": interaction.type,
        "source_source": interaction.source.source,
        "source_key": interaction.source.id,
        "target_source": interaction.target.source,
        "target_key": interaction.target.id,
        "at": micros(interaction.at),
        "channel": interaction.channel,
        "community": interaction.community,
        "post": interaction.post,
        "minutes": interaction.minutes,
    }
