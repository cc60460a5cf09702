"""Lists of topics in, through the one door, with a bar while it lasts and a table at the end."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.bootstrap import Services
from app.http.wording import field_error
from app.importers import topic_csv, topic_esco, topic_skos
from app.importers.topic_list import TopicLine, UnreadableList
from app.loading import accept, spoken, table_of
from app.services.ingestion import LineResult

Format = Literal["csv", "skos", "esco"]

SHOWN_PROBLEMS: Final = 20


def load_topics(services: Services, paths: Sequence[Path], *, format_: Format | None, source: str | None) -> int:
    """Import a list of topics, and return the number of lines that were rejected; raises UnreadableList."""
    kind = format_ or guess(paths[0])
    topics = list(_read(paths, kind))
    records = (json.dumps({"kind": "topic", "source": source or kind, **topic.fields}).encode() for topic in topics)
    console, counts, rejected = Console(stderr=True), Counter[str](), 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(" ".join(path.name for path in paths), total=len(topics))
        for receipt in accept(services, records):
            counts.update(f"topic {result.outcome}" for result in receipt.results)
            for result in receipt.results:
                if result.outcome == "rejected":
                    rejected += 1
                    if rejected <= SHOWN_PROBLEMS:
                        console.print(_complaint(result, topics[result.line - 1], paths[0], kind), markup=False)
            progress.advance(task, len(receipt.results))
    console.print(table_of(counts))
    return rejected


def guess(path: Path) -> Format:
    """The format of a list, by its name and its header; raises UnreadableList where neither tells."""
    if path.suffix.lower() in topic_skos.SYNTAXES:
        return "skos"
    with path.open("rb") as file:
        header = file.readline(10_000)
    if b"conceptUri" in header:
        return "esco"
    if b"label_fr" in header or b"label_en" in header:
        return "csv"
    raise UnreadableList(path.name, 1, "", "no_format")


def _read(paths: Sequence[Path], kind: Format) -> Iterator[TopicLine]:
    if kind == "esco":
        return topic_esco.read(paths)
    read = {"csv": topic_csv.read, "skos": topic_skos.read}[kind]
    return chain.from_iterable(map(read, paths))


def _complaint(result: LineResult, topic: TopicLine, path: Path, kind: Format) -> str:
    """Where a topic was refused, and why."""
    language, error = spoken(os.environ), result.errors[0]
    field = next((place for place in topic_csv.PLACES if error.pointer.startswith(place)), "")
    column = topic_csv.PLACES.get(field, error.pointer.lstrip("/")) if kind == "csv" else error.pointer.lstrip("/")
    place = f"{path.name}:{topic.line or topic.fields['id']}:{column}"
    return f"{place}: {field_error(error.code, language, expected=error.expected)}"
