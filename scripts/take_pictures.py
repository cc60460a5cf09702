"""Takes the README's pictures of the page: the company of the demo, in both languages, by day and by night."""

import shutil
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, FloatRect, ViewportSize, sync_playwright

from scripts.capture_examples import person
from scripts.demo_service import running_demo
from scripts.service import Service

TARGET: Final = Path(__file__).parents[1] / "pictures"
SIZE: Final[ViewportSize] = {"width": 1100, "height": 720}
ASKER: Final = {"id": person("spetrova"), "name": "Sylvia Petrova"}  # the way to who knows leads through somebody
QUESTIONS: Final = {"fr": "Qui s'y connaît en CEM ?", "en": "Who knows about EMC?"}
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


def main() -> None:
    """Take all pictures anew."""
    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("The pictures need chromium: install it and start again.")
    TARGET.mkdir(exist_ok=True)
    with running_demo() as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for language in QUESTIONS:
            for scheme in SCHEMES:
                take(browser, service, language=language, scheme=scheme)
        browser.close()


def take(browser: Browser, service: Service, *, language: str, scheme: Literal["light", "dark"]) -> None:
    """One picture: who knows, why, and the way to them."""
    page = browser.new_page(
        base_url=service.url, viewport=SIZE, locale=language, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto("/")
    page.locator("#key").fill(service.key)
    page.locator("#key").press("Enter")
    page.locator("#q").wait_for()
    page.evaluate("asker => sessionStorage.setItem('quisait-asker', JSON.stringify(asker))", ASKER)
    page.reload()
    page.locator("#q").fill(QUESTIONS[language])
    page.locator("#q").press("Enter")
    page.locator(".path li:last-child").first.wait_for()
    page.wait_for_load_state("networkidle")  # names on the way come one by one
    way = page.locator(".introducing button").first.bounding_box()
    assert way is not None
    shown = FloatRect(x=0, y=0, width=SIZE["width"], height=way["y"] + way["height"] + 24)
    page.screenshot(path=TARGET / f"page-{language}-{scheme}.png", full_page=True, clip=shown)
    page.close()


if __name__ == "__main__":
    main()
