"""Clients generated from the contract compile strictly, and do what the README shows, against a live service."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts.generate_clients import Tools, write_python_client, write_typescript_client
from scripts.service import Service

pytestmark = pytest.mark.xdist_group("clients")  # one service and one generated client for all

PROGRAMS = Path(__file__).parent / "clients"
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r'/v1/experts"[^`]*?--data-urlencode "q=([^"]+)"', README)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
RECORDS = re.findall(r'^\{"kind".*\}$', README, re.MULTILINE)


@pytest.fixture(scope="module")
def python(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated package and the program that uses it."""
    folder = tmp_path_factory.mktemp("python")
    write_python_client(folder / "generated", tools=tools)
    (folder / "generated" / "quisait_client").rename(folder / "quisait_client")
    [shown] = PYTHON.findall((folder / "generated" / "README.md").read_text(encoding="utf-8"))
    (folder / "shown.py").write_text(shown)  # is to be well typed too
    return shutil.copytree(PROGRAMS, folder, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def typescript(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated types, the packages they go with, and the program that uses them."""
    folder = tmp_path_factory.mktemp("typescript")
    write_typescript_client(folder, tools=tools)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "node_modules").symlink_to(tools.packages)
    return shutil.copytree(PROGRAMS, folder, dirs_exist_ok=True)


@pytest.fixture
def by_hand(live_demo: Service) -> dict[str, Any]:
    """What the calls give to who sends them without a generated client."""
    with live_demo.client() as http:
        listed = http.get("/v1/communities", params={"limit": 200}).raise_for_status().json()
        return {
            "answers": [answer(http, question) for question in QUESTIONS],
            "communities": [community["name"] for community in listed["items"]],
            "records": ["created", "created", "created", "created", "retracted"],
            "unknown": [404, "/problems/not-found", []],
            "no key": [401, "/problems/unauthenticated", []],
            "too many": [422, "/problems/invalid-request", ["/query/limit"]],
        }


def answer(http: httpx.Client, question: str) -> list[Any]:
    """Name, score and evidence of the first who knows, or the reason why there is nobody."""
    page = http.get("/v1/experts", params={"q": question, "limit": 1}).raise_for_status().json()
    for expert in page["items"]:
        return [expert["person"]["name"], expert["score"], [evidence["excerpt"] for evidence in expert["evidence"]]]
    return [page["reason"]["code"]]


def given(demo: Service, *, source: str) -> dict[str, Any]:
    """What a program is told: the service, the README's questions, and its records as those of that source."""
    records = [record.replace('"source":"chat"', f'"source":"{source}"') for record in RECORDS]
    told = json.dumps({"questions": QUESTIONS, "records": records})
    return {"env": {"QUISAIT": demo.url, "KEY": demo.key}, "input": told}


def test_the_readme_has_calls_to_try() -> None:
    assert len(QUESTIONS) >= 3
    assert len(RECORDS) == 5


def test_the_python_client_comes_with_a_page_of_ours(python: Path) -> None:
    page = (python / "generated" / "README.md").read_text(encoding="utf-8")
    assert "quisait keys create" in page and "api.example.com" not in page


def test_the_python_client_is_well_typed(python: Path, tools: Tools) -> None:
    pyright = [Path(sys.executable).with_name("pyright"), "--pythonpath", tools.python]
    done = subprocess.run(pyright, cwd=python, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_typescript_client_is_well_typed(typescript: Path, tools: Tools) -> None:
    done = tools.run_node("typescript/bin/tsc", cwd=typescript)
    assert done.returncode == 0, done.stdout


def test_the_python_client_does_what_the_readme_shows(
    python: Path, tools: Tools, live_demo: Service, by_hand: dict[str, Any]
) -> None:
    done = tools.run_python(python / "calls.py", **given(live_demo, source="python"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == by_hand


def test_the_typescript_client_does_what_the_readme_shows(
    typescript: Path, tools: Tools, live_demo: Service, by_hand: dict[str, Any]
) -> None:
    done = tools.run_node(typescript / "calls.ts", **given(live_demo, source="typescript"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == by_hand
