"""Who knows best is away: the page says until when, where one reads on, and leads to them."""

import json
import re
import time
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import expect

from scripts.service import Service
from tests.app.client import LINES
from tests.app.records import deletion, person, post
from tests.app.web.conftest import Visitor
from tests.app.web.test_page import ask

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser

ALONE: Final = "Le brindezingue se règle avec une clé de huit."
SHARED: Final = "Le zorglub se graisse avant chaque hiver."
SAYS: Final = {
    "fr-FR": "Zoé Marchand s’y connaît et est en absence jusqu’au 1er janvier 2126.",
    "en-GB": "Zoé Marchand knows this and is away until 1 January 2126.",
}


@pytest.fixture(scope="module")
def zoe(company: Service) -> Iterator[None]:
    """Zoé, who is away, alone knows one thing, and another one with Yann; both are taken back."""
    people = [person("zoe", name="Zoé Marchand", away_until="2126-01-01"), person("yann", name="Yann Le Goff")]
    posts = [post("z1", ALONE, author="zoe"), post("z2", f"{SHARED} {SHARED}", author="zoe")]
    send(company, *people, *posts, post("y1", SHARED, author="yann"))
    yield
    gone = [deletion("post", key) for key in ("z1", "z2", "y1")]
    send(company, *gone, deletion("person", "zoe"), deletion("person", "yann"))


def send(company: Service, *records: object) -> None:
    """Send records, and wait until what they say can be found."""
    with company.client() as client:
        lines = "\n".join(map(json.dumps, records))
        job = client.post("/v1/records", content=lines, headers=LINES).raise_for_status().headers["Location"]
        while client.get(job).json()["state"] != "done":
            time.sleep(0.1)


@pytest.mark.usefixtures("zoe")
@pytest.mark.parametrize("language", SAYS)
@pytest.mark.parametrize("width", [360, 1280])
def test_when_only_somebody_away_knows_it_the_reason_comes_first_then_who(
    visitor: Visitor, language: str, width: int
) -> None:
    page = visitor.enter(language=language, viewport={"width": width, "height": 900})
    ask(page, "brindezingue")
    nobody = page.locator(".nobody")
    expect(nobody.locator("> *").nth(2)).to_have_text(SAYS[language])
    expect(nobody.get_by_role("link", name="Zoé Marchand")).to_have_attribute("href", re.compile("^#/people/per_"))
    expect(page.locator("main p", has_text="Zoé")).to_have_count(1)


@pytest.mark.usefixtures("zoe")
def test_who_is_away_and_who_is_asked_meanwhile_are_links_above_the_answer(visitor: Visitor) -> None:
    page = visitor.enter()
    ask(page, "zorglub")
    note = page.locator(".region > .lead")
    expect(note).to_have_text(re.compile("^Zoé Marchand .*demandez à Yann Le Goff.$"))
    expect(note.get_by_role("link")).to_have_text(["Zoé Marchand", "Yann Le Goff"])
    places = note, page.locator("article h2").first
    assert len({place.evaluate("node => node.getBoundingClientRect().left") for place in places}) == 1
