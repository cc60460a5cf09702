"""ESCO's official CSV, one file a language: a concept's URI is its id, and joins its French and its English names.

Concepts that are no longer in use are left out, and names beyond the hundred that a topic can have.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from app.importers.topic_list import TopicLine, UnreadableList
from app.importers.topic_table import rows_of
from graph.model import Language

COLUMNS: Final = frozenset({"conceptUri", "preferredLabel", "altLabels"})
LANGUAGE: Final = re.compile(r"_(fr|en)\Z", re.IGNORECASE)
MOST_NAMES: Final = 50  # in a language
LONGEST: Final = 200


def read(paths: Sequence[Path]) -> Iterator[TopicLine]:
    """The concepts of the files, those of the first file first; raises UnreadableList."""
    concepts: dict[str, TopicLine] = {}
    for path in paths:
        language = _language(path)
        rows = rows_of(path)
        if not next(rows)[1].keys() >= COLUMNS:
            raise UnreadableList(path.name, 1, "conceptUri", "unknown_columns")
        for line, row in rows:
            if "conceptUri" in row and "preferredLabel" in row and row.get("status", "released") == "released":
                uri = row["conceptUri"]
                _add(concepts.setdefault(uri, TopicLine(line, _concept(uri))).fields, row, language)
    yield from concepts.values()


def _concept(uri: str) -> dict[str, Any]:
    return {"id": uri, "uri": uri, "pref_label": {}, "alt_labels": {}}


def _add(concept: dict[str, Any], row: dict[str, str], language: Language) -> None:
    preferred = row["preferredLabel"]
    names = dict.fromkeys(name.strip() for name in row.get("altLabels", "").splitlines())
    short = [name for name in names if name and name != preferred and len(name) <= LONGEST]
    concept["pref_label"][language] = preferred
    concept["alt_labels"][language] = short[:MOST_NAMES]


def _language(path: Path) -> Language:
    found = LANGUAGE.search(path.stem)
    if found is None:
        raise UnreadableList(path.name, 1, "", "no_language")
    return "fr" if found[1].lower() == "fr" else "en"
