import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any, LiteralString

import psutil
import pytest
from jgo.env import LockedDependency, LockFile, compute_spec_hash
from neo4j import GraphDatabase

from scripts.neo4j_server import LOCK, SPECIFICATION, Neo4jServerError, cache_directory, fetch_jars, running_server

ROOT = LOCK.parents[2]


@dataclass
class Mirror:
    """A Maven repository on this machine: what it serves by file name, and what it was asked for."""

    jars: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    failures_left: int = 0


class MirrorHandler(BaseHTTPRequestHandler):
    def __init__(self, mirror: Mirror, *arguments: Any) -> None:
        self.mirror = mirror
        super().__init__(*arguments)

    def do_GET(self) -> None:
        name = Path(self.path).name
        self.mirror.asked.append(name)
        fails = name.endswith(".jar") and self.mirror.failures_left > 0
        self.mirror.failures_left -= fails
        content = None if fails else self.mirror.jars.get(name)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    """A mirror that the configuration of jgo names in the place of Maven Central."""
    mirror = Mirror()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(MirrorHandler, mirror)) as server:
        configuration = tmp_path / "jgo.conf"
        configuration.write_text(f"[repositories]\ncentral = http://127.0.0.1:{server.server_address[1]}\n")
        monkeypatch.setenv("JGO_CONFIG_FILE", str(configuration))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield mirror
        server.shutdown()


def a_lock(path: Path, jars: dict[str, bytes]) -> Path:
    """Lock each jar, named `name-1.jar`, to the digest of its content."""
    locked = [
        LockedDependency("org.example", name.removesuffix("-1.jar"), "1", sha256=hashlib.sha256(content).hexdigest())
        for name, content in jars.items()
    ]
    LockFile(locked).save(path)
    return path


JARS = {"one-1.jar": b"1" * 10_000, "two-1.jar": b"2" * 10_000}


def test_the_lock_holds_what_the_specification_asks_for() -> None:
    assert f'spec_hash = "{compute_spec_hash(SPECIFICATION)}"' in LOCK.read_text()


def test_the_lock_names_a_digest_for_every_jar_and_no_address() -> None:
    assert all(len(jar.sha256 or "") == 64 for jar in LockFile.load(LOCK).dependencies)
    assert "://" not in LOCK.read_text()


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("QUISAIT_CACHE_DIR", raising=False)
    assert cache_directory() == tmp_path / "quisait"
    monkeypatch.setenv("QUISAIT_CACHE_DIR", str(tmp_path / "elsewhere"))
    assert cache_directory() == tmp_path / "elsewhere"


def test_a_jar_is_downloaded_once(mirror: Mirror, tmp_path: Path) -> None:
    mirror.jars |= JARS
    lock = a_lock(tmp_path / "lock.toml", JARS)
    first = fetch_jars(tmp_path, lock=lock)
    mirror.asked.clear()
    assert [path.read_bytes() for path in first] == list(JARS.values())
    assert fetch_jars(tmp_path, lock=lock) == first
    assert mirror.asked == []


def test_a_damaged_jar_is_downloaded_again_and_the_others_are_not(mirror: Mirror, tmp_path: Path) -> None:
    mirror.jars |= JARS
    lock = a_lock(tmp_path / "lock.toml", JARS)
    one, _ = fetch_jars(tmp_path, lock=lock)
    one.write_bytes(b"cut short")
    mirror.asked.clear()
    assert fetch_jars(tmp_path, lock=lock)[0].read_bytes() == JARS["one-1.jar"]
    assert set(mirror.asked) == {"one-1.jar", "one-1.jar.sha1"}


def test_a_download_that_fails_once_is_tried_again(mirror: Mirror, tmp_path: Path) -> None:
    mirror.jars |= JARS
    mirror.failures_left = 1
    assert len(fetch_jars(tmp_path, lock=a_lock(tmp_path / "lock.toml", JARS))) == 2


def test_a_jar_other_than_the_locked_one_is_refused_by_name(mirror: Mirror, tmp_path: Path) -> None:
    mirror.jars |= JARS | {"two-1.jar": b"forged"}
    with pytest.raises(Neo4jServerError, match=r"two-1\.jar could not be downloaded: its sha256"):
        fetch_jars(tmp_path, lock=a_lock(tmp_path / "lock.toml", JARS))
    assert not (tmp_path / "neo4j" / "two-1.jar").exists()


def test_a_failed_download_says_what_to_do(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(Neo4jServerError, match="Check the network"):
        fetch_jars(tmp_path, lock=a_lock(tmp_path / "lock.toml", JARS))


def test_two_processes_may_fill_one_cache(mirror: Mirror, tmp_path: Path) -> None:
    jars = {f"jar{number}-1.jar": bytes([number]) * 200_000 for number in range(20)}
    mirror.jars |= jars
    lock = a_lock(tmp_path / "lock.toml", jars)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        both = [pool.submit(fetch_jars, tmp_path, lock=lock) for _ in range(2)]
    assert all([path.read_bytes() for path in one.result()] == list(jars.values()) for one in both)
    assert sorted(path.name for path in (tmp_path / "neo4j").iterdir()) == sorted(jars)


def test_a_java_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Neo4jServerError, match="nowhere/java"), running_server(java=tmp_path / "nowhere" / "java"):
        pass


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as neighbour:
        port = neighbour.getsockname()[1]
        with pytest.raises(Neo4jServerError, match=f"Port {port} cannot be used"), running_server(port=port):
            pass


def test_a_server_that_cannot_start_says_its_last_words() -> None:
    with pytest.raises(Neo4jServerError, match="Too small maximum heap"), running_server(heap="1k"):
        pass


@pytest.mark.neo4j
def test_a_server_listens_on_the_loopback_address_only_and_leaves_nothing_behind() -> None:
    with running_server(heap="256m") as server:
        process = psutil.Process(server.pid)
        listening = {one.laddr.ip for one in process.net_connections() if one.status == psutil.CONN_LISTEN}
        assert listening <= {"127.0.0.1", "::ffff:127.0.0.1"}
        assert run(server.address, "CALL dbms.components() YIELD versions RETURN versions[0]") == "5.26.30"
    assert not server.home.exists()
    assert not process.is_running()


@pytest.mark.neo4j
def test_the_command_needs_no_java_on_the_path_and_its_home_outlives_it(tmp_path: Path) -> None:
    with the_command("--home", str(tmp_path), "--heap", "256m") as command:
        address, pid = address_and_pid(command)
        run(address, "CREATE (:Kept)")
        command.terminate()
        assert command.wait(60) == 0
    assert not psutil.pid_exists(pid)
    with running_server(home=tmp_path, heap="256m") as server:
        assert run(server.address, "MATCH (n:Kept) RETURN count(n)") == 1


@pytest.mark.neo4j
def test_a_server_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    with the_command("--home", str(tmp_path), "--heap", "256m") as command:
        _, pid = address_and_pid(command)
        os.kill(command.pid, signal.SIGKILL)
    gone, _ = psutil.wait_procs([psutil.Process(pid)], timeout=60) if psutil.pid_exists(pid) else ([pid], [])
    assert gone


@pytest.mark.neo4j
def test_what_runs_beside_a_server_ends_in_order_before_it(tmp_path: Path) -> None:
    ends_slowly = "trap 'sleep 1; echo tidied; exit' TERM; echo $QUISAIT_STORE; while :; do sleep 0.1; done"
    with the_command("--heap", "256m", "--", "/bin/sh", "-c", f"PATH=/usr/bin:/bin; {ends_slowly}") as command:
        assert command.stdout is not None
        address = next(line.strip() for line in command.stdout if line.startswith("neo4j://"))
        assert run(address, "RETURN 1") == 1
        command.terminate()
        assert "tidied" in command.stdout.read()


def the_command(*options: str) -> subprocess.Popen[str]:
    """Start the script with an empty PATH, so that no Java, Maven or Docker of the machine can help."""
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"} | {"PATH": ""}
    command = [sys.executable, "-m", "scripts.neo4j_server", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)


def address_and_pid(command: subprocess.Popen[str]) -> tuple[str, int]:
    """What the command prints once its server answers."""
    assert command.stdout is not None
    ready = next(line for line in command.stdout if line.startswith("Neo4j answers at"))
    words = ready.replace(")", " ").split()
    return words[3], int(words[words.index("(process") + 1])


def run(address: str, query: LiteralString) -> object:
    """The only value the query returns, or None."""
    with GraphDatabase.driver(address.removesuffix("/neo4j")) as driver:
        records = driver.execute_query(query, database_="neo4j").records
    return records[0][0] if records else None
