"""The demo runs as told: its variables make the command line speak to it, and it leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from scripts.load_demo import environment_with, free_port, how_to_open, say_what_is_ignored
from scripts.refresh_readme import ROOT

KEYS = re.compile(r"^\.venv/bin/(quisait keys create .*)$", re.MULTILINE)
LEXICAL = {"QUISAIT_NLP_FR": "lexical", "QUISAIT_NLP_EN": "lexical"}  # which also makes the loading quick


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that somebody started in a terminal: its process, what it printed, and the variables it told to export."""

    process: subprocess.Popen[str]
    printed: str
    variables: dict[str, str]

    def interrupted(self) -> str:
        """What is printed after Ctrl-C, which reaches all processes of the terminal, to the end."""
        os.killpg(self.process.pid, signal.SIGINT)
        assert self.process.stdout
        return self.process.stdout.read()


@pytest.fixture
def told() -> Iterator[Demo]:
    """The demo, with settings of its user's."""
    environment = os.environ | LEXICAL | {"QUISAIT_PORT": str(free_port(0)), "QUISAIT_DATA_DIR": "/nowhere"}
    command = [sys.executable, "-m", "scripts.load_demo"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        assert process.stdout
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if line.strip().startswith("curl"):
                break
        [exported] = re.findall(r"^ +export (.*)$", "".join(lines), re.MULTILINE) or [""]
        yield Demo(process, "".join(lines), dict(re.findall(r"(\w+)=(\S+)", exported)))
        process.terminate()


def test_the_demo_runs_as_told_and_ends_quietly(told: Demo) -> None:
    [command] = KEYS.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    key = subprocess.run(
        f"{Path(sys.executable).parent}/{command}",
        shell=True,
        env=os.environ | told.variables,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    headers = {"Authorization": f"Bearer {key}"}
    found = httpx.get(f"{told.variables['QUISAIT']}/v1/people", params={"q": "petrova"}, headers=headers, timeout=60)
    assert found.json()["items"][0]["name"] == "Sylvia Petrova"
    readiness = httpx.get(f"{told.variables['QUISAIT']}/readyz", timeout=60).text
    assert "lexical" in readiness
    assert "Not used, since the demo has its own: QUISAIT_DATA_DIR\n" in told.printed
    assert "Traceback" not in told.interrupted()
    assert not Path(told.variables["QUISAIT_DATA_DIR"]).exists()


def test_the_demo_decides_where_its_data_are_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"QUISAIT_STORE": "sqlite:///mine.db", "QUISAIT_LOG_LEVEL": "DEBUG", **LEXICAL}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    environment = environment_with({"QUISAIT_DATA_DIR": "/here"})
    assert "QUISAIT_STORE" not in environment
    assert environment["QUISAIT_DATA_DIR"] == "/here"
    assert {"QUISAIT_LOG_LEVEL": "DEBUG", **LEXICAL}.items() <= environment.items()
    say_what_is_ignored({"QUISAIT_DATA_DIR": "/here"})
    assert capsys.readouterr().out == "Not used, since the demo has its own: QUISAIT_STORE\n"


def test_a_wanted_port_that_is_taken_is_refused_by_its_number() -> None:
    with socket.create_server(("127.0.0.1", 0)) as neighbour:
        port = neighbour.getsockname()[1]
        with pytest.raises(SystemExit, match=f"port {port}"):
            free_port(port)


def test_how_to_open_the_graph_names_its_address_and_that_it_asks_for_no_password() -> None:
    said = how_to_open("neo4j://127.0.0.1:7687/neo4j")
    assert "bolt://127.0.0.1:7687, database neo4j, without user or password" in said
