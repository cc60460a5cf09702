"""The command line ends in one sentence that says how to go on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.security import SCOPES


@pytest.mark.parametrize("scopes", [[], ["--scopes", "everything:write"]])
def test_a_key_without_known_scopes_is_told_which_there_are(tmp_path: Path, scopes: list[str]) -> None:
    command = [sys.executable, "-m", "app.cli", "keys", "create", "--name", "portal", *scopes]
    environment = os.environ | {"QUISAIT_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert set(ended.stderr.split()) >= SCOPES
