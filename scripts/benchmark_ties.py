"""How fast ties, constraint, introductions and people to meet are, with networkx and, if wanted, Cypher beside them."""

import time
from collections.abc import Callable, Sequence
from typing import Any, Final, LiteralString
from urllib.parse import urlsplit

import networkx as nx
import numpy as np
from neo4j import Driver, GraphDatabase

from app.bootstrap import Services
from app.services.ties import Wanted
from graph.measures.brokerage import constraint
from graph.model import Viewer
from graph.projection.neighbourhoods import Neighbourhoods
from graph.projection.pairs import Adjacency

Figures = dict[str, Any]

PEOPLE: Final = 300
WARM_UP: Final = 30
PATHS: Final = 10  # introductions asked for at a time
COMPARED: Final = 30  # of them also asked elsewhere, which takes long …
FEW: Final = 5  # … and as many only for networkx's constraint, which takes up to a minute each
ROWS: Final = 10_000

UNIQUE_PERSON: Final[LiteralString] = "CREATE CONSTRAINT FOR (n:Person) REQUIRE n.number IS UNIQUE"
ADD_PEOPLE: Final[LiteralString] = "UNWIND $numbers AS number CREATE (:Person {number: number})"
ADD_TIES: Final[LiteralString] = """
UNWIND $rows AS row MATCH (a:Person {number: row[0]}) MATCH (b:Person {number: row[1]}) CREATE (a)-[:TIE]->(b)
"""
OVERLAPS: Final[LiteralString] = """
MATCH (a:Person {number: $number})-[:TIE]-(b:Person)
WITH a, b, count { (a)-[:TIE]-() } + count { (b)-[:TIE]-() } - 2 AS around,
     count { (a)-[:TIE]-(:Person)-[:TIE]-(b) } AS common
RETURN b.number AS other, CASE WHEN around > common THEN toFloat(common) / (around - common) ELSE 0.0 END AS overlap
"""


def ties_figures(services: Services, viewers: dict[str, frozenset[int]]) -> dict[str, Figures]:
    """Milliseconds for people drawn at random, by what they may see."""
    people = asked(services)
    found: dict[str, Figures] = {}
    for name, communities in viewers.items():
        seen = [Viewer(person, communities) for person in people]
        found[f"ties with overlap, {name}"] = figures([timed(_ties, services, viewer) for viewer in seen])
        found[f"people to meet, {name}"] = figures([timed(_to_meet, services, viewer) for viewer in seen])
        found[f"constraint, {name}"] = figures([timed(_constraint, services, viewer) for viewer in seen])
        pairs = zip(seen, [*people[1:], people[0]], strict=True)
        found[f"ten introductions, {name}"] = figures([timed(_introductions, services, *pair) for pair in pairs])
    seen = [Viewer(person, next(iter(viewers.values()))) for person in people[: WARM_UP + COMPARED]]
    found["brokerage beside 30 peers"] = figures([timed(_brokerage, services, viewer) for viewer in seen])
    found["check of Granovetter"] = {"ms": round(timed(_check, services, seen[0]), 1)}
    return found


def asked(services: Services) -> list[str]:
    """The public ids of people drawn at random, the same every time."""
    ids = [one for one in services.projection.state.people.ids.tolist() if one]
    drawn = np.random.default_rng(4).choice(len(ids), min(PEOPLE + WARM_UP, len(ids)), replace=False)
    return [ids[place].decode() for place in drawn.tolist()]


def beside_networkx(services: Services, communities: frozenset[int]) -> dict[str, Figures]:
    """The same of the whole network in networkx, ties without weights."""
    numbers = _numbers(services)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(np.column_stack(_all(services, communities)).tolist())
    known = [number for number in numbers if number in graph]

    def overlaps(number: int) -> list[float]:
        own = set(graph[number])
        pairs = [(len(own & set(graph[other])), len(own | set(graph[other])) - 2) for other in own]
        return [common / around if around else 0.0 for common, around in pairs]

    def adamic_adar(number: int) -> list[tuple[float, int]]:
        far = {other for near in graph[number] for other in graph[near]} - {number, *graph[number]}
        scored = nx.adamic_adar_index(graph, [(number, other) for other in far])
        return sorted(((score, other) for _, other, score in scored), reverse=True)[:10]

    return {
        "networkx, Adamic–Adar": figures([timed(adamic_adar, number) for number in known[:FEW]], warm_up=0),
        "networkx, overlap": figures([timed(overlaps, number) for number in known], warm_up=0),
        "networkx, one path, by its length alone": figures(
            [timed(nx.shortest_path, graph, *pair) for pair in zip(known, [*known[1:], known[0]], strict=True)],
            warm_up=0,
        ),
        "networkx, constraint": figures([timed(nx.constraint, graph, [number]) for number in known[:FEW]], warm_up=0),
    }


def beside_cypher(services: Services, communities: frozenset[int], *, address: str) -> Figures:
    """Overlaps in an empty Neo4j that all ties are copied into."""
    ties = _all(services, communities)
    server = urlsplit(address)
    with GraphDatabase.driver(f"{server.scheme}://{server.netloc}") as driver:
        _copy(driver, ties)
        times = [
            timed(lambda number: driver.execute_query(OVERLAPS, number=number, routing_="r"), number)
            for number in _numbers(services)
        ]
    return figures(times, warm_up=len(times) // 5)


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Milliseconds that it takes."""
    started = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - started) * 1000


def figures(times: Sequence[float], *, warm_up: int = WARM_UP) -> Figures:
    """Percentiles of these milliseconds, without the first ones."""
    p50, p99 = np.percentile(times[warm_up:], (50, 99))
    return {"p50_ms": round(float(p50), 2), "p99_ms": round(float(p99), 2)}


def _ties(services: Services, viewer: Viewer) -> object:
    """Ordered by bridgeness, so that the overlap of all ties is taken."""
    return services.ties.of(Wanted(), viewer=viewer, order="bridgeness", limit=20)


def _to_meet(services: Services, viewer: Viewer) -> object:
    return services.recommendations.of(viewer=viewer, limit=10)


def _constraint(services: Services, viewer: Viewer) -> float | None:
    state = services.projection.state
    here = Neighbourhoods.of(state, viewer=viewer, at=services.brokerage.clock())
    return constraint(services.brokerage.network(here, state.people.numbers[viewer.person or ""]).ego)


def _introductions(services: Services, viewer: Viewer, target: str) -> object:
    return services.introduction_paths.to_person(target, viewer=viewer, limit=PATHS)


def _brokerage(services: Services, viewer: Viewer) -> object:
    return services.brokerage.of(viewer=viewer)


def _check(services: Services, viewer: Viewer) -> object:
    return services.granovetter_check.run(viewer=viewer)


def _numbers(services: Services) -> list[int]:
    known = services.projection.state.people.numbers
    return [known[person] for person in asked(services)[:COMPARED]]


def _all(services: Services, communities: frozenset[int]) -> Adjacency:
    viewer = Viewer(None, communities)
    return Neighbourhoods.of(services.projection.state, viewer=viewer, at=services.brokerage.clock()).ties()


def _copy(driver: Driver, ties: Adjacency) -> None:
    driver.execute_query(UNIQUE_PERSON)
    driver.execute_query(ADD_PEOPLE, numbers=np.unique(np.concatenate(ties)).tolist())
    rows = np.column_stack(ties)
    for first in range(0, len(rows), ROWS):
        driver.execute_query(ADD_TIES, rows=rows[first : first + ROWS].tolist())
