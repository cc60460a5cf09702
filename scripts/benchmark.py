"""How fast the house is on a synthetic organisation: ingest, restart, who-knows in process and over HTTP, memory."""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
import psutil
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.bootstrap import Services, open_store, running
from app.search.answers import Answer
from app.settings import Settings
from graph.model import Viewer
from scripts.benchmark_experts import beside_full_text, experts_figures
from scripts.benchmark_http import hello_service, throughput, warm_up
from scripts.benchmark_map import map_figures
from scripts.benchmark_memory import POSTS, memory_figures
from scripts.benchmark_neo4j import push_down
from scripts.benchmark_nlp import nlp_figures
from scripts.benchmark_ties import beside_cypher, beside_networkx, ties_figures
from scripts.neo4j_server import running_server
from scripts.service import create_key, environment_of, serving
from scripts.synthetic import SCALES, Batch, Organisation, Question, fill

Figures = dict[str, Any]

PARTS: Final = "experts, map, ties: these alone; nlp: texts to topics; memory: what that takes for a million posts"
QUESTIONS: Final = 300
WARM_UP: Final = 30
HELLOS: Final = 10_000
SHARES: Final = {"all": 1.0, "half": 0.5, "5 %": 0.05}  # of the communities are visible
SCOPES: Final = "experts:read act-as"
NEO4J_MEMORY: Final = {"1k": ("1g", "1g"), "100k": ("1g", "1g"), "1m": ("4g", "5g")}  # heap, page cache


def main() -> None:
    """Measure, and print a table and, if wanted, one JSON object on the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = ("house", "experts", "map", "ties", "nlp", "memory")
    parser.add_argument("part", nargs="?", choices=parts, default="house", help=PARTS)
    parser.add_argument("--posts", type=int, default=POSTS, help="for memory: how many")
    parser.add_argument("--scale", choices=SCALES, default="100k")
    parser.add_argument("--store", choices=("sqlite", "neo4j"), default="sqlite")
    parser.add_argument("--neo4j", action="store_true", help="the same in Cypher, too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the filled store here, and use it the next time")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    given = parser.parse_args()
    if given.part == "nlp":
        report({"nlp": nlp_figures()}, as_json=given.json)
        return
    if given.part == "memory":
        report({"memory": memory_figures(given.posts)}, as_json=given.json)
        return
    with kept(given.keep) as root:
        folder = root / f"{given.store}-{given.scale}"
        folder.mkdir(parents=True, exist_ok=True)
        with chosen_store(given.store, folder, scale=given.scale) as address:
            measured = {"experts": measure_experts, "map": measure_map, "ties": measure_ties}.get(given.part, measure)
            figures = measured(folder, address, scale=given.scale, with_cypher=given.neo4j)
    report(figures, as_json=given.json, scale=given.scale, store=given.store)


def report(figures: dict[str, Figures], *, as_json: bool, **settings: str) -> None:
    """A table and, if wanted, one JSON object on the last line."""
    Console().print(table(figures))
    if as_json:
        print(json.dumps({**settings, **figures}))


def measure(folder: Path, address: str | None, *, scale: str, with_cypher: bool) -> dict[str, Figures]:
    """All figures, by what was measured."""
    organisation = Organisation(SCALES[scale])
    settings = Settings(data_dir=folder, store=address, log_level="WARNING")
    questions = organisation.questions(QUESTIONS + WARM_UP)
    figures = {"ingest": ingest(settings, organisation), "build": build(settings)}
    with running(settings, reading=False) as services:
        figures["restart"] = restart(services, questions[0])
        for name, share in SHARES.items():
            viewer = Viewer(None, visible(SCALES[scale].communities, share))
            figures[f"who-knows, {name}"] = who_knows(services, questions, viewer)
        if with_cypher:
            figures["Cypher push-down"] = cypher(services, questions, scale=scale)
    return figures | over_http(settings, questions)


@contextmanager
def snapshot_of(folder: Path, address: str | None, *, scale: str) -> Iterator[Services]:
    """The services over that store and its snapshot, from an earlier run where there is one."""
    settings = Settings(data_dir=folder, store=address, log_level="WARNING")
    ingest(settings, Organisation(SCALES[scale]))
    with running(settings, reading=False) as services:
        if not services.projection.load(settings.snapshot_dir):
            build(settings)
            services.projection.load(settings.snapshot_dir)
        yield services


def measure_experts(folder: Path, address: str | None, *, scale: str, with_cypher: bool) -> dict[str, Figures]:  # noqa: ARG001
    """Answers to questions of any length."""
    organisation = Organisation(SCALES[scale])
    with snapshot_of(folder, address, scale=scale) as services:
        figures = experts_figures(services, organisation, views(scale))
        return {**figures, **beside_full_text(services, organisation, folder / "full-text.db"), **machine()}


def measure_map(folder: Path, address: str | None, *, scale: str, with_cypher: bool) -> dict[str, Figures]:  # noqa: ARG001
    """The map and the lists."""
    with snapshot_of(folder, address, scale=scale) as services:
        return {**map_figures(services), **machine()}


def measure_ties(folder: Path, address: str | None, *, scale: str, with_cypher: bool) -> dict[str, Figures]:
    """Ties and what follows from them."""
    viewers = views(scale)
    with snapshot_of(folder, address, scale=scale) as services:
        figures = ties_figures(services, viewers) | beside_networkx(services, viewers["all"])
        if with_cypher:
            heap, page_cache = NEO4J_MEMORY[scale]
            with running_server(heap=heap, page_cache=page_cache) as server:
                figures["Cypher, overlap"] = beside_cypher(services, viewers["all"], address=server.address)
    return figures


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """The folder given, or one for the time being."""
    if folder is not None:
        yield folder
    else:
        with TemporaryDirectory(prefix="quisait-benchmark-") as name:
            yield Path(name)


@contextmanager
def chosen_store(store: str, folder: Path, *, scale: str) -> Iterator[str | None]:
    """The address of the store in that folder; None is the embedded one."""
    if store == "sqlite":
        yield None
    else:
        heap, page_cache = NEO4J_MEMORY[scale]
        with running_server(home=folder / "neo4j", heap=heap, page_cache=page_cache) as server:
            yield server.address


def ingest(settings: Settings, organisation: Organisation) -> Figures:
    """Fill the store, unless an earlier run did: posts a second, durable, in batches of 100, without extraction."""
    done = settings.data_dir / "ingested.json"
    if done.exists():
        return json.loads(done.read_text())
    store, _ = open_store(settings)
    counts = Counter[str]()
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("writing", total=organisation.scale.posts)

        def count(batch: Batch) -> None:
            counts["posts"] += len(batch.posts)
            counts["mentions"] += sum(map(len, batch.mentions))
            counts["interactions"] += len(batch.interactions)
            progress.update(task, completed=counts["posts"])

        seconds = fill(store, organisation, on_batch=count)
    store.close()
    figures = {**counts, "posts_per_second": round(counts["posts"] / seconds)}
    done.write_text(json.dumps(figures))
    return figures


def build(settings: Settings) -> Figures:
    """Read the whole store into a projection, and save it."""
    with running(settings, reading=False) as services:
        started = time.perf_counter()
        services.projection.catch_up()
        services.projection.compact(beyond=0)
        built = time.perf_counter()
        services.projection.save(settings.snapshot_dir)
        saved = time.perf_counter()
    size = sum(file.stat().st_size for file in settings.snapshot_dir.iterdir())
    return {
        "seconds": round(built - started, 1),
        "save_seconds": round(saved - built, 1),
        "arrays_mb": round(size / 1e6),
    }


def restart(services: Services, question: Question) -> Figures:
    """From the snapshot to the first answer."""
    started = time.perf_counter()
    if not services.projection.load(services.settings.snapshot_dir):
        raise SystemExit("the snapshot that was just saved is not accepted")
    everything = Viewer(None, services.store.communities.readable_by(None))
    ask(services, question, everything)
    return {"first_answer_seconds": round(time.perf_counter() - started, 2)}


def who_knows(services: Services, questions: Sequence[Question], viewer: Viewer) -> Figures:
    """Three topics and four words, with evidence and ten paths: milliseconds."""
    times, answers = [], []
    for question in questions:
        started = time.perf_counter()
        answers.append(ask(services, question, viewer))
        times.append((time.perf_counter() - started) * 1000)
    found = [expert for answer in answers[WARM_UP:] for expert in answer.experts]
    p50, p99 = np.percentile(times[WARM_UP:], (50, 99))
    return {
        "p50_ms": round(float(p50), 2),
        "p99_ms": round(float(p99), 2),
        "experts": round(len(found) / QUESTIONS, 1),
        "reached": round(sum(expert.reach is not None for expert in found) / max(len(found), 1), 3),
    }


def ask(services: Services, question: Question, viewer: Viewer) -> Answer:
    """Words and topics together."""
    return services.expert_search.find(question.words, topics=question.topics, viewer=viewer, asker=question.asker)


def views(scale: str) -> dict[str, frozenset[int]]:
    """What is seen, by name."""
    return {name: visible(SCALES[scale].communities, share) for name, share in SHARES.items()}


def visible(communities: int, share: float) -> frozenset[int]:
    """The numbers of that share of the communities, the same every time; what is in none is seen by all."""
    chosen = np.random.default_rng(3).permutation(communities)[: max(1, round(communities * share))]
    return frozenset((0, *(chosen + 1).tolist()))


def cypher(services: Services, questions: Sequence[Question], *, scale: str) -> Figures:
    """A sum over the topics alone, in a Neo4j of its own."""
    numbers = services.projection.state.topics.numbers
    topics = [[numbers[topic] for topic in question.topics if topic in numbers] for question in questions]
    half = visible(SCALES[scale].communities, SHARES["half"])
    heap, page_cache = NEO4J_MEMORY[scale]
    with running_server(heap=heap, page_cache=page_cache) as server:
        return push_down(server.address, services.store.feed, topics, half=half)


def over_http(settings: Settings, questions: Sequence[Question]) -> dict[str, Figures]:
    """The words of the questions over eight connections, the memory of the process, and the ceiling beside."""
    environment = environment_of(settings.data_dir, store=settings.store)
    key = create_key(environment, scopes=SCOPES)
    paths = [f"/v1/experts?{urlencode({'q': one.words, 'asker': one.asker})}" for one in questions]
    with serving(environment, key=key) as service:
        warm_up(service, paths[:WARM_UP])
        answered = throughput(service, paths)
        memory = psutil.Process(service.process.pid).memory_info()
    private = memory.rss - getattr(memory, "shared", 0)  # the rest is the mapped snapshot; told on Linux only
    with hello_service() as ceiling:
        hello = throughput(ceiling, ["/readyz"] * HELLOS)
    return {
        "HTTP, 8 connections": answered,
        "HTTP, FastAPI hello": hello,
        "API process": {"resident_mb": round(memory.rss / 1e6), "private_mb": round(private / 1e6)},
        **machine(),
    }


def machine() -> dict[str, Figures]:
    """What else the figures depend on."""
    return {"machine": {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}}


def table(figures: dict[str, Figures]) -> Table:
    """One row a figure."""
    drawn = Table("measured", "figure", "")
    for name, found in figures.items():
        for place, (figure, value) in enumerate(found.items()):
            drawn.add_row("" if place else name, figure, f"{value:,}")
    return drawn


if __name__ == "__main__":
    main()
