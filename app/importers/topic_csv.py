"""A host's own list of topics as CSV: one topic a line, columns by their names, several values with | between them.

Ids are those of the column `id`, else the first name; `broader` and `related` give an id or a name of another line.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.importers.topic_list import TopicLine, UnreadableList
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
    """The topics of the file; raises UnreadableList."""
    rows = _rows(path)
    ids: dict[str, int] = {}
    for line, row in rows:
        if not (row.get("label_fr") or row.get("label_en")):
            raise UnreadableList(path.name, line, "label_fr", "no_label")
        if _id(row) in ids:
            raise UnreadableList(path.name, line, "id" if row.get("id") else "label_fr", "twice")
        ids[_id(row)] = line
    named = {row[name]: _id(row) for _, row in reversed(rows) for name in ("label_fr", "label_en") if row.get(name)}
    named |= {known: known for known in ids}
    for line, row in rows:
        for column in ("broader", "related"):
            if any(name not in named for name in _several(row, column)):
                raise UnreadableList(path.name, line, column, "unknown")
        yield TopicLine(line, _fields(row, named))


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
    return row.get("id") or row.get("label_fr") or row["label_en"]


def _several(row: Mapping[str, str], column: str) -> list[str]:
    return [value.strip() for value in row.get(column, "").split("|") if value.strip()]
