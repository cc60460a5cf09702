"""Maps as pictures: well-formed, complete, and without anything from elsewhere."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

from app.http.heat_map import picture_of
from app.services.expertise_map import Cell, Column, ExpertiseMap, Row

SVG = "{http://www.w3.org/2000/svg}"
MAP = ExpertiseMap(
    row_kind="community",
    rows=(Row("com_1", '<script>alert("R&D")</script>'), Row("com_2", "b\uffff")),
    columns=(Column("top_1", {"fr": "fibre <optique>"}), Column("top_2", {"en": "a topic with a rather long name"})),
    cells=((Cell(50, date(2026, 4, 1)), None), (None, Cell(5, date(2025, 10, 1)))),
)


def drawn(found: ExpertiseMap = MAP) -> ET.Element:
    return ET.fromstring(picture_of(found, "en"))


def texts(picture: ET.Element) -> list[str | None]:
    return [found.text for found in picture.iter(f"{SVG}text")]


def test_a_picture_is_named_and_described_for_who_cannot_see_it() -> None:
    picture = drawn()
    assert picture.get("role") == "img"
    named = {found.get("id"): found.text for found in picture}
    assert named["title"] == "Expertise map: topics by community"
    assert "fewer than 5 people are withheld" in str(named["description"])
    assert picture.get("aria-labelledby") == "title description"


def test_names_are_text_and_nothing_else() -> None:
    assert {found.tag.removeprefix(SVG) for found in drawn().iter()} <= {
        "svg",
        "title",
        "desc",
        "style",
        "defs",
        "pattern",
        "path",
        "g",
        "rect",
        "text",
    }
    assert "fibre <optique>" in texts(drawn())
    assert "b" in texts(drawn())


def test_a_cell_shows_how_many_and_since_when_and_says_so_in_full() -> None:
    assert {"50", "Q2 2026", "5", "Q4 2025"} <= set(texts(drawn()))
    said = [found.text for found in drawn().iter(f"{SVG}title")]
    assert "b, fibre <optique>: withheld" in said
    assert "b, a topic with a rather long name: 5 people, half of them since Q4 2025" in said


def test_withheld_cells_are_hatched_and_in_the_legend() -> None:
    hatched = [found for found in drawn().iter(f"{SVG}rect") if found.get("class") == "withheld"]
    assert len(hatched) == 2 + 1
    assert "withheld" in texts(drawn())


def test_a_long_name_is_shortened_where_it_is_drawn() -> None:
    assert "a topic with a rather long…" in texts(drawn())


def test_a_picture_needs_nothing_from_elsewhere() -> None:
    picture = picture_of(MAP, "fr")
    assert re.findall(r"https?://[^\"]+", picture) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<script|@import|href=|\son\w+=", picture)
    assert "prefers-color-scheme: dark" in picture


def test_a_map_with_nothing_to_show_says_so() -> None:
    empty = replace(MAP, columns=(), cells=((), ()))
    assert "There is no cell that can be shown." in texts(drawn(empty))
    assert drawn(replace(empty, rows=(), cells=())).get("role") == "img"
