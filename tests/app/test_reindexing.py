"""`quisait reindex`: a better pipeline reads what another one has read, killed or not, while the service answers."""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.model import Reader, Viewer
from graph.store import GraphStore
from scripts.load_demo import QUISAIT
from scripts.service import Service, create_key, environment_of, serving

POSTS = 800
BUNDLED = Reader("bundled", "quisait_fr_tiny 0.1.0")
LEXICAL = Reader("lexical", "stop-words-fr 1")
EVERYTHING = Viewer(None, frozenset({0}))


def record(number: int) -> dict[str, Any]:
    said = {"author": f"u{number % 7}", "community": None, "created_at": f"2026-01-01T08:{number % 60:02}:00Z"}
    text = f"La banderoleuse numéro {number} du quai a besoin d'une sauvegarde de la base de données."
    return {"kind": "post", "source": "chat", "id": str(number), "text": text, **said}


@pytest.fixture
def environment(store_address: str, tmp_path: Path) -> dict[str, str]:
    """The settings of an organisation whose posts were all read without a model."""
    environment = environment_of(tmp_path / "data", store=store_address)
    export = tmp_path / "posts.jsonl"
    export.write_text("\n".join(json.dumps(record(number)) for number in range(POSTS)), encoding="utf-8")
    quisait("import", "jsonl", str(export), environment=environment | {"QUISAIT_NLP_FR": "lexical"})
    return environment


def quisait(*arguments: str, environment: Mapping[str, str]) -> str:
    """Run the command to its end; what it shows on the way."""
    done = subprocess.run([*QUISAIT, *arguments], env=environment, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def assert_counted_once(store: GraphStore, *, posts: int = POSTS) -> None:
    changes = store.feed.changes(after=0, upto=store.feed.head())
    assert len(changes.posts) == posts
    assert all(row.is_indexed for row in changes.posts)
    known = [link for row in changes.people for link in store.people.knows(row.id, viewer=EVERYTHING)]
    assert sum(link.count for link in known) == sum(len(row.topics) for row in changes.posts)


@pytest.mark.timeout(300)
def test_what_was_killed_goes_on_where_it_was(
    environment: dict[str, str], open_store: Callable[[], GraphStore]
) -> None:
    store = open_store()
    assert store.posts.readers() == {LEXICAL: POSTS}
    killed = subprocess.Popen([*QUISAIT, "reindex"], env=environment, stderr=subprocess.DEVNULL)
    wait_until(lambda: BUNDLED in store.posts.readers())
    killed.kill()
    killed.wait()
    left = store.posts.readers().get(LEXICAL, 0)
    assert 0 < left < POSTS
    table = quisait("reindex", environment=environment)
    assert f"lexical stop-words-fr 1 {left}" in " ".join(table.split())
    assert store.posts.readers() == {BUNDLED: POSTS}
    assert_counted_once(store)
    head = store.feed.head()
    quisait("reindex", environment=environment)
    assert store.feed.head() == head, "a second run changes nothing"


@pytest.mark.timeout(300)
def test_the_service_answers_and_takes_posts_in_meanwhile(
    environment: dict[str, str], open_store: Callable[[], GraphStore]
) -> None:
    key = create_key(environment, scopes="records:write experts:read")
    with serving(environment, key=key) as service:
        reindexing = threading.Thread(target=quisait, args=["reindex", "--all"], kwargs={"environment": environment})
        reindexing.start()
        sent = 0
        while reindexing.is_alive():
            assert found(service) == 7
            send(service, POSTS + sent)
            sent += 1
        store = open_store()
        wait_until(lambda: not store.posts.waiting(limit=1))
    assert sent > 0
    assert store.posts.readers() == {BUNDLED: POSTS + sent}
    assert_counted_once(store, posts=POSTS + sent)


def found(service: Service) -> int:
    """How many people know about what all posts are about."""
    with service.client() as client:
        return len(client.get("/v1/experts", params={"q": "banderoleuse"}).raise_for_status().json()["items"])


def send(service: Service, number: int) -> None:
    post = {name: value for name, value in record(number).items() if name != "kind"}
    with service.client() as client:
        client.post("/v1/posts", json=post, headers={"Prefer": "wait=20"}).raise_for_status()
