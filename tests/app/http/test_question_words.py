"""What is said of questions."""

from typing import get_args

import pytest

from app.http.question_words import NEXT_STEPS
from graph.model import QuestionOutcome
from tests.app.asking import Asking
from tests.app.client import Api
from tests.app.records import person


@pytest.fixture
def company(sqlite_api: Api) -> Asking:
    return Asking(sqlite_api)


def test_every_outcome_that_somebody_can_be_shown_has_a_sentence() -> None:
    outcomes = (None, *get_args(QuestionOutcome))
    shown = {(role, outcome) for role in ("asker", "asked") for outcome in outcomes}
    assert NEXT_STEPS.keys() == {*shown, ("redirected", "redirected")}


def test_each_is_told_what_they_can_do(company: Asking) -> None:
    asked = company.ask("ana", "bo")
    address = asked.headers["Location"]
    assert asked.json()["next_step"] == "Did Bo help? Say what came of it."
    assert company.next_step("bo", address, "fr") == "Répondez, puis dites ce qu'il en est : Ana le verra."
    company.close("bo", address, "redirected", to="cy")
    assert {who: company.next_step(who, address, "fr") for who in ("ana", "bo", "cy")} == {
        "ana": "Bo vous envoie vers Cy : à vous de lui demander.",
        "bo": "Vous avez envoyé Ana vers Cy. Plus rien à faire.",
        "cy": "Ana peut vous poser la même question : rien à faire avant.",
    }
    [listed] = company.get("cy", "/v1/questions").json()["items"]
    assert listed["next_step"] == company.next_step("cy", address)


def test_nobody_is_sent_again_to_whom_they_have_asked_since(company: Asking) -> None:
    before = company.ask("ana", "cy").headers["Location"]
    address = company.ask("ana", "bo").headers["Location"]
    company.close("bo", address, "redirected", to="cy")
    assert company.next_step("ana", address) == "Bo sent you to Cy: ask them."  # what was asked before does not count
    company.ask("ana", "cy")
    assert {who: company.next_step(who, address, "fr") for who in ("ana", "bo", "cy")} == {
        "ana": "Bo vous a envoyé vers Cy, à qui vous avez demandé depuis. Plus rien à faire ici.",
        "bo": "Vous avez envoyé Ana vers Cy. Plus rien à faire.",
        "cy": "Ana vous a posé une question depuis : c'est à celle-là qu'il faut répondre.",
    }
    assert company.next_step("ana", before) == "Did Cy help? Say what came of it."


def test_who_asks_somebody_away_is_told_until_when(company: Asking) -> None:
    company.api.send(person("bo", away_until="2126-01-05"))
    address = company.ask("ana", "bo").headers["Location"]
    assert company.next_step("ana", address) == "Bo is away until 5 January 2126: ask another person, or wait."
    assert company.next_step("bo", address) == "Answer, then say what came of it: Ana will see."
    company.close("bo", address, "no_answer")
    assert company.next_step("ana", address) == "Bo cannot answer: ask another person."


def test_who_is_sent_to_somebody_who_wants_no_questions_is_told(company: Asking) -> None:
    address = company.ask("ana", "bo").headers["Location"]
    company.close("bo", address, "redirected", to="cy")
    company.api.send(person("cy", most_questions=0))
    assert company.next_step("ana", address, "fr") == (
        "Bo vous envoie vers Cy, qui ne souhaite pas de question en ce moment : demandez à une autre personne."
    )
    assert company.next_step("cy", address) == "Ana may ask you the same: nothing to do before that."


@pytest.mark.parametrize(
    ("outcome", "of_oneself", "of_the_other"),
    [
        ("helped", "Bo helped you. Nothing more to do.", "Bo says they answered you: say whether it helped."),
        ("no_answer", "No answer came: ask another person.", "Bo cannot answer: ask another person."),
    ],
)
def test_who_asked_is_told_who_said_it(company: Asking, outcome: str, of_oneself: str, of_the_other: str) -> None:
    address = company.ask("ana", "bo").headers["Location"]
    for who, told in (("bo", of_the_other), ("ana", of_oneself)):
        company.close(who, address, outcome)
        assert company.next_step("ana", address) == told


def test_a_version_is_the_same_in_either_language(company: Asking) -> None:
    address = company.ask("ana", "bo").headers["Location"]
    french = company.get("ana", address, **{"Accept-Language": "fr"})
    assert company.get("ana", address, **{"If-None-Match": french.headers["ETag"]}).status_code == 200
    assert company.close("ana", address, "helped", tag=french.headers["ETag"]) == 204
