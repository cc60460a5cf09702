"""What no single route thinks of."""

from tests.app.client import JSON, Api


def test_head_is_answered_as_get_without_a_body(sqlite_api: Api) -> None:
    sqlite_api.request("PUT", "/v1/people/per_ana", json={"name": "Ana"})
    get, head = sqlite_api.get("/v1/people/per_ana"), sqlite_api.request("HEAD", "/v1/people/per_ana")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]
    assert sqlite_api.request("HEAD", "/v1/posts").status_code == 405


def test_a_body_is_refused_by_its_declared_size(sqlite_api: Api) -> None:
    body = b'{"name": "' + 1024 * 1024 * b"a" + b'"}'
    answer = sqlite_api.request("PUT", "/v1/people/per_ana", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_a_body_without_a_declared_size_is_refused_while_it_comes(sqlite_api: Api) -> None:
    async def endless():
        while True:
            yield 64 * 1024 * b"a"

    answer = sqlite_api.request("POST", "/v1/records", content=endless(), headers={"Content-Type": "application/jsonl"})
    assert answer.status_code == 413


def test_an_address_with_a_slash_too_many_is_not_found(sqlite_api: Api) -> None:
    assert sqlite_api.get("/v1/communities/").status_code == 404


def test_a_browser_runs_nothing_but_our_own_files(sqlite_api: Api) -> None:
    for address in ("/", "/docs", "/v1/nowhere"):
        headers = sqlite_api.get(address, token=None).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_answers_may_be_kept_by_their_reader_only(sqlite_api: Api) -> None:
    headers = sqlite_api.get("/v1/communities").headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Vary"] == "Authorization, Quisait-On-Behalf-Of, Accept-Language"


def test_no_other_origin_is_let_in(sqlite_api: Api) -> None:
    headers = sqlite_api.get("/v1/communities", headers={"Origin": "https://elsewhere.example"}).headers
    assert "Access-Control-Allow-Origin" not in headers
