"""Pages for people."""

import re

import pytest

from tests.app.client import Api


def test_the_page_speaks_the_language_of_the_browser(sqlite_api: Api) -> None:
    for language, sentence in (("fr-FR,fr", "Qui sait ?"), ("en", "Who knows?")):
        page = sqlite_api.get("/", token=None, headers={"Accept-Language": language})
        assert sentence in page.text
        assert page.headers["Content-Language"] == language[:2]


@pytest.mark.parametrize("address", ["/", "/docs", "/problems/stale"])
def test_a_page_asks_nobody_else_for_anything(sqlite_api: Api, address: str) -> None:
    page = sqlite_api.get(address, token=None).text
    for used in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert used.startswith("/")
        assert sqlite_api.get(used, token=None).status_code == 200
    assert "<script>" not in page and " style=" not in page and not re.search(r"\son\w+=", page)


def test_what_is_no_file_of_ours_is_not_given(sqlite_api: Api) -> None:
    for name in ("docs.html", "..%2fmain.py", "nothing.js"):
        assert sqlite_api.get(f"/static/{name}", token=None).status_code == 404
    assert sqlite_api.get("/problems/nothing", token=None).status_code == 404


def test_the_contract_is_open(sqlite_api: Api) -> None:
    assert sqlite_api.get("/openapi.json", token=None).json()["openapi"].startswith("3.1")
