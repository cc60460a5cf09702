"""Questions that people ask people, from the asking to the outcome; only their own people ever see them."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from app.asking import (
    Check,
    Nameless,
    NotTheirs,
    NotThere,
    Record,
    TopicsNamed,
    Unfit,
    about,
    account_of,
    after,
    asked,
    check_topics,
    named,
    taken_back,
)
from app.records import Entry, version_at
from app.search.availability import Unavailable, unavailable
from graph.errors import NotFound
from graph.identity import API, BETWEEN_PEOPLE, QUESTION, Identity
from graph.ledger import Outcome
from graph.model import Asking, Event, Person, Question, QuestionOutcome, QuestionRole, Ref, Topic, Viewer
from graph.store import Reads, Transaction

LOOKED_THROUGH: Final = 200  # questions between the same people: who was sent to somebody asks them soon


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as one of its people is shown it."""

    id: str
    asker: Person | Nameless
    asked: Person | Nameless
    redirected_to: Person | Nameless | None
    text: str | None
    topics: tuple[Topic, ...]
    post: str | None
    at: datetime
    outcome: QuestionOutcome | None
    closed_at: datetime | None
    closed_by: Literal["asker", "asked"] | None
    role: QuestionRole
    is_passed_on: bool  # the asker has since asked whom they were sent to, as the two of them are told
    unavailable: Unavailable | None  # why whom the asker has to ask next, or waits for, cannot be asked today


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What somebody wants to ask somebody; with an `id` of their own, the same again changes nothing."""

    asked: str
    text: str | None
    topics: tuple[str, ...]
    post: str | None
    id: str


@dataclass(frozen=True, slots=True)
class Questions:
    """Looks questions up, in a store or inside a write; raises NotFound alike for absent ones and those of others."""

    store: Reads
    topics: TopicsNamed
    clock: Callable[[], datetime]

    def question(self, question: str, *, viewer: Viewer) -> ShownQuestion:
        """The question with this public id."""
        return self._shown([_question(self.store, question, viewer)], viewer)[0]

    def page(
        self,
        *,
        role: QuestionRole | None,
        is_open: bool | None,
        people: Collection[str],
        before: tuple[datetime, str] | None,
        limit: int,
        viewer: Viewer,
    ) -> list[ShownQuestion]:
        """The viewer's questions, the last asked first, that come after this time and public id.

        With `people` those that name one of them."""
        place = before and (before[0], before[1].removeprefix(QUESTION))
        found = self.store.questions.find(
            role=role, is_open=is_open, people=people, before=place, limit=limit, viewer=viewer
        )
        return self._shown(found, viewer)

    def _shown(self, questions: Sequence[Question], viewer: Viewer) -> list[ShownQuestion]:
        ids = {person for one in questions for person in (one.asker, one.asked, one.redirected_to) if person}
        people = named(self.store, ids, viewer=viewer)
        topics = self.topics({topic for one in questions for topic in one.asking.topics}, viewer=viewer)
        passed_on, today = self._passed_on(questions, viewer), self.clock().date()
        return [
            _shown(one, people, topics, viewer, is_passed_on=one.event.key in passed_on, today=today)
            for one in questions
        ]

    def _passed_on(self, questions: Sequence[Question], viewer: Viewer) -> set[str]:
        """The events of those whose asker has since asked whom they were sent to, as far as the viewer may see it."""
        sent = [one for one in questions if one.redirected_to and viewer.person != one.asked]
        people = {person for one in sent for person in (one.asker, one.redirected_to) if person} - {viewer.person}
        if not people:
            return set()
        lately = self.store.questions.find(people=people, limit=LOOKED_THROUGH, viewer=viewer)
        asked = {(one.asker, one.asked): one.event.at for one in reversed(lately)}
        return {
            one.event.key
            for one in sent
            if (at := asked.get((one.asker, one.redirected_to or ""))) and at >= (one.asking.closed_at or at)
        }


@dataclass(frozen=True, slots=True)
class Questioning:
    """Asks questions, says what became of them, takes them back; `record` is the one door, for a single record.

    Raises NotFound for a question that the viewer may not read, NotTheirs for one that they may not change."""

    identity: Identity
    topics: TopicsNamed
    record: Record
    clock: Callable[[], datetime]

    def ask(self, new: NewQuestion, *, viewer: Viewer) -> tuple[str, Outcome]:
        """The public id of the question, and what became of it; raises NotThere for what it names in vain.

        A changed one replaces the one with the same id for as long as that is open."""
        ref = Ref(API, json.dumps([viewer.person, new.id]))
        key = self.identity.record_key("question", ref)
        known = self.topics(new.topics, viewer=viewer)

        def entry(tx: Transaction) -> Entry:
            check_topics(new.topics, reads=tx.reads, known=known)
            source = _author(tx, new.post, viewer).source if new.post else None
            event = Event(
                key=key,
                type="address",
                at=self.clock(),
                actor=account_of(tx.reads, viewer.person, viewer=viewer, source=source, field="asker"),
                target=account_of(tx.reads, new.asked, viewer=viewer, source=source, field="asked"),
                post=new.post,
                community=self.identity.public_id("community", BETWEEN_PEOPLE),
                asking=Asking(ref, new.text, new.topics),
            )
            said = [new.asked, new.text, *new.topics, new.post]
            # Without a version it never undoes an outcome, nor comes back once it was taken back.
            made = asked(event, said=said, version=0, identity=self.identity)
            return replace(made, community=BETWEEN_PEOPLE)

        return QUESTION + key, self.record(entry)

    def close(
        self,
        question: str,
        outcome: QuestionOutcome,
        *,
        redirected_to: str | None,
        viewer: Viewer,
        check: Check = lambda _: None,
    ) -> None:
        """Say what became of a question, as its asker or the one asked; the last word counts."""

        def entry(tx: Transaction) -> Entry:
            found = _question(tx.reads, question, viewer)
            check(tx.reads)
            if viewer.person not in (found.asker, found.asked):
                raise NotTheirs
            if redirected_to in (found.asker, found.asked):
                raise Unfit("redirected_to", "takes_part")
            other = redirected_to and account_of(tx.reads, redirected_to, viewer=viewer, field="redirected_to")
            by = "asker" if viewer.person == found.asker else "asked"
            at = after(found, now=self.clock())
            asking = replace(found.asking, outcome=outcome, redirected_to=other or None, closed_at=at, closed_by=by)
            event = replace(found.event, asking=asking)
            said = [outcome, redirected_to, by]
            return asked(event, said=said, version=version_at(at), identity=self.identity)

        self.record(entry)

    def take_back(self, question: str, *, viewer: Viewer, check: Check = lambda _: None) -> None:
        """Take a question back, as its asker, with all that followed from it."""

        def entry(tx: Transaction) -> Entry:
            found = _question(tx.reads, question, viewer)
            check(tx.reads)
            if viewer.person != found.asker:
                raise NotTheirs
            return taken_back(found, at=after(found, now=self.clock()))

        self.record(entry)


def _question(reads: Reads, question: str, viewer: Viewer) -> Question:
    found = reads.questions.find(key=question.removeprefix(QUESTION), limit=1, viewer=viewer)
    if not found:
        raise NotFound(question)
    return found[0]


def _author(tx: Transaction, post: str, viewer: Viewer) -> Ref:
    """Who wrote the post, which has to be the viewer: a question says nothing in places that its asker cannot read."""
    found = tx.posts.find([post]).get(post)
    if found is None or tx.people.accounts([found.author])[found.author].person != viewer.person:
        raise NotThere("post")
    return found.author


def _shown(
    question: Question,
    people: Mapping[str, Person | Nameless],
    topics: Mapping[str, Topic],
    viewer: Viewer,
    *,
    is_passed_on: bool,
    today: date,
) -> ShownQuestion:
    event, asking, role = question.event, question.asking, _role(question, viewer)
    awaited = None if role != "asker" or is_passed_on else _awaited(question, people)
    return ShownQuestion(
        id=QUESTION + event.key,
        asker=people[question.asker],
        asked=people[question.asked],
        redirected_to=people[question.redirected_to] if question.redirected_to else None,
        text=asking.text,
        topics=about(asking.topics, topics),
        post=event.post,
        at=event.at,
        outcome=asking.outcome,
        closed_at=asking.closed_at,
        closed_by=asking.closed_by,
        role=role,
        is_passed_on=is_passed_on,
        unavailable=unavailable(awaited, today) if isinstance(awaited, Person) else None,
    )


def _awaited(question: Question, people: Mapping[str, Person | Nameless]) -> Person | Nameless | None:
    """Whose answer the asker waits for, or whom they were sent to."""
    if question.asking.outcome is None:
        return people[question.asked]
    return people[question.redirected_to] if question.redirected_to else None


def _role(question: Question, viewer: Viewer) -> QuestionRole:
    """As whom the viewer is shown it."""
    if viewer.person == question.asker:
        return "asker"
    return "asked" if viewer.person == question.asked else "redirected"
