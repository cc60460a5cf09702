"""`kill -9` at any moment: nothing acknowledged is lost, nothing is counted twice, nobody has to mend anything."""

import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from graph.changes import Changes
from graph.model import Viewer
from graph.store import GraphStore
from scripts.load_demo import quisait
from scripts.receiver import listening
from scripts.service import Service, create_key, environment_of, serving

POSTS = 300
BATCH = 20
QUESTIONS = 30


def record(number: int) -> dict[str, Any]:
    said = {"author": f"u{number % 7}", "community": None, "created_at": f"2026-01-01T08:{number % 60:02}:00Z"}
    text = f"Le serveur numéro {number} a besoin d'une sauvegarde de la base de données."
    reply = {"reply_to": str(number - 1)} if number % 3 else {}
    return {"kind": "post", "source": "chat", "id": str(number), "text": text, **said, **reply}


BODIES = [
    "\n".join(json.dumps(record(number)) for number in range(start, start + BATCH)) for start in range(0, POSTS, BATCH)
]


@pytest.fixture
def environment(store_address: str, tmp_path: Path) -> Mapping[str, str]:
    return environment_of(tmp_path / "data", store=store_address)


def kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        if process.is_running():
            process.kill()


def send_all(service: Service) -> list[int]:
    """Send every batch until the server is gone; the batches that were acknowledged."""
    acknowledged = []
    with service.client(timeout=30) as client:
        for number, body in enumerate(BODIES):
            try:
                client.post(
                    "/v1/records", content=body, headers={"Content-Type": "application/x-ndjson"}
                ).raise_for_status()
            except httpx.TransportError:
                break
            acknowledged.append(number)
    return acknowledged


def wait_until_indexed(store: GraphStore) -> None:
    deadline = time.monotonic() + 90
    while store.posts.waiting(limit=1):
        assert time.monotonic() < deadline, "posts wait for ever"
        time.sleep(0.1)


def everything(store: GraphStore) -> Changes:
    return store.feed.changes(after=0, upto=store.feed.head())


def test_a_killed_server_loses_nothing_it_acknowledged(
    environment: Mapping[str, str], open_store: Callable[[], GraphStore]
) -> None:
    key = create_key(environment, scopes="records:write")
    with serving(environment, key=key) as service:
        everybody = [process for group in service.processes().values() for process in group]
        threading.Timer(random.Random(7).uniform(0.1, 0.4), kill, [everybody]).start()
        acknowledged = send_all(service)
        service.process.wait(30)
    store = open_store()
    there = {int(row.text.split()[3]) for row in everything(store).posts}
    assert {number for batch in acknowledged for number in range(batch * BATCH, (batch + 1) * BATCH)} <= there
    assert len(there) % BATCH == 0, "a batch is there in whole or not at all"
    with serving(environment, key=key) as service:
        assert len(send_all(service)) == len(BODIES)
        wait_until_indexed(store)
    assert_counted_once(store)


def test_a_killed_worker_is_followed_by_another(
    environment: Mapping[str, str], open_store: Callable[[], GraphStore]
) -> None:
    key = create_key(environment, scopes="records:write")
    with serving(environment, key=key) as service:
        sending = threading.Thread(target=send_all, args=[service])
        sending.start()
        for _ in range(2):
            time.sleep(1)
            kill(service.processes()["worker"])
        sending.join()
        store = open_store()
        wait_until_indexed(store)
    assert_counted_once(store)


def test_a_receiver_hears_of_everything_though_those_who_send_are_killed(environment: Mapping[str, str]) -> None:
    key = create_key(environment, scopes="records:write")
    with listening() as portal, serving(environment, key=key) as service, service.client() as client:
        quisait(dict(environment), "webhooks", "add", portal.url)
        for number in range(QUESTIONS):
            asked = {"asker": "asker", "asked": f"u{number}", "text": "Qui ?", "at": datetime.now(UTC).isoformat()}
            record = {"kind": "question", "source": "chat", "id": str(number), **asked}
            client.post("/v1/records", json=record, headers={"Content-Type": "application/x-ndjson"}).raise_for_status()
            if number % 10 == 0:
                kill(service.processes()["worker"])
        deadline = time.monotonic() + 120
        while len(heard := {one.event["data"]["question"] for one in portal.delivered}) < QUESTIONS:
            assert time.monotonic() < deadline, f"{len(heard)} of {QUESTIONS} were heard of"
            time.sleep(0.1)
    assert len(heard) == len({one.headers["webhook-id"] for one in portal.delivered}) == QUESTIONS


def assert_counted_once(store: GraphStore) -> None:
    changes = everything(store)
    assert len(changes.posts) == POSTS
    assert all(row.is_indexed for row in changes.posts)
    assert len(changes.interactions) == sum(1 for number in range(POSTS) if number % 3)
    viewer = Viewer(None, frozenset({0}))
    known = [link for row in changes.people for link in store.people.knows(row.id, viewer=viewer)]
    assert sum(link.count for link in known) == sum(len(row.topics) for row in changes.posts)
