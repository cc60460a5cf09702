"""After somebody was asked, the page lets one say what became of it; those two and whom they name see it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.service import Service
from tests.app.web.conftest import Visitor
from tests.app.web.test_page import ask, become

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser

QUESTION = "Qui s'y connaît en CEM ?"
ANOTHER = "Qui s'y connaît en filtres CEM ?"
ASKER = "Aïcha Traoré"


def open_answer(visitor: Visitor, question: str) -> tuple[Page, Locator]:
    """The answer to somebody, and where the first of it can be said to have helped."""
    page = visitor.enter()
    become(page, ASKER)
    ask(page, question)
    return page, page.locator("article").first.locator(".feedback")


def recorded(company: Service, question: str) -> list[tuple[str, str | None, str | None]]:
    """Whom the asker asked this, what became of it, and who was named instead."""
    with company.client() as client:
        [asker] = client.get("/v1/people", params={"q": ASKER}).json()["items"]
        answer = client.get("/v1/questions?role=asker", headers={"Quisait-On-Behalf-Of": asker["id"]})
        return [
            (one["asked"]["name"], one["outcome"], one["redirected_to"] and one["redirected_to"]["name"])
            for one in answer.raise_for_status().json()["items"]
            if one["text"] == question
        ]


def test_a_question_and_that_it_helped_are_told_by_keyboard(visitor: Visitor, company: Service) -> None:
    page, feedback = open_answer(visitor, QUESTION)
    feedback.get_by_role("button", name="J’ai posé la question à Krzysztof Wójcik").press("Enter")
    expect(feedback).to_contain_text("Avez-vous eu l’aide de Krzysztof Wójcik")
    expect(feedback.get_by_role("button", name="Oui")).to_be_focused()
    page.keyboard.press("Enter")
    expect(feedback).to_have_text("C’est noté, merci.")
    assert recorded(company, QUESTION) == [("Krzysztof Wójcik", "helped", None)]


def test_who_was_named_instead_is_picked_and_linked(visitor: Visitor, company: Service) -> None:
    page, feedback = open_answer(visitor, ANOTHER)
    feedback.get_by_role("button").click()
    feedback.get_by_role("button", name="On m’envoie vers").click()
    page.get_by_role("dialog").get_by_label("Nom").fill("camille ferr")
    page.get_by_role("dialog").get_by_role("button", name="Camille Ferrand").click()
    expect(feedback.get_by_role("link", name="Camille Ferrand")).to_be_visible()
    assert recorded(company, ANOTHER) == [("Krzysztof Wójcik", "redirected", "Camille Ferrand")]


def test_nothing_is_asked_of_who_is_nobody_in_particular(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, QUESTION)
    expect(page.locator("article").first).to_be_visible()
    expect(page.locator(".feedback")).to_have_count(0)
