"""Files of canonical records: every line counts."""

from pathlib import Path

import pytest

from app.importers import jsonl
from app.loading import accept, complaint, spoken
from app.records import MAX_LINE_BYTES, FieldError
from tests.app.client import Api


def test_a_blank_line_is_counted_and_skipped(sqlite_api: Api, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_bytes(b'{"kind": "person", "source": "chat", "id": "ana", "name": "Ana"}\r\n\n  \n{"kind": "wish"}')
    [receipt] = accept(sqlite_api.services, jsonl.read(file))
    assert [(result.line, result.outcome) for result in receipt.results] == [(1, "created"), (4, "rejected")]


def test_a_line_that_is_too_long_is_read_just_far_enough_and_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_bytes(3 * MAX_LINE_BYTES * b"a" + b"\n{}\n")
    first, second = jsonl.read(file)
    assert MAX_LINE_BYTES < len(first) <= MAX_LINE_BYTES + 2
    assert second == b"{}"


def test_a_complaint_says_where_and_what_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    wrong = [FieldError("/lang", "literal_error", "fr, en"), FieldError("", "duplicate_key")]
    assert complaint(wrong) == (
        "/lang: Cette valeur n'est pas l'une de celles admises. Sont admises : fr, en. "
        "Un nom figure deux fois dans l'objet."
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [({}, "en"), ({"LANG": "fr_FR.UTF-8"}, "fr"), ({"LANG": "fr_FR", "LC_ALL": "C"}, "en")],
)
def test_the_language_is_the_one_of_the_environment(environment: dict[str, str], language: str) -> None:
    assert spoken(environment) == language
