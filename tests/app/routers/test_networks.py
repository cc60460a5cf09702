"""Networks over HTTP: who may see one, in which forms, and what its picture shows."""

import json
import xml.etree.ElementTree as ET
from typing import Any

import networkx as nx
import pytest

from tests.app.client import Api
from tests.app.records import community, person
from tests.app.routers.test_network_structure import exchange

NAMES = ("ana", "ben", "cem", "dia")


def send(api: Api) -> dict[str, str]:
    """Four people, three of whom exchange in a community; their public ids, and that of the community."""
    people = [person(name, department=f"<{name}>") for name in NAMES]
    events = [exchange(f"{one}{other}", one, other, community="lab") for one, other in ("ab", "bc", "ca")]
    ends = dict(zip("abcd", NAMES, strict=True))
    events = [{**event, "from": ends[event["from"]], "to": ends[event["to"]]} for event in events]
    results = api.send(*people, community("lab", name="Labo & Cie"), *events, exchange("ad", "ana", "dia"))
    return dict(zip((*NAMES, "lab"), (result["public_id"] for result in results[:5]), strict=True))


def as_person(person_id: str, **headers: str) -> dict[str, str]:
    return {"Quisait-On-Behalf-Of": person_id, **headers}


def test_one_sees_the_people_around_oneself(api: Api) -> None:
    ids = send(api)
    body = api.get(f"/v1/people/{ids['ana']}/network", headers=as_person(ids["ana"])).json()
    names = [member["person"]["name"] for member in body["people"]]
    assert sorted(names) == ["Ana", "Ben", "Cem", "Dia"] and names[body["centre"]] == "Ana"
    assert len(body["ties"]) == 4 and [tie["strength"] for tie in body["ties"]].count(None) == 1
    [bridge] = [tie for tie in body["ties"] if tie["local_bridge"]]
    assert {names[bridge["one"]], names[bridge["other"]]} == {"Ana", "Dia"}
    assert body["groups"] == [{"id": ids["lab"], "name": "Labo & Cie"}]
    assert "Bridges, with nobody in common: Dia." in body["description"]


@pytest.mark.parametrize("form", ["", ".svg"])
def test_nobody_else_sees_them(api: Api, form: str) -> None:
    ids = send(api)
    for headers in ({}, as_person(ids["ben"])):
        answer = api.get(f"/v1/people/{ids['ana']}/network{form}", headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/personal")


@pytest.mark.parametrize("form", ["", ".svg"])
def test_a_community_is_shown_to_those_who_take_part(api: Api, form: str) -> None:
    ids = send(api)
    place = f"/v1/communities/{ids['lab']}/network{form}"
    assert [api.get(place, headers=as_person(ids[name])).status_code for name in NAMES] == [200, 200, 200, 403]
    answer = api.get(place)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/members-only")
    assert api.get(f"/v1/communities/com_unknown/network{form}").status_code == 404


def test_a_secret_community_leaves_no_trace(api: Api) -> None:
    ids = send(api)
    places = [f"/v1/people/{ids['ana']}/network", f"/v1/people/{ids['ana']}/network.svg"]
    before = [api.get(place, headers=as_person(ids["ana"])).text for place in places]
    found = api.send(community("vault", "ben", "cem", visibility="secret"))
    api.send(exchange("s1", "ana", "ben", community="vault"), exchange("s2", "dia", "cem", community="vault"))
    assert [api.get(place, headers=as_person(ids["ana"])).text for place in places] == before
    secret, unknown = (
        api.get(f"/v1/communities/{place}/network", headers=as_person(ids["ana"])).json()
        for place in (found[0]["public_id"], "com_unknown")
    )
    assert {**secret, "trace_id": ""} == {**unknown, "trace_id": ""} and secret["status"] == 404
    inside = api.get(f"/v1/communities/{found[0]['public_id']}/network", headers=as_person(ids["ben"])).json()
    assert len(inside["ties"]) == 2


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.parse_graphml), ("gexf", nx.read_gexf)])
def test_other_programs_read_the_same_network(sqlite_api: Api, tmp_path: Any, form: str, read: Any) -> None:
    ids = send(sqlite_api)
    place, headers = f"/v1/people/{ids['ana']}/network", as_person(ids["ana"])
    body = sqlite_api.get(place, headers=headers).json()
    answer = sqlite_api.get(f"{place}?format={form}", headers=headers)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="network.{form}"'
    accepted = sqlite_api.get(place, headers={**headers, "Accept": f"application/{form}+xml"})
    assert accepted.text == answer.text
    file = tmp_path / form
    file.write_text(answer.text, encoding="utf-8")
    graph = read(answer.text) if form == "graphml" else read(file)
    people = [member["person"] for member in body["people"]]
    assert {node: graph.nodes[node]["label"] for node in graph} == {one["id"]: one["name"] for one in people}
    for tie in body["ties"]:
        edge = graph.edges[people[tie["one"]]["id"], people[tie["other"]]["id"]]
        assert edge.get("bridgeness") == tie["bridgeness"]
        assert edge.get("local_bridge") == (None if tie["local_bridge"] is None else int(tie["local_bridge"]))
        assert tie["strength"] is None or edge["weight"] == tie["strength"]


@pytest.mark.parametrize("shape", ["wide", "tall"])
def test_a_picture_shows_names_strength_and_bridges_and_says_so(sqlite_api: Api, shape: str) -> None:
    ids = send(sqlite_api)
    headers = as_person(ids["ana"], **{"Accept-Language": "fr"})
    answer = sqlite_api.get(f"/v1/people/{ids['ana']}/network.svg?shape={shape}", headers=headers)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    picture = ET.fromstring(answer.content)
    assert picture.findtext("{*}title") == "Le réseau de Ana"
    described = sqlite_api.get(f"/v1/people/{ids['ana']}/network", headers=headers).json()["description"]
    assert picture.findtext("{*}desc") == described
    texts = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Ana", "Ben", "Cem", "Dia", "Labo & Cie", "pont : aucune relation en commun"} <= set(texts)
    kinds = [line.get("class", "") for line in picture.findall("{*}line")]
    assert sorted(kinds) == ["bridge", "other", "tie", "tie"]
    assert "prefers-color-scheme: dark" in answer.text and "<script" not in answer.text


def test_departments_with_strange_names_are_told_apart(sqlite_api: Api) -> None:
    ids = send(sqlite_api)
    answer = sqlite_api.get(f"/v1/communities/{ids['lab']}/network.svg", headers=as_person(ids["ana"]))
    marks = {mark.get("d") for mark in ET.fromstring(answer.content).findall("{*}path")}
    assert len(marks) == 3 and "&lt;ana&gt;" in answer.text


def test_who_has_no_tie_is_told_so(sqlite_api: Api) -> None:
    [ana] = sqlite_api.send(person("ana"))
    headers = as_person(ana["public_id"])
    body = sqlite_api.get(f"/v1/people/{ana['public_id']}/network", headers=headers).json()
    assert (len(body["people"]), body["ties"]) == (1, []) and "without a tie" in body["description"]
    picture = ET.fromstring(sqlite_api.get(f"/v1/people/{ana['public_id']}/network.svg", headers=headers).content)
    assert body["description"] in [text.text for text in picture.findall("{*}text")]


@pytest.mark.parametrize("query", ["/network?format=svg", "/network.svg?shape=round", "/network?limit=3"])
def test_a_wrong_parameter_is_named(sqlite_api: Api, query: str) -> None:
    ids = send(sqlite_api)
    answer = sqlite_api.get(f"/v1/people/{ids['ana']}{query}", headers=as_person(ids["ana"]))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/query/{query.partition('?')[2].partition('=')[0]}"
    assert json.loads(answer.text)["type"] == "/problems/invalid-request"
