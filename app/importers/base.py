"""What all importers share: they yield lines of canonical records, lazily, and touch nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Importer(Protocol):
    """A format: how a file becomes lines of records. Each importer says how ids are made and what it skips."""

    def __call__(self, path: Path) -> Iterator[bytes]:
        """The file's records, one JSON object each; an unreadable file raises OSError."""
        ...
