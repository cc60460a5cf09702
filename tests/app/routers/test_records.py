"""Records over HTTP: what is acknowledged, and how."""

import json

import pytest

from tests.app.client import JSON, LINES, Api
from tests.app.records import deletion, person, post

FIBRE = "La fibre optique se nettoie avant chaque mesure."


def test_a_bad_line_in_the_middle_spoils_nothing(api: Api) -> None:
    results = api.send(person("ana"), {"kind": "post", "source": "chat", "id": "p1"}, post("p2", FIBRE))
    assert [result["outcome"] for result in results] == ["created", "rejected", "created"]
    wanting = {"pointer": "/text", "code": "missing", "detail": "This field is required."}
    assert wanting in results[1]["errors"]
    assert [item["person"]["name"] for item in api.get("/v1/experts?q=fibre").json()["items"]] == ["Ana"]


def test_a_blank_line_is_counted_and_skipped(sqlite_api: Api) -> None:
    lines = "\n".join([json.dumps(person("ana")), "", " \r", '{"kind": "wish"}', ""])
    answer = sqlite_api.request("POST", "/v1/records", content=lines, headers=LINES)
    results = [json.loads(line) for line in answer.text.splitlines()]
    assert [(result["line"], result["outcome"]) for result in results] == [(1, "created"), (4, "rejected")]


def test_a_refused_line_says_why_in_the_language_that_is_preferred(sqlite_api: Api) -> None:
    headers = {**LINES, "Accept-Language": "fr"}
    answer = sqlite_api.request("POST", "/v1/records", content='{"kind": "wish"}', headers=headers)
    job = sqlite_api.get(answer.headers["Location"], headers=headers).json()
    [error] = json.loads(answer.text)["errors"]
    assert error["detail"].startswith("Il n'y a pas de tel genre d'enregistrement. Il y a : person, community, post,")
    assert job["problems"] == [{"line": 1, **error}]


def test_the_same_records_again_change_nothing(api: Api) -> None:
    records = (person("ana"), post("p1", FIBRE))
    api.send(*records)
    before = api.get("/v1/experts?q=fibre").json()
    assert [result["outcome"] for result in api.send(*records)] == ["unchanged", "unchanged"]
    assert api.get("/v1/experts?q=fibre").json() == before


def test_a_post_that_is_taken_back_speaks_for_nobody(api: Api) -> None:
    api.send(person("ana"), post("p1", FIBRE))
    assert [result["outcome"] for result in api.send(deletion("post", "p1"))] == ["retracted"]
    assert api.get("/v1/experts?q=fibre").json()["items"] == []


def test_the_job_tells_what_became_of_the_lines(api: Api) -> None:
    lines = "\n".join(map(json.dumps, [person("ana"), post("p1", FIBRE), {"kind": "post"}]))
    location = api.request("POST", "/v1/records", content=lines, headers=LINES).headers["Location"]
    job = api.get(location).json()
    assert (job["state"], job["received"], job["posts"], job["waiting"]) == ("queued", 3, 1, 1)
    assert (job["outcomes"]["created"], job["outcomes"]["rejected"]) == (2, 1)
    assert {problem["line"] for problem in job["problems"]} == {3}
    api.index()
    assert api.get(location).json()["state"] == "done"


def test_a_job_none_of_whose_lines_was_good_has_failed(sqlite_api: Api) -> None:
    answer = sqlite_api.request("POST", "/v1/records", content="[]\n", headers=LINES)
    assert sqlite_api.get(answer.headers["Location"]).json()["state"] == "failed"


def test_both_names_of_json_lines_are_understood_and_no_other_type(sqlite_api: Api) -> None:
    for media_type, status in (
        ("application/x-ndjson", 200),
        ("application/jsonl; charset=utf-8", 200),
        ("text/csv", 415),
    ):
        answer = sqlite_api.request("POST", "/v1/records", content="{}", headers={"Content-Type": media_type})
        assert answer.status_code == status


def test_a_batch_has_at_least_one_line_and_at_most_a_thousand(sqlite_api: Api) -> None:
    for lines, status in (("", 422), ("\n", 422), ("{}\n" * 1000, 200), ("{}\n" * 1001, 413)):
        assert sqlite_api.request("POST", "/v1/records", content=lines, headers=LINES).status_code == status


def test_a_single_post_is_durable_when_it_is_acknowledged(api: Api) -> None:
    body = {name: value for name, value in post("p1", FIBRE).items() if name != "kind"}
    answer = api.request("POST", "/v1/posts", json=body)
    assert answer.status_code == 202
    assert answer.json()["outcome"] == "created"
    assert answer.headers["Location"] == f"/v1/ingestion-jobs/{answer.json()['job']}"
    assert api.request("POST", "/v1/posts", json=body).json()["outcome"] == "unchanged"


def test_who_prefers_to_wait_is_answered_when_the_post_can_be_found(sqlite_api: Api) -> None:
    body = {name: value for name, value in post("p1", FIBRE).items() if name != "kind"}
    with sqlite_api.indexing():
        answer = sqlite_api.request("POST", "/v1/posts", json=body, headers={"Prefer": "wait=30"})
    assert (answer.status_code, answer.json()["state"]) == (200, "done")
    assert answer.headers["Preference-Applied"] == "wait=30"
    assert sqlite_api.get("/v1/experts?q=fibre").json()["items"]


def test_who_waits_in_vain_is_told_that_the_post_is_queued(sqlite_api: Api) -> None:
    body = {name: value for name, value in post("p1", FIBRE).items() if name != "kind"}
    answer = sqlite_api.request("POST", "/v1/posts", json=body, headers={"Prefer": "respond-async, wait=1"})
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")


def test_a_wrong_post_is_refused_with_the_fields_named(sqlite_api: Api) -> None:
    body = post("p1", FIBRE, created_at="2999-01-01T00:00:00Z") | {"kind": "post"}
    answer = sqlite_api.request("POST", "/v1/posts", json=body)
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/kind"]
    del body["kind"]
    answer = sqlite_api.request("POST", "/v1/posts", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "time_in_the_future")


@pytest.mark.parametrize(("language", "detail"), [("en", "Words are expected"), ("fr", "Il faut des mots")])
def test_a_post_that_says_nothing_is_refused(sqlite_api: Api, language: str, detail: str) -> None:
    body = {name: value for name, value in post("p1", " \n ").items() if name != "kind"}
    answer = sqlite_api.request("POST", "/v1/posts", json=body, headers={"Accept-Language": language})
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "/text")
    assert error["detail"].startswith(detail)
    assert sqlite_api.request("POST", "/v1/posts", json=body | {"title": "Fibre"}).status_code == 202


def test_a_name_that_stands_twice_is_refused(sqlite_api: Api) -> None:
    body = json.dumps(post("p1", FIBRE))[:-1] + ', "text": "other"}'
    assert (
        sqlite_api.request("POST", "/v1/posts", content=body.replace('"kind": "post", ', ""), headers=JSON).status_code
        == 400
    )
