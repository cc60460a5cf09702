"""A host's own list of topics as CSV: one topic a line, columns by their names, several values with | between them.

Ids are those of the column `id`, else the first name; `broader` and `related` give an id or a name of another line.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.importers.topic_list import Reason, TopicLine, UnreadableList
from app.importers.topic_table import rows_of

COLUMNS: Final = (
    "id",
    "label_fr",
    "label_en",
    "alt_fr",
    "alt_en",
    "broader",
    "related",
    "uri",
    "exact_match",
    "close_match",
    "kind",
)
PLACES: Final = {  # of the fields of a record
    "/pref_label/fr": "label_fr",
    "/pref_label/en": "label_en",
    "/alt_labels/fr": "alt_fr",
    "/alt_labels/en": "alt_en",
    "/topic_kind": "kind",
}


def read(path: Path) -> Iterator[TopicLine]:
    """The topics of the file; raises UnreadableList with all that is to mend."""
    rows = _rows(path)
    named = {row[name]: _id(row) for _, row in reversed(rows) for name in ("label_fr", "label_en") if row.get(name)}
    named |= {_id(row): _id(row) for _, row in rows}
    if faults := [UnreadableList(path.name, *fault) for fault in _faults(rows, named)]:
        raise replace(faults[0], others=tuple(faults[1:]))
    for line, row in rows:
        yield TopicLine(line, _fields(row, named))


def _faults(rows: Iterable[tuple[int, Mapping[str, str]]], named: Container[str]) -> Iterator[tuple[int, str, Reason]]:
    """Line, column and reason of each cell to mend."""
    ids = set[str]()
    for line, row in rows:
        if not (row.get("label_fr") or row.get("label_en")):
            yield line, "label_fr", "no_label"
        elif _id(row) in ids:
            yield line, "id" if row.get("id") else "label_fr", "twice"
        ids.add(_id(row))
        for column in ("broader", "related"):
            if any(name not in named for name in _several(row, column)):
                yield line, column, "unknown"


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    (_, header), *rows = rows_of(path)
    unknown = next((name for name in header if name not in COLUMNS), None)
    if unknown is not None:
        raise UnreadableList(path.name, 1, unknown, "unknown_columns")
    if header.keys().isdisjoint(("label_fr", "label_en")):
        raise UnreadableList(path.name, 1, "", "no_column")
    return rows


def _fields(row: Mapping[str, str], named: Mapping[str, str]) -> dict[str, Any]:
    broader = [named[name] for name in _several(row, "broader")]
    return {
        "id": _id(row),
        "pref_label": {language: row.get(f"label_{language}") for language in ("fr", "en")},
        "alt_labels": {language: _several(row, f"alt_{language}") for language in ("fr", "en")},
        "broader": broader[0] if broader else None,
        "related": [named[name] for name in _several(row, "related")],
        "uri": row.get("uri"),
        "exact_match": _several(row, "exact_match"),
        "close_match": _several(row, "close_match"),
        "topic_kind": row.get("kind", "professional"),
    }


def _id(row: Mapping[str, str]) -> str:
    return row.get("id") or row.get("label_fr") or row.get("label_en") or ""


def _several(row: Mapping[str, str], column: str) -> list[str]:
    return [value.strip() for value in row.get(column, "").split("|") if value.strip()]
