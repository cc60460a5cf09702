"""Every error is a problem document, in the language of who asks."""

import pytest

from app.http.wording import PROBLEMS, ProblemSlug
from tests.app.client import JSON, Api


def test_a_problem_says_what_where_and_under_which_trace(sqlite_api: Api) -> None:
    answer = sqlite_api.get("/v1/experts?q=fibre&limit=0")
    body = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (body["type"], body["status"]) == ("/problems/invalid-request", 422)
    assert body["errors"] == [
        {"pointer": "/query/limit", "code": "greater_than_equal", "detail": "This number is too small. At least 1."}
    ]
    assert body["trace_id"] == answer.headers["X-Trace-Id"]


def test_what_was_sent_is_never_echoed(sqlite_api: Api) -> None:
    secret = "Zorglub"
    for answer in (
        sqlite_api.get(f"/v1/people/{secret}"),
        sqlite_api.get(f"/v1/{secret}"),
        sqlite_api.get(f"/v1/experts?q=fibre&limit={secret}"),
        sqlite_api.get("/v1/people/per_ana", token=secret),
        sqlite_api.request("PUT", "/v1/people/per_ana", content=f'{{"name": {secret}', headers=JSON),
        sqlite_api.request("PUT", "/v1/people/per_ana", json={"name": "A", "email": secret}),
    ):
        assert answer.status_code >= 400
        assert secret not in answer.text


@pytest.mark.parametrize("slug", PROBLEMS)
def test_every_type_of_problem_is_explained_in_both_languages(sqlite_api: Api, slug: ProblemSlug) -> None:
    kind = PROBLEMS[slug]
    for language, title in (("fr", kind.title.fr), ("en", kind.title.en)):
        page = sqlite_api.get(f"/problems/{slug}", token=None, headers={"Accept-Language": language})
        assert title in page.text
        assert page.headers["Content-Language"] == language
    assert kind.title.fr != kind.title.en and kind.detail.fr != kind.detail.en


def test_a_problem_speaks_the_language_that_is_preferred(sqlite_api: Api) -> None:
    answer = sqlite_api.get("/v1/people/per_ana", headers={"Accept-Language": "de, fr-CH;q=0.9, en;q=0.8"})
    assert (answer.json()["title"], answer.headers["Content-Language"]) == ("Introuvable", "fr")


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("/v1/experts?q=fibre&limit=201", "This number is too large. At most 200."),
        ("/v1/experts?q=", "This text is too short. Minimum length: 1."),
        (f"/v1/experts?q={2001 * 'a'}", "This text is too long. Maximum length: 2000."),
        ("/v1/experts?q=fibre&sort=age", "This is none of the allowed values. Allowed are: score, reach."),
        ("/v1/me/exchange", "Somebody has to ask: name the person by “Quisait-On-Behalf-Of”"),
        (f"/v1/questions/que_{32 * '0'}", "Somebody has to ask: name the person by “Quisait-On-Behalf-Of”"),
    ],
)
def test_a_problem_names_the_remedy(sqlite_api: Api, address: str, detail: str) -> None:
    answer = sqlite_api.get(address)
    [error] = answer.json()["errors"]
    assert answer.status_code == 422
    assert error["detail"].startswith(detail)


def test_a_key_without_the_scope_is_told_which_one_it_needs(sqlite_api: Api) -> None:
    answer = sqlite_api.get("/v1/experts?q=fibre", token=sqlite_api.key("people:read"))
    assert answer.json()["errors"] == [
        {
            "pointer": "/header/authorization",
            "code": "scope_missing",
            "detail": "The key lacks a scope. Needed: experts:read.",
        }
    ]


def test_a_content_type_that_is_not_taken_is_told_which_ones_are(sqlite_api: Api) -> None:
    answer = sqlite_api.request("POST", "/v1/records", content="{}", headers={**JSON, "Accept-Language": "fr"})
    [error] = answer.json()["errors"]
    assert error["detail"] == (
        "Ce type de contenu n'est pas admis ici. Sont admis : application/x-ndjson, application/jsonl."
    )


def test_a_wrong_header_is_named_once(sqlite_api: Api) -> None:
    for address in ("/v1/experts?q=fibre", "/v1/people/per_ana/ties"):
        answer = sqlite_api.get(address, headers={"Quisait-On-Behalf-Of": "Ana"})
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/header/Quisait-On-Behalf-Of"]


def test_a_wrong_method_is_told_all_right_ones(sqlite_api: Api) -> None:
    for method in ("DELETE", "PATCH", "POST"):
        answer = sqlite_api.request(method, "/v1/people/per_ana")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, PUT")


def test_a_failure_that_nobody_foresaw_is_a_problem_too(sqlite_api: Api) -> None:
    sqlite_api.services.store.close()
    answer = sqlite_api.get("/v1/people/per_ana")
    assert answer.status_code in (500, 503)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Trace-Id"] == answer.json()["trace_id"]
