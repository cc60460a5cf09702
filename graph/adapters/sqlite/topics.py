"""Topics and the forms that mean them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, LiteralString

from graph.adapters.columns import listed, pair, texts
from graph.adapters.sqlite.connection import Readable
from graph.adapters.sqlite.counters import Counters
from graph.identity import EXTRACTED
from graph.model import Language, Ref, Topic

BATCH: Final = 1000

NUMBERS: Final[LiteralString] = "SELECT id, number FROM topic WHERE id IN (SELECT value FROM json_each(?))"
NAMED: Final[LiteralString] = """
SELECT number FROM topic
WHERE number > ? AND source <> ? AND (label_fr IS NOT NULL OR label_en IS NOT NULL)
  AND EXISTS (SELECT 1 FROM form WHERE form.topic = topic.number)
ORDER BY number LIMIT ?
"""
TOPICS: Final[LiteralString] = """
SELECT number, id, source, key, label_fr, label_en, alt_labels, broader, related, uri, kind, merged_into,
  merged_by_hand, apart, defines, exact_match, close_match,
  (SELECT json_group_array(form) FROM form WHERE form.topic = topic.number)
FROM topic WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number
"""

GOING_BY: Final[LiteralString] = """
SELECT form, topic FROM form WHERE form IN (SELECT value FROM json_each(?)) ORDER BY topic
"""
PUT: Final[LiteralString] = """
INSERT INTO topic
  (number, id, seq, source, key, label_fr, label_en, alt_labels, broader, related, uri, kind, merged_into,
  merged_by_hand, apart, defines, exact_match, close_match)
VALUES (:number, :id, :seq, :source, :key, :label_fr, :label_en, :alt_labels, :broader, :related, :uri, :kind,
  :merged_into, :merged_by_hand, :apart, :defines, :exact_match, :close_match)
ON CONFLICT (number) DO UPDATE SET
  seq = excluded.seq, source = excluded.source, key = excluded.key, label_fr = excluded.label_fr,
  label_en = excluded.label_en, alt_labels = excluded.alt_labels, broader = excluded.broader,
  related = excluded.related, uri = excluded.uri, kind = excluded.kind, merged_into = excluded.merged_into,
  merged_by_hand = excluded.merged_by_hand, apart = excluded.apart, defines = excluded.defines,
  exact_match = excluded.exact_match, close_match = excluded.close_match
"""
LET_GO: Final[LiteralString] = "DELETE FROM form WHERE topic = ?"
HOLD: Final[LiteralString] = "INSERT INTO form (form, topic) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class SqliteTopics:
    connections: Readable

    def find(self, ids: Collection[str]) -> dict[str, Topic]:
        with self.connections.read() as connection:
            numbers = dict(connection.execute(NUMBERS, (listed(ids),))).values()
            return {topic.id: topic for _, topic in _stored(connection, numbers)}

    def named(self) -> Iterator[Topic]:
        last = 0
        while batch := self._named_after(last):
            last = batch[-1][0]
            yield from (topic for _, topic in batch)

    def _named_after(self, number: int) -> list[tuple[int, Topic]]:
        with self.connections.read() as connection:
            numbers = [found for (found,) in connection.execute(NAMED, (number, EXTRACTED, BATCH))]
            return list(_stored(connection, numbers))


@dataclass(frozen=True, slots=True)
class SqliteTopicWrites:
    connection: sqlite3.Connection
    counters: Counters

    def by_forms(self, forms: Collection[str]) -> dict[str, list[Topic]]:
        pairs = self.connection.execute(GOING_BY, (listed(forms),)).fetchall()
        topics = dict(_stored(self.connection, {number for _, number in pairs}))
        going_by: defaultdict[str, list[Topic]] = defaultdict(list)
        for form, number in pairs:
            going_by[form].append(topics[number])
        return dict(going_by)

    def put(self, topics: Sequence[Topic]) -> None:
        for topic in topics:
            self._put(replace(topic, forms=tuple(sorted(set(topic.forms)))))

    def _put(self, topic: Topic) -> None:
        number = dict(self.connection.execute(NUMBERS, (listed([topic.id]),))).get(topic.id)
        if number is None:
            number = self.counters.next("topic")
        elif dict(_stored(self.connection, [number])) == {number: topic}:
            return
        self.connection.execute(PUT, _columns(topic, number=number, seq=self.counters.next("seq")))
        self.connection.execute(LET_GO, (number,))
        self.connection.executemany(HOLD, [(form, number) for form in topic.forms])


def _stored(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[tuple[int, Topic]]:
    for row in connection.execute(TOPICS, (listed(numbers),)):
        yield row[0], _topic(row)


def _topic(row: tuple[Any, ...]) -> Topic:
    _, public_id, source, key, label_fr, label_en, alt_labels, broader, related, uri, kind, merged_into, *rest = row
    merged_by_hand, apart, defines, exact_match, close_match, forms = rest
    labels: dict[Language, str | None] = {"fr": label_fr, "en": label_en}
    return Topic(
        id=public_id,
        ref=Ref(source, key),
        pref_label={language: label for language, label in labels.items() if label is not None},
        alt_labels={language: tuple(aliases) for language, aliases in json.loads(alt_labels).items()},
        forms=tuple(sorted(texts(forms))),
        broader=broader,
        related=texts(related),
        uri=uri,
        kind=kind,
        merged_into=merged_into,
        merged_by_hand=merged_by_hand,
        apart=texts(apart),
        defines=pair(texts(defines)),
        exact_match=texts(exact_match),
        close_match=texts(close_match),
    )


def _columns(topic: Topic, *, number: int, seq: int) -> dict[str, object]:
    return {
        "number": number,
        "id": topic.id,
        "seq": seq,
        "source": topic.ref.source,
        "key": topic.ref.id,
        "label_fr": topic.pref_label.get("fr"),
        "label_en": topic.pref_label.get("en"),
        "alt_labels": json.dumps(dict(topic.alt_labels)),
        "broader": topic.broader,
        "related": listed(topic.related),
        "uri": topic.uri,
        "kind": topic.kind,
        "merged_into": topic.merged_into,
        "merged_by_hand": topic.merged_by_hand,
        "apart": listed(topic.apart),
        "defines": listed(topic.defines or ()),
        "exact_match": listed(topic.exact_match),
        "close_match": listed(topic.close_match),
    }
