"""How well the service finds who knows: imports judged archives, asks their questions over HTTP, scores the answers."""

import argparse
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import mean, quantiles
from typing import Any, Final

import httpx
import pytrec_eval
from rich.console import Console
from rich.progress import track
from rich.table import Table

from scripts.ablation import ablate, markdown
from scripts.archive import FORM, Archive, Row, batches, opened
from scripts.demo_service import running_demo
from scripts.load_demo import COMPANY
from scripts.neo4j_server import emptied, running_server
from scripts.new_ties import recommend
from scripts.reliability import accepted, refusals, reliability
from scripts.service import PeakMemory, running_service

LIMIT: Final = 50
SCOPES: Final = "experts:read records:write admin"
MEASURES: Final = {
    "MAP": "map",
    "MRR": "recip_rank",
    "P@1": "P_1",
    "P@5": "P_5",
    "nDCG@10": "ndcg_cut_10",
    "R@10": "recall_10",
}


def main() -> None:
    """Evaluate the archives given, one after the other, each on a fresh service."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=FORM, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archives", nargs="+", type=Path, metavar="ARCHIVE", help="a folder, or a tar of one")
    parser.add_argument("--store", choices=("sqlite", "neo4j"), default="sqlite")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--recommend", action="store_true", help="whether people are proposed whom one then meets")
    parser.add_argument("--ablate", action="store_true", help="what each part of ranking is worth instead, in process")
    given = parser.parse_args()
    console = Console(stderr=True)
    with ExitStack() as stack:
        archives = [stack.enter_context(opened(path)) for path in given.archives]
        if given.ablate:
            found = [ablate(archive, console=console) for archive in archives]
            print(markdown([archive.folder.name for archive in archives], found))
            return
        if given.recommend:
            Console().print(table([recommend(archive, console=console) for archive in archives]))
            return
        strange = [other_questions(archive, archives) for archive in archives]
        figures = [
            evaluate(archive, strange=others, store=given.store, console=console)
            for archive, others in zip(archives, strange, strict=True)
        ]
        figures.append(evaluate_demo())
    Console().print(table(figures))
    if given.json:
        print(json.dumps({"store": given.store, "archives": figures}))


def other_questions(archive: Archive, archives: Sequence[Archive]) -> list[str]:
    """The questions of the other archives: this one is of another field."""
    return [row["text"] for other in archives if other is not archive for row in other.rows("queries.jsonl")]


def evaluate_demo() -> dict[str, Any]:
    """What the demo's company says to its accepted questions, asked again, and to questions from other fields."""
    questions = (COMPANY / "elsewhere.txt").read_text(encoding="utf-8").splitlines()
    judgements = dict(accepted())
    with running_demo() as service, service.client() as client:
        firsts: dict[str, tuple[Row, str] | None] = {}
        for question in judgements:
            first = next(iter(ask(client, question, limit=1)), None)
            firsts[question] = (first, first["person"]["name"]) if first else None
        return {"archive": "the demo", **reliability(firsts, judgements), **from_elsewhere(client, questions)}


def from_elsewhere(client: httpx.Client, questions: Sequence[str]) -> dict[str, Any]:
    """How questions from other fields are answered."""
    if not questions:
        return {}
    found = refusals([next(iter(ask(client, question, limit=1)), None) for question in questions])
    return {f"from elsewhere: {name}": value for name, value in found.items()}


def evaluate(archive: Archive, *, strange: Sequence[str], store: str, console: Console) -> dict[str, Any]:
    """All figures of one archive on a fresh service."""
    with (
        chosen_store(store) as (address, store_pid),
        running_service(store=address, scopes=SCOPES) as service,
        service.client() as client,
        PeakMemory(service, store_pid) as memory,
    ):
        posts, seconds = send(client, archive, console=console)
        answers, firsts, times = ask_all(client, archive, console=console)
        cuts = quantiles((seconds * 1000 for seconds in times), n=20, method="inclusive")
        return {
            "archive": archive.folder.name,
            "posts": posts,
            **score(answers, archive.judgements()),
            **reliability(firsts, archive.judgements()),
            **from_elsewhere(client, strange),
            "p50_ms": round(cuts[9], 1),
            "p95_ms": round(cuts[18], 1),
            "posts_per_second": round(posts / seconds, 1),
            **{f"{name}_mb": round(peak) for name, peak in sorted(memory.peaks.items())},
        }


@contextmanager
def chosen_store(store: str) -> Iterator[tuple[str | None, int | None]]:
    """The address of an empty store, and the process of its server where that is ours to watch."""
    given = os.environ.get("QUISAIT_NEO4J_URI")
    if store == "sqlite":
        yield None, None
    elif given:
        yield emptied(given), None
    else:
        with running_server(heap="2g", page_cache="1g") as server:
            yield server.address, server.pid


def send(client: httpx.Client, archive: Archive, *, console: Console) -> tuple[int, float]:
    """Send the archive and wait until all of it can be found; the posts, and the seconds it took."""
    posts = sum(1 for _ in archive.rows("posts.jsonl"))
    bodies = list(batches(archive.records()))
    started = time.perf_counter()
    jobs = [send_batch(client, body) for body in track(bodies, "sending", console=console)]
    for job in track(jobs, "indexing", console=console):
        while client.get(job).raise_for_status().json()["state"] not in ("done", "failed"):
            time.sleep(0.2)
    while "quisait_changes_behind 0.0" not in client.get("/metrics").text:
        time.sleep(0.1)
    return posts, time.perf_counter() - started


def send_batch(client: httpx.Client, body: bytes) -> str:
    """Send one batch; the address of its job. A rejected line ends the evaluation: an archive is to come in whole."""
    answer = client.post("/v1/records", content=body, headers={"Content-Type": "application/x-ndjson"})
    answer.raise_for_status()
    refused = [line for line in map(json.loads, answer.text.splitlines()) if line["outcome"] == "rejected"]
    if refused:
        raise SystemExit(f"{len(refused)} lines were rejected, the first: {refused[0]}")
    return answer.headers["Location"]


def ask_all(
    client: httpx.Client, archive: Archive, *, console: Console
) -> tuple[dict[str, list[str]], dict[str, tuple[Row, str] | None], list[float]]:
    """The people named for each question, best first; the first item of each; and the seconds of each answer."""
    answers: dict[str, list[str]] = {}
    firsts: dict[str, tuple[Row, str] | None] = {}
    times: list[float] = []
    for question in track(list(archive.rows("queries.jsonl")), "asking", console=console):
        started = time.perf_counter()
        items = ask(client, question["text"], limit=LIMIT)
        times.append(time.perf_counter() - started)
        excluded, found = archive.excluded(question), accounts(items, source=archive.source)
        named = [(item, person) for item, person in found if person not in excluded]
        answers[question["id"]] = [person for _, person in named]
        firsts[question["id"]] = named[0] if named else None
    return answers, firsts, times


def ask(client: httpx.Client, question: str, *, limit: int) -> list[Row]:
    """The items of the answer."""
    return client.get("/v1/experts", params={"q": question, "limit": limit}).raise_for_status().json()["items"]


def accounts(items: Sequence[Row], *, source: str) -> Iterator[tuple[Row, str]]:
    """The items, each with what that source calls the person."""
    for item in items:
        yield from ((item, account["id"]) for account in item["person"]["accounts"] if account["source"] == source)


def score(answers: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The measures, as means over the judged questions; a question without an answer counts 0."""
    judged = {question: dict(grades) for question, grades in judgements.items() if question in answers}
    run = {question: {person: float(-rank) for rank, person in enumerate(answers[question])} for question in judged}
    results = pytrec_eval.RelevanceEvaluator(judged, set(MEASURES.values())).evaluate(run)
    means = {name: mean(results.get(q, {}).get(key, 0.0) for q in judged) for name, key in MEASURES.items()}
    return {"questions": len(judged), **{name: round(value, 4) for name, value in means.items()}}


def table(figures: Sequence[Row]) -> Table:
    """One column an archive, one row a figure."""
    drawn = Table("", *(str(column["archive"]) for column in figures))
    for name in dict.fromkeys(name for column in figures for name in column):
        if name != "archive":
            drawn.add_row(name, *(str(column.get(name, "")) for column in figures))
    return drawn


if __name__ == "__main__":
    main()
