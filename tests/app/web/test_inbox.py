"""What people ask of each other through the page: what waits is counted, answered, corrected and taken back there."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.capture_examples import person
from scripts.service import Service, create_key
from tests.app.web.conftest import GUILLAUME, LUCIE, NOLWENN, WHY, WORDS, Speak, Visitor
from tests.app.web.test_page import ask, become

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser


def inbox(visitor: Visitor, name: str, **options: Any) -> Page:
    """Somebody's inbox, in French."""
    page = visitor.enter(**options)
    become(page, name)
    page.get_by_role("link", name="Suivi").click()
    expect(page.get_by_role("heading", level=2, name="On vous demande")).to_be_visible()
    return page


def card(page: Page, words: str) -> Locator:
    """The card that holds these words."""
    return page.get_by_role("article").filter(has_text=words)


@pytest.mark.usefixtures("question", "introduction")
def test_what_waits_is_counted_and_said_by_keyboard(visitor: Visitor) -> None:
    page = inbox(visitor, NOLWENN)
    expect(page.get_by_role("link", name="Suivi 2 en attente")).to_be_visible()
    asked = card(page, WORDS)
    expect(asked.get_by_role("heading")).to_have_text("Lucie Perrin vous pose une question")
    asked.get_by_role("button", name="J’ai répondu").press("Enter")
    expect(asked).to_contain_text("Vous avez aidé Lucie Perrin.")
    expect(asked.get_by_role("heading")).to_be_focused()
    expect(page.get_by_role("link", name="Suivi 1 en attente")).to_be_visible()
    expect(card(inbox(visitor, LUCIE), WORDS)).to_contain_text("Nolwenn Tanguy dit vous avoir répondu")


@pytest.mark.usefixtures("question")
def test_who_was_asked_sends_them_to_somebody_who_then_sees_it(visitor: Visitor) -> None:
    asked = card(inbox(visitor, NOLWENN), WORDS)
    asked.get_by_role("button", name="Je l’envoie vers").click()
    dialog = asked.page.get_by_role("dialog")
    dialog.get_by_label("Nom").fill("Guillaume Petit")
    dialog.get_by_role("button", name="Guillaume Petit").click()
    expect(asked).to_contain_text("Vous avez envoyé Lucie Perrin vers Guillaume Petit.")
    named = card(inbox(visitor, GUILLAUME), WORDS)
    expect(named).to_contain_text("Nolwenn Tanguy vous envoie Lucie Perrin")
    expect(named.get_by_role("button")).to_have_count(0)


@pytest.mark.usefixtures("question")
def test_who_asked_says_what_came_of_it_and_may_correct_it(visitor: Visitor) -> None:
    own = card(inbox(visitor, LUCIE), WORDS)
    own.get_by_role("button", name="Pas de réponse").dblclick()  # which says it once
    expect(own.get_by_role("link", name="Chercher quelqu’un d’autre")).to_have_attribute("href", re.compile("#/ask"))
    own.get_by_text("Corriger").click()
    own.get_by_role("button", name="Oui").click()
    expect(own).to_contain_text("Vous avez eu l’aide de Nolwenn Tanguy.")


@pytest.mark.usefixtures("question")
def test_what_was_asked_is_taken_back_once_that_is_confirmed(visitor: Visitor) -> None:
    page = inbox(visitor, LUCIE)
    card(page, WORDS).get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("heading", name="Demande retirée")).to_be_focused()
    page.reload()
    expect(page.get_by_text("Cherchez qui sait")).to_be_visible()


@pytest.mark.usefixtures("introduction")
def test_an_introduction_is_accepted_with_a_word_for_both(visitor: Visitor) -> None:
    asked = card(inbox(visitor, NOLWENN), WHY)
    asked.get_by_label("Un mot pour les deux").fill("Vous allez vous entendre.")
    asked.get_by_role("button", name="Accepter").click()
    expect(asked).to_contain_text("Plus rien à faire")
    for name, says in ((LUCIE, "Écrivez maintenant à Guillaume Petit"), (GUILLAUME, "Lucie Perrin souhaite échanger")):
        made = card(inbox(visitor, name), WHY)
        expect(made).to_contain_text("Vous allez vous entendre.")
        expect(made).to_contain_text(says)


@pytest.mark.usefixtures("introduction")
def test_who_asked_sees_nothing_of_a_refusal_and_it_may_be_thought_over(visitor: Visitor) -> None:
    before = card(inbox(visitor, LUCIE), WHY).inner_html()
    asked = card(inbox(visitor, NOLWENN), WHY)
    asked.get_by_role("button", name="Refuser").click()
    expect(asked).to_contain_text("Personne n’apprend votre refus")
    expect(asked.page.get_by_role("link", name="Suivi", exact=True)).to_be_visible()
    assert card(inbox(visitor, LUCIE), WHY).inner_html() == before
    expect(inbox(visitor, GUILLAUME).get_by_role("article")).to_have_count(0)
    asked.get_by_text("Changer d’avis").click()
    asked.get_by_role("button", name="Accepter").click()
    expect(asked).to_contain_text("Plus rien à faire")


def test_what_has_changed_meanwhile_is_left_alone_and_shown_anew(visitor: Visitor, api: Speak, question: str) -> None:
    page = inbox(visitor, NOLWENN)
    api(LUCIE, "PUT", f"{question}/outcome", outcome="helped")
    card(page, WORDS).get_by_role("button", name="Je ne peux pas").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("rien n’a été enregistré")
    alert.get_by_role("button").click()
    expect(card(page, WORDS)).to_contain_text("Vous avez aidé Lucie Perrin.")
    api(LUCIE, "DELETE", question)
    card(page, WORDS).get_by_text("Dire ce qu’il en est").click()
    card(page, WORDS).get_by_role("button", name="Je ne peux pas").click()
    expect(alert).to_contain_text("Introuvable")
    alert.get_by_role("button").click()
    expect(page.get_by_text("Rien pour l’instant").first).to_be_visible()
    assert [fault.split("status of ")[1][:3] for fault in visitor.faults] == ["412", "404"]
    visitor.faults.clear()


@pytest.mark.usefixtures("question")
def test_without_a_connection_it_is_said_and_tried_again(visitor: Visitor) -> None:
    page = inbox(visitor, NOLWENN)
    page.context.set_offline(True)
    card(page, WORDS).get_by_role("button", name="J’ai répondu").click()
    expect(page.get_by_role("alert")).to_contain_text("Le service ne répond pas")
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    expect(card(page, WORDS)).to_contain_text("Vous avez aidé Lucie Perrin.")
    assert all(fault.endswith("net::ERR_INTERNET_DISCONNECTED") for fault in visitor.faults)
    visitor.faults.clear()


def test_an_answer_tells_after_a_reload_that_somebody_was_asked_already(visitor: Visitor, api: Speak) -> None:
    page = visitor.enter()
    become(page, LUCIE)
    ask(page, "Qui connaît le carnet ATA ?")
    feedback = page.locator("article").first.locator(".feedback")
    feedback.get_by_role("button", name="J’ai posé la question").click()
    expect(feedback.get_by_role("button", name="Oui")).to_be_focused()
    page.reload()
    expect(feedback).to_contain_text("Vous avez posé cette question le")
    expect(feedback.get_by_role("button", name="la question")).to_have_count(0)
    feedback.get_by_role("button", name="Oui").click()
    expect(feedback).to_have_text("C’est noté, merci.")
    page.reload()
    expect(feedback).to_contain_text("et cela a aidé")
    feedback.get_by_role("button", name="J’ai reposé la question").click()
    expect(feedback.get_by_role("button", name="Oui")).to_be_focused()
    asked = api(LUCIE, "GET", "/v1/questions?role=asker").json()["items"]
    assert [one["outcome"] for one in asked] == [None, "helped"]
    api(LUCIE, "DELETE", f"/v1/questions/{asked[0]['id']}")
    page.reload()
    feedback.get_by_role("button", name="J’ai reposé la question").click()
    expect(feedback.get_by_role("button", name="Oui")).to_be_focused()
    ask(page, "carnet ATA")
    expect(page.locator("article").first.locator(".feedback")).to_contain_text("Une autre de vos questions")


def test_an_answer_is_shown_though_nothing_tells_who_was_asked_already(visitor: Visitor) -> None:
    page = visitor.enter()
    become(page, LUCIE)
    page.route("**/v1/questions?**", lambda route: route.fulfill(status=503))
    ask(page, "Qui connaît le carnet ATA ?")
    expect(page.locator("article").first.get_by_role("button", name="J’ai posé la question")).to_be_visible()
    assert all("503" in fault for fault in visitor.faults)
    visitor.faults.clear()


def test_an_introduction_is_asked_for_with_a_message_and_a_topic_and_stands_there_later(visitor: Visitor) -> None:
    page = visitor.enter()
    become(page, "Sylvia Petrova")
    ask(page, "Qui s'y connaît en CEM ?")
    offer = page.get_by_role("button", name="Demander à Camille Ferrand de me présenter à Krzysztof Wójcik")
    offer.press("Enter")
    message = page.get_by_label("Votre message à Camille Ferrand")
    expect(message).to_be_focused()
    message.fill(WHY)
    expect(page.get_by_label("Sujet").locator("option:checked")).to_have_text("CEM")
    page.get_by_role("button", name="Envoyer la demande").press("Enter")
    standing = page.locator(".introducing").first
    expect(standing.get_by_role("status")).to_contain_text("C’est demandé à Camille Ferrand")
    page.reload()
    expect(standing).to_contain_text("C’est demandé à Camille Ferrand")
    expect(offer).to_have_count(0)
    standing.get_by_role("link", name="Voir le suivi").click()
    expect(card(page, WHY).get_by_role("link", name="CEM")).to_be_visible()
    card(page, WHY).get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(page.get_by_role("heading", name="Demande retirée")).to_be_visible()


def test_older_requests_follow_on_demand(visitor: Visitor, api: Speak) -> None:
    for number in range(101):
        api(LUCIE, "POST", "/v1/questions", asked=person("ntanguy"), text=f"{number} ?")
    page = inbox(visitor, LUCIE)
    expect(page.get_by_role("article")).to_have_count(100)
    page.get_by_role("button", name="Demandes plus anciennes").press("Enter")
    expect(page.get_by_role("article")).to_have_count(101)
    expect(page.get_by_role("button", name="Demandes plus anciennes")).to_have_count(0)


def test_what_waits_is_shown_however_old_and_counted_up_to_nine(visitor: Visitor, api: Speak) -> None:
    for number in range(110):
        asked = api(LUCIE, "POST", "/v1/questions", asked=person("ntanguy"), text=f"{number} ?")
        if number >= 10:
            api(LUCIE, "PUT", f"{asked.headers['Location']}/outcome", outcome="helped")
    page = inbox(visitor, NOLWENN)
    expect(page.get_by_role("link", name="Suivi 9+ en attente")).to_be_visible()
    expect(page.get_by_role("button", name="J’ai répondu")).to_have_count(10)


def test_an_inbox_is_somebody_s(visitor: Visitor, company: Service) -> None:
    page = visitor.enter("/#/inbox", language="en-GB")
    expect(page.get_by_text("An inbox is somebody’s")).to_be_visible()
    own = create_key(company.environment, scopes="questions:read experts:read", person=person("gpetit"))
    page = visitor.enter("/#/inbox", language="en-GB", key=own)
    expect(page.get_by_text("Nothing for now. Questions to you")).to_be_visible()
    expect(page.get_by_role("link", name="Ask a question")).to_have_attribute("href", "#/")
