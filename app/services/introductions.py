"""Introductions: somebody asks somebody they know to introduce them to a third, who hears of it once these agree.

It is a question to the intermediary that names to whom it is to be passed on. What is passed on is seen by whom it is
passed on to, and nothing else is: consent is not checked when reading, it is what makes the target a reader at all.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Final, Literal, Protocol
from uuid import uuid4

from app.asking import (
    Check,
    Nameless,
    NotTheirs,
    NotThere,
    Record,
    TooLate,
    TopicsNamed,
    about,
    account_of,
    after,
    asked,
    check_topics,
    named,
    taken_back,
)
from app.records import Entry, version_at
from graph.errors import NotFound
from graph.identity import API, BETWEEN_PEOPLE, INTRODUCTION, Identity
from graph.model import Asking, Event, Person, Question, QuestionRole, Ref, Topic, Viewer
from graph.store import Reads, Transaction

State = Literal["requested", "accepted", "declined", "expired"]
Answer = Literal["accepted", "declined"]
Role = Literal["asker", "intermediary", "target"]

ROLES: Final[dict[Role, QuestionRole]] = {"asker": "asker", "intermediary": "asked", "target": "redirected"}
READ: Final = 100  # introductions at a time, where only those in one state are wanted


class NobodyLeads(NotThere):
    """Whoever is named cannot introduce to the other."""


class Leads(Protocol):
    """Knows who may be asked to introduce whom."""

    def __call__(self, intermediary: str, target: str, *, viewer: Viewer) -> bool:
        """Whether the viewer has a tie to the intermediary, and they one to the target, and both can be asked now."""
        ...


@dataclass(frozen=True, slots=True)
class ShownIntroduction:
    """An introduction as one of its people is shown it."""

    id: str
    asker: Person | Nameless
    intermediary: Person | Nameless
    target: Person | Nameless
    message: str | None
    topics: tuple[Topic, ...]
    at: datetime
    expires_at: datetime
    state: State
    answered_at: datetime | None
    answer_message: str | None
    role: Role
    has_expired: bool


@dataclass(frozen=True, slots=True)
class NewIntroduction:
    """What somebody asks for; the same again changes nothing: what has their own `id`, or waits for the same people."""

    intermediary: str
    target: str
    message: str
    topics: tuple[str, ...]
    id: str | None


@dataclass(frozen=True, slots=True)
class Introductions:
    """Looks introductions up, in a store or inside a write; raises NotFound alike for absent ones and those of others.

    That the intermediary declined is told to them alone: whoever asked sees, as with silence, that it expires."""

    store: Reads
    topics: TopicsNamed
    lasts: timedelta
    clock: Callable[[], datetime]

    def introduction(self, introduction: str, *, viewer: Viewer) -> ShownIntroduction:
        """The introduction with this public id."""
        return self._shown([self.found(introduction, viewer=viewer)], viewer)[0]

    def page(
        self,
        *,
        role: Role | None,
        state: State | None,
        people: Collection[str],
        before: tuple[datetime, str] | None,
        limit: int,
        viewer: Viewer,
    ) -> list[ShownIntroduction]:
        """The viewer's introductions, the last asked for first, that come after this time and public id.

        With `people` those that name one of them."""
        place = before and (before[0], before[1].removeprefix(INTRODUCTION))
        found = self._in_state(state, role and ROLES[role], place, viewer, people)
        return self._shown(list(islice(found, limit)), viewer)

    def waiting(self, intermediary: str, target: str, *, viewer: Viewer) -> str | None:
        """The public id of what the viewer asked these two for, and is told to wait for."""
        for one in self._in_state("requested", "asker", None, viewer, [target]):
            if (one.asked, one.introduce_to) == (intermediary, target):
                return INTRODUCTION + one.event.key
        return None

    def found(self, introduction: str, *, viewer: Viewer) -> Question:
        """The same, as it is stored."""
        for found in self.store.questions.find(
            key=introduction.removeprefix(INTRODUCTION), introductions=True, limit=1, viewer=viewer
        ):
            return found
        raise NotFound(introduction)

    def has_expired(self, found: Question) -> bool:
        """Whether it is too late for an answer."""
        return found.event.at + self.lasts <= self.clock()

    def _state(self, found: Question, viewer: Viewer) -> State:
        if found.redirected_to:
            return "accepted"
        if found.asking.outcome and viewer.person == found.asked:
            return "declined"
        return "expired" if self.has_expired(found) else "requested"

    def _in_state(
        self,
        state: State | None,
        role: QuestionRole | None,
        before: tuple[datetime, str] | None,
        viewer: Viewer,
        people: Collection[str],
    ) -> Iterator[Question]:
        stored = self._stored(role, before, viewer, people)
        if state == "requested":  # what is older than one that has expired has expired as well
            stored = takewhile(lambda one: not self.has_expired(one), stored)
        return (one for one in stored if state in (None, self._state(one, viewer)))

    def _stored(
        self,
        role: QuestionRole | None,
        before: tuple[datetime, str] | None,
        viewer: Viewer,
        people: Collection[str],
    ) -> Iterator[Question]:
        while found := self.store.questions.find(
            role=role, introductions=True, people=people, before=before, limit=READ, viewer=viewer
        ):
            yield from found
            before = found[-1].event.at, found[-1].event.key

    def _shown(self, found: Sequence[Question], viewer: Viewer) -> list[ShownIntroduction]:
        ids = {person for one in found for person in (one.asker, one.asked, one.introduce_to) if person}
        people = named(self.store, ids, viewer=viewer)
        topics = self.topics({topic for one in found for topic in one.asking.topics}, viewer=viewer)
        return [self._one(one, people, topics, viewer) for one in found]

    def _one(
        self,
        found: Question,
        people: Mapping[str, Person | Nameless],
        topics: Mapping[str, Topic],
        viewer: Viewer,
    ) -> ShownIntroduction:
        assert found.introduce_to, "an introduction says to whom"
        state = self._state(found, viewer)
        return ShownIntroduction(
            id=INTRODUCTION + found.event.key,
            asker=people[found.asker],
            intermediary=people[found.asked],
            target=people[found.introduce_to],
            message=found.asking.text,
            topics=about(found.asking.topics, topics),
            at=found.event.at,
            expires_at=found.event.at + self.lasts,
            state=state,
            answered_at=found.asking.closed_at if state in ("accepted", "declined") else None,
            answer_message=found.asking.closed_with if state == "accepted" else None,
            role=_role(found, viewer),
            has_expired=self.has_expired(found),
        )


@dataclass(frozen=True, slots=True)
class Introducing:
    """Asks for introductions, answers them, takes them back; `record` is the one door, for a single record.

    Raises NotFound for one that the viewer may not read, NotTheirs for one that is not theirs to change."""

    introductions: Introductions
    identity: Identity
    record: Record
    leads: Leads

    def ask(self, new: NewIntroduction, *, viewer: Viewer) -> tuple[str, bool]:
        """The public id of the introduction, and whether it is a new one; raises NotThere for what it names in vain.

        Why somebody cannot introduce is never told: unknown, hidden, away, busy and without a tie are all the same."""
        ref = Ref(API, json.dumps([viewer.person, "introduction", new.id or uuid4().hex]))
        own = INTRODUCTION + self.identity.record_key("question", ref)
        if there := self._there(new, own, self.introductions, viewer):
            return there, False
        if not self.leads(new.intermediary, new.target, viewer=viewer):
            raise NobodyLeads("intermediary", "cannot_introduce")
        known = self.introductions.topics(new.topics, viewer=viewer)

        def entry(tx: Transaction) -> Entry:
            check_topics(new.topics, reads=tx.reads, known=known)
            reads = replace(self.introductions, store=tx.reads)
            there = self._there(new, own, reads, viewer)  # what is sent twice at once is written one after the other
            event = reads.found(there, viewer=viewer).event if there else self._event(new, ref, tx.reads, viewer)
            # Without a version it never undoes an answer, nor comes back once it was taken back.
            made = asked(event, said=["introduction"], version=0, identity=self.identity)
            return replace(made, community=BETWEEN_PEOPLE)

        is_new = self.record(entry) == "created"
        return self._there(new, own, self.introductions, viewer) or own, is_new

    def answer(
        self,
        introduction: str,
        answer: Answer,
        *,
        message: str | None,
        viewer: Viewer,
        check: Check = lambda _: None,
    ) -> None:
        """Accept or decline, as the intermediary; TooLate where it has expired, or the target was told already.

        The message is shown with an acceptance only."""

        def entry(tx: Transaction) -> Entry:
            there = replace(self.introductions, store=tx.reads)
            found = there.found(introduction, viewer=viewer)
            check(tx.reads)
            if viewer.person != found.asked:
                raise NotTheirs
            if answer == "declined" and found.redirected_to:
                raise TooLate("answer", "target_told")
            if not found.redirected_to and there.has_expired(found):
                raise TooLate("answer", "expired")
            at = after(found, now=self.introductions.clock())
            before = found.asking if found.redirected_to else None  # another word is no other acceptance
            asking = replace(
                found.asking,
                outcome="redirected" if answer == "accepted" else "no_answer",
                redirected_to=found.asking.introduce_to if answer == "accepted" else None,
                closed_at=before.closed_at if before else at,
                closed_by="asked",
                closed_with=message or (before and before.closed_with),
            )
            event = replace(found.event, asking=asking)
            return asked(event, said=[answer, message], version=version_at(at), identity=self.identity)

        self.record(entry)

    def take_back(self, introduction: str, *, viewer: Viewer, check: Check = lambda _: None) -> None:
        """Take an introduction back, as who asked for it, with all that followed from it."""

        def entry(tx: Transaction) -> Entry:
            found = replace(self.introductions, store=tx.reads).found(introduction, viewer=viewer)
            check(tx.reads)
            if viewer.person != found.asker:
                raise NotTheirs
            return taken_back(found, at=after(found, now=self.introductions.clock()))

        self.record(entry)

    def _there(self, new: NewIntroduction, own: str, introductions: Introductions, viewer: Viewer) -> str | None:
        """What was asked for before and is the same: what has the client's id, else what waits for the same people."""
        try:
            return INTRODUCTION + introductions.found(own, viewer=viewer).event.key
        except NotFound:
            return introductions.waiting(new.intermediary, new.target, viewer=viewer)

    def _event(self, new: NewIntroduction, ref: Ref, reads: Reads, viewer: Viewer) -> Event:
        """What is asked for, as an address of its asker to the intermediary."""
        return Event(
            key=self.identity.record_key("question", ref),
            type="address",
            at=self.introductions.clock(),
            actor=account_of(reads, viewer.person, viewer=viewer, field="asker"),
            target=account_of(reads, new.intermediary, viewer=viewer, field="intermediary"),
            community=self.identity.public_id("community", BETWEEN_PEOPLE),
            asking=Asking(
                ref,
                new.message,
                new.topics,
                introduce_to=account_of(reads, new.target, viewer=viewer, field="target"),
            ),
        )


def _role(found: Question, viewer: Viewer) -> Role:
    """As whom the viewer is shown it: whoever was asked is told most, and anybody else reads it as the target."""
    if viewer.person == found.asked:
        return "intermediary"
    return "asker" if viewer.person == found.asker else "target"
