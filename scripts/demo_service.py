"""The demo's company behind a real address, for tests and for the examples of the contract."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.security import SCOPES
from scripts.load_demo import COMPANY, FILES, SOURCES, files
from scripts.service import QUISAIT, Service, create_key, environment_of, serving


@contextmanager
def running_demo() -> Iterator[Service]:
    """A fresh service that knows the company, ready, with a key that may do everything; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="quisait-demo-") as folder:
        environment = environment_of(Path(folder))
        environment |= {"QUISAIT_SECRET_FILE": str(COMPANY / "secret.txt"), "QUISAIT_TRUSTED_EMAIL_SOURCES": SOURCES}
        command = [*QUISAIT, "import", "jsonl", *files(*FILES)]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        with serving(environment, key=create_key(environment, scopes=" ".join(SCOPES))) as service:
            yield service
