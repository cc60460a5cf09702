"""The expertise map as a table that everybody can read, and as files."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.web.conftest import Visitor

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser


def test_the_map_is_opened_and_turned(visitor: Visitor) -> None:
    page = visitor.enter()
    page.get_by_role("link", name="Carte des savoirs").click()
    expect(page.get_by_role("columnheader", name="Automatismes")).to_be_visible()
    expect(page.get_by_text("Masqué : moins de 5 personnes")).to_be_visible()
    expect(page.locator("td b").first).to_have_text(re.compile(r"^([5-9]|\d\d+)$"))
    page.get_by_role("link", name="site", exact=True).click()
    expect(page.get_by_role("columnheader", name="Nantes")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("columnheader", name="Automatismes")).to_be_visible()


def test_a_map_that_is_wider_than_the_screen_says_so_until_its_end(visitor: Visitor) -> None:
    page = visitor.enter("/#/map?rows=community", viewport={"width": 360, "height": 780})
    scroller = page.locator(".scroller")
    expect(scroller).to_have_class("scroller goes-on")
    page.locator(".sheet").evaluate("sheet => sheet.scrollTo(sheet.scrollWidth, 0)")
    expect(scroller).to_have_class("scroller")


def test_a_screen_that_is_wide_enough_shows_the_whole_map(visitor: Visitor) -> None:
    page = visitor.enter("/#/map", viewport={"width": 1400, "height": 900})
    expect(page.get_by_role("columnheader", name="Automatismes")).to_be_visible()
    assert page.locator(".sheet").evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")


def test_a_topic_of_the_map_leads_to_its_people(visitor: Visitor) -> None:
    page = visitor.enter("/#/map")
    topic = page.get_by_role("rowheader").first.get_by_role("link")
    name = topic.inner_text()
    topic.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator("article").first).to_be_visible()


def test_the_map_is_saved_as_a_table_and_as_a_picture(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.enter("/#/map")
    for name in ("CSV", "SVG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        download.value.save_as(tmp_path / f"map.{name.lower()}")
    heading, *lines = csv.reader((tmp_path / "map.csv").read_text(encoding="utf-8-sig").splitlines())
    assert lines and {len(line) for line in lines} == {len(heading)}
    page.goto((tmp_path / "map.svg").as_uri())
    assert page.evaluate("document.rootElement.getBoundingClientRect().width <= innerWidth")
