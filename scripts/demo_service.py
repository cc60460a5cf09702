"""The demo's company behind a real address, for tests and for the examples of the contract."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.security import SCOPES
from scripts.load_demo import SETTINGS, load_company
from scripts.service import Service, create_key, environment_of, serving


@contextmanager
def running_demo(company: Path | None = None) -> Iterator[Service]:
    """A fresh service that knows the company, ready, with a key that may do everything; it ends with the block.

    With a folder that knows the company already, it begins with a copy of that, which is sooner."""
    with tempfile.TemporaryDirectory(prefix="quisait-demo-") as folder:
        environment = environment_of(Path(folder)) | SETTINGS
        if company is None:
            load_company(environment)
        else:
            shutil.copytree(company, folder, dirs_exist_ok=True)
        with serving(environment, key=create_key(environment, scopes=" ".join(SCOPES))) as service:
            yield service
