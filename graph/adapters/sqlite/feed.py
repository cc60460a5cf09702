"""The change feed: the present state of what changed in a window of numbers, and what went."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, LiteralString

from graph.adapters.columns import aliases
from graph.adapters.sqlite.connection import Connections
from graph.changes import Changes, InteractionRow, PersonRow, PostRow, Removal, TopicRow
from graph.identity import EXTRACTED

COUNTER: Final[LiteralString] = "SELECT value FROM sequence WHERE name = ?"

PEOPLE: Final[LiteralString] = """
SELECT person.number, person.id,
  coalesce(shown.is_active AND NOT shown.is_bot, EXISTS (SELECT 1 FROM account WHERE person = person.number)),
  shown.name, shown.department, shown.site
FROM person LEFT JOIN account AS shown ON shown.number = (
  SELECT number FROM account WHERE person = person.number AND seen IS NOT NULL ORDER BY name IS NULL, seen DESC LIMIT 1)
WHERE person.seq > ? AND person.seq <= ? ORDER BY person.seq
"""
TOPICS: Final[LiteralString] = """
SELECT topic.number, topic.id, topic.label_fr, topic.label_en, heir.number, topic.kind, topic.broader, chosen.number,
  acronym.number, long_form.number, topic.source, topic.alt_labels,
  (SELECT json_group_array(other.number) FROM json_each(topic.apart) AS apart JOIN topic AS other
    ON other.id = apart.value)
FROM topic
LEFT JOIN topic AS heir ON heir.id = topic.merged_into
LEFT JOIN topic AS chosen ON chosen.id = topic.merged_by_hand
LEFT JOIN topic AS acronym ON acronym.id = topic.defines ->> 0
LEFT JOIN topic AS long_form ON long_form.id = topic.defines ->> 1
WHERE topic.seq > ? AND topic.seq <= ? ORDER BY topic.seq
"""
POSTS: Final[LiteralString] = """
SELECT post.number, post.id, account.person, post.community, post.thread, post.at, post.kind, post.language,
  post.format, post.title, post.text, post.indexed IS NOT NULL
FROM post JOIN account ON account.number = post.author
WHERE post.seq > ? AND post.seq <= ? ORDER BY post.seq
"""
MENTIONS: Final[LiteralString] = """
SELECT mention.post, mention.topic, mention.strength
FROM post CROSS JOIN mention ON mention.post = post.number
WHERE post.seq > ? AND post.seq <= ? ORDER BY post.seq, mention.topic
"""
INTERACTIONS: Final[LiteralString] = """
SELECT interaction.number, interaction.type, interaction.channel, source.person, target.person, interaction.community,
  coalesce(interaction.post, 0), interaction.at
FROM interaction
JOIN account AS source ON source.number = interaction.source
JOIN account AS target ON target.number = interaction.target
WHERE interaction.seq > ? AND interaction.seq <= ? ORDER BY interaction.seq
"""
REMOVED: Final[LiteralString] = "SELECT kind, number FROM tombstone WHERE seq > ? AND seq <= ? ORDER BY seq"


@dataclass(frozen=True, slots=True)
class SqliteFeed:
    connections: Connections

    def head(self) -> int:
        return self._counter("seq")

    def directory(self) -> int:
        return self._counter("directory")

    def changes(self, *, after: int, upto: int) -> Changes:
        window = after, upto
        with self.connections.read() as connection:
            return Changes(
                seq=upto,
                people=tuple(
                    PersonRow(number, public_id, bool(is_expert), *said)
                    for number, public_id, is_expert, *said in connection.execute(PEOPLE, window)
                ),
                topics=tuple(map(_topic, connection.execute(TOPICS, window))),
                posts=tuple(_posts(connection, window)),
                interactions=tuple(map(InteractionRow._make, connection.execute(INTERACTIONS, window))),
                removed=tuple(map(Removal._make, connection.execute(REMOVED, window))),
            )

    def _counter(self, name: str) -> int:
        with self.connections.read() as connection:
            ((value,),) = connection.execute(COUNTER, (name,))
            return value


def _topic(row: tuple[Any, ...]) -> TopicRow:
    *said, chosen, acronym, long_form, source, alt_labels, apart = row
    return TopicRow(
        *said,
        aliases=aliases(alt_labels),
        merged_by_hand=chosen,
        acronym=acronym,
        long_form=long_form,
        is_sent=source != EXTRACTED,
        apart=tuple(sorted(json.loads(apart))),
    )


def _posts(connection: sqlite3.Connection, window: tuple[int, int]) -> Iterator[PostRow]:
    mentions = {
        post: tuple(zip(*rows, strict=True))[1:]
        for post, rows in groupby(connection.execute(MENTIONS, window), key=itemgetter(0))
    }
    for *post, is_indexed in connection.execute(POSTS, window):
        topics, strengths = mentions.get(post[0], ((), ()))
        yield PostRow._make((*post, bool(is_indexed), topics, strengths))
