"""The benchmark runs on a small organisation, and measures what answers: a figure of nothing would look fast."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts import benchmark, benchmark_experts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmark")


@pytest.fixture(autouse=True)
def few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark_experts, "QUESTIONS", 20)
    monkeypatch.setattr(benchmark_experts, "WARM_UP", 2)
    monkeypatch.setattr(benchmark_experts, "PEER_QUESTIONS", 2)


def measured(
    part: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    monkeypatch.setattr(sys, "argv", ["benchmark", part, "--scale", "1k", "--keep", str(folder), "--json"])
    benchmark.main()
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_questions_find_people_and_ways_to_them_where_somebody_asks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measured("experts", folder, monkeypatch, capsys)
    asked, by_nobody = found["3 topics and 4 words, all"], found["3 topics and 4 words, no asker"]
    assert (asked["experts"] > 1, asked["reached"] > 0.5) == (True, True)
    assert (by_nobody["experts"] > 1, by_nobody["reached"]) == (True, 0)
    assert all(found[f"{peer}{words} words"]["p50_ms"] > 0 for peer in ("", "FTS5, ") for words in (3, 10, 30, 100))


@pytest.mark.parametrize(
    ("part", "row", "figure"),
    [("map", "map, departments × topics", "after_a_post_ms"), ("ties", "ten introductions, half", "p99_ms")],
)
def test_other_parts_take_the_store_that_was_kept(
    part: str,
    row: str,
    figure: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert measured(part, folder, monkeypatch, capsys)[row][figure] > 0
