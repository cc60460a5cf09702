"""What there is to tell of questions and introductions: to whom, and to nobody else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.news import News, announcing, news_of
from graph.model import Question
from graph.store import GraphStore, Transaction
from tests.builders import NOON, a_question, a_receiver, an_account, later, put

PEOPLE = ("ana", "bob", "cleo", "dan")
OUTCOMES = (None, "helped", "redirected", "no_answer")
BY_ASKED = {"closed_at": later(1), "closed_by": "asked"}


def question(**fields: Any) -> Question:
    """Ana's question to Bob, or what became of it, with its people by public ids."""
    event = a_question(**fields)
    assert event.asking and event.actor and event.target
    other, wanted = event.asking.redirected_to, event.asking.introduce_to
    people = (f"per_{ref.id}" if ref else None for ref in (other, wanted))
    return Question(event, f"per_{event.actor.id}", f"per_{event.target.id}", *people)


def introduction(**fields: Any) -> Question:
    """The same that asks for an introduction to Cleo."""
    return question(introduce_to="cleo", **fields)


ACCEPTED = {"outcome": "redirected", "redirected_to": "cleo", **BY_ASKED}
DECLINED = {"outcome": "no_answer", **BY_ASKED}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, question(), [News("question.asked", ("per_bob",))]),
        (question(), question(text="Autrement ?"), []),
        (question(), question(asked="dan"), [("question.taken_back", ("per_bob",)), ("question.asked", ("per_dan",))]),
        (question(), question(outcome="helped", **BY_ASKED), [("question.closed", ("per_ana",))]),
        (None, question(outcome="helped", closed_by="asker"), [("question.closed", ("per_bob",))]),
        (None, question(outcome="helped"), [("question.closed", ("per_ana", "per_bob"))]),
        (question(), question(**ACCEPTED), [("question.redirected", ("per_ana", "per_cleo"))]),
        (
            question(**ACCEPTED),
            question(outcome="helped", closed_by="asker"),
            [("question.taken_back", ("per_cleo",)), ("question.closed", ("per_bob",))],
        ),
        (question(**ACCEPTED), None, [("question.taken_back", ("per_bob", "per_cleo"))]),
        (None, introduction(), [("introduction.requested", ("per_bob",))]),
        (introduction(), introduction(**ACCEPTED), [("introduction.accepted", ("per_ana", "per_cleo"))]),
        (introduction(**DECLINED), introduction(**ACCEPTED), [("introduction.accepted", ("per_ana", "per_cleo"))]),
        (introduction(), introduction(**DECLINED), []),
        (introduction(), None, [("introduction.taken_back", ("per_bob",))]),
        (introduction(**ACCEPTED), None, [("introduction.taken_back", ("per_bob", "per_cleo"))]),
        (None, None, []),
    ],
)
def test_whoever_did_not_do_it_is_told(before: Question | None, after: Question | None, told: list[News]) -> None:
    assert list(news_of(before, after)) == told


somebody = st.sampled_from(PEOPLE)
introductions = st.builds(
    introduction,
    asked=st.sampled_from(PEOPLE[1:]),
    outcome=st.sampled_from(OUTCOMES),
    closed_by=st.sampled_from(("asker", "asked", None)),
    redirected_to=st.sampled_from((None, "cleo")),
)


@given(before=st.none() | introductions, after=st.none() | introductions)
def test_nobody_is_told_of_an_introduction_who_neither_sees_nor_saw_it(
    before: Question | None, after: Question | None
) -> None:
    may_hear = {person for one in (before, after) if one for person in (one.asker, one.asked, one.redirected_to)}
    assert {person for news in news_of(before, after) for person in news.tell} <= may_hear


@given(before=introductions, after=introductions)
def test_a_refusal_is_told_to_nobody(before: Question, after: Question) -> None:
    if not after.redirected_to and after.asking.outcome:
        assert {news.type for news in news_of(before, after)} <= {"introduction.taken_back"}


def test_a_write_that_is_tried_again_tells_under_the_same_ids(sqlite_store: GraphStore) -> None:
    put(sqlite_store, an_account("ana"), an_account("bob"))
    for key in ("portal", "other"):
        receiver = a_receiver(key, events=("question.asked",))
        sqlite_store.write(lambda tx, receiver=receiver: tx.webhooks.put_receiver(receiver))
    tries: list[list[str]] = []

    def work(tx: Transaction) -> None:
        with announcing(tx, ["q1"], job="job_1", now=NOON):
            tx.interactions.put_events([a_question("q1")])
        waiting = [tx.reads.webhooks.next(key) for key in ("portal", "other")]
        tries.append([notice.id for notice in waiting if notice])
        if len(tries) == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        sqlite_store.write(work)
    sqlite_store.write(work)
    assert tries[0] == tries[1]
    assert len(set(tries[0])) == 2
