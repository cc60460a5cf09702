"""Files in, through the one door, with a bar while it lasts and a table at the end."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.bootstrap import Services, indexing
from app.http.wording import field_error
from app.records import FieldError, numbered, parse_line
from app.services.ingestion import Receipt
from graph.model import Language

BATCH = 1000
PAUSE_SECONDS = 0.2
SHOWN_PROBLEMS = 20


def load(services: Services, read: Callable[[Path], Iterator[bytes]], paths: Sequence[Path]) -> int:
    """Import the files and return when all their posts are indexed, whoever did it; the number of rejected lines."""
    console = Console(stderr=True)
    counts: Counter[str] = Counter()
    rejected = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for path in paths:
            task = progress.add_task(path.name, total=None)
            for receipt in accept(services, read(path)):
                counts.update(f"{result.kind or '?'} {result.outcome}" for result in receipt.results)
                rejected += _report(console, path, receipt, already=rejected)
                progress.advance(task, len(receipt.results))
            progress.update(task, total=progress.tasks[task].completed)
        _index(services, progress)
    console.print(table_of(counts))
    return rejected


def accept(services: Services, lines: Iterable[bytes]) -> Iterator[Receipt]:
    """Accept the lines in batches, lazily."""
    rest = numbered(lines)
    while batch := list(islice(rest, BATCH)):
        now = datetime.now(UTC)
        yield services.ingestion.accept(
            [parse_line(line, number=number, identity=services.identity, now=now) for number, line in batch]
        )


def _index(services: Services, progress: Progress) -> None:
    task = progress.add_task("indexing", total=None)
    with indexing(services) as indexer:
        while services.store.posts.waiting(limit=1):
            done = indexer.process_next()
            progress.advance(task, done)
            if not done:
                time.sleep(PAUSE_SECONDS)  # another worker is at it
        indexer.release()
    progress.update(task, total=progress.tasks[task].completed)


def _report(console: Console, path: Path, receipt: Receipt, *, already: int) -> int:
    bad = [result for result in receipt.results if result.outcome == "rejected"]
    for result in bad[: max(0, SHOWN_PROBLEMS - already)]:
        console.print(f"{path.name}:{result.line}: {complaint(result.errors)}", markup=False)
    return len(bad)


def complaint(errors: Iterable[FieldError]) -> str:
    """Where a record is wrong, and how."""
    language = spoken(os.environ)
    told = ((error.pointer, field_error(error.code, language, expected=error.expected)) for error in errors)
    return " ".join(f"{pointer}: {sentence}" if pointer else sentence for pointer, sentence in told)


def spoken(environment: Mapping[str, str]) -> Language:
    """The language in which to speak to whoever set this environment."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "fr" if named.lower().startswith("fr") else "en"


def table_of(counts: Counter[str]) -> Table:
    """What became of the records, by kind."""
    outcomes = ("created", "changed", "unchanged", "superseded", "retracted", "rejected")
    table = Table("records", *outcomes, box=SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    for kind in sorted({name.split()[0] for name in counts}):
        table.add_row(kind, *(str(counts[f"{kind} {outcome}"] or "") for outcome in outcomes))
    return table
