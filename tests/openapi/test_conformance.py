"""The running service keeps its published contract: Schemathesis sends it thousands of good and bad requests."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn

from app.bootstrap import Services, build_extractor
from app.main import create_app
from app.security import SCOPES
from app.services.indexing import Indexer
from app.settings import Settings
from app.worker import Worker
from nlp.gazetteer import seed_labels
from scripts.capture_examples import TARGET, Recorder
from scripts.load_demo import COMPANY

HERE = Path(__file__).parent
EXAMPLES_AN_OPERATION = 10
OF_THE_DEMO = {"mergeTopic", "postIntroduction", "putIntroductionAnswer"}  # they need its topics or its ties


@pytest.mark.timeout(600)
def test_every_operation_keeps_the_contract(store_address: str, tmp_path: Path) -> None:
    settings = Settings(store=store_address, data_dir=tmp_path, secret_file=COMPANY / "secret.txt")
    with running_server(settings) as (address, services):
        token = services.access.create_key("conformance", scopes=SCOPES)[1]
        seed(address, token)
        found = schemathesis(address, token, folder=tmp_path)
    assert found.returncode == 0, found.stdout[-20_000:]


def schemathesis(address: str, token: str, *, folder: Path) -> subprocess.CompletedProcess[str]:
    """All phases, stateful tests included, in a process of its own that leaves its notes in the folder."""
    options = ["--seed", "1", "--no-color", "-n", str(EXAMPLES_AN_OPERATION), "-H", f"Authorization: Bearer {token}"]
    return subprocess.run(
        [
            Path(sys.executable).with_name("st"),
            "--config-file",
            HERE / "schemathesis.toml",
            "run",
            f"{address}/openapi.json",
            *options,
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.openapi.hooks", "PYTHONPATH": str(HERE.parents[1])},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def seed(address: str, token: str) -> None:
    """The things that the examples of the contract name, as far as examples bring them in."""
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
        ask = Recorder(http)
        for exchange in json.loads(TARGET.read_text(encoding="utf-8")):
            is_ours = "webhook-id" not in exchange["parameters"]  # a webhook is sent to others
            if is_ours and exchange["body"] is not None and exchange["operation"] not in OF_THE_DEMO:
                ask(exchange["operation"], body=exchange["body"], **exchange["parameters"])
        assert all(exchange["status"] < 300 for exchange in ask.exchanges)


@contextmanager
def running_server(settings: Settings) -> Iterator[tuple[str, Services]]:
    """The service on a free port, with a worker beside it; its address, and what it is made of."""
    app = create_app(settings)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    serving = threading.Thread(target=server.run)
    serving.start()
    while not server.started:
        time.sleep(0.05)
    services: Services = app.state.services
    worker = Worker(
        Indexer(
            services.store,
            services.identity,
            build_extractor(settings).extract,
            holder="test",
            clock=lambda: datetime.now(UTC),
            labels=seed_labels(),
        ),
        on_progress=lambda _: None,
        on_failure=lambda _: None,
    )
    working = threading.Thread(target=worker.run)
    working.start()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", services
    finally:
        worker.stop()
        working.join()
        server.should_exit = True
        serving.join()
