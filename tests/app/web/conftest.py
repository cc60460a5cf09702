"""The page in a real browser, on the real service with the company of the demo."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from scripts.capture_examples import person
from scripts.demo_service import running_demo
from scripts.service import Service

FLAGS: Final = (
    "--no-sandbox",  # continuous integration runs as root
    "--disable-dev-shm-usage",  # containers have little of it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
DESKTOP: Final = {"width": 1280, "height": 900}
LUCIE, NOLWENN, GUILLAUME = "Lucie Perrin", "Nolwenn Tanguy", "Guillaume Petit"
ACCOUNTS: Final = {LUCIE: "lperrin", NOLWENN: "ntanguy", GUILLAUME: "gpetit"}
WORDS: Final = "Où sont rangées les clés de l'armoire 12 ?"
WHY: Final = "J'aimerais comprendre comment vous écoutez un roulement."

Speak = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def company(company_folder: Path) -> Iterator[Service]:
    """The company of the demo behind a real address, and a key that may act for its people."""
    with running_demo(company_folder) as service:
        yield service


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's browser, without a window; where there is none the tests are left out, but never in CI."""
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI"):
        pytest.fail("chromium is not installed")
    if path is None:
        pytest.skip("the page is not tested: chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass(slots=True)
class Visitor:
    """Opens the page as somebody would, and remembers what went wrong in it."""

    browser: Browser
    company: Service
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def arrive(self, address: str = "/", *, language: str = "fr-FR", **options: Any) -> Page:
        """A new tab, before any key is given."""
        options = {"viewport": DESKTOP, "reduced_motion": "reduce", **options}
        page = self.browser.new_context(base_url=self.company.url, locale=language, **options).new_page()
        page.on("console", lambda message: self._hear(message))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._watch(request))
        page.goto(address)
        return page

    def enter(self, address: str = "/", *, key: str | None = None, **options: Any) -> Page:
        """The same, with a key given."""
        page = self.arrive(address, **options)
        page.locator("#key").fill(key or self.company.key)
        page.locator("#key").press("Enter")
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _watch(self, request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self.company.url):
            self.strangers.append(request.url)


@pytest.fixture
def visitor(chromium: Browser, company: Service) -> Iterator[Visitor]:
    """Somebody before the page; in the end nothing failed in it, and nobody else was asked for anything."""
    visitor = Visitor(chromium, company)
    yield visitor
    for context in chromium.contexts:
        context.close()
    assert not visitor.faults
    assert not visitor.strangers


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of the page are kept for people to look at."""
    return Path(__file__).parents[3] / "build" / "screenshots"


@pytest.fixture
def api(company: Service) -> Iterator[Speak]:
    """Speaks to the service for somebody of the company; what was asked is taken back in the end."""
    with company.client() as client:

        def speak(name: str, method: str, address: str, **fields: Any) -> httpx.Response:
            headers = {"Quisait-On-Behalf-Of": person(ACCOUNTS[name])}
            return client.request(method, address, headers=headers, json=fields or None)

        yield speak
        for name in ACCOUNTS:
            for kind in ("questions", "introductions"):
                for one in speak(name, "GET", f"/v1/{kind}?role=asker&limit=200").json()["items"]:
                    speak(name, "DELETE", f"/v1/{kind}/{one['id']}").raise_for_status()


@pytest.fixture
def question(api: Speak) -> str:
    """Lucie asked Nolwenn something."""
    answer = api(LUCIE, "POST", "/v1/questions", asked=person("ntanguy"), text=WORDS).raise_for_status()
    return answer.headers["Location"]


@pytest.fixture
def introduction(api: Speak) -> str:
    """Lucie asked Nolwenn to introduce her to Guillaume."""
    people = {"intermediary": person("ntanguy"), "target": person("gpetit")}
    return api(LUCIE, "POST", "/v1/introductions", **people, message=WHY).raise_for_status().headers["Location"]
