"""What the log says, and what it never does."""

import json
from collections.abc import Iterator

import pytest
import structlog

from app.observability.logging import configure
from tests.app.client import Api


@pytest.fixture(autouse=True)
def log_of_tests() -> Iterator[None]:
    """Puts back the log as the other tests have it."""
    yield
    structlog.reset_defaults()


def test_a_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    structlog.get_logger().info("indexed", posts=3)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["posts"]) == ("indexed", "info", 3)


def test_what_could_name_or_quote_somebody_is_taken_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    structlog.get_logger().info("asked", q="Zorglub", name="Zorglub", email="Zorglub", text="Zorglub", token="Zorglub")
    assert "Zorglub" not in capsys.readouterr().err


def test_a_request_is_logged_by_its_route_and_key(sqlite_api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    answer = sqlite_api.get("/v1/experts?q=Zorglub&asker=per_Zorglub")
    log = capsys.readouterr().err
    line = next(json.loads(line) for line in log.splitlines() if answer.headers["X-Trace-Id"] in line)
    assert (line["route"], line["status"], line["method"]) == ("/v1/experts", 404, "GET")
    assert line["key"].startswith("key_")
    assert "Zorglub" not in log and sqlite_api.token not in log
