"""What questions and introductions have in common: whom they name, and how they become records of the one door."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.records import Entry, version_at
from graph.errors import Conflict, NotFound
from graph.identity import API, EXTRACTED, Identity
from graph.ledger import Outcome
from graph.model import Event, Person, Question, Ref, Retraction, Topic, Viewer
from graph.store import Reads, Transaction

Record = Callable[[Callable[[Transaction], Entry]], Outcome]
Check = Callable[[Reads], None]  # raises where what is there forbids the write


class TopicsNamed(Protocol):
    """Knows what topics are called."""

    def __call__(self, topics: Collection[str], *, viewer: Viewer) -> Mapping[str, Topic]:
        """These topics by the ids given, each as the one that it counts as, without those the viewer cannot know of."""
        ...


class OfField(Exception):
    """What is said in that field is refused, for a reason that has a code."""

    def __init__(self, field: str, code: str = "unknown") -> None:
        super().__init__(field)
        self.field = field
        self.code = code


class NotThere(OfField, NotFound):
    """What is asked names what its asker cannot see or cannot ask."""


class TooLate(OfField, Conflict):
    """It cannot be said any more."""


class Unfit(OfField):
    """It cannot be said of this."""


class NotTheirs(Exception):
    """Somebody may read what was asked, and not change it."""


@dataclass(frozen=True, slots=True)
class Nameless:
    """Somebody of whom the viewer knows that they are concerned, and no more."""

    id: str
    name: None = None
    accounts: tuple[Ref, ...] = ()


def named(reads: Reads, people: Iterable[str], *, viewer: Viewer) -> dict[str, Person | Nameless]:
    """These people, by public id, as the viewer may see them."""
    wanted = set(people)
    known = reads.people.find(wanted, viewer=viewer)
    return {person: known.get(person) or Nameless(person) for person in wanted}


def about(topics: Iterable[str], known: Mapping[str, Topic]) -> tuple[Topic, ...]:
    """The known ones among these topics, each once."""
    found = (known[topic] for topic in topics if topic in known)
    return tuple({topic.id: topic for topic in found}.values())


def check_topics(topics: Collection[str], *, reads: Reads, known: Mapping[str, Topic]) -> None:
    """Raise NotThere unless they are known, or a source sent them, which may be too new to be known."""
    strange = {topic for topic in topics if topic not in known}
    sent = {key for key, topic in reads.topics.find(strange).items() if topic.ref.source != EXTRACTED}
    if strange - sent:
        raise NotThere("topics")


def account_of(reads: Reads, person: str | None, *, viewer: Viewer, field: str, source: str | None = None) -> Ref:
    """An account of somebody there whom the viewer may see, in that source if they have one."""
    found = reads.people.find([person], viewer=viewer).get(person) if person else None
    if found is None or not found.is_active or found.is_bot:
        raise NotThere(field)
    accounts = [*(ref for ref in found.accounts if ref.source == source), *found.accounts, Ref(API, found.id)]
    return accounts[0]


def asked(event: Event, *, said: Sequence[str | None], version: int, identity: Identity) -> Entry:
    """The record of what was asked, or of what became of it."""
    assert event.asking is not None, "what was asked stands in its event"
    digest = identity.digest(json.dumps(said))
    return Entry(1, "question", event.asking.ref, event, key=event.key, digest=digest, version=version)


def taken_back(question: Question, *, at: datetime) -> Entry:
    """The record that takes back what was asked, with all that followed from it."""
    ref = question.asking.ref
    retraction = Retraction("question", ref, at)
    return Entry(1, "delete", ref, retraction, key=question.event.key, version=version_at(at))


def after(question: Question, *, now: datetime) -> datetime:
    """Now, or the time of what was said last where a source's clock is ahead."""
    return max(now, question.event.at, question.asking.closed_at or question.event.at)
