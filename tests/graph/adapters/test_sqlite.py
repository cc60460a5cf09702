"""What only the SQLite store promises: any process may write, and a file it cannot use is named."""

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import Conflict, Unavailable
from graph.identity import EXTRACTED
from graph.model import Ref
from graph.store import GraphStore
from tests.builders import a_post, a_topic, an_account, put


def write_posts(path: Path, *, writer: str) -> bytes:
    """What a process of its own does: prepare the store, then write one post after the other."""
    store = SqliteGraphStore(path)
    store.prepare()
    secret = store.keep("secret", writer.encode())
    for number in range(25):
        put(store, an_account(writer), a_post(f"{writer}-{number}", author=writer))
    store.close()
    return secret


def test_processes_at_once_lose_nothing_and_agree_on_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "quisait.db"
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes:
        results = [processes.submit(write_posts, path, writer=writer) for writer in ("ana", "bob", "cleo")]
        assert len({result.result() for result in results}) == 1
    store = SqliteGraphStore(path)
    changes = store.feed.changes(after=0, upto=store.feed.head())
    assert (changes.seq, len(changes.people), len(changes.posts)) == (78, 3, 75)
    assert {post.number for post in changes.posts} == set(range(1, 76))
    store.close()


def test_a_reader_keeps_its_state_while_another_writes(sqlite_store: SqliteGraphStore, tmp_path: Path) -> None:
    put(sqlite_store, an_account("ana"))
    reader = sqlite3.connect(tmp_path / "quisait.db", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM person").fetchone() == (1,)
    put(sqlite_store, an_account("bob"))
    assert reader.execute("SELECT count(*) FROM person").fetchone() == (1,)
    reader.close()


def test_a_store_of_a_later_version_is_refused(sqlite_store: SqliteGraphStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "quisait.db") as connection:
        connection.execute("INSERT INTO migration VALUES ('9999_from_the_future', '')")
    connection.close()
    with pytest.raises(Conflict, match="later"):
        sqlite_store.prepare()


def test_what_one_topic_held_by_itself_it_still_goes_by(sqlite_store: SqliteGraphStore, tmp_path: Path) -> None:
    found = a_topic("found", ref=Ref(EXTRACTED, "dwdm"), merged_into="top_dwdm", forms=())
    spelling = a_topic("spelling", ref=Ref(EXTRACTED, "dwdm\nen\nDWDM"), merged_into="top_found", forms=())
    put(sqlite_store, a_topic("dwdm"), found, spelling)
    with sqlite3.connect(tmp_path / "quisait.db") as connection:
        connection.execute("DELETE FROM migration WHERE id = '0009_forms'")
        connection.execute("ALTER TABLE form RENAME TO newer")
        connection.execute("CREATE TABLE form (form TEXT PRIMARY KEY, topic INTEGER NOT NULL) WITHOUT ROWID")
        connection.execute("INSERT INTO form SELECT form, topic FROM newer")
        connection.execute("DROP TABLE newer")
    connection.close()
    sqlite_store.prepare()
    going_by = sqlite_store.write(lambda tx: tx.topics.by_forms(["dwdm"]))
    assert going_by == {"dwdm": [a_topic("dwdm"), replace(found, forms=("dwdm",))]}


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "quisait.db"
    path.write_bytes(b"no database" * 1000)
    store = SqliteGraphStore(path)
    with pytest.raises(Unavailable, match=r"quisait\.db"):
        store.prepare()


def test_a_missing_folder_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="missing"):
        SqliteGraphStore(tmp_path / "missing" / "quisait.db").prepare()


def test_a_closed_store_is_unavailable(sqlite_store: SqliteGraphStore) -> None:
    sqlite_store.close()
    with pytest.raises(Unavailable, match="closed"):
        sqlite_store.feed.head()


def test_it_can_keep_even_the_last_commit_through_a_power_cut(tmp_path: Path) -> None:
    store: GraphStore = SqliteGraphStore(tmp_path / "quisait.db", synchronous="FULL")
    store.prepare()
    put(store, an_account("ana"))
    assert store.feed.head() == 1
    store.close()
