"""Cursors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.pagination import Cursors, InvalidCursor

CURSORS = Cursors.of(b"secret")
FILTERS = {"list": "people", "q": "é"}


@given(st.text())
def test_a_cursor_gives_its_position_back(position: str) -> None:
    assert CURSORS.read(CURSORS.write(position, filters=FILTERS), filters=FILTERS) == position


def test_no_cursor_is_the_beginning() -> None:
    assert CURSORS.read(None, filters=FILTERS) == ""


def test_a_cursor_is_good_for_the_same_filters_only() -> None:
    cursor = CURSORS.write("per_ana", filters=FILTERS)
    with pytest.raises(InvalidCursor):
        CURSORS.read(cursor, filters={**FILTERS, "q": "e"})


def test_a_cursor_of_another_instance_is_refused() -> None:
    with pytest.raises(InvalidCursor):
        Cursors.of(b"other").read(CURSORS.write("per_ana", filters=FILTERS), filters=FILTERS)


def test_a_cursor_with_any_character_changed_is_refused() -> None:
    cursor = CURSORS.write("per_ana", filters=FILTERS)
    for at, character in enumerate(cursor[:-1]):  # some bits of the last one mean nothing
        changed = cursor[:at] + ("B" if character == "A" else "A") + cursor[at + 1 :]
        with pytest.raises(InvalidCursor):
            CURSORS.read(changed, filters=FILTERS)


@given(st.text(max_size=200))
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        CURSORS.read(text, filters=FILTERS)


def test_only_a_page_with_more_behind_it_has_a_next_one() -> None:
    def following(rows: str) -> str | None:
        return CURSORS.following(rows, limit=2, position=str, filters=FILTERS)

    assert following("ab") is None
    assert CURSORS.read(following("abc"), filters=FILTERS) == "b"
