"""Topics and the forms that mean them."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction, Record

from graph.adapters.columns import pair
from graph.adapters.neo4j.connection import Readable
from graph.adapters.neo4j.counters import Counters
from graph.adapters.neo4j.rows import link, write
from graph.identity import EXTRACTED
from graph.model import Language, Ref, Topic

BATCH: Final = 1000

WITH_FORMS: Final[LiteralString] = """
RETURN properties(topic), COLLECT { MATCH (topic)<-[:MEANS]-(form:Form) RETURN form.form } ORDER BY topic.number
"""
FIND: Final[LiteralString] = "MATCH (topic:Topic) WHERE topic.id IN $ids" + WITH_FORMS
NAMED: Final[LiteralString] = (
    """
MATCH (topic:Topic)
WHERE topic.number > $number AND topic.source <> $extracted AND topic.label IS NOT NULL
  AND EXISTS { (topic)<-[:MEANS]-(:Form) }
WITH topic ORDER BY topic.number LIMIT $limit
"""
    + WITH_FORMS
)
BY_FORMS: Final[LiteralString] = (
    "MATCH (held:Form)-[:MEANS]->(topic:Topic) WHERE held.form IN $forms WITH DISTINCT topic" + WITH_FORMS
)

PUT: Final[LiteralString] = """
UNWIND $rows AS row
MERGE (topic:Topic {number: row.number})
SET topic = row
"""
LET_GO: Final[LiteralString] = """
UNWIND $rows AS id MATCH (form:Form)-[means:MEANS]->(:Topic {id: id}) DELETE means
WITH DISTINCT form WHERE NOT EXISTS { (form)-[:MEANS]->(:Topic) } DELETE form
"""
HOLD: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (topic:Topic {id: row[1]})
MERGE (form:Form {form: row[0]})
CREATE (form)-[:MEANS]->(topic)
"""


@dataclass(frozen=True, slots=True)
class Neo4jTopics:
    connection: Readable

    def find(self, ids: Collection[str]) -> dict[str, Topic]:
        return {topic.id: topic for _, topic in _stored(self.connection.rows(FIND, ids=list(ids)))}

    def named(self) -> Iterator[Topic]:
        last = 0
        while rows := self.connection.rows(NAMED, number=last, extracted=EXTRACTED, limit=BATCH):
            batch = list(_stored(rows))
            last = batch[-1][0]
            yield from (topic for _, topic in batch)


@dataclass(frozen=True, slots=True)
class Neo4jTopicWrites:
    tx: ManagedTransaction
    counters: Counters

    def by_forms(self, forms: Collection[str]) -> dict[str, list[Topic]]:
        wanted = set(forms)
        going_by: defaultdict[str, list[Topic]] = defaultdict(list)
        for _, topic in _stored(self.tx.run(BY_FORMS, forms=list(wanted))):
            for form in wanted.intersection(topic.forms):
                going_by[form].append(topic)
        return dict(going_by)

    def put(self, topics: Sequence[Topic]) -> None:
        normal = [replace(topic, forms=tuple(sorted(set(topic.forms)))) for topic in topics]
        stored = list(_stored(self.tx.run(FIND, ids=[topic.id for topic in normal])))
        numbers = {topic.id: number for number, topic in stored}
        there = {topic.id: topic for _, topic in stored}
        rows: dict[str, dict[str, object]] = {}
        for topic in normal:
            if there.get(topic.id) != topic:
                number = numbers.get(topic.id) or numbers.setdefault(topic.id, self.counters.next("topic"))
                rows[topic.id] = _columns(topic, number=number, seq=self.counters.next("seq"))
                there[topic.id] = topic
        write(self.tx, PUT, list(rows.values()))
        write(self.tx, LET_GO, list(rows))
        link(self.tx, HOLD, [(form, key) for key in rows for form in there[key].forms])


def _stored(rows: Iterable[Record]) -> Iterator[tuple[int, Topic]]:
    for columns, forms in rows:
        yield columns["number"], _topic(columns, forms)


def _topic(columns: Mapping[str, Any], forms: Iterable[str]) -> Topic:
    labels: dict[Language, str | None] = {"fr": columns.get("label_fr"), "en": columns.get("label_en")}
    return Topic(
        id=columns["id"],
        ref=Ref(columns["source"], columns["key"]),
        pref_label={language: label for language, label in labels.items() if label is not None},
        alt_labels={language: tuple(aliases) for language, aliases in json.loads(columns["alt_labels"]).items()},
        forms=tuple(sorted(forms)),
        broader=columns.get("broader"),
        related=tuple(columns["related"]),
        uri=columns.get("uri"),
        kind=columns["kind"],
        merged_into=columns.get("merged_into"),
        merged_by_hand=columns.get("merged_by_hand"),
        apart=tuple(columns.get("apart", ())),
        defines=pair(columns.get("defines", ())),
        exact_match=tuple(columns.get("exact_match", ())),
        close_match=tuple(columns.get("close_match", ())),
    )


def _columns(topic: Topic, *, number: int, seq: int) -> dict[str, object]:
    fr, en = topic.pref_label.get("fr"), topic.pref_label.get("en")
    return {
        "number": number,
        "id": topic.id,
        "seq": seq,
        "source": topic.ref.source,
        "key": topic.ref.id,
        "label": fr if en is None else en,  # for people who browse
        "label_fr": fr,
        "label_en": en,
        "alt_labels": json.dumps(dict(topic.alt_labels)),
        "broader": topic.broader,
        "related": topic.related,
        "uri": topic.uri,
        "kind": topic.kind,
        "merged_into": topic.merged_into,
        "merged_by_hand": topic.merged_by_hand,
        "apart": topic.apart,
        "defines": topic.defines or (),
        "exact_match": topic.exact_match,
        "close_match": topic.close_match,
    }
