"""An expertise map as a table for spreadsheets: CSV, a line for each cell."""

import csv
import io
from typing import Final

from app.http.map_words import column_label, row_label, word
from app.services.expertise_map import Cell, ExpertiseMap
from graph.model import Language

BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel reads accents as something else
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what makes a spreadsheet calculate


def table_of(found: ExpertiseMap, language: Language) -> str:
    """The map as CSV; a cell that is withheld says so."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(word(code, language) for code in (found.row_kind, "topic", "people", "half_since"))
    for row, cells in zip(found.rows, found.cells, strict=True):
        name = harmless(row_label(row, language))
        for column, cell in zip(found.columns, cells, strict=True):
            lines.writerow((name, harmless(column_label(column, language)), *_values(cell, language)))
    return BYTE_ORDER_MARK + written.getvalue()


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _values(cell: Cell | None, language: Language) -> tuple[str, str]:
    return (str(cell.people), cell.half_since.isoformat()) if cell else (word("withheld", language), "")
