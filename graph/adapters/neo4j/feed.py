"""The change feed: the present state of what changed in a window of numbers, and what went.

Each kind comes as one record of columns: a record for each row would take several times as long."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction

from graph.adapters.columns import aliases
from graph.adapters.neo4j.connection import Connection
from graph.adapters.neo4j.counters import head
from graph.changes import Changes, InteractionRow, PersonRow, PostRow, Removal, TopicRow
from graph.identity import EXTRACTED

# A column leaves nulls out: false stands for them, which no value is.
PEOPLE: Final[LiteralString] = """
MATCH (person:Person) WHERE $after < person.seq <= $upto
WITH person ORDER BY person.seq
RETURN collect(person.number), collect(person.id), collect(person.is_expert), collect(coalesce(person.name, false)),
  collect(coalesce(person.department, false)), collect(coalesce(person.site, false))
"""
TOPICS: Final[LiteralString] = """
MATCH (topic:Topic) WHERE $after < topic.seq <= $upto
OPTIONAL MATCH (heir:Topic {id: topic.merged_into})
OPTIONAL MATCH (chosen:Topic {id: topic.merged_by_hand})
OPTIONAL MATCH (acronym:Topic {id: topic.defines[0]})
OPTIONAL MATCH (long:Topic {id: topic.defines[1]})
WITH topic, heir, chosen, acronym, long ORDER BY topic.seq
RETURN collect(topic.number), collect(topic.id), collect(coalesce(topic.label_fr, false)),
  collect(coalesce(topic.label_en, false)), collect(coalesce(heir.number, false)), collect(topic.kind),
  collect(coalesce(topic.broader, false)), collect(coalesce(chosen.number, false)),
  collect(coalesce(acronym.number, false)), collect(coalesce(long.number, false)), collect(topic.source),
  collect(topic.alt_labels),
  collect(COLLECT { UNWIND topic.apart AS id MATCH (other:Topic {id: id}) RETURN other.number ORDER BY other.number })
"""
POSTS: Final[LiteralString] = """
MATCH (post:Post) WHERE $after < post.seq <= $upto
WITH post ORDER BY post.seq
RETURN collect(post.number), collect(post.id), collect(post.author), collect(post.community),
  collect(coalesce(post.thread, false)), collect(post.at), collect(coalesce(post.kind, false)),
  collect(coalesce(post.language, false)), collect(post.format), collect(coalesce(post.title, false)),
  collect(post.text), collect(post.indexed IS NOT NULL), collect(post.topics), collect(post.strengths)
"""
INTERACTIONS: Final[LiteralString] = """
MATCH (source:Person)-[interacts:INTERACTS]->(target:Person)
USING INDEX SEEK interacts:INTERACTS(seq)
WHERE $after < interacts.seq <= $upto
WITH source, interacts, target ORDER BY interacts.seq
RETURN collect(interacts.number), collect(interacts.type), collect(interacts.channel), collect(source.number),
  collect(target.number), collect(interacts.community), collect(coalesce(interacts.post, 0)), collect(interacts.at)
"""
REMOVED: Final[LiteralString] = """
MATCH (removed:Tombstone) WHERE $after < removed.seq <= $upto
WITH removed ORDER BY removed.seq
RETURN collect(removed.kind), collect(removed.number)
"""


@dataclass(frozen=True, slots=True)
class Neo4jFeed:
    connection: Connection

    def head(self) -> int:
        return head(self.connection).seq

    def directory(self) -> int:
        return head(self.connection).directory

    def changes(self, *, after: int, upto: int) -> Changes:
        def read(tx: ManagedTransaction) -> Changes:
            def rows(query: LiteralString) -> Iterator[tuple[Any, ...]]:
                (columns,) = tx.run(query, after=after, upto=upto, extracted=EXTRACTED)
                return zip(*columns, strict=True)

            return Changes(
                seq=upto,
                people=tuple(PersonRow(*row[:3], *map(_optional, row[3:])) for row in rows(PEOPLE)),
                topics=tuple(map(_topic, rows(TOPICS))),
                posts=tuple(map(_post, rows(POSTS))),
                interactions=tuple(map(InteractionRow._make, rows(INTERACTIONS))),
                removed=tuple(map(Removal._make, rows(REMOVED))),
            )

        return self.connection.read(read)


def _topic(row: tuple[Any, ...]) -> TopicRow:
    *said, chosen, acronym, long_form, source, alt_labels, apart = row
    return TopicRow(
        *map(_optional, said),
        aliases=aliases(alt_labels),
        merged_by_hand=_optional(chosen),
        acronym=_optional(acronym),
        long_form=_optional(long_form),
        is_sent=source != EXTRACTED,
        apart=tuple(apart),
    )


def _post(row: tuple[Any, ...]) -> PostRow:
    number, public_id, author, community, thread, at, kind, language, text_format, title, text, *indexed = row
    is_indexed, topics, strengths = indexed
    return PostRow(
        number=number,
        id=public_id,
        author=author,
        community=community,
        thread=_optional(thread),
        at=at,
        kind=_optional(kind),
        language=_optional(language),
        format=text_format,
        title=_optional(title),
        text=text,
        is_indexed=is_indexed,
        topics=tuple(topics),
        strengths=tuple(strengths),
    )


def _optional(value: Any) -> Any:
    return None if value is False else value
