"""Webhooks: whoever runs the service registers who receives them; what waits is sent until it has been taken."""

import secrets
from base64 import b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple, Protocol, get_args

import structlog

from app.leases import Lease
from graph.errors import Conflict, NotFound
from graph.store import GraphStore, Reads, Transaction
from graph.webhooks import Notice, NoticeType, Receiver, notice_id

EVENTS: Final[tuple[NoticeType, ...]] = get_args(NoticeType)
FIRST_PAUSE: Final = timedelta(seconds=5)  # after a failure; twice as long after each other one …
LONGEST_PAUSE: Final = timedelta(hours=1)  # … up to that
FEWEST_FAILURES: Final = 12  # attempts of an hour or two: days on which nothing was tried tell nothing of a receiver
GONE: Final = 410


class Answer(NamedTuple):
    """What came of sending: a status, unless there was no answer, and why it does not count, with what to do."""

    status: int | None
    reason: str | None = None


class Sending(Protocol):
    """Sends notices to receivers."""

    def check(self, url: str) -> None:
        """Raise Conflict for an address that nothing can be sent to."""
        ...

    def send(self, receiver: Receiver, notice: Notice) -> Answer:
        """Send one notice, and tell what came of it."""
        ...


@dataclass(frozen=True, slots=True)
class Receivers:
    """The receivers, as whoever runs the service sees them; raises NotFound for one that is not there."""

    store: GraphStore
    sender: Sending
    clock: Callable[[], datetime]

    def add(self, url: str, *, events: Collection[str] | None = None) -> Receiver:
        """A new receiver of these events, or of all.

        Raises Conflict for an empty list, events that do not exist, and an address that is told of one already."""
        wanted = set(EVENTS if events is None else events)
        if not wanted:
            raise Conflict(f"no event is named; there are: {', '.join(EVENTS)}")
        if unknown := wanted.difference(EVENTS):
            raise Conflict(f"no such event: {', '.join(sorted(unknown))}; there are: {', '.join(EVENTS)}")
        self.sender.check(url)
        receiver = Receiver(
            id=f"rcv_{secrets.token_hex(8)}",
            url=url,
            events=tuple(event for event in EVENTS if event in wanted),
            secret=f"whsec_{b64encode(secrets.token_bytes(32)).decode()}",
            created_at=self.clock(),
        )
        self.store.write(partial(_add, receiver=receiver))
        return receiver

    def all(self) -> list[Receiver]:
        """All receivers, oldest first."""
        return self.store.webhooks.receivers()

    def remove(self, receiver: str) -> None:
        """Send a receiver nothing more, not even what waits for it."""
        self.store.write(lambda tx: tx.webhooks.remove_receiver(_known(tx.reads, receiver).id))

    def enable(self, receiver: str) -> None:
        """Send a receiver what waits for it, at once."""
        afresh: dict[str, Any] = {"disabled_at": None, "retry_at": None, "failures": 0, "failing_since": None}
        self.store.write(lambda tx: tx.webhooks.put_receiver(replace(_known(tx.reads, receiver), **afresh)))

    def ping(self, receiver: str) -> Answer:
        """What came of sending a receiver one event that means nothing, now; nothing is remembered of it."""
        notice = Notice(notice_id(secrets.token_hex(16)), receiver, "ping", self.clock())
        return self.sender.send(_known(self.store, receiver), notice)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Sends what waits, in its order for each receiver, while it holds the lease; `holder` names this worker.

    What was sent is forgotten once it was taken, so a kill in between sends it again: never nothing, seldom twice.
    A receiver that was tried and took nothing for as long as `patience` is disabled; as long again, what waits for it
    is kept, and later dropped. `jitter` is between 0 and 1."""

    store: GraphStore
    send: Callable[[Receiver, Notice], Answer]
    patience: timedelta
    holder: str
    clock: Callable[[], datetime]
    jitter: Callable[[], float]

    def process_next(self) -> int:
        """Try the receiver that is due and was tried longest ago with what has waited longest for it; 1, 0 if none is.

        One at a time: a stop is seen in between, and whoever was not tried lately goes before those that hang."""
        now, receivers = self.clock(), self.store.webhooks.receivers()
        due = [receiver for receiver in receivers if _is_due(receiver, now=now)]
        lost = [receiver for receiver in receivers if self._is_lost(receiver, now=now)]
        if not (due or lost) or not self._lease.hold():
            return 0
        for receiver in lost:
            if dropped := self.store.write(partial(self._drop, receiver=receiver.id)):
                to_do = f"quisait webhooks enable {receiver.id}, or remove it"
                structlog.get_logger().error("webhooks dropped", receiver=receiver.id, dropped=dropped, to_do=to_do)
        return self._deliver(min(due, key=_tried_at)) if due else 0

    def release(self) -> None:
        """Give the lease back, so that another worker need not wait for it to expire."""
        self._lease.release()

    @property
    def _lease(self) -> Lease:
        return Lease(self.store, "webhooks", holder=self.holder, clock=self.clock)

    def _is_lost(self, receiver: Receiver, *, now: datetime) -> bool:
        """Whether nobody has enabled a receiver again in time for what waits for it."""
        disabled_at = receiver.disabled_at
        return bool(receiver.waiting) and disabled_at is not None and now - disabled_at >= self.patience

    def _drop(self, tx: Transaction, receiver: str) -> int:
        """Let nothing wait for a lost receiver, and remember how much did, unless it was enabled meanwhile."""
        found = _find(tx.reads, receiver)
        if not found or not self._is_lost(found, now=self.clock()):
            return 0
        tx.webhooks.remove_receiver(found.id)  # with all that waits for it
        tx.webhooks.put_receiver(replace(found, dropped=found.dropped + found.waiting))
        return found.waiting

    def _deliver(self, receiver: Receiver) -> int:
        notice = self.store.webhooks.next(receiver.id)
        if notice is None:  # sent by another worker, or the receiver was removed
            return 0
        answer = self.send(receiver, notice)
        self.store.write(partial(self._record, notice=notice, answer=answer, pause=self.jitter()))
        return 1

    def _record(self, tx: Transaction, notice: Notice, answer: Answer, pause: float) -> None:
        """Remember what came of it, unless the receiver was removed meanwhile."""
        receiver, now = _find(tx.reads, notice.receiver), self.clock()
        if receiver and answer.reason:
            tx.webhooks.put_receiver(self._failing(receiver, answer, now=now, pause=pause))
        elif receiver:
            tx.webhooks.remove(notice.id)
            tx.webhooks.put_receiver(
                replace(receiver, sent=receiver.sent + 1, sent_at=now, failures=0, failing_since=None, retry_at=None)
            )

    def _failing(self, receiver: Receiver, answer: Answer, *, now: datetime, pause: float) -> Receiver:
        """The receiver after one more failure: it is tried again later, or no more."""
        since = receiver.failing_since or now
        was_patient = now - since >= self.patience and receiver.failures + 1 >= FEWEST_FAILURES
        is_over = answer.status == GONE or was_patient
        if is_over:
            structlog.get_logger().error(
                "webhook receiver disabled",
                receiver=receiver.id,
                since=since.isoformat(),
                reason=answer.reason,
                to_do=f"mend it, then: quisait webhooks test {receiver.id}; quisait webhooks enable {receiver.id}",
            )
        return replace(
            receiver,
            failed=receiver.failed + 1,
            failures=receiver.failures + 1,
            failing_since=since,
            failed_at=now,
            reason=answer.reason,
            retry_at=now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(receiver.failures, 16)) * (1 + pause) / 2,
            disabled_at=now if is_over else None,
        )


def _add(tx: Transaction, receiver: Receiver) -> None:
    """Put a new receiver, unless it would be told the same twice."""
    for one in tx.reads.webhooks.receivers():
        shared = [event for event in receiver.events if event in one.events]
        if one.url == receiver.url and shared:
            told = f"{one.url} is told of {', '.join(shared)} already"
            raise Conflict(f"{told}: first `quisait webhooks remove {one.id}`, or name other events")
    tx.webhooks.put_receiver(receiver)


def _is_due(receiver: Receiver, *, now: datetime) -> bool:
    is_paused = receiver.retry_at is not None and receiver.retry_at > now
    return bool(receiver.waiting) and receiver.disabled_at is None and not is_paused


def _tried_at(receiver: Receiver) -> datetime:
    return max(at for at in (receiver.created_at, receiver.sent_at, receiver.failed_at) if at)


def _find(reads: Reads, receiver: str) -> Receiver | None:
    return next((one for one in reads.webhooks.receivers() if one.id == receiver), None)


def _known(reads: Reads, receiver: str) -> Receiver:
    if found := _find(reads, receiver):
        return found
    raise NotFound(f"{receiver} is none of the receivers that `quisait webhooks list` shows")
