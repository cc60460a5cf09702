"""People's own ties over HTTP."""

from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, person, post

AT = "2026-01-20T12:00:00Z"
PLACES = ("ties", "ties/transitions", "ties/per_x", "brokerage")


def met(key: str, *people: str, at: str = "2026-01-10T12:00:00Z", **fields: Any) -> dict[str, Any]:
    """A meeting in person."""
    said = {"type": "meeting", "people": list(people), "at": at, "channel": "in_person"}
    return {"kind": "interaction", "source": "chat", "id": key, **said, **fields}


@pytest.fixture
def people(api: Api) -> dict[str, str]:
    """Public ids of four who met: Ana and Bo also write to each other, Cy meets Ana in a secret community."""
    names = ("ana", "bo", "cy", "di")
    results = api.send(
        *(person(name, site="Lyon" if name == "bo" else "Lille", department="R&D") for name in names),
        community("lab", "ana", "cy", visibility="secret"),
        community("open"),
        post("p1", "La fibre optique se nettoie.", community="open", url="https://chat.example/1"),
        post("p2", "Merci !", author="bo", community="open", reply_to="p1", created_at="2026-01-06T12:00:00Z"),
        met("m1", "ana", "bo", "di"),
        met("m2", "ana", "cy", community="lab"),
    )
    return dict(zip(names, (result["public_id"] for result in results), strict=False))


def asked(api: Api, person: str, address: str, **parameters: str) -> Any:
    """The answer to a person about themselves, as of a day in January."""
    answer = api.get(
        f"/v1/people/{person}/{address}", params={"at": AT, **parameters}, headers={"Quisait-On-Behalf-Of": person}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(answer: Any) -> list[str]:
    return [item["person"]["name"] for item in answer["items"]]


def test_somebody_sees_their_own_ties_with_what_they_are_made_of(api: Api, people: dict[str, str]) -> None:
    found = asked(api, people["ana"], "ties")
    assert names(found)[0] == "Bo"
    [tie] = [item for item in found["items"] if item["person"]["name"] == "Bo"]
    weights = found["setting"]
    total = sum(weights[name] * component for name, component in tie["components"].items())
    assert tie["strength"] == pytest.approx(total, abs=2e-6)
    assert (tie["state"], tie["channel"], tie["events"]) == ("new", "both", 2)
    assert tie["bridge"]["other_site"] is True and tie["bridge"]["other_department"] is False
    assert tie["bridge"]["bridgeness"] == pytest.approx(1 - tie["bridge"]["overlap"])


def test_a_tie_is_explained_by_the_events_behind_it(api: Api, people: dict[str, str]) -> None:
    found = asked(api, people["ana"], f"ties/{people['bo']}")
    meeting, reply = found["evidence"]
    assert (meeting["type"], meeting["direction"], meeting["post"]) == ("meeting", "mutual", None)
    assert (reply["type"], reply["direction"], reply["community"]["name"]) == ("reply", "received", "open")
    assert reply["post"]["id"].startswith("pst_")
    assert found["simmelian_triads"] == 1
    turned = asked(api, people["bo"], f"ties/{people['ana']}")
    assert (turned["tie"]["strength"], turned["evidence"][1]["direction"]) == (found["tie"]["strength"], "given")


@pytest.mark.parametrize("place", PLACES)
def test_nobody_is_told_of_somebody_elses_ties(sqlite_api: Api, place: str) -> None:
    ana, bo = (result["public_id"] for result in sqlite_api.send(person("ana"), person("bo")))
    own = sqlite_api.key("ties:read", person=ana)
    for token, address in ((own, bo), (own, "per_unknown"), (sqlite_api.token, ana)):
        answer = sqlite_api.get(f"/v1/people/{address}/{place}", token=token, headers={"Accept-Language": "fr"})
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/personal")
        assert "Quisait-On-Behalf-Of" in answer.json()["detail"]


def test_a_tie_in_a_secret_community_is_there_for_its_members_only(api: Api, people: dict[str, str]) -> None:
    assert sorted(names(asked(api, people["ana"], "ties"))) == ["Bo", "Cy", "Di"]
    [event] = asked(api, people["ana"], f"ties/{people['cy']}")["evidence"]
    assert event["community"]["name"] == "lab"
    assert sorted(names(asked(api, people["bo"], "ties"))) == ["Ana", "Di"]
    overlap = asked(api, people["bo"], f"ties/{people['ana']}")["tie"]["bridge"]
    assert (overlap["overlap"], overlap["common_neighbours"]) == (1, 1)


def test_the_past_knows_nothing_of_what_came_later(api: Api, people: dict[str, str]) -> None:
    found = api.get(
        f"/v1/people/{people['ana']}/ties",
        params={"at": "2026-01-07T00:00:00Z"},
        headers={"Quisait-On-Behalf-Of": people["ana"]},
    ).json()
    assert names(found) == ["Bo"]
    assert (found["items"][0]["channel"], found["at"]) == ("online", "2026-01-07T00:00:00Z")


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2126-01-01T00:00:00Z", "time_in_the_future"),
        ("1969-01-01T00:00:00Z", "time_before_1970"),
        ("2026-01-01", "datetime_parsing"),
        ("2026-01-01T00:00:00", "timezone_aware"),
    ],
)
def test_a_moment_that_is_none_is_named_as_the_fault(sqlite_api: Api, at: str, code: str) -> None:
    ana = sqlite_api.send(person("ana"))[0]["public_id"]
    answer = sqlite_api.get(f"/v1/people/{ana}/ties", params={"at": at}, token=sqlite_api.key("ties:read", person=ana))
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [("/query/at", code)]


def test_ties_and_their_turns_come_in_pages(api: Api, people: dict[str, str]) -> None:
    headers = {"Quisait-On-Behalf-Of": people["ana"]}
    for place in ("ties", "ties/transitions"):
        address = f"/v1/people/{people['ana']}/{place}"
        whole = asked(api, people["ana"], place)["items"]
        found, next_page = [], f"{address}?limit=1&at={AT}"
        while next_page:
            answer = api.get(next_page, headers=headers)
            found += answer.json()["items"]
            next_page = answer.links["next"]["url"] if "next" in answer.links else ""
        assert found == whole and len(found) >= 3


def test_somebody_sees_where_they_stand(api: Api, people: dict[str, str]) -> None:
    found = asked(api, people["ana"], "brokerage")
    assert (found["ties"], found["communities"], found["simmelian_ties"]) == (3, 2, 2)
    assert found["effective_size"] == pytest.approx(3 - 2 / 3, abs=1e-6)
    assert (found["peers"], found["percentile"]) == (3, None)  # too few to compare with


def test_who_is_in_no_known_department_has_no_peers(sqlite_api: Api) -> None:
    names = [f"p{number}" for number in range(8)]
    first = sqlite_api.send(*map(person, names), met("m1", *names))[0]["public_id"]
    found = asked(sqlite_api, first, "brokerage")
    assert (found["ties"], found["simmelian_ties"], found["peers"], found["percentile"]) == (7, 7, 0, None)


@pytest.mark.parametrize(("language", "word"), [("fr", "trop petit"), ("en", "too small")])
def test_a_small_network_tells_nothing(sqlite_api: Api, language: str, word: str) -> None:
    sqlite_api.send(person("ana"), person("bo"), met("m1", "ana", "bo"))
    answer = sqlite_api.get("/v1/network/granovetter-check", headers={"Accept-Language": language})
    assert answer.json()["verdict"] == "too_small"
    assert (answer.json()["ties"], answer.json()["rho"]) == (1, None)
    assert word in answer.json()["meaning"]
    assert answer.headers["Content-Language"] == language
