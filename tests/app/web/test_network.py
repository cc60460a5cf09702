"""Networks on the page: one's own and those of one's communities, as a picture, in words and as files."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.capture_examples import person, public_id
from tests.app.web.conftest import Visitor
from tests.app.web.test_page import become

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser

PHONE: Final = {"width": 360, "height": 780}
OVERLAPS: Final = """() => {
  const texts = [...document.querySelectorAll("text")];
  const boxes = texts.map((text) => [text.textContent, text.getBBox(), text.getCTM()]);
  const edges = boxes.map(([name, { x, y, width, height }, { e, f }]) =>
    ({ name, left: x + e, right: x + e + width, top: y + f, bottom: y + f + height }));
  return edges.flatMap((one, at) => edges.slice(0, at).filter((other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4).map((other) => [one.name, other.name]));
}"""


def shown(page: Page) -> Locator:
    """The picture, once it has come."""
    image = page.locator(".network img")
    image.wait_for()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0
    return image


def as_newcomer(visitor: Visitor, **options: Any) -> Page:
    page = visitor.enter(**options)
    become(page, "Lucie Perrin")
    return page


def test_one_sees_one_s_own_network_and_nobody_else_s(visitor: Visitor) -> None:
    page = as_newcomer(visitor)
    page.goto(f"/#/people/{person('lperrin')}")
    assert "Les liens les plus forts" in (shown(page).get_attribute("alt") or "")
    page.goto(f"/#/people/{person('skone')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Seydou Koné")
    expect(page.locator(".network")).to_have_count(0)


def test_the_same_is_said_in_words_that_lead_to_people(visitor: Visitor) -> None:
    page = as_newcomer(visitor)
    page.goto(f"/#/people/{person('lperrin')}")
    summary = page.get_by_text("En toutes lettres")
    summary.focus()
    page.keyboard.press("Enter")
    first = page.locator(".ties li").first
    expect(first).to_contain_text(re.compile(r"lien (fort|faible), 0,\d\d"))
    name = first.get_by_role("link").inner_text()
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_phone_gets_a_tall_picture(visitor: Visitor) -> None:
    for size, is_tall in ((PHONE, True), (None, False)):
        page = as_newcomer(visitor, **({"viewport": size} if size else {}))
        page.goto(f"/#/people/{person('lperrin')}")
        width, height = shown(page).evaluate("image => [image.naturalWidth, image.naturalHeight]")
        assert (height > width) == is_tall


def test_a_community_shows_who_exchanges_with_whom_to_those_who_do(visitor: Visitor) -> None:
    page = visitor.enter()
    page.goto(f"/#/communities/{public_id('community', 'accueil')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nouveaux arrivants")
    expect(page.get_by_text("à ceux qui participent")).to_be_visible()
    become(page, "Lucie Perrin")
    shown(page)
    expect(page.locator(".ties li").first).to_contain_text(" – ")


def test_a_profile_leads_to_communities(visitor: Visitor) -> None:
    page = visitor.enter(f"/#/people/{person('yguerin')}")
    page.get_by_role("link", name="Maintenance et fiabilité").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maintenance et fiabilité")


def test_a_network_is_saved_for_other_programs(visitor: Visitor, tmp_path: Path) -> None:
    page = as_newcomer(visitor)
    page.goto(f"/#/people/{person('lperrin')}")
    for name in ("GraphML", "GEXF"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(tmp_path / name)
        assert f"<{name.lower()} " in (tmp_path / name).read_text(encoding="utf-8")


def test_one_s_own_profile_names_people_to_meet_with_the_reason(visitor: Visitor) -> None:
    page = as_newcomer(visitor)
    page.goto(f"/#/people/{person('lperrin')}")
    first = page.locator(".meet li").first
    expect(first.locator("p")).to_contain_text(re.compile(r"écrit.* sur .+\.$"))
    name = first.get_by_role("link").inner_text()
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator(".meet")).to_have_count(0)


@pytest.mark.parametrize("shape", ["wide", "tall"])
@pytest.mark.parametrize("account", ["lperrin", "skone", "cferrand"])
def test_no_name_in_a_picture_covers_another(visitor: Visitor, account: str, shape: str) -> None:
    with visitor.company.client() as http:
        asking = {"Quisait-On-Behalf-Of": person(account)}
        picture = http.get(f"/v1/people/{person(account)}/network.svg?shape={shape}", headers=asking).raise_for_status()
    page = visitor.browser.new_context().new_page()
    page.set_content(picture.text)
    assert page.locator("text").count() > 20
    assert page.evaluate(OVERLAPS) == []
