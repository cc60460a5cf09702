"""The ties planted in the demo's company are found: bridges, who fell silent, who leads to whom, whom to meet."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.app.client import Api
from tests.app.test_demo import TRACE_OF_THE_SECRET, account

Record = Mapping[str, Any]

THEN: Final = "2026-11-19T12:00:00Z"
SLEEPING: Final = [("yguerin", "Olivier Picard"), ("kwojcik", "Pradeep Nair")]
BRIDGING: Final = [
    ("skone", "Données"),
    ("atraore", "Méthodes"),
    ("mzielinski", "Production"),
    ("icabrera", "R&D"),
    ("hcastaing", "Production"),
]


def told(demo: Api, handle: str, place: str, **parameters: str) -> Record:
    """What somebody is told of themselves, as of the last day."""
    person = account(demo, handle)
    headers = {"Quisait-On-Behalf-Of": person}
    answer = demo.get(f"/v1/people/{person}/{place}", params={"at": THEN, **parameters}, headers=headers)
    return answer.raise_for_status().json()


def tied(demo: Api, handle: str, **parameters: str) -> set[str]:
    """To whom somebody has such ties."""
    return {tie["person"]["name"] for tie in told(demo, handle, "ties", limit="200", **parameters)["items"]}


def test_nobody_stands_more_freely_than_the_broker(demo: Api) -> None:
    broker = told(demo, "cferrand", "brokerage")
    assert (broker["percentile"], broker["simmelian_ties"] * 10 < broker["ties"]) == (1, True)
    for other, _ in BRIDGING:
        own = told(demo, other, "brokerage")
        assert broker["constraint"] < own["constraint"] and broker["communities"] > own["communities"]


@pytest.mark.parametrize(("handle", "department"), BRIDGING)
def test_bridges_have_strong_ties_that_reach_into_another_department(demo: Api, handle: str, department: str) -> None:
    ties = told(demo, handle, "ties", limit="200", strength="strong")["items"]
    across = [tie["person"]["id"] for tie in ties if tie["bridge"]["other_department"]]
    shown = [demo.get(f"/v1/people/{person}").json() for person in across]
    assert department in {person["department"] for person in shown}


@pytest.mark.parametrize(("handle", "name"), SLEEPING)
def test_the_ties_of_who_fell_silent_sleep(demo: Api, handle: str, name: str) -> None:
    assert name in tied(demo, handle, state="dormant")
    assert not tied(demo, handle, state="growing")


def test_the_ties_of_the_newcomer_are_new_or_grow(demo: Api) -> None:
    growing = tied(demo, "lperrin", state="growing")
    assert {"Seydou Koné", "Joël Pineau"} <= growing
    assert growing | tied(demo, "lperrin", state="new") == tied(demo, "lperrin")
    assert {turn["before"] for turn in told(demo, "lperrin", "ties/transitions", limit="200")["items"]} <= {None, "new"}


def test_weak_ties_bridge_in_this_company(demo: Api) -> None:
    found = demo.get("/v1/network/granovetter-check", params={"at": THEN}).json()
    assert (found["verdict"], found["measured"]) == ("holds", found["ties"])


def led(demo: Api, handle: str, **wanted: str) -> list[Record]:
    """The best ways to somebody or to a topic, as of the last day."""
    return told(demo, handle, "introductions", **wanted)["items"]


def over(way: Record) -> list[str]:
    """The names on a way."""
    return [step["other"]["name"] for step in way["steps"]]


def test_the_newcomer_is_led_to_who_has_gone_silent_by_three_she_knows_well(demo: Api) -> None:
    found = led(demo, "lperrin", to=account(demo, "yguerin"))
    assert list(map(over, found)) == [
        ["Nolwenn Tanguy", "Guillaume Petit", "Yves Guérin"],
        ["Seydou Koné", "Guillaume Petit", "Yves Guérin"],
        ["Guillaume Petit", "Yves Guérin"],
    ]
    assert all(step["strong"] for way in found for step in way["steps"])


def test_to_the_other_silent_one_the_newcomer_has_weak_ties_only(demo: Api) -> None:
    [first, *_] = led(demo, "lperrin", to=account(demo, "kwojcik"))
    assert not any(step["strong"] for step in first["steps"])


def test_the_newcomer_is_led_to_who_knows_fibre_and_not_to_the_loud_one_first(demo: Api) -> None:
    [topic] = demo.get("/v1/topics", params={"q": "fibre optique", "limit": "1"}).json()["items"]
    assert over(led(demo, "lperrin", topic=topic["id"])[0]) == ["Thanh Nguyen", "Maëlle Faure"]


def test_the_broker_leads_to_who_is_silent(demo: Api) -> None:
    assert over(led(demo, "spetrova", to=account(demo, "kwojcik"))[0]) == ["Camille Ferrand", "Krzysztof Wójcik"]


TO_MEET: Final = [
    ("lperrin", "Piotr Sobczak", "VLAN"),
    ("lperrin", "Karim Slimani", "VLAN"),
    ("cferrand", "Anaïs Fournel", "armoire électrique"),
    ("icabrera", "Amine Zouaoui", "IHM"),
]


@pytest.mark.parametrize(("handle", "name", "topic"), TO_MEET)
def test_among_the_first_three_to_meet_is_somebody_worth_writing_to(
    demo: Api, handle: str, name: str, topic: str
) -> None:
    items = told(demo, handle, "recommendations", limit="3")["items"]
    [found] = [item for item in items if item["person"]["name"] == name]
    assert topic in {shared["topic"]["pref_label"]["fr"] for shared in found["shared"]}
    assert found["via"] and found["new"] and found["novelty"] > 0.4


def test_nobody_is_told_to_meet_whom_they_meet_anyway(demo: Api) -> None:
    for handle in ("lperrin", "cferrand", "icabrera", "skone"):
        ties = told(demo, handle, "ties", limit="200")["items"]
        near = {tie["person"]["id"] for tie in ties if tie["state"] in ("new", "growing", "strong")}
        people = [item["person"] for item in told(demo, handle, "recommendations", limit="50")["items"]]
        assert people and near.isdisjoint(person["id"] for person in people)
        assert "Benoît Carpentier" not in {person["name"] for person in people}


def test_what_is_prepared_in_secret_brings_no_two_people_together(demo: Api) -> None:
    for handle in ("lperrin", "cferrand", "icabrera", "skone"):
        assert not TRACE_OF_THE_SECRET.search(json.dumps(told(demo, handle, "recommendations", limit="50")))
