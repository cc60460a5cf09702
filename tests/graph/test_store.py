"""The contract of every store: one write, all of it or nothing, durable, numbered in the order of commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.errors import Conflict
from graph.model import Community, LineProblem, Person, Stamp
from graph.store import GraphStore, Transaction
from tests.builders import (
    NOON,
    a_community,
    a_job,
    a_key,
    a_post,
    a_topic,
    a_viewer,
    an_account,
    index,
    later,
    put,
)

MINUTE = timedelta(minutes=1)


class TestPreparing:
    def test_the_first_value_kept_under_a_name_stays(self, open_store: Callable[[], GraphStore]) -> None:
        first, second = open_store(), open_store()
        first.prepare()
        assert first.keep("secret", b"first") == b"first"
        assert second.keep("secret", b"second") == b"first"
        assert second.keep("other", b"second") == b"second"

    def test_preparing_again_changes_nothing(self, store: GraphStore) -> None:
        put(store, an_account("ana"))
        before = store.feed.changes(after=0, upto=store.feed.head())
        store.prepare()
        assert store.feed.changes(after=0, upto=store.feed.head()) == before

    def test_an_empty_store_has_no_changes(self, store: GraphStore) -> None:
        assert store.feed.head() == store.feed.directory() == 0
        changes = store.feed.changes(after=0, upto=0)
        assert not (changes.people or changes.topics or changes.posts or changes.interactions or changes.removed)


class TestWriting:
    def test_what_was_written_is_there_when_the_store_is_opened_again(
        self, open_store: Callable[[], GraphStore]
    ) -> None:
        first = open_store()
        first.prepare()
        put(first, an_account("ana"), a_topic("dwdm"), a_post("p1"))
        index(first, "p1", dwdm=0.5)
        written = first.feed.changes(after=0, upto=first.feed.head())
        first.close()
        second = open_store()
        second.prepare()
        assert second.feed.head() == written.seq
        assert second.feed.changes(after=0, upto=written.seq) == written

    def test_the_result_of_the_work_is_returned(self, store: GraphStore) -> None:
        assert store.write(lambda tx: tx.posts.record_mentions([])) == 0

    def test_work_that_raises_leaves_nothing(self, store: GraphStore) -> None:
        def work(tx: Transaction) -> None:
            tx.people.put([an_account("ana")])
            tx.posts.put([a_post("p1")], job="j1")
            tx.jobs.put(a_job("j1"))
            tx.put_stamps([Stamp("record", "digest", 1)])
            raise ValueError("a bad line")

        with pytest.raises(ValueError, match="a bad line"):
            store.write(work)
        assert store.feed.head() == 0
        assert store.jobs.find("j1") is None
        assert store.write(lambda tx: (tx.people.accounts([an_account("ana").ref]), tx.stamps(["record"]))) == ({}, {})

    def test_a_domain_error_comes_out_of_the_work_as_it_is(self, store: GraphStore) -> None:
        def work(tx: Transaction) -> None:
            raise Conflict("not like this")

        with pytest.raises(Conflict, match="not like this"):
            store.write(work)

    def test_work_sees_what_it_wrote(self, store: GraphStore) -> None:
        def work(tx: Transaction) -> bool:
            tx.people.put([an_account("ana")])
            return an_account("ana").ref in tx.people.accounts([an_account("ana").ref])

        assert store.write(work)

    def test_work_reads_what_is_there_and_what_it_wrote_as_anybody_would(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_community("lab", visibility="members", members={"ana": "lead"}))

        def work(tx: Transaction) -> tuple[dict[str, Person], dict[str, Community], dict[str, str]]:
            tx.people.put([an_account("bob"), an_account("ana", name="Ana M.")])
            tx.communities.put([a_community("open")])
            people = tx.reads.people.find(["per_ana", "per_bob", "per_nobody"], viewer=a_viewer())
            communities = tx.reads.communities.find(["com_lab", "com_open"], viewer=a_viewer())
            return people, communities, tx.reads.communities.names(["com_lab"], viewer=a_viewer())

        people, communities, names = store.write(work)
        assert {key: person.name for key, person in people.items()} == {"per_ana": "Ana M.", "per_bob": "Bob"}
        assert communities == {"com_lab": a_community("lab", visibility="members"), "com_open": a_community("open")}
        assert names == {"com_lab": "Lab"}
        assert store.people.find(["per_bob"], viewer=a_viewer()) == {"per_bob": people["per_bob"]}

    def test_nothing_put_changes_nothing(self, store: GraphStore) -> None:
        put(store)
        assert store.feed.head() == 0

    def test_nobody_sees_half_a_write(self, store: GraphStore) -> None:
        def work(tx: Transaction) -> int:
            tx.people.put([an_account("ana")])
            with ThreadPoolExecutor(1) as reader:
                return reader.submit(store.feed.head).result()

        assert store.write(work) == 0
        assert store.feed.head() == 1

    def test_writers_at_once_lose_nothing_and_share_no_number(self, open_store: Callable[[], GraphStore]) -> None:
        stores = [open_store(), open_store()]
        stores[0].prepare()

        def write(number: int) -> None:
            put(stores[number % 2], an_account(f"a{number}"), a_post(f"p{number}", author=f"a{number}"))

        with ThreadPoolExecutor(4) as writers:
            list(writers.map(write, range(40)))
        changes = stores[1].feed.changes(after=0, upto=stores[1].feed.head())
        assert changes.seq == 80
        assert {person.id for person in changes.people} == {f"per_a{number}" for number in range(40)}
        assert {post.id for post in changes.posts} == {f"pst_p{number}" for number in range(40)}
        assert sorted(post.number for post in changes.posts) == list(range(1, 41))

    def test_many_threads_read_while_one_writes(self, store: GraphStore) -> None:
        put(store, an_account("ana"))

        def read(number: int) -> bool:
            head = store.feed.head()
            changes = store.feed.changes(after=0, upto=head)
            return len(changes.people) + len(changes.posts) == head

        with ThreadPoolExecutor(5) as threads:
            reads = [threads.submit(read, number) for number in range(40)]
            for number in range(20):
                put(store, a_post(f"p{number}"))
            assert all(result.result() for result in reads)


class TestStamps:
    def test_what_was_remembered_last_of_a_record_is_told(self, store: GraphStore) -> None:
        first, second = Stamp("one", "digest", 1), Stamp("two", "other", 0, is_retracted=True)
        store.write(lambda tx: tx.put_stamps([first, second]))
        edited = replace(first, digest="edited", version=1_767_254_400_000_000)
        store.write(lambda tx: tx.put_stamps([edited]))
        assert store.write(lambda tx: tx.stamps(["one", "two", "three"])) == {"one": edited, "two": second}

    def test_no_keys_have_no_stamps(self, store: GraphStore) -> None:
        assert store.write(lambda tx: tx.stamps([])) == {}

    def test_stamps_are_no_change_that_a_reader_could_notice(self, store: GraphStore) -> None:
        store.write(lambda tx: tx.put_stamps([Stamp("one", "digest", 1)]))
        assert store.feed.head() == 0


class TestJobs:
    def test_an_unknown_job_is_none(self, store: GraphStore) -> None:
        assert store.jobs.find("j1") is None

    def test_a_job_comes_back_as_it_was_put_last(self, store: GraphStore) -> None:
        problems = (LineProblem(3, "/author", "missing"), LineProblem(4, "", "not_json"))
        job = a_job(received=4, outcomes={"created": 1, "rejected": 2}, problems=problems)
        store.write(lambda tx: tx.jobs.put(a_job()))
        store.write(lambda tx: tx.jobs.put(job))
        assert store.jobs.find("j1") == job

    def test_a_job_counts_its_posts_that_wait(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_post("p1"), a_post("p2"), job="j1")
        store.write(lambda tx: tx.jobs.put(a_job("j1", posts=2)))
        assert store.jobs.find("j1") == a_job("j1", posts=2, waiting=2)
        index(store, "p1")
        assert store.jobs.find("j1") == a_job("j1", posts=2, waiting=1)

    def test_a_post_waits_for_the_last_job_it_came_with(self, store: GraphStore) -> None:
        store.write(lambda tx: [tx.jobs.put(a_job("j1")), tx.jobs.put(a_job("j2"))])
        put(store, an_account("ana"), a_post("p1"), job="j1")
        put(store, a_post("p1", text="edited"), job="j2")
        assert store.jobs.find("j1") == a_job("j1", waiting=0)
        assert store.jobs.find("j2") == a_job("j2", waiting=1)

    def test_a_removed_post_is_not_waited_for(self, store: GraphStore) -> None:
        store.write(lambda tx: tx.jobs.put(a_job("j1")))
        put(store, an_account("ana"), a_post("p1"), job="j1")
        store.write(lambda tx: tx.posts.remove(["pst_p1"]))
        assert store.jobs.find("j1") == a_job("j1", waiting=0)


class TestLease:
    def take(self, store: GraphStore, holder: str, *, minutes: int) -> bool:
        now = NOON + minutes * MINUTE
        return store.write(lambda tx: tx.jobs.take_lease("indexing", holder=holder, now=now, until=now + MINUTE))

    def test_one_holds_it_and_may_prolong_it(self, store: GraphStore) -> None:
        assert self.take(store, "first", minutes=0)
        assert self.take(store, "first", minutes=0)

    def test_nobody_else_gets_it_before_it_expires(self, store: GraphStore) -> None:
        assert self.take(store, "first", minutes=0)
        assert not self.take(store, "second", minutes=0)
        assert self.take(store, "second", minutes=1)
        assert not self.take(store, "first", minutes=1)

    def test_its_holder_may_take_it_again_after_it_expired(self, store: GraphStore) -> None:
        assert self.take(store, "first", minutes=0)
        assert self.take(store, "first", minutes=5)
        assert not self.take(store, "second", minutes=5)


class TestKeys:
    def test_a_key_is_found_by_its_hash(self, store: GraphStore) -> None:
        key = a_key(person="per_ana", scopes=frozenset({"people:read", "act-as"}), expires_at=later(30))
        store.write(lambda tx: tx.put_key(key))
        assert store.keys.by_hash(key.hash) == key

    def test_an_unknown_hash_is_none(self, store: GraphStore) -> None:
        assert store.keys.by_hash("unknown") is None

    def test_a_revoked_key_is_still_found(self, store: GraphStore) -> None:
        revoked = a_key(revoked_at=later(1))
        store.write(lambda tx: tx.put_key(a_key()))
        store.write(lambda tx: tx.put_key(revoked))
        assert store.keys.by_hash(revoked.hash) == revoked
        assert store.keys.each() == [revoked]

    def test_keys_are_listed_oldest_first(self, store: GraphStore) -> None:
        old, new = a_key("z", created_at=NOON), a_key("a", created_at=later(1))
        store.write(lambda tx: [tx.put_key(new), tx.put_key(old)])
        assert store.keys.each() == [old, new]
