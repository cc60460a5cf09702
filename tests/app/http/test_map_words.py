"""What a map says, in both languages."""

from datetime import date
from string import Formatter

import pytest

from app.http.map_words import WORDS, column_label, quarter
from app.http.presentation import accepted
from app.services.expertise_map import Column

OFFERED = ("application/json", "text/csv", "image/svg+xml")


def test_everything_is_said_in_both_languages_with_the_same_blanks() -> None:
    for code, text in WORDS.items():
        blanks = [{name for _, name, _, _ in Formatter().parse(one)} - {None} for one in text]
        assert blanks[0] == blanks[1], code
        assert text.fr and text.en


def test_a_topic_without_a_name_in_a_language_has_that_of_the_other() -> None:
    assert [column_label(Column("top_1", {"en": "fibre"}), language) for language in ("fr", "en")] == ["fibre", "fibre"]


def test_quarters_begin_in_january() -> None:
    assert [quarter(date(2026, month, 1), "fr") for month in (1, 4, 7, 10)] == [f"T{n} 2026" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("header", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*;q=0.5, image/svg+xml", "image/svg+xml"),
        ("text/html, image/svg+xml;q=0.4, */*;q=0.8", "application/json"),
        ("TEXT/CSV;q=1, */*;q=0.1", "text/csv"),
        ("application/json;q=0, text/*", "text/csv"),
    ],
)
def test_the_type_that_is_liked_best_is_answered(header: str | None, media_type: str) -> None:
    assert accepted(header, OFFERED) == media_type
