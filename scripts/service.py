"""A running service of our own for measuring: its own data folder, a free port, a key, and its processes by name."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from scripts.load_demo import QUISAIT
from scripts.neo4j_server import free_port

LOGIN = ("QUISAIT_NEO4J_USER", "QUISAIT_NEO4J_PASSWORD_FILE")
START_SECONDS = 180
STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Service:
    """A service that answers at `url` to the holder of `key`."""

    url: str
    key: str
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str] = field(default_factory=dict)  # for commands beside it

    def client(self, *, timeout: float = 120) -> httpx.Client:
        """A client that holds the key."""
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {self.key}"}, timeout=timeout)

    def processes(self) -> dict[str, list[psutil.Process]]:
        """The processes that answer, and those that index."""
        api = psutil.Process(self.process.pid)
        workers = [child for child in api.children(recursive=True) if child.is_running()]
        return {"api": [api], "worker": workers}


@dataclass(slots=True)
class PeakMemory:
    """Samples the resident memory of named processes until it is told to stop; megabytes."""

    service: Service
    store_pid: int | None = None
    peaks: dict[str, float] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "PeakMemory":
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()

    def _watch(self) -> None:
        while not self._stopping.wait(0.25):
            named = self.service.processes()
            if self.store_pid:
                named["store"] = [psutil.Process(self.store_pid)]
            for name, processes in named.items():
                self.peaks[name] = max(self.peaks.get(name, 0.0), sum(map(_megabytes, processes)))


@contextmanager
def running_service(*, store: str | None = None, scopes: str) -> Iterator[Service]:
    """A fresh service on that store (the embedded one unless given), that ends with the block."""
    with tempfile.TemporaryDirectory(prefix="quisait-") as folder:
        environment = environment_of(Path(folder), store=store)
        key = create_key(environment, scopes=scopes)
        with serving(environment, key=key) as service:
            yield service


@contextmanager
def serving(environment: Mapping[str, str], *, key: str) -> Iterator[Service]:
    """A service in that environment, on a free port, from when it is ready to the end of the block."""
    port = free_port()
    process = subprocess.Popen([*QUISAIT, "serve", "--port", str(port)], env=environment)
    service = Service(f"http://127.0.0.1:{port}", key, process, environment)
    try:
        wait_until_ready(service)
        yield service
    finally:
        stop(process)


def environment_of(folder: Path, *, store: str | None = None) -> dict[str, str]:
    """The settings of a service that keeps its data in that folder; its ids are the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret"
    secret.write_text("the same for every measurement")
    return {
        **{name: value for name, value in os.environ.items() if name in LOGIN or not name.startswith("QUISAIT_")},
        "QUISAIT_DATA_DIR": str(folder),
        "QUISAIT_SECRET_FILE": str(secret),
        "QUISAIT_LOG_LEVEL": "WARNING",
        **({"QUISAIT_STORE": store} if store else {}),
    }


def create_key(environment: Mapping[str, str], *, scopes: str, person: str | None = None) -> str:
    """A new key with these scopes, made by the command line."""
    command = [*QUISAIT, "keys", "create", "--name", "script", "--scopes", scopes]
    command += ["--person", person] if person else []
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[
        -1
    ]


def wait_until_ready(service: Service) -> None:
    """Wait until the service has read all that is there; raises RuntimeError when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if service.process.poll() is not None:
            raise RuntimeError(f"the service ended with {service.process.returncode}: see its log above")
        try:
            if httpx.get(f"{service.url}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the service was not ready after {START_SECONDS} s: see its log above")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the service as an operator would."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _megabytes(process: psutil.Process) -> float:
    try:
        return process.memory_info().rss / 1e6
    except psutil.Error:
        return 0.0
