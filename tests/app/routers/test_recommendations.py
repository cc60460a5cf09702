"""People to meet over HTTP: for oneself alone, with an arithmetic and a reason."""

from math import log2
from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, person, post

AT = "2026-02-20T12:00:00Z"
NAMES = ("ana", "bo", "cy", "di")


def exchange(key: str, one: str, other: str) -> dict[str, Any]:
    """A meeting of two in no community."""
    said = {"type": "meeting", "people": [one, other], "at": "2026-01-10T12:00:00Z"}
    return {"kind": "interaction", "source": "chat", "id": key, **said}


def sent(api: Api) -> dict[str, str]:
    """Ana knows Bo, who knows Cy; Ana and Cy write about fibre, Cy also about Kafka; Di only asks about fibre."""
    results = api.send(
        *map(person, NAMES),
        community("lab", "ana", "di", visibility="secret"),
        post("p1", "La fibre optique se nettoie avant de la souder.", post_kind="answer"),
        post("p2", "Une fibre optique se soude à l'arc.", author="cy", post_kind="answer"),
        post("p3", "Kafka garde les messages une semaine.", author="cy", post_kind="article"),
        post("p4", "Qui sait souder la fibre optique ?", author="di", post_kind="question"),
        post("p5", "La fibre optique du labo est en verre.", author="di", community="lab", post_kind="article"),
        exchange("m1", "ana", "bo"),
        exchange("m2", "bo", "cy"),
    )
    return dict(zip(NAMES, (result["public_id"] for result in results), strict=False))


@pytest.fixture
def people(api: Api) -> dict[str, str]:
    """The public ids of these four."""
    return sent(api)


def answered(api: Api, person: str, language: str = "en", **parameters: Any) -> Any:
    """The answer to a person about themselves, as of a day in February."""
    headers = {"Quisait-On-Behalf-Of": person, "Accept-Language": language}
    return api.get(f"/v1/people/{person}/recommendations", params={"at": AT, **parameters}, headers=headers)


def names(api: Api, person: str, **parameters: Any) -> list[str]:
    return [item["person"]["name"] for item in answered(api, person, **parameters).raise_for_status().json()["items"]]


def test_somebody_is_named_with_an_arithmetic_that_anybody_can_do_again(api: Api, people: dict[str, str]) -> None:
    body = answered(api, people["ana"]).json()
    cy, setting = next(item for item in body["items"] if item["person"]["name"] == "Cy"), body["setting"]
    [fibre] = [shared for shared in cy["shared"] if shared["topic"]["pref_label"]["fr"] == "fibre optique"]
    assert fibre["weight"] == pytest.approx(fibre["own"] * fibre["other"] / log2(1 + fibre["holders"]), abs=2e-6)
    ground = cy["shared_weight"] / (cy["shared_weight"] + setting["bond"])
    closeness = cy["contact_strength"] / (cy["contact_strength"] + setting["circle"])
    off = (closeness - setting["peak"]) / max(setting["peak"], 1 - setting["peak"])
    distance = (1 - off**2) * (1 - cy["strength"])
    assert (cy["common_ground"], cy["closeness"], cy["distance"]) == pytest.approx(
        (ground, closeness, distance), abs=2e-6
    )
    assert cy["score"] == pytest.approx(ground * distance * (1 + cy["novelty"]) / 2, abs=2e-6)
    assert [one["name"] for one in cy["via"]] == ["Bo"] and (cy["contacts"], cy["state"]) == (1, None)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Cy écrit, comme vous, sur fibre optique, connaît Bo et apporte "),
        ("en", "Cy writes about Optical fibre, as you do, knows Bo and brings "),
    ],
)
def test_the_reason_is_a_sentence(sqlite_api: Api, language: str, sentence: str) -> None:
    answer = answered(sqlite_api, sent(sqlite_api)["ana"], language=language)
    [why] = [item["why"] for item in answer.json()["items"] if item["person"]["name"] == "Cy"]
    assert why.startswith(sentence) and "Kafka" in why and answer.headers["Content-Language"] == language


def test_who_asks_is_told_who_answers(api: Api, people: dict[str, str]) -> None:
    [first, *_] = answered(api, people["di"]).json()["items"]
    assert first["person"]["name"] in ("Ana", "Cy")
    found = {item["person"]["name"]: item for item in answered(api, people["di"]).json()["items"]}
    assert found["Cy"]["shared"][0]["asked"] is False  # she has also written of it in the laboratory
    assert "moves in other circles than you do" in found["Cy"]["why"]


def test_what_is_said_in_secret_proposes_nobody_to_others(api: Api, people: dict[str, str]) -> None:
    assert "Di" in names(api, people["ana"])  # they share the laboratory
    assert "Di" not in names(api, people["cy"]) and "Di" not in names(api, people["bo"])


def test_people_are_narrowed_to_those_who_write_in_a_community(api: Api, people: dict[str, str]) -> None:
    found = api.send(community("open"), post("p6", "La fibre optique revient.", author="cy", community="open"))
    place = found[0]["public_id"]
    assert names(api, people["ana"], community=place) == ["Cy"]
    assert answered(api, people["ana"], community="com_unknown").status_code == 404


def test_who_wrote_nothing_is_told_what_to_do(api: Api, people: dict[str, str]) -> None:
    body = answered(api, people["bo"], language="fr").json()
    assert (body["items"], body["reason"]["code"], body["next_cursor"]) == ([], "no_topics", None)
    assert "première question" in body["reason"]["detail"]


def test_nobody_is_told_whom_somebody_else_should_meet(api: Api, people: dict[str, str]) -> None:
    own = api.key("ties:read", person=people["ana"])
    for token, address in ((own, people["bo"]), (own, "per_unknown"), (api.token, people["ana"])):
        answer = api.get(f"/v1/people/{address}/recommendations", token=token)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/personal")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("peak", "1.5", "less_than_equal"),
        ("peak", "-1", "greater_than_equal"),
        ("peak", "high", "float_parsing"),
        ("limit", "0", "greater_than_equal"),
        ("community", "lab", "string_pattern_mismatch"),
        ("at", "2126-01-01T00:00:00Z", "time_in_the_future"),
    ],
)
def test_a_wrong_parameter_is_named(sqlite_api: Api, field: str, value: str, code: str) -> None:
    [ana] = sqlite_api.send(person("ana"))
    answer = answered(sqlite_api, ana["public_id"], **{field: value})
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(f"/query/{field}", code)]
