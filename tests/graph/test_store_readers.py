"""The contract of every store: by what posts were read, so that they can be read anew."""

from collections.abc import Sequence

from graph.model import Reader
from graph.store import GraphStore
from tests.builders import (
    READER,
    a_job,
    a_placeholder,
    a_post,
    a_topic,
    a_viewer,
    an_account,
    an_indexing,
    index,
    put,
)

BETTER = Reader("external", "fr_core_news_md 3.8.0")


def wrote(store: GraphStore, *keys: str) -> None:
    put(store, a_placeholder("ana"), a_topic("dwdm"), *(a_post(key) for key in keys))


def read(store: GraphStore, key: str, *, by: Reader = READER, is_degraded: bool = False, **mentions: float) -> int:
    """Record what that reader found in a post that is there."""
    posts = store.posts.by_numbers(range(1, 10), viewer=a_viewer())
    [seq] = [stored.seq for stored in posts.values() if stored.post.id == f"pst_{key}"]
    found = an_indexing(key, seq=seq, mentions=mentions, reader=by, is_degraded=is_degraded)
    return store.write(lambda tx: tx.posts.record_mentions([found]))


def outdated(store: GraphStore, *readers: Reader, after: int = 0, limit: int = 9) -> Sequence[str]:
    return [stored.post.id for stored in store.posts.outdated(readers=readers, after=after, limit=limit)]


def forget(store: GraphStore) -> None:
    store.write(lambda tx: tx.posts.forget_readers())


def test_posts_that_wait_have_no_reader(store: GraphStore) -> None:
    wrote(store, "p1")
    assert store.posts.readers() == {}
    assert outdated(store, BETTER) == []


def test_readers_are_counted_by_tier_and_version(store: GraphStore) -> None:
    wrote(store, "p1", "p2", "p3")
    for key, reader in (("p1", READER), ("p2", BETTER), ("p3", READER)):
        read(store, key, by=reader)
    assert store.posts.readers() == {READER: 2, BETTER: 1}


def test_posts_that_others_have_read_are_outdated_in_the_order_of_their_numbers(store: GraphStore) -> None:
    wrote(store, "p1", "p2", "p3")
    for key, reader in (("p3", READER), ("p1", READER), ("p2", BETTER)):
        read(store, key, by=reader)
    assert outdated(store, BETTER) == ["pst_p1", "pst_p3"]
    assert outdated(store, BETTER, limit=1) == ["pst_p1"]
    assert outdated(store, BETTER, after=1) == ["pst_p3"]
    assert outdated(store, BETTER, READER) == []
    assert outdated(store) == ["pst_p1", "pst_p2", "pst_p3"]


def test_an_outdated_post_comes_with_its_text_and_can_be_read_anew(store: GraphStore) -> None:
    wrote(store, "p1")
    index(store, "p1", dwdm=0.5)
    [stored] = store.posts.outdated(readers=[BETTER], after=0, limit=1)
    assert stored.post.text == "Qui sait ?"
    anew = an_indexing("p1", seq=stored.seq, mentions={"dwdm": 0.25}, reader=BETTER)
    assert store.write(lambda tx: tx.posts.record_mentions([anew])) == 1
    assert outdated(store, BETTER) == []
    [known] = store.people.knows("per_ana", viewer=a_viewer())
    assert known.count == 1


def test_forgetting_readers_makes_what_is_read_outdated_and_nothing_else(store: GraphStore) -> None:
    wrote(store, "p1", "p2")
    read(store, "p1", dwdm=0.5)
    head = store.feed.head()
    forget(store)
    assert store.feed.head() == head, "no reader notices"
    assert len(store.people.knows("per_ana", viewer=a_viewer())) == 1
    read(store, "p2")
    assert outdated(store, READER) == ["pst_p1"]
    assert store.posts.readers() == {None: 1, READER: 1}


def test_what_is_read_anew_is_remembered_again(store: GraphStore) -> None:
    wrote(store, "p1", "p2")
    read(store, "p1")
    read(store, "p2")
    forget(store)
    read(store, "p1")
    assert outdated(store, READER) == ["pst_p2"]


def test_an_author_who_moves_to_another_person_makes_no_post_up_to_date(store: GraphStore) -> None:
    wrote(store, "p1")
    read(store, "p1")
    forget(store)
    put(store, an_account("ana", person="per_bob"))
    assert outdated(store, READER) == ["pst_p1"]


def test_an_edited_post_waits_instead_of_being_outdated(store: GraphStore) -> None:
    wrote(store, "p1")
    read(store, "p1", is_degraded=True)
    forget(store)
    wrote(store, "p1")
    assert outdated(store, BETTER) == []
    assert (store.posts.readers(), store.posts.degraded()) == ({}, 0)
    assert len(store.posts.waiting(limit=9)) == 1


def test_degraded_posts_are_counted_until_they_are_read_well_or_gone(store: GraphStore) -> None:
    wrote(store, "p1", "p2", "p3")
    for key in ("p1", "p2", "p3"):
        read(store, key, is_degraded=True)
    assert store.posts.degraded() == 3
    read(store, "p1", by=BETTER)
    store.write(lambda tx: tx.posts.remove(["pst_p2"]))
    assert store.posts.degraded() == 1


def test_a_job_tells_how_many_of_its_posts_were_degraded(store: GraphStore) -> None:
    wrote(store, "p1", "p2")
    store.write(lambda tx: tx.jobs.put(a_job("j1", posts=2)))
    read(store, "p1", is_degraded=True)
    job = store.jobs.find("j1")
    assert job
    assert (job.waiting, job.degraded, job.state) == (1, 1, "running")
