"""The same question in Cypher: a bare sum over who mentioned which topic, pushed down to a Neo4j beside the arrays."""

import time
from collections.abc import Collection, Iterator, Sequence
from typing import Final, LiteralString
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from neo4j import Driver, GraphDatabase

from graph.store import Feed

WINDOW: Final = 10_000
ROWS: Final = 10_000

UNIQUE_PERSON: Final[LiteralString] = "CREATE CONSTRAINT FOR (n:Person) REQUIRE n.number IS UNIQUE"
UNIQUE_TOPIC: Final[LiteralString] = "CREATE CONSTRAINT FOR (n:Topic) REQUIRE n.number IS UNIQUE"
PEOPLE: Final[LiteralString] = "UNWIND $numbers AS number CREATE (:Person {number: number})"
TOPICS: Final[LiteralString] = "UNWIND $numbers AS number CREATE (:Topic {number: number})"
KNOWS: Final[LiteralString] = """
UNWIND $rows AS r MATCH (p:Person {number: r[0]}) MATCH (t:Topic {number: r[1]})
CREATE (p)-[:KNOWS {community: r[2], count: r[3]}]->(t)
"""
WHO_KNOWS: Final[LiteralString] = """
UNWIND $topics AS number MATCH (:Topic {number: number})<-[k:KNOWS]-(p:Person)
WHERE $communities IS NULL OR k.community IN $communities
RETURN p.number AS person, sum(k.count) AS score ORDER BY score DESC, person LIMIT 10
"""


def push_down(
    address: str, feed: Feed, questions: Sequence[Sequence[int]], *, half: Collection[int]
) -> dict[str, float]:
    """Copy who mentioned what into an empty Neo4j and ask for topics there: links, links/s, milliseconds."""
    server = urlsplit(address)
    with GraphDatabase.driver(f"{server.scheme}://{server.netloc}") as driver:
        keys, counts = _known(feed)
        started = time.perf_counter()
        _write(driver, keys, counts)
        seconds = time.perf_counter() - started
        everywhere, in_half = (_milliseconds(driver, questions, where) for where in (None, sorted(half)))
    return {
        "knows": keys.size,
        "knows_per_second": round(keys.size / seconds),
        "p50_ms": everywhere[0],
        "p99_ms": everywhere[1],
        "half_p50_ms": in_half[0],
        "half_p99_ms": in_half[1],
    }


def _known(feed: Feed) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Person (24 bits), topic (23 bits) and community (16 bits) in one number, and in how many posts."""
    head = feed.head()
    found = [np.fromiter(_links(feed, after, head), dtype=np.int64) for after in range(0, head, WINDOW)]
    return np.unique(np.concatenate(found), return_counts=True)


def _links(feed: Feed, after: int, head: int) -> Iterator[int]:
    for post in feed.changes(after=after, upto=min(after + WINDOW, head)).posts:
        for topic in post.topics:
            yield post.author << 39 | topic << 16 | post.community


def _write(driver: Driver, keys: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> None:
    person, topic, community = keys >> 39, keys >> 16 & 0x7FFFFF, keys & 0xFFFF
    driver.execute_query(UNIQUE_PERSON)
    driver.execute_query(UNIQUE_TOPIC)
    driver.execute_query(PEOPLE, numbers=np.unique(person).tolist())
    driver.execute_query(TOPICS, numbers=np.unique(topic).tolist())
    columns = np.column_stack((person, topic, community, counts))
    for first in range(0, keys.size, ROWS):
        driver.execute_query(KNOWS, rows=columns[first : first + ROWS].tolist())


def _milliseconds(
    driver: Driver, questions: Sequence[Sequence[int]], communities: Sequence[int] | None
) -> tuple[float, float]:
    times = []
    for topics in questions:
        started = time.perf_counter()
        driver.execute_query(WHO_KNOWS, topics=list(topics), communities=communities, routing_="r")
        times.append((time.perf_counter() - started) * 1000)
    p50, p99 = np.percentile(times[len(times) // 5 :], (50, 99))  # the first fifth warms the page cache
    return round(float(p50), 2), round(float(p99), 2)
