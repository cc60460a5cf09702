"""The whole network over HTTP: planted communities are found, nothing is told of few, everybody gets the same."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, person, post

COMMUNITIES, RESILIENCE = "/v1/network/communities", "/v1/network/resilience"
TEAMS = {"Achats": 6, "Stock": 7, "Caisse": 3}
FIBRE = {"kind": "topic", "source": "host", "id": "fibre", "pref_label": {"fr": "fibre optique", "en": "optical fibre"}}


def exchange(key: str, one: str, other: str, **fields: Any) -> dict[str, Any]:
    """Thanks from one to another."""
    event = {"kind": "interaction", "source": "chat", "id": key, "type": "thanks", "at": "2026-01-05T12:00:00Z"}
    return {**event, "from": one, "to": other, **fields}


def teams() -> Iterator[dict[str, Any]]:
    """Three departments whose people all exchange often within, and once from each to the next."""
    people = {team: [f"{team}-{n}" for n in range(size)] for team, size in TEAMS.items()}
    for team, names in people.items():
        yield community(f"c-{team}")
        for name in names:
            yield person(name, department=team, site="Lyon")
            yield post(f"{name}/1", "Bonjour à tous.", author=name, community=f"c-{team}", lang="fr")
        for one, other in combinations(names, 2):
            for n in range(3):
                yield exchange(f"{one}-{other}-{n}", one, other)
                yield exchange(f"{other}-{one}-{n}", other, one)
    yield exchange("bridge-1", "Achats-0", "Stock-0")
    yield exchange("bridge-2", "Stock-1", "Caisse-0")


def test_six_are_withheld_where_the_total_would_tell_of_three(api: Api) -> None:
    api.send(*teams())
    body = api.get(COMMUNITIES).json()
    assert (body["people"], body["ties"], body["measured"]) == (16, 15 + 21 + 3 + 2, 41)
    assert [found["people"] for found in body["communities"]] == [7]


def test_a_found_community_tells_what_five_of_it_share(api: Api) -> None:
    small = [person(f"Caisse-{n}", department="Caisse") for n in range(3, 5)]
    more = [exchange(f"x{n}{m}{k}", f"Caisse-{n}", f"Caisse-{m}") for n in (3, 4) for m in range(n) for k in range(4)]
    api.send(*teams(), *small, *more)
    body = api.get(COMMUNITIES, headers={"Accept-Language": "fr"}).json()
    assert [found["people"] for found in body["communities"]] == [7, 6, 5]
    stock, achats, _ = body["communities"]
    assert [part["name"] for part in stock["departments"]] == ["Stock"]
    assert [(part["name"], part["people"]) for part in achats["communities"]] == [("c-Achats", 6)]
    agreement = {one["division"]: one["value"] for one in body["agreements"]}
    assert agreement["department"] == 1 and agreement["site"] == 0
    assert "7" not in body["meaning"] and "Elles suivent les services (accord 1,00)." in body["meaning"]


def test_people_who_know_about_the_same_and_do_not_meet_are_a_latent_community(api: Api) -> None:
    def wrote(name: str) -> dict[str, Any]:
        return post(f"{name}/f", "La fibre optique se nettoie.", author=name, lang="fr")

    readers = [person(f"r{n}", department="Recherche") for n in range(6)]
    api.send(FIBRE, *teams(), *readers, *(wrote(f"r{n}") for n in range(6)))
    [latent] = api.get(COMMUNITIES).json()["latent"]
    assert latent["topic"]["pref_label"]["en"] == "optical fibre"
    assert (latent["people"], latent["fragmentation"]) == (6, 1)
    api.send(*(exchange(f"r{n}", f"r{n}", f"r{n + 1}") for n in range(4)))
    assert api.get(COMMUNITIES).json()["latent"] == []


def test_a_topic_without_a_label_of_its_own_is_called_as_posts_spell_it(api: Api) -> None:
    said = "La cartouche filtrante de la pompe à vide se change."
    readers = [person(f"r{n}", department="Recherche") for n in range(6)]
    api.send(*teams(), *readers, *(post(f"r{n}/f", said, author=f"r{n}", lang="fr") for n in range(6)))
    labels = [latent["topic"]["pref_label"]["fr"] for latent in api.get(COMMUNITIES).json()["latent"]]
    assert "cartouche filtrante" in labels and None not in labels


def test_what_is_said_behind_closed_doors_or_for_pleasure_changes_nothing(api: Api) -> None:
    api.send(*teams())
    places = (COMMUNITIES, RESILIENCE)
    before = [api.get(place).json() for place in places]
    api.send(
        community("closed", "Achats-1", visibility="members"),
        community("secret", "Achats-1", visibility="secret"),
        community("games", community_kind="interest"),
    )
    names = [f"{team}-{n}" for team, size in TEAMS.items() for n in range(size)]
    hidden = [(one, names[n - 4], place) for n, one in enumerate(names) for place in ("closed", "secret", "games")]
    results = api.send(*(exchange(f"h{n}", *two, community=at) for n, (*two, at) in enumerate(hidden)))
    assert {result["outcome"] for result in results} == {"created"}
    [insider] = [found["public_id"] for found in api.send(person("Achats-1", department="Achats", site="Lyon"))]
    for token in ("", api.key("analytics:read", person=insider)):
        assert [api.get(place, token=token).json() for place in places] == before


def test_the_network_falls_apart_without_its_weak_ties(sqlite_api: Api) -> None:
    sqlite_api.send(*teams())
    weak, strong = (sqlite_api.get(f"{RESILIENCE}?remove={remove}").json() for remove in ("weak", "strong"))
    assert weak["verdict"] == strong["verdict"] == "weak" and len(weak["points"]) == 21
    assert weak["points"][0] == {"removed": 0, "together": 1, "otherwise": 1}
    assert weak["points"][2]["together"] == 7 / 16 < weak["points"][2]["otherwise"]
    assert [point["together"] for point in strong["points"]] == [point["otherwise"] for point in weak["points"]]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_resilience_is_drawn(sqlite_api: Api, language: str) -> None:
    sqlite_api.send(*teams())
    answer = sqlite_api.get(f"{RESILIENCE}?format=svg", headers={"Accept-Language": language})
    assert answer.headers["Content-Type"].startswith("image/svg+xml") and answer.headers["Content-Language"] == language
    picture = ET.fromstring(answer.content)
    assert len(picture.findall("{*}polyline")) == 2
    said = sqlite_api.get(RESILIENCE, headers={"Accept-Language": language}).json()["meaning"]
    assert picture.findtext("{*}desc") == said


def test_of_too_few_people_nothing_is_told(sqlite_api: Api) -> None:
    sqlite_api.send(person("ana"), person("ben"), exchange("e", "ana", "ben"))
    found, curve = (sqlite_api.get(place).json() for place in (COMMUNITIES, RESILIENCE))
    assert (found["communities"], curve["points"], curve["verdict"]) == ([], [], "too_small")
    assert {one["value"] for one in found["agreements"]} == {None}
    assert "Too few ties" in found["meaning"]
    assert "too small" in sqlite_api.get(f"{RESILIENCE}?format=svg").text


@pytest.mark.parametrize("query", ["remove=all", "format=png", "remove=weak&remove=weak"])
def test_a_wrong_parameter_is_named(sqlite_api: Api, query: str) -> None:
    answer = sqlite_api.get(f"{RESILIENCE}?{query}")
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/query/{query.partition('=')[0]}"]
