"""Weights fitted to people's ratings, from the file to the setting."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.calibrating import calibrate, rounded
from app.settings import Settings
from tests.app.client import Api
from tests.app.records import person
from tests.app.services.sending import JANUARY

PEOPLE = [f"p{number:02d}" for number in range(12)]


@pytest.fixture
def ratings(sqlite_api: Api, tmp_path: Path) -> Path:
    """People who write to each other and meet; close is who was met in person, and nothing else."""
    random = np.random.default_rng(1)
    ids = [result["public_id"] for result in sqlite_api.send(*map(person, PEOPLE))]
    lines, records = ["person,other,rating"], []
    for one in range(12):
        for two in range(one + 1, 12):
            talks, meetings = int(random.integers(1, 4)), int(random.integers(3))
            kinds = ["online"] * talks + ["in_person"] * meetings
            records += [event(f"{one}-{two}-{at}", one, two, channel) for at, channel in enumerate(kinds)]
            lines.append(f"{ids[one]},{ids[two]},{1 + round(4 * meetings / len(kinds))}")
    sqlite_api.send(*records)
    path = tmp_path / "ratings.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def event(key: str, one: int, two: int, channel: str) -> dict[str, Any]:
    said = {"type": "meeting", "people": [PEOPLE[one], PEOPLE[two]], "at": JANUARY, "channel": channel}
    return {"kind": "interaction", "source": "chat", "id": key, **said}


def test_the_weights_behind_ratings_are_printed_and_nothing_is_changed(
    sqlite_api: Api, ratings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(tmp_path.iterdir())
    calibrate(sqlite_api.services, ratings, accept=None)
    printed = capsys.readouterr()
    name, _, weights = printed.out.strip().partition("=")
    assert name == "QUISAIT_TIE_WEIGHTS"
    assert float(weights.split(",")[5]) > 0.5
    assert "66 of 66" in printed.err and "Nothing has changed" in printed.err
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_accepted_takes_its_place_among_the_settings(
    sqlite_api: Api, ratings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "quisait.env"
    file.write_text("QUISAIT_PORT=8001\nQUISAIT_TIE_WEIGHTS=1,0,0,0,0,0\n")
    calibrate(sqlite_api.services, ratings, accept=file)
    kept, line = file.read_text().splitlines()
    assert kept == "QUISAIT_PORT=8001"
    monkeypatch.setenv(*line.split("=", 1))
    assert Settings().tie_weights[5] > 0.5


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a,b\n", ":1:"),
        ("person,other,rating\nper_a,per_b,3\nper_a,per_b,6\n", ":3:"),
        ("person,other,rating\nper_a,per_a,3", ":2:"),
    ],
)
def test_a_line_that_is_no_rating_is_named(sqlite_api: Api, tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(text)
    with pytest.raises(SystemExit, match=f"ratings.csv{where}"):
        calibrate(sqlite_api.services, path, accept=None)


def test_few_ratings_fit_nothing(sqlite_api: Api, tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("person,other,rating\nper_a,per_b,3\n")
    with pytest.raises(SystemExit, match="30 ratings"):
        calibrate(sqlite_api.services, path, accept=None)


def test_rounded_weights_still_sum_to_one() -> None:
    assert sum(rounded((1 / 3, 1 / 3, 1 / 3, 0, 0, 0))) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("weights", ["1,0,0,0,0", "0.5,0.5,0.5,0,0,0", "2,-1,0,0,0,0", "a,b,c,d,e,f"])
def test_weights_that_are_no_shares_of_one_are_refused(monkeypatch: pytest.MonkeyPatch, weights: str) -> None:
    monkeypatch.setenv("QUISAIT_TIE_WEIGHTS", weights)
    with pytest.raises(ValueError, match="tie_weights"):
        Settings()
