"""Runs a command for as long as somebody holds the other end of standard input, so that no server outlives its user."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

STOPS_WITHIN: Final = 30.0
"""Seconds a command may take to stop before it is killed."""


def keep(console: str, *command: str) -> int:
    """Run the command with its output in the file `console`, print its process id, and return its exit code."""
    with Path(console).open("wb") as output:
        kept = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    print(kept.pid, flush=True)
    threading.Thread(target=stop_when_left, args=(kept,), daemon=True).start()
    return kept.wait()


def stop_when_left(kept: subprocess.Popen[bytes]) -> None:
    """Wait until standard input ends, because its holder closed it or died, and stop the command."""
    os.read(sys.stdin.fileno(), 1)  # not sys.stdin.read(): its lock would abort an interpreter that ends meanwhile
    kept.terminate()
    try:
        kept.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        kept.kill()


if __name__ == "__main__":
    sys.exit(keep(*sys.argv[1:]))
