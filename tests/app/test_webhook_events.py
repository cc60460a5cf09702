"""Through whichever door a record comes, receivers are told of it, once, with what it writes."""

from dataclasses import replace

import pytest

from tests.app.client import Api
from tests.app.records import deletion, person, question


def register(api: Api, *events: str) -> str:
    return api.services.receivers.add("https://portal.example/webhooks", events=events or None).id


def heard(api: Api, receiver: str) -> list[tuple[str, tuple[str, ...]]]:
    """What the receiver was to be told since it was asked last."""
    told = []
    while notice := api.services.store.webhooks.next(receiver):
        told.append((notice.type, notice.tell))
        api.services.store.write(lambda tx, notice=notice: tx.webhooks.remove(notice.id))
    return told


@pytest.fixture
def people(api: Api) -> dict[str, str]:
    """Public ids of Ana, Bo and Cy."""
    results = api.send(*(person(name) for name in ("ana", "bo", "cy")))
    return {result["id"]: result["public_id"] for result in results}


def test_records_and_routes_tell_the_same(api: Api, people: dict[str, str]) -> None:
    receiver = register(api)
    as_ana, as_bo = ({"Quisait-On-Behalf-Of": people[name]} for name in ("ana", "bo"))
    asked = api.request("POST", "/v1/questions", headers=as_ana, json={"asked": people["bo"], "text": "Qui ?"}).json()
    address = f"/v1/questions/{asked['id']}"
    api.request(
        "PUT", f"{address}/outcome", headers=as_bo, json={"outcome": "redirected", "redirected_to": people["cy"]}
    )
    api.request("DELETE", address, headers=as_ana)
    by_routes = heard(api, receiver)
    now = api.services.receivers.clock().isoformat()
    redirected = {"outcome": "redirected", "redirected_to": "cy", "closed_by": "asked"}
    api.send(question("q1", at=now))
    api.send(question("q1", at=now, closed_at=api.services.receivers.clock().isoformat(), **redirected))
    api.send({**deletion("question", "q1"), "at": api.services.receivers.clock().isoformat()})
    assert heard(api, receiver) == by_routes
    assert by_routes == [
        ("question.asked", (people["bo"],)),
        ("question.redirected", (people["ana"], people["cy"])),
        ("question.taken_back", (people["bo"], people["cy"])),
    ]


def test_the_same_record_twice_is_told_once(api: Api, people: dict[str, str]) -> None:
    receiver = register(api)
    now = api.services.receivers.clock().isoformat()
    api.send(question("q1", at=now), question("q1", at=now))
    api.send(question("q1", at=now))
    api.send(question("q1", at=now, text="Dit autrement ?"))
    assert heard(api, receiver) == [("question.asked", (people["bo"],))]


def test_what_happened_before_a_receiver_came_is_not_told(api: Api, people: dict[str, str]) -> None:
    receiver = register(api)
    api.send(question("old"), question("old and closed", outcome="helped", closed_at="2026-02-01T08:00:00Z"))
    assert heard(api, receiver) == []


def test_a_receiver_newer_than_a_question_is_told_of_what_becomes_of_it(api: Api, people: dict[str, str]) -> None:
    api.send(question("q1"))
    receiver = register(api)
    api.send(question("q1", asked="cy"))
    api.send(deletion("question", "q1") | {"at": api.services.receivers.clock().isoformat()})
    assert heard(api, receiver) == [
        ("question.taken_back", (people["bo"],)),
        ("question.asked", (people["cy"],)),
        ("question.taken_back", (people["cy"],)),
    ]


def test_an_outcome_of_an_archive_is_not_told_to_a_receiver_newer_than_it(api: Api, people: dict[str, str]) -> None:
    api.send(question("q1"))
    receiver = register(api)
    api.send(question("q1", outcome="helped", closed_by="asked", closed_at="2026-02-01T08:00:00Z"))
    assert heard(api, receiver) == []


def test_a_receiver_is_told_of_the_events_that_it_asked_for(api: Api, people: dict[str, str]) -> None:
    some, none = register(api, "question.asked", "question.closed"), register(api, "introduction.accepted")
    now = api.services.receivers.clock().isoformat()
    api.send(question("q1", at=now))
    api.send(deletion("question", "q1") | {"at": api.services.receivers.clock().isoformat()})
    assert heard(api, some) == [("question.asked", (people["bo"],))]
    assert heard(api, none) == []


def test_metrics_count_what_waits_and_what_became_of_it(sqlite_api: Api) -> None:
    receiver = register(sqlite_api)
    sqlite_api.send(person("ana"), person("bo"))
    sqlite_api.send(question("q1", at=sqlite_api.services.receivers.clock().isoformat()))
    figures = sqlite_api.get("/metrics").text
    assert f'quisait_webhooks_waiting{{receiver="{receiver}"}} 1.0' in figures
    for counted in ("sent", "failed", "dropped"):
        assert f'quisait_webhooks_{counted}_total{{receiver="{receiver}"}} 0.0' in figures
    assert heard(sqlite_api, receiver)


def test_a_receiver_that_is_removed_lowers_no_count(sqlite_api: Api) -> None:
    gone, stays = register(sqlite_api, "question.asked"), register(sqlite_api, "question.closed")
    for one, sent in zip(sqlite_api.services.receivers.all(), (5, 3), strict=True):
        taken = replace(one, sent=sent)
        sqlite_api.services.store.write(lambda tx, taken=taken: tx.webhooks.put_receiver(taken))
    sqlite_api.services.receivers.remove(gone)
    figures = sqlite_api.get("/metrics").text
    assert f'quisait_webhooks_sent_total{{receiver="{stays}"}} 3.0' in figures
    assert gone not in figures
