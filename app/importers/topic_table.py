"""Tables of topics: CSV in UTF-8, columns by their names, whatever stands between them."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.importers.topic_list import UnreadableList

DELIMITERS: Final = ",;\t"


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by column, empty cells left out, each with its line; the header comes first. Raises UnreadableList."""
    text = _text(path)
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    table = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    columns = [name.strip() for name in next(table, [])]
    yield 1, dict.fromkeys(columns, "")
    line = table.line_num + 1
    for cells in table:
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if cell.strip()}
        if row:
            yield line, row
        line = table.line_num + 1


def _text(path: Path) -> str:
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableList(path.name, line, "", "not_utf8") from error
