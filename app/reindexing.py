"""Topics found anew, with a bar while it lasts and a table at the end."""

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.bootstrap import Services, indexing
from graph.model import Reader

Counts = dict[Reader | None, int]


def reindex(services: Services, *, everything: bool) -> None:
    """Let the present pipelines read what others have read, or everything; return when that is done."""
    console, readers = Console(stderr=True), services.readers
    before = readers.counts()
    with indexing(services) as indexer:
        if everything:
            readers.forget()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("reindexing", total=readers.outdated())
            for done in indexer.reindex(readers=readers.current()):
                progress.advance(task, done)
        indexer.release()
    console.print(_table(before, readers.counts()))


def _table(before: Counts, after: Counts) -> Table:
    table = Table("posts read by", "before", "after", box=SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    for reader in sorted({*before, *after}, key=lambda reader: reader or ("", "")):
        name = " ".join(reader) if reader else "to be read anew"
        table.add_row(name, str(before.get(reader) or ""), str(after.get(reader) or ""))
    return table
