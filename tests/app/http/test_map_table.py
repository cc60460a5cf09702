"""Maps for spreadsheets do nothing but show."""

import csv
from datetime import date
from io import StringIO

import pytest

from app.http.map_table import harmless, table_of
from app.services.expertise_map import Cell, Column, ExpertiseMap, Row

MAP = ExpertiseMap(
    row_kind="department",
    rows=(Row(None, "=1+1"), Row(None, None)),
    columns=(Column("top_1", {"en": "optical fibre"}), Column("top_2", {"fr": 'soudure, dite "@ froid"'})),
    cells=((Cell(12, date(2026, 4, 1)), None), (None, Cell(5, date(2025, 10, 1)))),
)


def test_a_table_has_a_line_for_each_cell_and_says_what_is_withheld() -> None:
    assert list(csv.reader(StringIO(table_of(MAP, "en").removeprefix("\ufeff")))) == [
        ["Department", "Topic", "People", "Half of them since"],
        ["'=1+1", "optical fibre", "12", "2026-04-01"],
        ["'=1+1", 'soudure, dite "@ froid"', "withheld", ""],
        ["(not known)", "optical fibre", "withheld", ""],
        ["(not known)", 'soudure, dite "@ froid"', "5", "2025-10-01"],
    ]


def test_a_table_speaks_french() -> None:
    lines = table_of(MAP, "fr").splitlines()
    assert lines[0] == "\ufeffService,Sujet,Personnes,La moitié depuis"
    assert lines[3] == "(non renseigné),optical fibre,masqué,"


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠a"])
def test_what_a_spreadsheet_would_calculate_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_other_text_stays_as_it_is() -> None:
    assert [harmless(text) for text in ("", "fibre", "C++", "a=b", "R&D")] == ["", "fibre", "C++", "a=b", "R&D"]
