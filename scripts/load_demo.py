"""The demo: a fresh service with a fictional company, a key and a question to try, until Ctrl-C."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

QUISAIT: Final = (sys.executable, "-m", "app.cli")
COMPANY: Final = Path(__file__).parent / "demo"
FILES: Final = ("topics.jsonl", "people.jsonl", "communities.jsonl", "posts/*.jsonl", "interactions/*.jsonl")
SOURCES: Final = "chat:atelier,forum:atelier"
SETTINGS: Final = {"QUISAIT_TRUSTED_EMAIL_SOURCES": SOURCES, "QUISAIT_SECRET_FILE": str(COMPANY / "secret.txt")}
SCOPES: Final = (
    "experts:read people:read ties:read communities:read questions:read questions:write records:write analytics:read "
    "act-as admin"
)
QUESTION: Final = "Qui s'y connaît en analyse vibratoire des roulements ?"
PORT: Final = 8000
READY_WITHIN: Final = 60.0  # seconds


def main() -> None:
    """Load the company into an empty store and serve it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, help=f"{PORT} unless given, or a free one where that is taken")
    parser.add_argument("--store-of-environment", action="store_true", help="load into QUISAIT_STORE: never a real one")
    given = parser.parse_args()
    port = free_port(given.port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # so that nothing of the demo is kept then either
    with tempfile.TemporaryDirectory(prefix="quisait-demo-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("QUISAIT_")}
        environment |= {**SETTINGS, "QUISAIT_DATA_DIR": folder, "QUISAIT_LOG_LEVEL": "WARNING"}
        if given.store_of_environment:
            environment["QUISAIT_STORE"] = os.environ["QUISAIT_STORE"]
        load_company(environment)
        key = quisait(environment, "keys", "create", "--name", "demo", "--scopes", SCOPES).splitlines()[-1]
        serve(environment, key=key, port=port)


def files(*patterns: str) -> list[Path]:
    """The company's files of these names, in their order."""
    return [path for pattern in patterns for path in sorted(COMPANY.glob(pattern))]


def load_company(environment: dict[str, str]) -> None:
    """Import all of the company into the store of that environment, and wait until it can be found."""
    quisait(environment, "import", "jsonl", *map(str, files(*FILES)))


def quisait(environment: dict[str, str], *arguments: str) -> str:
    """Run the command; what it prints on standard output."""
    return subprocess.run([*QUISAIT, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def serve(environment: dict[str, str], *, key: str, port: int) -> None:
    """Serve in the foreground, and say what to try once it answers."""
    service = subprocess.Popen([*QUISAIT, "serve", "--port", str(port)], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(service, address)
        print(f"\nQuisait answers at {address}/ (Ctrl-C stops it; nothing of the demo is kept)\n")
        print(f"    Authorization: Bearer {key}\n")
        print("To ask from another terminal:\n")
        print(f"    export QUISAIT={address} KEY={key}")
        print(f'    curl -sG $QUISAIT/v1/experts -H "Authorization: Bearer $KEY" --data-urlencode "q={QUESTION}"\n')
        sys.stdout.flush()
        service.wait()
    except KeyboardInterrupt:
        service.wait()
    finally:
        service.terminate()
        service.wait()


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
