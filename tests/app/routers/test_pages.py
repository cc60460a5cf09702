"""Pages for people."""

import re

import pytest

from tests.app.client import Api


def test_the_page_speaks_the_language_of_the_browser(sqlite_api: Api) -> None:
    for asked, language in (("fr-FR,fr", "fr"), ("en-GB", "en"), ("de", "en")):
        page = sqlite_api.get("/", token=None, headers={"Accept-Language": asked})
        assert f'<html lang="{language}">' in page.text
        assert page.headers["Content-Language"] == language


@pytest.mark.parametrize("address", ["/", "/docs", "/problems/stale"])
def test_a_page_asks_nobody_else_for_anything(sqlite_api: Api, address: str) -> None:
    page = sqlite_api.get(address, token=None).text
    for used in re.findall(r'(?:src|href)="([^"#]+)', page):
        assert used.startswith("/")
        assert sqlite_api.get(used, token=None).status_code == 200
    assert "<script>" not in page and " style=" not in page and not re.search(r"\son\w+=", page)


def test_a_file_that_the_browser_has_is_not_sent_again(sqlite_api: Api) -> None:
    tag = sqlite_api.get("/static/page.js", token=None).headers["ETag"]
    again = sqlite_api.get("/static/page.js", token=None, headers={"If-None-Match": tag})
    assert again.status_code == 304 and not again.content


def test_what_is_no_file_of_ours_is_not_given(sqlite_api: Api) -> None:
    for name in ("docs.html", "..%2fmain.py", "nothing.js"):
        assert sqlite_api.get(f"/static/{name}", token=None).status_code == 404
    assert sqlite_api.get("/problems/nothing", token=None).status_code == 404


def test_the_contract_is_open(sqlite_api: Api) -> None:
    assert sqlite_api.get("/openapi.json", token=None).json()["openapi"].startswith("3.1")
