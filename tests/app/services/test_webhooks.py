"""Delivery of webhooks to a real receiver: until it takes them, in their order, never when it was removed."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from app.sending import Sender
from app.services.webhooks import FEWEST_FAILURES, Answer, Delivery, Receivers
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import Conflict, NotFound
from graph.store import GraphStore
from graph.webhooks import Notice, Receiver
from scripts.receiver import LocalReceiver, listening
from tests.builders import NOON, a_notice, a_receiver

SENDER = Sender(plain=False, seconds=1)
PATIENCE = timedelta(days=3)
HOUR = timedelta(hours=1)


class Killed(BaseException):
    """The process is gone before it could write down what it did."""


@dataclass
class World:
    """A store with one receiver, and a clock to set."""

    store: GraphStore
    portal: LocalReceiver
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.store.write(lambda tx: tx.webhooks.put_receiver(a_receiver(url=self.portal.url)))
        self.delivery = self.process("first")
        self.receivers = Receivers(self.store, SENDER, lambda: self.now)

    def process(self, name: str, **instead: Any) -> Delivery:
        """A process that delivers."""
        made = Delivery(self.store, SENDER.send, PATIENCE, holder=name, clock=lambda: self.now, jitter=lambda: 1.0)
        return replace(made, **instead)

    def happen(self, *keys: str) -> None:
        """Let the receiver be told something."""
        self.store.write(lambda tx: tx.webhooks.put([a_notice(key) for key in keys]))

    def pass_time(self, time: timedelta) -> int:
        """Wait, then send what is due; how much was taken."""
        self.now += time
        before = self._taken()
        while self.delivery.process_next():
            pass
        return self._taken() - before

    def _taken(self) -> int:
        return sum(receiver.sent for receiver in self.store.webhooks.receivers())

    def keep_failing(self) -> None:
        """Let the receiver be tried as often as it takes to tell something of it."""
        for _ in range(FEWEST_FAILURES - 1):
            self.pass_time(HOUR)

    @property
    def receiver(self) -> Receiver:
        """The receiver as it is known now."""
        [receiver] = self.store.webhooks.receivers()
        return receiver

    @property
    def sent(self) -> list[str]:
        """The ids of all that was sent."""
        return [delivered.headers["webhook-id"] for delivered in self.portal.delivered]


@pytest.fixture
def portal() -> Iterator[LocalReceiver]:
    with listening() as portal:
        yield portal


@pytest.fixture
def world(store: GraphStore, portal: LocalReceiver) -> World:
    return World(store, portal)


class TestWhatIsSent:
    def test_it_is_signed_for_the_receiver_and_holds_ids_only(self, world: World) -> None:
        world.happen("msg_1")
        assert world.pass_time(HOUR) == 1
        [delivered] = world.portal.delivered
        assert Webhook(world.receiver.secret).verify(delivered.body, dict(delivered.headers)) == {
            "type": "introduction.accepted",
            "timestamp": "2026-01-05T12:00:00.123457Z",
            "data": {"introduction": "int_1", "tell": ["per_ana", "per_bob"]},
        }
        assert delivered.headers["content-type"] == "application/json"
        assert delivered.headers["host"] in world.portal.url

    def test_it_goes_in_the_order_in_which_it_happened(self, world: World) -> None:
        world.happen("msg_2", "msg_1")
        world.happen("msg_0")
        assert world.pass_time(HOUR) == 3
        assert world.sent == ["msg_2", "msg_1", "msg_0"]
        assert world.pass_time(HOUR) == 0
        assert (world.receiver.sent, world.receiver.waiting, world.receiver.sent_at) == (3, 0, NOON + HOUR)


class TestFailures:
    @pytest.mark.parametrize(
        ("status", "reason"),
        [
            (302, "302 Found: redirects are not followed: register the address that it leads to"),
            (401, "401 Unauthorized: see that it verifies with the secret that `quisait webhooks add` printed"),
            (500, "500 Internal Server Error: its log says why it did not answer with 200 or 204"),
            (599, "599: its log says why it did not answer with 200 or 204"),
            (0, "Server disconnected"),
            (None, "no answer within 1 s: let it answer first and work afterwards"),
        ],
    )
    def test_what_is_not_taken_waits_and_the_reason_is_kept(
        self, sqlite_store: GraphStore, portal: LocalReceiver, status: int | None, reason: str
    ) -> None:
        world, portal.status = World(sqlite_store, portal), status
        world.happen("msg_1")
        assert world.pass_time(HOUR) == 0
        assert world.sent == ["msg_1"], "a redirect is not followed"
        assert world.receiver.reason and world.receiver.reason.startswith(reason)
        assert (world.receiver.state, world.receiver.waiting, world.receiver.failed) == ("failing", 1, 1)

    def test_a_receiver_that_is_not_there_is_told_when_it_is_back(self, store: GraphStore) -> None:
        with listening() as gone:
            pass
        world = World(store, gone)
        world.happen("msg_1")
        assert world.pass_time(HOUR) == 0
        assert world.receiver.reason and "see that it runs" in world.receiver.reason

    def test_pauses_grow_up_to_an_hour_and_end_with_success(self, world: World) -> None:
        world.portal.status = 500
        world.happen("msg_1", "msg_2")
        pauses = []
        for _ in range(12):
            assert world.pass_time(timedelta(0)) == 0
            assert world.receiver.retry_at
            pauses.append((world.receiver.retry_at - world.now).total_seconds())
            world.now = world.receiver.retry_at
        assert pauses[:4] == [5, 10, 20, 40]
        assert pauses[-1] == 3600
        assert world.sent == ["msg_1"] * 12, "the second one waits for the first"
        world.portal.status = 200
        assert world.pass_time(timedelta(0)) == 2
        assert (world.receiver.state, world.receiver.failures, world.receiver.failed) == ("enabled", 0, 12)

    def test_nothing_is_sent_during_a_pause(self, world: World) -> None:
        world.portal.status = 500
        world.happen("msg_1")
        world.pass_time(HOUR)
        world.pass_time(timedelta(seconds=4))
        assert world.sent == ["msg_1"]
        world.pass_time(timedelta(seconds=1))
        assert world.sent == ["msg_1", "msg_1"]

    def test_after_days_of_nothing_else_it_is_disabled_until_somebody_enables_it(
        self, world: World, capsys: pytest.CaptureFixture[str]
    ) -> None:
        world.portal.status = 500
        world.happen("msg_1")
        world.keep_failing()
        world.pass_time(PATIENCE - (FEWEST_FAILURES - 1) * HOUR)
        assert world.receiver.state == "failing"
        world.pass_time(HOUR)
        assert world.receiver.state == "disabled"
        assert f"quisait webhooks enable {world.receiver.id}" in capsys.readouterr().out
        world.portal.status = 204
        world.happen("msg_2")
        assert world.pass_time(PATIENCE - HOUR) == 0
        world.receivers.enable(world.receiver.id)
        assert world.pass_time(timedelta(0)) == 2
        assert world.receiver.dropped == 0

    def test_what_waits_is_kept_where_the_receiver_is_enabled_just_before_it_would_be_dropped(
        self, world: World
    ) -> None:
        world.portal.status = 410
        world.happen("msg_1", "msg_2")
        world.pass_time(HOUR)
        world.now += PATIENCE
        looks = iter([lambda: None, lambda: world.receivers.enable(world.receiver.id)])

        def clock() -> datetime:
            next(looks, lambda: None)()
            return world.now

        world.process("first", clock=clock).process_next()
        assert (world.receiver.state, world.receiver.waiting, world.receiver.dropped) == ("enabled", 2, 0)

    def test_what_waits_for_a_receiver_that_nobody_enables_is_dropped_and_counted(self, world: World) -> None:
        world.portal.status = 410
        world.happen("msg_1", "msg_2")
        world.pass_time(HOUR)
        world.pass_time(PATIENCE)
        world.happen("msg_3")
        world.pass_time(HOUR)
        assert (world.receiver.state, world.receiver.waiting, world.receiver.dropped) == ("disabled", 0, 3)
        world.portal.status = 204
        world.receivers.enable(world.receiver.id)
        world.happen("msg_4")
        assert world.pass_time(timedelta(0)) == 1
        assert world.sent == ["msg_1", "msg_4"]

    def test_days_on_which_nothing_was_tried_disable_nobody(self, world: World) -> None:
        world.portal.status = 500
        world.happen("msg_1")
        world.pass_time(HOUR)
        world.pass_time(PATIENCE)
        assert (world.receiver.state, world.receiver.failures) == ("failing", 2)

    def test_who_says_to_be_gone_is_disabled_at_once(self, world: World) -> None:
        world.portal.status = 410
        world.happen("msg_1")
        world.pass_time(HOUR)
        assert world.receiver.state == "disabled"


class TestSeveralReceivers:
    def test_one_is_tried_at_a_time_the_one_tried_longest_ago_first(self, world: World) -> None:
        tried: list[str] = []

        def send(receiver: Receiver, notice: Notice) -> Answer:
            tried.append(receiver.id)
            world.now += timedelta(seconds=10)
            return Answer(None, "no answer") if receiver.id == "hung" else Answer(204)

        for name in ("hung", "healthy"):
            receiver = a_receiver(name)
            world.store.write(lambda tx, receiver=receiver: tx.webhooks.put_receiver(receiver))
        notices = [a_notice(f"{name}_{number}", receiver=name) for name in ("hung", "healthy") for number in range(3)]
        world.store.write(lambda tx: tx.webhooks.put(notices))
        delivery = world.process("first", send=send)
        for _ in range(5):
            before = len(tried)
            assert delivery.process_next() == 1
            assert len(tried) == before + 1
        assert tried == ["healthy", "hung", "healthy", "hung", "healthy"]


class TestSeveralProcesses:
    def test_they_never_send_at_the_same_time(self, world: World) -> None:
        second = world.process("second")
        meanwhile: list[int] = []

        def send(receiver: Receiver, notice: Notice) -> Answer:
            meanwhile.append(second.process_next())
            return SENDER.send(receiver, notice)

        world.happen("msg_1", "msg_2")
        first = world.process("first", send=send)
        assert first.process_next() == 1
        assert meanwhile == [0]
        first.release()
        assert second.process_next() == 1
        assert world.sent == ["msg_1", "msg_2"]

    def test_another_one_goes_on_where_one_was_killed(self, world: World) -> None:
        world.happen("msg_1")
        with pytest.raises(Killed):
            world.process("first", send=killed_after_sending).process_next()
        second = world.process("second")
        assert second.process_next() == 0
        world.now += HOUR
        assert second.process_next() == 1
        assert world.sent == ["msg_1", "msg_1"], "sent twice, under the same id"

    def test_a_receiver_that_is_removed_meanwhile_stays_away(self, world: World) -> None:
        def send(receiver: Receiver, notice: Notice) -> Answer:
            world.receivers.remove(receiver.id)
            return SENDER.send(receiver, notice)

        world.happen("msg_1", "msg_2")
        world.process("first", send=send).process_next()
        assert world.store.webhooks.receivers() == []
        assert world.pass_time(HOUR) == 0


class TestOperators:
    def test_a_new_receiver_gets_a_secret_and_all_events_unless_some_are_named(self, world: World) -> None:
        every = world.receivers.add("https://a.example")
        one = world.receivers.add("https://b.example", events=["question.asked"])
        assert every.secret.startswith("whsec_") and every.secret != one.secret
        assert len(every.events) == 7
        assert one.events == ("question.asked",)
        with pytest.raises(Conflict, match=r"no such event: question\.eaten; there are: introduction\.requested"):
            world.receivers.add("https://a.example", events=["question.eaten"])
        with pytest.raises(Conflict, match=r"no event is named; there are: introduction\.requested"):
            world.receivers.add("https://a.example", events=[])

    def test_an_address_is_told_of_nothing_twice(self, world: World) -> None:
        first = world.receivers.add("https://a.example", events=["question.asked", "question.closed"])
        with pytest.raises(Conflict, match=f"question.closed already: first `quisait webhooks remove {first.id}`"):
            world.receivers.add("https://a.example")
        world.receivers.add("https://a.example", events=["question.redirected"])
        world.receivers.remove(first.id)
        assert world.receivers.add("https://a.example", events=["question.asked"]).url == first.url

    def test_a_ping_is_sent_at_once_and_nothing_is_remembered_of_it(self, world: World) -> None:
        before = world.receiver
        assert world.receivers.ping(before.id) == Answer(204)
        assert world.portal.delivered[0].event == {
            "type": "ping",
            "timestamp": "2026-01-05T12:00:00.123457Z",
            "data": {},
        }
        assert world.receiver == before

    def test_an_unknown_receiver_is_not_found(self, world: World) -> None:
        for act in (world.receivers.remove, world.receivers.enable, world.receivers.ping):
            with pytest.raises(NotFound, match="rcv_unknown is none of the receivers"):
                act("rcv_unknown")


def killed_after_sending(receiver: Receiver, notice: Notice) -> Answer:
    """Send, and be killed."""
    SENDER.send(receiver, notice)
    raise Killed


steps = st.lists(st.sampled_from([*"eee", "kill", "wait", "remove", 0, 204, 302, 500]), max_size=25)


@settings(max_examples=25)
@given(steps=steps)
def test_whatever_a_receiver_does_it_gets_everything_in_order_but_what_is_dropped(
    steps: list[str | int],
) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(SqliteGraphStore(Path(folder) / "quisait.db")) as store,
        listening() as portal,
        listening() as removed,
    ):
        store.prepare()
        world = World(store, portal)
        store.write(lambda tx: tx.webhooks.put_receiver(a_receiver("other", url=removed.url)))
        happened: list[str] = []
        for number, step in enumerate(steps):
            match step:
                case "e":
                    happened.append(f"msg_{number}")
                    others = [] if "remove" in steps[:number] else [a_notice(f"other_{number}", receiver="other")]
                    store.write(lambda tx, n=number, o=others: tx.webhooks.put([a_notice(f"msg_{n}"), *o]))
                case "kill":
                    killed = world.process(f"killed {number}", send=killed_after_sending)
                    if store.webhooks.next("portal") or store.webhooks.next("other"):
                        world.now += timedelta(days=1)
                        world.receivers.enable("portal")
                        with pytest.raises(Killed):
                            killed.process_next()
                case "wait":
                    world.pass_time(timedelta(days=2))
                case "remove":
                    store.write(lambda tx: tx.webhooks.remove_receiver("other"))
                    removed.delivered.clear()
                case int():
                    portal.status = step
        portal.status = 204
        world.receivers.enable("portal")
        world.pass_time(timedelta(days=1))
        [told] = [receiver for receiver in store.webhooks.receivers() if receiver.id == "portal"]
        sent = list(dict.fromkeys(world.sent))
        assert sent == [key for key in happened if key in sent]
        assert len(happened) == told.sent + told.dropped >= len(sent) >= told.sent
        assert store.webhooks.next("portal") is None
        if "remove" in steps:
            assert removed.delivered == []
