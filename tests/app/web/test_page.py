"""Whom to ask, why, and how to reach them: read by somebody who knows nothing but the page."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from scripts.service import Service
from tests.app.web.conftest import Visitor

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser

CARNET: Final = "Qui connaît le carnet ATA ?"
FRAMES: Final = "Who can decode VX frames from a series 200 machine?"


def ask(page: Page, question: str) -> None:
    """Put a question and wait for its answer."""
    page.locator("#q").fill(question)
    page.locator("#q").press("Enter")
    page.locator("article, .nobody").first.wait_for()


def become(page: Page, name: str) -> None:
    """Say that this person is asking."""
    page.get_by_role("button", name=re.compile("Qui demande|Vous êtes")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nom").fill(name)
    dialog.get_by_role("button", name=name).click()
    expect(page.get_by_role("button", name=f"Vous êtes {name}")).to_be_visible()


def test_a_question_in_french_names_somebody_with_evidence(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, CARNET)
    first = page.locator("article").first
    expect(first.get_by_role("heading", level=2)).to_contain_text("Élodie Brunet")
    expect(first.locator("blockquote mark").first).to_have_text("carnet")
    expect(first.locator("figcaption time").first).to_have_text(re.compile(r"^\d+(er)? \w+ 202[56]$"))
    expect(first.get_by_role("link", name="Lire sur place").first).to_have_attribute("href", re.compile("^https://"))
    expect(page).to_have_title(f"{CARNET} – Quisait")


def test_a_question_in_english_is_answered_in_english(visitor: Visitor) -> None:
    page = visitor.enter(language="en-GB")
    ask(page, FRAMES)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("article h2").first).to_contain_text("Fábio da Silva")
    expect(page.locator("article .confidence").first).to_have_text(re.compile("right person|good person|lead"))
    expect(page.locator("article .why").first).to_contain_text("questions about it")


def test_the_arithmetic_of_a_score_can_be_opened(visitor: Visitor) -> None:
    page = visitor.enter(language="en-GB")
    ask(page, FRAMES)
    page.get_by_text("The arithmetic").first.click()
    expect(page.locator("article").first.locator(".sum dd:visible").first).to_have_text(re.compile(r"^[01]\.\d\d$"))


def test_a_path_leads_to_people_and_back(visitor: Visitor) -> None:
    page = visitor.enter()
    become(page, "Lucie Perrin")
    ask(page, CARNET)
    path = page.locator("article").first.locator(".path li")
    expect(path.first).to_have_text("Vous")
    expect(path.last).to_have_text("Élodie Brunet")
    on_the_way = path.nth(1)
    expect(on_the_way).not_to_have_text("…")
    via = on_the_way.inner_text()
    on_the_way.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(via)
    page.go_back()
    expect(page.locator("article h2").first).to_contain_text("Élodie Brunet")


def test_who_asks_is_found_by_how_their_name_begins(visitor: Visitor) -> None:
    page = visitor.enter()
    page.get_by_role("button", name="Qui demande").click()
    choices = page.get_by_role("dialog").get_by_role("listitem")
    expect(choices).to_have_count(0)
    page.get_by_role("dialog").get_by_label("Nom").fill("bru élo")
    expect(choices).to_have_text(["Élodie Brunet Achats · Lyon"])
    page.get_by_role("dialog").get_by_label("Nom").fill("zzz")
    expect(choices).to_have_text(["Aucune personne de ce nom."])


def test_the_enter_key_picks_the_first_of_those_found(visitor: Visitor) -> None:
    page = visitor.enter()
    page.get_by_role("button", name="Qui demande").click()
    name = page.get_by_role("dialog").get_by_label("Nom")
    name.fill("bru élo")
    name.press("Enter")
    expect(page.get_by_role("button", name="Vous êtes Élodie Brunet")).to_be_visible()


def test_without_an_asker_one_reads_whom_to_write_to(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, CARNET)
    first = page.locator("article").first
    expect(first.locator(".handles")).to_contain_text("ebrunet (chat:atelier)")
    expect(first.locator(".reach")).to_contain_text("Écrivez à son compte")


def test_a_question_that_is_too_long_is_not_cut_but_said_to_be(visitor: Visitor) -> None:
    page = visitor.enter()
    page.locator("#q").fill("Qui connaît le carnet ATA ? " * 80)
    page.locator("#q").press("Enter")
    assert "2\u202f000 au plus" in page.locator("#q").evaluate("field => field.validationMessage")
    page.locator("#q").fill(CARNET)
    page.locator("#q").press("Enter")
    expect(page.locator("article").first).to_be_visible()


def test_an_asker_is_forgotten_on_demand(visitor: Visitor) -> None:
    page = visitor.enter()
    become(page, "Lucie Perrin")
    become(page, "Mariam Keïta")
    page.get_by_role("button", name="Vous êtes").click()
    page.get_by_role("button", name="Personne en particulier").click()
    expect(page.get_by_role("button", name="Qui demande ?")).to_be_visible()


def test_how_a_post_was_received_is_said_in_plain_words(visitor: Visitor) -> None:
    page = visitor.enter("/#/ask?q=carnet+ATA")
    first = page.locator("article").first
    expect(first.locator(".why")).to_contain_text("réponse acceptée")
    expect(first.locator("figcaption").first).to_contain_text("Acceptée")
    expect(first.locator("figcaption").first).to_contain_text("1 remerciement")


def test_who_asked_as_well_is_named_for_what_they_told(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, "Qui s'y connaît en CEM ?")
    why = page.locator("article").first.locator(".why")
    told = "Krzysztof Wójcik a répondu à des questions là-dessus (réponse acceptée), y a consacré un article et a reçu"
    expect(why).to_contain_text(told)


def test_a_profile_begins_with_what_has_a_name_and_folds_the_rest(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, CARNET)
    page.locator("article h2").first.get_by_role("link", name="Élodie Brunet").click()
    expect(page.locator(".mentions").first).to_contain_text("carnet ATA")
    expect(page.locator(".mentions").last).not_to_be_visible()
    page.get_by_text(re.compile(r"^et \d+ autres sujets$")).click()
    expect(page.locator(".mentions").last).to_be_visible()


def test_a_profile_says_where_somebody_is_and_what_they_write_about(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, CARNET)
    page.locator("article h2").first.get_by_role("link", name="Élodie Brunet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Élodie Brunet")
    expect(page.locator(".facts")).to_contain_text("Site")
    topic = page.locator(".topics a, .mentions a").first
    name = topic.inner_text()
    topic.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator("article").first).to_be_visible()


def test_the_language_is_switched_in_place(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, CARNET)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("What do you want to know?")).to_have_value(CARNET)
    expect(page.get_by_text("Read it in place").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Français")).to_be_visible()


def test_a_link_to_an_answer_asks_for_the_key_and_then_shows_it(visitor: Visitor) -> None:
    page = visitor.enter("/#/ask?q=carnet+ATA")
    expect(page.locator("article h2").first).to_contain_text("Élodie Brunet")


def test_questions_to_begin_with_have_an_answer(visitor: Visitor) -> None:
    page = visitor.enter()
    examples = page.locator(".examples a")
    expect(examples).to_have_count(3)
    expect(page.locator(".examples")).not_to_contain_text("pêche")  # most written about, but no work
    examples.first.click()
    expect(page.locator("article").first).to_be_visible()


def test_nobody_fits_and_the_page_says_why(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, "xylophone baroque")
    expect(page.locator(".nobody")).to_contain_text("Personne n’a encore rien écrit là-dessus")
    expect(page.get_by_role("status")).to_contain_text("Personne")
    page.get_by_role("link", name="Voir de quoi on parle ici").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Carte des savoirs")


def test_somebody_asked_for_by_name_is_linked_where_nobody_wrote_it(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, "Qui connaît Morvan ?")
    line = page.locator("p:has(+ .nobody)")
    expect(line).to_have_text(re.compile("^Vous cherchez quelqu’un.[?] Didier Morvan [(].+, .+[)]$"))
    line.get_by_role("link", name="Didier Morvan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Didier Morvan")


def test_people_called_by_name_stand_above_who_knows_the_rest(visitor: Visitor) -> None:
    page = visitor.enter(language="en-GB")
    ask(page, f"{FRAMES} Or Guérin?")
    line = page.locator("p", has_text="Looking for somebody?")
    expect(line).to_have_text("Looking for somebody? Yves Guérin (Maintenance, Nantes)")
    expect(page.locator("article h2").first).to_contain_text("Fábio da Silva")


def test_a_mistyped_word_is_named_and_a_link_asks_again(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, "Qui s'y connaît en étalonage ?")
    hint = page.locator("p", has_text="étalonage")
    said = "^Rien de ce que vous pouvez lire ne contient «.étalonage.». Vouliez-vous dire étalonnage.[?]$"
    expect(hint).to_have_text(re.compile(said))
    hint.get_by_role("link", name="étalonnage").click()
    expect(page.locator("#q")).to_have_value("Qui s'y connaît en étalonnage ?")
    expect(page.locator("article h2").first).to_be_visible()


def test_of_two_words_that_may_be_meant_each_has_its_link_above_who_knows_the_rest(visitor: Visitor) -> None:
    page = visitor.enter(language="en-GB")
    ask(page, f"{FRAMES} And the regdement?")
    hint = page.locator("p", has_text="Nothing that you may read holds")
    expect(hint).to_have_text(re.compile("holds “regdement”. Did you mean [^ ]+ or [^ ]+[?]$"))
    expect(hint.get_by_role("link")).to_have_count(2)
    expect(page.locator("article h2").first).to_contain_text("Fábio da Silva")


def test_a_key_that_is_not_valid_is_asked_for_again(visitor: Visitor) -> None:
    page = visitor.enter(key="qst_nothing")
    expect(page.get_by_role("alert")).to_contain_text("Cette clé n’est pas, ou plus, valable")
    expect(page.locator("#key")).to_be_focused()
    assert visitor.faults.pop().endswith("401 (Unauthorized)")


@pytest.mark.parametrize("pasted", ["Authorization: Bearer {}", " bearer {} ", "    Authorization: Bearer {}\n"])
def test_a_key_may_be_pasted_with_its_header(visitor: Visitor, company: Service, pasted: str) -> None:
    page = visitor.enter(key=pasted.format(company.key))
    expect(page.locator("#q")).to_be_visible()


def test_the_contract_reads_as_text_without_marks(visitor: Visitor) -> None:
    page = visitor.arrive("/docs")
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main > p em")).to_have_text("Qui sait ?")
    assert page.locator("article > p code").count() > 0
    said = page.locator("article > p, article td").all_inner_texts()
    assert [text for text in said if "`" in text] == []


def test_the_contract_fits_a_phone(visitor: Visitor) -> None:
    page = visitor.arrive("/docs", viewport={"width": 360, "height": 780})
    page.locator("article").first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach((shut) => { shut.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_webhooks_stand_in_the_contract_with_nothing_to_try(visitor: Visitor) -> None:
    page = visitor.arrive("/docs")
    expect(page.locator("#introductionAccepted")).to_contain_text("sent to receivers")
    expect(page.locator("#introductionAccepted input, #introductionAccepted button")).to_have_count(0)


def test_the_key_is_forgotten_with_the_tab_and_on_demand(visitor: Visitor, company: Service) -> None:
    page = visitor.enter()
    page.locator("#q").wait_for()
    other = page.context.new_page()
    other.goto("/")
    expect(other.locator("#key")).to_be_visible()
    page.get_by_role("button", name="Oublier la clé").click()
    expect(page.locator("#key")).to_be_visible()
    assert company.key not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage}) + document.cookie")


def test_what_is_not_there_is_explained_with_what_to_do(visitor: Visitor) -> None:
    page = visitor.enter("/#/topics/top_nothing")
    expect(page.get_by_role("alert")).to_contain_text("Introuvable")
    expect(page.get_by_role("alert")).to_contain_text("Que faire")
    assert visitor.faults.pop().endswith("404 (Not Found)")


def test_everything_is_done_with_the_keyboard(visitor: Visitor, company: Service) -> None:
    page = visitor.arrive(language="en-GB")
    expect(page.locator("#key")).to_be_focused()
    page.keyboard.type(company.key)
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(FRAMES)
    page.keyboard.press("Enter")
    expect(page.locator("article h2").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Fábio da Silva").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Fábio da Silva")).to_be_focused()


def test_the_first_stop_of_the_tab_key_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.enter("/#/ask?q=Kafka")
    page.locator("article").first.wait_for()
    page.locator("#skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert page.url.endswith("#/ask?q=Kafka")


def test_a_service_that_does_not_answer_is_asked_again_on_demand(visitor: Visitor) -> None:
    page = visitor.enter()
    page.locator(".examples a").first.wait_for()
    page.context.set_offline(True)
    page.locator("#q").fill("Kafka")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Le service ne répond pas")
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("article").first).to_be_visible()
    assert all(fault.endswith("net::ERR_INTERNET_DISCONNECTED") for fault in visitor.faults)
    visitor.faults.clear()


def test_an_address_that_leads_nowhere_says_so(visitor: Visitor) -> None:
    page = visitor.enter("/#/constructor")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")


def test_more_people_follow_on_demand(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, "machine")
    expect(page.locator("article")).to_have_count(5)
    page.get_by_role("button", name="D’autres personnes").click()
    expect(page.locator("article h2").nth(5)).to_be_focused()


def test_a_key_that_may_not_write_offers_no_introduction(visitor: Visitor) -> None:
    page = visitor.enter()
    become(page, "Sylvia Petrova")
    page.evaluate("sessionStorage['quisait-me'] = sessionStorage['quisait-me'].replace('questions:write', 'none')")
    ask(page, "Qui s'y connaît en CEM ?")
    expect(page.locator(".path").first).to_contain_text("Camille Ferrand")
    expect(page.get_by_role("button", name="Camille Ferrand")).to_have_count(0)
