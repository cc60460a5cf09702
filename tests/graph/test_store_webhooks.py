"""The contract of every store: receivers of webhooks, and the notices that wait for them."""

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import Conflict
from graph.model import Question
from graph.store import GraphStore
from tests.builders import NOON, a_notice, a_question, a_receiver, an_account, later, put


def register(store: GraphStore, *keys: str) -> None:
    for key in keys:
        store.write(lambda tx, key=key: tx.webhooks.put_receiver(a_receiver(key)))


def let_wait(store: GraphStore, *keys: str, receiver: str = "portal") -> None:
    store.write(lambda tx: tx.webhooks.put([a_notice(key, receiver=receiver) for key in keys]))


class TestReceivers:
    def test_a_receiver_comes_back_as_it_was_put_last(self, store: GraphStore) -> None:
        failing: dict[str, Any] = {
            "sent": 3,
            "dropped": 4,
            "failed": 2,
            "failures": 1,
            "reason": "l'« été »",
            "failing_since": later(1),
        }
        times: dict[str, Any] = {"sent_at": NOON, "failed_at": later(2), "retry_at": later(3), "disabled_at": later(4)}
        changed = a_receiver(events=("question.asked", "introduction.accepted"), **failing, **times)
        register(store, "portal")
        store.write(lambda tx: tx.webhooks.put_receiver(changed))
        assert store.webhooks.receivers() == [changed]
        assert store.write(lambda tx: tx.reads.webhooks.receivers()) == [changed]

    def test_receivers_are_listed_oldest_first(self, store: GraphStore) -> None:
        old, new = a_receiver("z"), a_receiver("a", created_at=later(1))
        store.write(lambda tx: [tx.webhooks.put_receiver(new), tx.webhooks.put_receiver(old)])
        assert store.webhooks.receivers() == [old, new]

    def test_its_secret_is_not_shown_by_chance(self) -> None:
        assert a_receiver().secret not in repr(a_receiver())

    def test_a_change_of_a_receiver_keeps_what_waits_for_it(self, store: GraphStore) -> None:
        register(store, "portal")
        let_wait(store, "n1", "n2")
        register(store, "portal")
        assert store.webhooks.receivers() == [replace(a_receiver(), waiting=2)]

    def test_a_removed_receiver_takes_along_what_waits_for_it_and_nothing_else(self, store: GraphStore) -> None:
        register(store, "portal", "other")
        let_wait(store, "n1", "n2")
        let_wait(store, "n3", receiver="other")
        store.write(lambda tx: [tx.webhooks.remove_receiver("portal"), tx.webhooks.remove_receiver("unknown")])
        register(store, "portal")
        assert [one.waiting for one in store.webhooks.receivers()] == [1, 0]
        assert store.webhooks.next("portal") is None


class TestNotices:
    def test_they_come_back_in_the_order_in_which_they_were_put(self, store: GraphStore) -> None:
        register(store, "portal")
        let_wait(store, "n2", "n1")
        let_wait(store, "n0")
        for key in ("n2", "n1", "n0"):
            assert store.webhooks.next("portal") == a_notice(key)
            store.write(lambda tx, key=key: tx.webhooks.remove(key))
        assert store.webhooks.next("portal") is None

    def test_they_wait_for_their_own_receiver(self, store: GraphStore) -> None:
        register(store, "portal", "other")
        let_wait(store, "n1")
        assert store.webhooks.next("other") is None
        assert store.webhooks.next("unknown") is None

    def test_a_notice_for_nobody_is_refused_and_a_removed_one_may_be_removed_again(self, store: GraphStore) -> None:
        with pytest.raises(Conflict):
            let_wait(store, "n1", receiver="unknown")
        store.write(lambda tx: tx.webhooks.remove("n1"))

    def test_what_a_failed_write_let_wait_does_not(self, store: GraphStore) -> None:
        register(store, "portal")
        with pytest.raises(InterruptedError):
            store.write(lambda tx: [tx.webhooks.put([a_notice()]), interrupt()])
        assert store.webhooks.next("portal") is None


class TestQuestionsToTellOf:
    def test_they_are_found_with_all_their_people_whoever_asks(self, store: GraphStore) -> None:
        first = a_question("q1", redirected_to="cleo", outcome="redirected", closed_at=later(1))
        second = a_question("q2", asker="bob", asked="dan", introduce_to="cleo")
        put(store, *map(an_account, ("ana", "bob", "cleo", "dan")), first, second)
        assert store.write(lambda tx: tx.webhooks.questions_whoever_sees(["q1", "q2", "unknown"])) == {
            "q1": Question(first, asker="per_ana", asked="per_bob", redirected_to="per_cleo"),
            "q2": Question(second, asker="per_bob", asked="per_dan", introduce_to="per_cleo"),
        }

    def test_a_write_sees_what_it_has_written_itself(self, store: GraphStore) -> None:
        put(store, *map(an_account, ("ana", "bob")), a_question("q1"))
        found = store.write(
            lambda tx: [tx.interactions.put_events([], gone=["q1"]), tx.webhooks.questions_whoever_sees(["q1"])],
        )
        assert found[-1] == {}


def interrupt() -> None:
    raise InterruptedError
