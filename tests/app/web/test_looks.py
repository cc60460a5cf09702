"""The page by day and by night, on a phone and on a desk: usable by everybody, and pictured for people to look at."""

from pathlib import Path
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from scripts.capture_examples import person, public_id
from tests.app.web.conftest import NOLWENN, Visitor
from tests.app.web.test_page import become

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser

SIZES: Final = {"phone": {"width": 360, "height": 780}, "desktop": {"width": 1280, "height": 900}}
GRAVE: Final = ("serious", "critical")
QUESTION: Final = "Qui s'y connaît en analyse vibratoire des roulements ?"


class Look:
    """A tab of some size and scheme, whose views are checked and pictured."""

    def __init__(self, page: Page, name: str, folder: Path) -> None:
        self.page = page
        self.name = name
        self.folder = folder

    def at(self, view: str) -> None:
        """Picture what is shown, and see that it fits the screen and that nobody is shut out."""
        self.page.screenshot(path=self.folder / f"{view}-{self.name}.png", full_page=True)
        width, room = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= room, f"{view}: {width} px wide on a screen of {room}"
        found = Axe().run(self.page).response["violations"]
        assert not [_told(fault) for fault in found if fault["impact"] in GRAVE], view

    def open(self, address: str, sign: str) -> None:
        """Go there, and wait for the sign that it has come."""
        self.page.goto(address)
        self.page.locator(sign).first.wait_for()


@pytest.mark.usefixtures("question", "introduction")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_view_fits_and_shuts_nobody_out(
    visitor: Visitor, screenshots: Path, size: str, scheme: Literal["light", "dark"]
) -> None:
    options: dict[str, Any] = {"viewport": SIZES[size], "color_scheme": scheme}
    look = Look(visitor.arrive(**options), f"{size}-{scheme}", screenshots)
    look.at("key")
    page = look.page = visitor.enter(**options)
    page.locator(".examples a").first.wait_for()
    look.at("home")
    page.locator("#q").fill(QUESTION)
    page.locator("#q").press("Enter")
    page.locator("article .place:not(:empty)").first.wait_for()
    look.at("answer")
    page.get_by_role("button", name="Qui demande").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nom").fill("mar")
    dialog.get_by_role("button", name="Mariam").wait_for()
    look.at("asker")
    dialog.get_by_label("Nom").fill("Lucie Perrin")
    dialog.get_by_role("button", name="Lucie Perrin").click()
    look.open("/#/ask?q=Qui+connaît+la+fibre+%3F", ".path")
    look.at("reach")
    page.get_by_role("button", name="de me présenter à").first.click()
    page.locator(".letter").wait_for()
    look.at("letter")
    page.locator("article h2 a").first.click()
    page.locator(".topics, .mentions").first.wait_for()
    look.at("profile")
    look.open(f"/#/people/{person('lperrin')}", ".network img")
    look.at("network")
    look.open(f"/#/communities/{public_id('community', 'accueil')}", ".network img")
    look.at("community")
    look.open("/#/map", "table")
    look.at("map")
    look.open("/#/ask?q=xylophone+baroque", ".nobody")
    look.at("nobody")
    look.open("/#/ask?q=Cédric+Marchand", ".lead span:not(:empty)")
    look.at("named")
    look.open("/#/inbox", ".request")
    look.at("asked")
    become(page, NOLWENN)
    look.page.locator(".answering").wait_for()
    look.at("inbox")


def _told(fault: dict[str, Any]) -> str:
    """What is wrong, and where first."""
    return f"{fault['id']}: {fault['nodes'][0]['html']}"
