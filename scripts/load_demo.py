"""The demo: a fresh service with a fictional company, a key and a question to try, until Ctrl-C."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

QUISAIT: Final = (sys.executable, "-m", "app.cli")
COMPANY: Final = Path(__file__).parent / "demo"
FILES: Final = ("topics.jsonl", "people.jsonl", "communities.jsonl", "posts/*.jsonl", "interactions/*.jsonl")
SOURCES: Final = "chat:atelier,forum:atelier"
SETTINGS: Final = {"QUISAIT_TRUSTED_EMAIL_SOURCES": SOURCES, "QUISAIT_SECRET_FILE": str(COMPANY / "secret.txt")}
OWN: Final = (*SETTINGS, "QUISAIT_DATA_DIR", "QUISAIT_STORE", "QUISAIT_HOST")  # what the demo decides, whatever is set
SCOPES: Final = (
    "experts:read people:read ties:read communities:read questions:read questions:write records:write analytics:read "
    "act-as admin"
)
QUESTION: Final = "Qui s'y connaît en analyse vibratoire des roulements ?"
PORT: Final = 8000
READY_WITHIN: Final = 60.0  # seconds
STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Load the company into an empty store and serve it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--port",
        type=int,
        default=os.environ.get("QUISAIT_PORT"),
        help=f"QUISAIT_PORT, else {PORT} unless given, or a free one where that is taken",
    )
    parser.add_argument("--store-of-environment", action="store_true", help="load into QUISAIT_STORE: never a real one")
    given = parser.parse_args()
    free_port(given.port)  # rather now than after the loading
    for number in STOPS:
        signal.signal(number, end)
    with tempfile.TemporaryDirectory(prefix="quisait-demo-") as folder:
        own = {"QUISAIT_DATA_DIR": folder}
        if given.store_of_environment:
            own["QUISAIT_STORE"] = os.environ["QUISAIT_STORE"]
        say_what_is_ignored(own)
        environment = environment_with(own)
        print(f"Loading the company{', which takes some minutes on Neo4j' if len(own) > 1 else ''} …", flush=True)
        load_company(environment)
        key = quisait(environment, "keys", "create", "--name", "demo", "--scopes", SCOPES).splitlines()[-1]
        serve(environment, key=key, port=free_port(given.port), own=own)


def end(*_: object) -> None:
    """End in order, so that nothing of the demo is kept; whoever is impatient does not interrupt that."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    sys.exit()


def environment_with(own: Mapping[str, str]) -> dict[str, str]:
    """The environment, with the demo's own settings in the place of those that it decides."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return {"QUISAIT_LOG_LEVEL": "WARNING", **kept, **SETTINGS, **own}


def say_what_is_ignored(own: Mapping[str, str]) -> None:
    """Name the settings that are there and do not count."""
    if ignored := [name for name in OWN if name in os.environ and os.environ[name] != own.get(name)]:
        print(f"Not used, since the demo has its own: {', '.join(ignored)}")


def files(*patterns: str) -> list[Path]:
    """The company's files of these names, in their order."""
    return [path for pattern in patterns for path in sorted(COMPANY.glob(pattern))]


def rows(pattern: str) -> Iterator[Mapping[str, Any]]:
    """The records of the company's files of this name."""
    for path in files(pattern):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def load_company(environment: dict[str, str]) -> None:
    """Import all of the company into the store of that environment, and wait until it can be found."""
    quisait(environment, "import", "jsonl", *map(str, files(*FILES)))


def quisait(environment: dict[str, str], *arguments: str) -> str:
    """Run the command; what it prints on standard output."""
    return subprocess.run([*QUISAIT, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def serve(environment: dict[str, str], *, key: str, port: int, own: Mapping[str, str]) -> None:
    """Serve in the foreground, and say what to try once it answers."""
    service = subprocess.Popen([*QUISAIT, "serve", "--port", str(port)], env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(service, address)
        say_what_to_try(address, key=key, own=own)
        service.wait()
    finally:
        service.terminate()
        service.wait()


def say_what_to_try(address: str, *, key: str, own: Mapping[str, str]) -> None:
    """Print where the demo answers, and a first question."""
    variables = {"QUISAIT": address, "KEY": key, **own}
    print(f"\nQuisait answers at {address}/ (Ctrl-C stops it; nothing of the demo is kept)\n")
    print(f"    Authorization: Bearer {key}\n")
    if "QUISAIT_STORE" in own:
        print(f"{how_to_open(own['QUISAIT_STORE'])}\n")
    print("To ask from another terminal, where the command `quisait` then works on the demo too:\n")
    print(f"    export {' '.join(f'{name}={value}' for name, value in variables.items())}")
    print(f'    curl -sG $QUISAIT/v1/experts -H "Authorization: Bearer $KEY" --data-urlencode "q={QUESTION}"\n')
    sys.stdout.flush()


def how_to_open(store: str) -> str:
    """How somebody looks into a Neo4j that was started here: QUISAIT_STORE names it."""
    server, _, database = store.rpartition("/")
    return (
        f"The graph is at {server.replace('neo4j:', 'bolt:')}, database {database}, without user or password:\n"
        "point Neo4j Browser or cypher-shell there."
    )


def wait_until_ready(service: subprocess.Popen[bytes], address: str) -> None:
    """Wait until the service has read all posts; ends the demo when that takes too long."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and service.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except URLError:
            time.sleep(0.1)
    raise SystemExit("The service did not start: see its log above.")


def free_port(wanted: int | None) -> int:
    """The wanted port; when none is, the usual one, or any other where that is taken."""
    for port in (wanted,) if wanted else (PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the service does: just left is free
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise SystemExit(f"Something else answers on port {wanted or PORT}: give another one with --port.")


if __name__ == "__main__":
    main()
