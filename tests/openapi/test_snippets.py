"""The README's few lines for developers run as they stand, with the clients that `make clients` writes."""

import re
import shutil
from pathlib import Path

import pytest

from scripts.generate_clients import Tools, write_python_client, write_typescript_client
from scripts.service import Service

pytestmark = pytest.mark.xdist_group("clients")  # one service for all

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CONFIGURATION = Path(__file__).parent / "clients" / "tsconfig.json"


@pytest.fixture
def known(live_demo: Service) -> list[str]:
    """Who knows SMED, to those who ask without a client."""
    with live_demo.client() as http:
        found = http.get("/v1/experts", params={"q": "Who knows SMED?", "limit": 3}).raise_for_status().json()
    return [f"{expert['person']['name']} {expert['confidence']}" for expert in found["items"]]


def snippet(language: str) -> str:
    """The README's lines in that language."""
    [lines] = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return lines


def key_of(demo: Service) -> dict[str, str]:
    """What the demo tells to export."""
    return {"QUISAIT": demo.url, "KEY": demo.key}


def test_the_lines_in_python_name_who_knows(tools: Tools, live_demo: Service, known: list[str], tmp_path: Path) -> None:
    write_python_client(tmp_path / "python", tools=tools)
    program = tmp_path / "python" / "program.py"  # beside the package, as if that were installed
    program.write_text(snippet("python"), encoding="utf-8")
    done = tools.run_python(program, env=key_of(live_demo))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == known


def test_the_lines_in_typescript_are_well_typed_and_name_who_knows(
    tools: Tools, live_demo: Service, known: list[str], tmp_path: Path
) -> None:
    write_typescript_client(tmp_path, tools=tools)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "node_modules").symlink_to(tools.packages)
    (tmp_path / "calls.ts").write_text(snippet("ts"), encoding="utf-8")
    shutil.copy(CONFIGURATION, tmp_path)
    checked = tools.run_node("typescript/bin/tsc", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    done = tools.run_node(tmp_path / "calls.ts", env=key_of(live_demo))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == known
