"""The command line ends in one sentence that says how to go on."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import standardwebhooks
from typer.testing import CliRunner, Result

from app.bootstrap import running
from app.cli import cli
from app.security import SCOPES
from app.settings import Settings
from scripts.receiver import listening
from tests.builders import an_account, put


@pytest.mark.parametrize("scopes", [[], ["--scopes", "everything:write"]])
def test_a_key_without_known_scopes_is_told_which_there_are(tmp_path: Path, scopes: list[str]) -> None:
    command = [sys.executable, "-m", "app.cli", "keys", "create", "--name", "portal", *scopes]
    environment = os.environ | {"QUISAIT_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert set(ended.stderr.split()) >= SCOPES


@pytest.mark.parametrize("port", ["0", "99999"])
def test_a_port_that_there_is_not_is_refused(port: str) -> None:
    refused = CliRunner().invoke(cli, ["serve", "--port", port])
    assert refused.exit_code == 2
    assert "--port" in refused.output


def test_keys_are_listed_with_ids_to_copy_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUISAIT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    run = CliRunner().invoke
    scopes = " ".join(sorted(SCOPES))
    key = run(cli, ["keys", "create", "--name", "portal", "--scopes", scopes, "--person", "per_1"]).stderr.split()[0]
    today = datetime.now(UTC).date()
    listed = [f"{key}  portal", f"    may: {scopes}", "    held by: per_1", f"    created {today}"]
    assert run(cli, ["keys", "list"]).stdout.splitlines() == listed
    assert run(cli, ["keys", "revoke", key]).stdout == f"{key} is revoked\n"
    assert run(cli, ["keys", "list"]).stdout.splitlines()[-1].startswith(f"    created {today}, revoked ")
    refused = run(cli, ["keys", "revoke", "key_unknown"])
    assert "key_unknown is none of the keys that `quisait keys list` shows" in str(refused.exception)


def test_a_key_of_somebody_who_is_not_there_is_made_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUISAIT_DATA_DIR", str(tmp_path))
    with running(Settings(data_dir=tmp_path), reading=False) as services:
        put(services.store, an_account("ana"))
    for who, is_told in (("per_ann", True), ("per_ana", False)):
        made = CliRunner().invoke(cli, ["keys", "create", "--name", "me", "--scopes", "people:read", "--person", who])
        assert made.stdout.startswith("qst_")
        assert (f"{who} is nobody's id yet" in made.stderr) == is_told
        assert ("`quisait keys revoke key_" in made.stderr) == is_told


def test_a_receiver_of_webhooks_is_registered_tried_disabled_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUISAIT_DATA_DIR", str(tmp_path))
    with listening() as portal:
        added = webhooks("add", "--events", "question.asked, question.closed", portal.url)
        receiver, secret = added.stderr.split()[0], added.stdout.strip()
        assert webhooks("list").stdout.splitlines() == [
            f"{receiver}  {portal.url}  enabled, 0 waiting",
            "    told of: question.asked question.closed",
            "    last taken: never",
        ]
        assert webhooks("test", receiver).stdout == f"{receiver} took it (204)\n"
        [delivered] = portal.delivered
        assert_verified_as_it_says(added.stderr, secret=secret, body=delivered.body, headers=dict(delivered.headers))
        portal.status = 404
        failed = webhooks("test", receiver)
        assert failed.exit_code == 1
        assert "404 Not Found: see that the address is right to the last letter" in failed.output
    lose_events(tmp_path, 2)
    assert webhooks("list").stdout.splitlines()[-1] == "    dropped while it was disabled: 2"
    assert webhooks("enable", receiver).exit_code == 0
    assert webhooks("remove", receiver).exit_code == 0
    assert webhooks("list").stdout == ""


@pytest.mark.parametrize("events", [",", ""])
def test_a_receiver_of_no_event_is_not_registered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: str) -> None:
    monkeypatch.setenv("QUISAIT_DATA_DIR", str(tmp_path))
    refused = webhooks("add", "--events", events, "https://portal.example/webhooks")
    assert "no event is named" in str(refused.exception)
    assert webhooks("list").stdout == ""


def lose_events(folder: Path, number: int) -> None:
    """Let so many events be dropped."""
    with running(Settings(data_dir=folder), reading=False) as services:
        [one] = services.receivers.all()
        services.store.write(lambda tx: tx.webhooks.put_receiver(replace(one, dropped=number)))


def webhooks(*words: str) -> Result:
    return CliRunner().invoke(cli, ["webhooks", *words])


def assert_verified_as_it_says(hint: str, **given: object) -> None:
    """Run the line that `add` prints, as somebody who pastes it would."""
    [line] = [line.strip() for line in hint.splitlines() if line.startswith("    event = ")]
    names = {"standardwebhooks": standardwebhooks, **given}
    exec(line, names)
    assert names["event"] == {"type": "ping", "timestamp": names["event"]["timestamp"], "data": {}}
