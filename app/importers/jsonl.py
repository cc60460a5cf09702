"""Canonical records, one JSON object a line: ids and all are the file's own."""

from collections.abc import Iterator
from pathlib import Path

from app.records import MAX_LINE_BYTES


def read(path: Path) -> Iterator[bytes]:
    """All lines of the file, without their ends; of a line that is too long, just enough to see that."""
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE_BYTES + 2):
            while not line.endswith(b"\n") and (rest := file.readline(MAX_LINE_BYTES)):
                line = line[: MAX_LINE_BYTES + 1] + rest[-1:]
            yield line.rstrip(b"\r\n")
