"""What reads posts, and what is left for it to read anew."""

import pytest

from app.services.readers import Readers
from graph.model import Reader
from graph.store import GraphStore
from nlp.extraction import NEITHER, describe_pipelines
from tests.builders import READER, a_placeholder, a_post, an_indexing, put

CURRENT = Reader("bundled", "quisait_fr_tiny 0.1.0")


@pytest.fixture
def readers(store: GraphStore) -> Readers:
    """The readers of a store with three posts, of which the first was read by a pipeline of before."""
    put(store, a_placeholder("ana"), a_post("p1"), a_post("p2"), a_post("p3"))
    read(store, p1=READER, p2=CURRENT)
    return Readers(store, describe_pipelines(en="lexical"), NEITHER)


def read(store: GraphStore, **by: Reader) -> None:
    posts = [*store.posts.waiting(limit=9), *store.posts.outdated(readers=(), after=0, limit=9)]
    seqs = {stored.post.id: stored.seq for stored in posts}
    found = [an_indexing(key, seq=seqs[f"pst_{key}"], reader=reader) for key, reader in by.items()]
    store.write(lambda tx: tx.posts.record_mentions(found))


def test_each_language_and_what_is_in_neither_has_a_reader(readers: Readers) -> None:
    assert readers.current() == {CURRENT, Reader("lexical", "stop-words-en 1"), Reader("lexical", "stop-words 1")}


def test_only_what_another_one_has_read_is_outdated(readers: Readers) -> None:
    assert readers.outdated() == 1
    read(readers.store, p1=CURRENT)
    assert readers.outdated() == 0


def test_whatever_is_forgotten_is_outdated(readers: Readers) -> None:
    readers.forget()
    assert readers.outdated() == 2


def test_forgetting_again_before_all_is_read_goes_on_with_the_rest(readers: Readers) -> None:
    readers.forget()
    read(readers.store, p1=CURRENT)
    readers.forget()
    assert readers.outdated() == 1
    read(readers.store, p2=CURRENT)
    readers.forget()
    assert readers.outdated() == 2
