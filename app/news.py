"""What a portal has to tell people of questions and introductions, written down with the record that causes it.

Nobody is named who may not see it: of an introduction the target only once they are led to, and of a refusal nobody."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Final, Literal, NamedTuple

from graph.identity import INTRODUCTION, QUESTION
from graph.model import Question
from graph.store import Transaction
from graph.webhooks import Notice, NoticeType, notice_id


class News(NamedTuple):
    """What happened, and whom the portal may tell of it."""

    type: NoticeType
    tell: tuple[str, ...]


Happened = Literal["asked", "passed_on", "taken_back"]

OF_QUESTIONS: Final[dict[Happened, NoticeType]] = {
    "asked": "question.asked",
    "passed_on": "question.redirected",
    "taken_back": "question.taken_back",
}
OF_INTRODUCTIONS: Final[dict[Happened, NoticeType]] = {
    "asked": "introduction.requested",
    "passed_on": "introduction.accepted",
    "taken_back": "introduction.taken_back",
}
OUTCOMES: Final[frozenset[NoticeType]] = frozenset(("introduction.accepted", "question.redirected", "question.closed"))


@contextmanager
def announcing(tx: Transaction, keys: Collection[str], *, job: str, now: datetime) -> Iterator[None]:
    """Let receivers be told of what the block does to the questions with these keys.

    Of what happened before a receiver was registered it is told nothing: that would be a whole archive."""
    receivers = tx.reads.webhooks.receivers() if keys else []
    before = tx.webhooks.questions_whoever_sees(keys) if receivers else {}
    yield
    if not receivers:
        return
    after, notices = tx.webhooks.questions_whoever_sees(keys), list[Notice]()
    ids = (notice_id(job, number=number) for number in count())  # the same when the write is tried again
    for key in dict.fromkeys(keys):
        was, there = before.get(key), after.get(key)
        for news in news_of(was, there):
            at = _at(news, was, there, now=now)
            hearing = (one for one in receivers if news.type in one.events and one.created_at <= at)
            notices += (Notice(next(ids), one.id, news.type, at, _called(key, news), news.tell) for one in hearing)
    tx.webhooks.put(notices)


def news_of(before: Question | None, after: Question | None) -> Iterator[News]:
    """What there is to tell when a question, or one that asks for an introduction, has become that; None: not there."""
    known = after or before
    if known is None:
        return
    names = OF_INTRODUCTIONS if known.introduce_to else OF_QUESTIONS
    if left := tuple(person for person in _addressees(before) if person not in _addressees(after)):
        yield News(names["taken_back"], left)
    if after is None or (before and _said(before) == _said(after)):
        return
    if after.redirected_to:
        yield News(names["passed_on"], tuple(dict.fromkeys((*_others(after), after.redirected_to))))
    elif after.asking.outcome is None:
        yield News(names["asked"], (after.asked,))
    elif not after.introduce_to:
        yield News("question.closed", _others(after))


def _at(news: News, was: Question | None, there: Question | None, *, now: datetime) -> datetime:
    """When it happened, which only a question that is new and an outcome tell themselves."""
    if there is None or (was and news.type not in OUTCOMES):
        return now
    return there.asking.closed_at or there.event.at


def _addressees(question: Question | None) -> tuple[str, ...]:
    """To whom it goes: each hears of it from somebody else."""
    people = (question.asked, question.redirected_to) if question else ()
    return tuple(person for person in people if person)


def _others(question: Question) -> tuple[str, ...]:
    """Of who asked and who was asked those who did not say what became of it."""
    people = {"asker": question.asker, "asked": question.asked}
    return tuple(person for role, person in people.items() if role != question.asking.closed_by)


def _said(question: Question) -> tuple[str | None, ...]:
    asking = question.asking
    return question.asked, question.redirected_to, asking.outcome, asking.closed_by


def _called(key: str, news: News) -> str:
    return (INTRODUCTION if news.type in OF_INTRODUCTIONS.values() else QUESTION) + key
