"""Interactions that follow from posts and events, and the events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString, NamedTuple

from neo4j import ManagedTransaction

from graph.adapters.columns import interaction_of, micros
from graph.adapters.neo4j import events as event_rows
from graph.adapters.neo4j.counters import Counters
from graph.adapters.neo4j.rows import link, write
from graph.changes import Removal
from graph.model import Event, Interaction

FOLLOWING: Final[LiteralString] = """
MATCH ()-[interacts:INTERACTS]->()
USING INDEX SEEK interacts:INTERACTS(origin)
WHERE interacts.origin IN $origins
MATCH (source:Account {number: interacts.source})
MATCH (target:Account {number: interacts.target})
OPTIONAL MATCH (community:Community {number: interacts.community})
OPTIONAL MATCH (post:Post {number: interacts.post})
RETURN interacts.number, interacts.key, interacts.origin, interacts.type, source.source, source.key, target.source,
  target.key, interacts.at, interacts.channel, community.id, post.id, interacts.minutes
ORDER BY interacts.number
"""
REMOVE: Final[LiteralString] = """
UNWIND $rows AS key
MATCH ()-[interacts:INTERACTS {key: key}]->()
USING INDEX SEEK interacts:INTERACTS(key)
DELETE interacts
"""
PUT: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (source:Person)-[:HAS_ACCOUNT]->(giver:Account {source: row.source[0], key: row.source[1]})
USING INDEX SEEK giver:Account(source, key)
MATCH (target:Person)-[:HAS_ACCOUNT]->(taker:Account {source: row.target[0], key: row.target[1]})
USING INDEX SEEK taker:Account(source, key)
OPTIONAL MATCH (community:Community {id: row.community})
OPTIONAL MATCH (post:Post {id: row.post})
WITH * WHERE row.community IS NULL OR community IS NOT NULL
CREATE (source)-[interacts:INTERACTS]->(target)
SET interacts = row.columns, interacts.source = giver.number, interacts.target = taker.number,
  interacts.community = coalesce(community.number, 0), interacts.post = post.number
"""


class Stored(NamedTuple):
    """An interaction as it is there, with its number."""

    number: int
    interaction: Interaction


@dataclass(frozen=True, slots=True)
class Neo4jInteractionWrites:
    tx: ManagedTransaction
    counters: Counters

    def put_events(self, events: Sequence[Event], *, gone: Collection[str] = ()) -> None:
        event_rows.put(self.tx, events)
        event_rows.remove(self.tx, gone)

    def events_about(self, posts: Collection[str]) -> list[Event]:
        return event_rows.about(self.tx, posts)

    def replace(self, origins: Collection[str], interactions: Sequence[Interaction]) -> None:
        given: dict[str, dict[str, Interaction]] = {origin: {} for origin in origins}
        for interaction in interactions:
            given[interaction.origin][interaction.key] = interaction
        there: dict[str, dict[str, Stored]] = {origin: {} for origin in given}
        for row in self.tx.run(FOLLOWING, origins=list(given)):
            stored = Stored(row[0], interaction_of(row[1:]))
            there[stored.interaction.origin][stored.interaction.key] = stored
        gone: list[Stored] = []
        rows: list[dict[str, object]] = []
        for origin, following in given.items():
            gone += self._bury(there[origin], following)
            rows += self._number(there[origin], following)
        replaced = [stored.interaction.key for stored in gone] + [row["key"] for row in rows]
        write(self.tx, REMOVE, replaced)
        link(self.tx, PUT, rows)

    def _bury(self, there: Mapping[str, Stored], given: Mapping[str, Interaction]) -> list[Stored]:
        gone = [stored for key, stored in there.items() if key not in given]
        self.counters.bury([Removal("interaction", stored.number) for stored in gone])
        return gone

    def _number(self, there: Mapping[str, Stored], given: Mapping[str, Interaction]) -> list[dict[str, object]]:
        changed = [one for key, one in given.items() if key not in there or there[key].interaction != one]
        numbers = {key: stored.number for key, stored in there.items()}
        new = [one.key for one in changed if one.key not in there]
        numbers |= zip(new, self.counters.take("interaction", count=len(new)), strict=True)
        seqs = self.counters.take("seq", count=len(changed))
        return [_row(one, number=numbers[one.key], seq=seq) for one, seq in zip(changed, seqs, strict=True)]


def _row(interaction: Interaction, *, number: int, seq: int) -> dict[str, object]:
    return {
        "key": interaction.key,
        "source": tuple(interaction.source),
        "target": tuple(interaction.target),
        "community": interaction.community,
        "post": interaction.post,
        "columns": {
            "number": number,
            "key": interaction.key,
            "seq": seq,
            "origin": interaction.origin,
            "type": interaction.type,
            "at": micros(interaction.at),
            "channel": interaction.channel,
            "minutes": interaction.minutes,
        },
    }
