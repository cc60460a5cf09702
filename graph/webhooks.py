"""Webhooks: who receives them, what waits to be sent, and what the house asks of a store about both."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from graph.model import Question

NoticeType = Literal[
    "introduction.requested",
    "introduction.accepted",
    "introduction.taken_back",
    "question.asked",
    "question.redirected",
    "question.closed",
    "question.taken_back",
]


@dataclass(frozen=True, slots=True)
class Receiver:
    """An address of the host's that is told of events, and how it takes them."""

    id: str
    url: str
    events: tuple[NoticeType, ...]
    secret: str = field(repr=False)
    created_at: datetime
    sent: int = 0  # notices that it took
    failed: int = 0  # attempts that it did not take
    failures: int = 0  # those since it took one, or was enabled again
    failing_since: datetime | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    reason: str | None = None  # of the last failure
    retry_at: datetime | None = None
    disabled_at: datetime | None = None
    dropped: int = 0  # notices that waited while it was disabled for long
    waiting: int = 0

    @property
    def state(self) -> Literal["enabled", "failing", "disabled"]:
        """How it is: failing since its last failure, until it takes something again."""
        if self.disabled_at:
            return "disabled"
        return "failing" if self.failing_since else "enabled"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that one receiver is to be told: what happened to which question or introduction, and who may hear."""

    id: str
    receiver: str
    type: NoticeType | Literal["ping"]
    at: datetime
    about: str = ""
    tell: tuple[str, ...] = ()


def notice_id(cause: str, *, number: int = 0) -> str:
    """What a receiver knows a notice by: the same for the same notice of what caused it."""
    return f"msg_{cause}_{number}"


class Webhooks(Protocol):
    """Reads of receivers and of what waits for them."""

    def receivers(self) -> list[Receiver]:
        """All receivers, oldest first, each with how many notices wait for it."""
        ...

    def next(self, receiver: str) -> Notice | None:
        """The notice that has waited longest for this receiver; None when there is none."""
        ...


class WebhookWrites(Protocol):
    """Writes of the same, and what a write needs to know to tell of it."""

    def questions_whoever_sees(self, keys: Collection[str]) -> dict[str, Question]:
        """The questions whose events have these keys, whoever may see them: never to be shown, only to be told of."""
        ...

    def put_receiver(self, receiver: Receiver) -> None:
        """Add or replace a receiver; `waiting` is not stored, the store counts it."""
        ...

    def remove_receiver(self, receiver: str) -> None:
        """Take a receiver away, with all that waits for it; an unknown one changes nothing."""
        ...

    def put(self, notices: Sequence[Notice]) -> None:
        """Let these wait, in this order, behind those that wait already; their receivers are known."""
        ...

    def remove(self, notice: str) -> None:
        """Let this notice wait no longer; an unknown one changes nothing."""
        ...
