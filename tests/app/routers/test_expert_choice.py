"""Whom an answer names: not who was asked already, nor who is away, and of equals first who has less to answer."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from graph.model import Ref
from tests.app.client import Api
from tests.app.records import community, person, post, question

FIBRE: Final = "La fibre optique se nettoie avant chaque mesure."
WEAKER: Final = "Une fibre optique, parmi tant d'autres choses dont on parle ici sans jamais en dire plus."
SOON: Final = (datetime.now(UTC) + timedelta(days=30)).date()


def ask(api: Api, query: str = "", **options: Any) -> dict[str, Any]:
    """The answer to a question about fibres."""
    return api.get(f"/v1/experts?q=fibre optique{query}", **options).raise_for_status().json()


def names(answer: dict[str, Any]) -> list[str]:
    """The names of the people in an answer."""
    return [item["person"]["name"] for item in answer["items"]]


def settle(api: Api, *people: dict[str, Any]) -> dict[str, str]:
    """These people, who know as much as each other, and Eve, who asks; the public ids by key."""
    everybody = [*people, person("eve")]
    results = api.send(*everybody, *(post(f"p-{one['id']}", FIBRE, author=one["id"], lang="fr") for one in people))
    return {one["id"]: result["public_id"] for one, result in zip(everybody, results, strict=False)}


def test_who_was_asked_already_is_left_out_and_the_others_keep_their_scores(api: Api) -> None:
    ids = settle(api, person("ana"), person("bo"))
    scores = {item["person"]["name"]: item["score"] for item in ask(api)["items"]}
    [left] = ask(api, f"&exclude={ids['ana']}")["items"]
    assert (left["person"]["name"], left["score"]) == ("Bo", scores["Bo"])


def test_when_all_who_know_it_were_asked_it_says_so(api: Api) -> None:
    ids = settle(api, person("ana"), person("bo"))
    excluded = f"&exclude={ids['ana']}&exclude={ids['bo']}"
    answer = ask(api, excluded, headers={"Accept-Language": "fr"})
    assert (answer["items"], answer["reason"]["code"]) == ([], "asked")
    assert answer["reason"]["detail"].startswith("Tous ceux qui")


def test_to_leave_out_whose_posts_are_hidden_makes_no_difference(api: Api) -> None:
    settle(api, person("ana"))
    hidden = api.send(
        person("cy"), community("lab", "cy", visibility="secret"), post("s1", FIBRE, author="cy", community="lab")
    )[0]["public_id"]
    for asked in ("fibre", "soudure"):
        whole = api.get(f"/v1/experts?q={asked}").json()
        assert api.get(f"/v1/experts?q={asked}&exclude={hidden}").json() == whole


def test_to_leave_out_who_is_unknown_or_hidden_is_refused_alike(api: Api) -> None:
    settle(api, person("ana"))
    api.send(community("lab", "cy", visibility="secret"), post("s1", FIBRE, author="zoe", community="lab"))
    zoe = api.services.identity.public_id("person", Ref("chat", "zoe"))
    for asked in ("fibre", "soudure", "de"):
        answers = [api.get(f"/v1/experts?q={asked}&exclude={name}") for name in ("per_unknown", zoe)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json() | {"trace_id": ""} == answers[1].json() | {"trace_id": ""}
        [error] = answers[0].json()["errors"]
        assert (error["pointer"], error["code"]) == ("/query/exclude", "unknown")


def test_pages_go_on_with_the_same_people_left_out(api: Api) -> None:
    ids = settle(api, *map(person, ("ana", "bo", "cy", "di")))
    excluded = f"&exclude={ids['bo']}&limit=1"
    first = ask(api, excluded)
    second = ask(api, f"{excluded}&cursor={first['next_cursor']}")
    assert {*names(first), *names(second)} < {"Ana", "Cy", "Di"}
    answer = api.get(f"/v1/experts?q=fibre optique&limit=1&cursor={first['next_cursor']}")
    assert answer.status_code == 400  # of another question


def test_who_is_away_is_shown_with_until_when_and_whom_to_ask_meanwhile(api: Api) -> None:
    api.send(
        person("ana", away_until=SOON.isoformat()),
        person("bo"),
        post("p1", FIBRE),
        post("p2", WEAKER, author="bo"),
        post("p3", "Le budget.", author="bo"),
    )
    answer = ask(api, headers={"Accept-Language": "en"})
    assert names(answer) == ["Bo"]
    [away] = answer["away"]
    assert (away["person"]["name"], away["away_until"], away["score"]) == ("Ana", SOON.isoformat(), 1)
    [note] = answer["notes"]
    assert note["code"] == "away"
    assert note["detail"].startswith("Ana knows this best and is away until ")
    assert note["detail"].endswith(f"{SOON.year}: meanwhile ask Bo.")


def test_nobody_is_sent_to_who_hardly_knows_it_while_who_does_is_away(api: Api) -> None:
    others = [person(f"p{number}") for number in range(12)]
    remarks = [post(f"r-{one['id']}", WEAKER, author=one["id"]) for one in others]
    api.send(person("ana", away_until=SOON.isoformat()), post("p1", FIBRE), *others, *remarks)
    answer = ask(api, "&sort=reach", headers={"Accept-Language": "en"})
    assert {item["confidence"] for item in answer["items"]} == {"low"}
    [note] = answer["notes"]
    assert note["detail"].startswith("Ana knows this and is away until ") and "meanwhile" not in note["detail"]


def test_when_only_somebody_away_knows_it_it_says_until_when(api: Api) -> None:
    api.send(person("ana", away_until=SOON.isoformat()), post("p1", FIBRE))
    answer = ask(api, headers={"Accept-Language": "fr"})
    assert (answer["items"], answer["reason"]["code"], len(answer["away"])) == ([], "away", 1)
    assert answer["notes"][0]["detail"].startswith("Ana s'y connaît et est en absence jusqu'au ")


def test_who_is_away_and_was_asked_already_is_not_shown(api: Api) -> None:
    [ana, *_] = api.send(person("ana", away_until=SOON.isoformat()), post("p1", FIBRE))
    answer = ask(api, f"&exclude={ana['public_id']}")
    assert (answer["away"], answer["notes"], answer["reason"]["code"]) == ([], [], "asked")


def test_who_comes_after_is_no_reason_to_speak_of_who_is_away(api: Api) -> None:
    api.send(
        person("ana"), person("bo", away_until=SOON.isoformat()), post("p1", FIBRE), post("p2", WEAKER, author="bo")
    )
    answer = ask(api)
    assert [one["person"]["name"] for one in answer["away"]] == ["Bo"]
    assert answer["notes"] == []


def test_of_equals_who_has_fewer_questions_comes_first_when_wanted(api: Api) -> None:
    settle(api, *map(person, ("ana", "bo", "cy")))
    before = names(ask(api))
    busiest, busy, free = (name.lower() for name in before)
    api.send(*(question(f"q{at}", asker="eve", asked=key) for at, key in enumerate((busiest, busiest, busy))))
    assert names(ask(api)) == before
    spread = ask(api, "&spread=true", headers={"Accept-Language": "en"})
    assert names(spread) == [free.title(), busy.title(), busiest.title()]
    assert [note["code"] for note in spread["notes"]] == ["spread"]
    assert ask(api, "&spread=true&limit=1")["items"][0]["person"]["name"] == free.title()


def test_without_a_question_to_anybody_nothing_moves_and_nothing_is_said(api: Api) -> None:
    settle(api, *map(person, ("ana", "bo", "cy")))
    spread = ask(api, "&spread=true")
    assert (spread["items"], spread["notes"]) == (ask(api)["items"], [])


def test_who_has_enough_questions_comes_after_their_equals(api: Api) -> None:
    settle(api, *(person(key, most_questions=1 if key == "ana" else 5) for key in ("ana", "bo")))
    api.send(question("q1", asker="eve", asked="ana"), *(question(f"r{at}", asker="eve") for at in range(3)))
    assert names(ask(api, "&spread=true")) == ["Bo", "Ana"]


def test_nobody_passes_who_is_clearly_better(api: Api) -> None:
    api.send(person("ana"), person("bo"), person("eve"), post("p1", FIBRE), post("p2", WEAKER, author="bo"))
    api.send(*(question(f"q{at}", asker="eve", asked="ana") for at in range(9)))
    assert names(ask(api, "&spread=true")) == ["Ana", "Bo"]


def test_topics_take_the_same_wishes(api: Api) -> None:
    labels = {"fr": "fibre optique", "en": "optical fibre"}
    topic = {"kind": "topic", "source": "host", "id": "fibre", "pref_label": labels}
    [found, *_] = api.send(topic)
    ids = settle(api, person("ana"), person("bo"))
    address = f"/v1/topics/{found['public_id']}/experts"
    first, second = names(api.get(address).json())
    api.send(question("q1", asker="eve", asked=first.lower()))
    assert names(api.get(f"{address}?spread=true").json()) == [second, first]
    assert names(api.get(f"{address}?exclude={ids[first.lower()]}").json()) == [second]


@pytest.mark.parametrize("wrong", ["exclude=ana", "spread=perhaps"])
def test_a_wrong_wish_is_named(sqlite_api: Api, wrong: str) -> None:
    answer = sqlite_api.get(f"/v1/experts?q=fibre&{wrong}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(f"/query/{wrong.partition('=')[0]}")


def test_to_ask_about_it_often_makes_nobody_sure(api: Api) -> None:
    remark = post("p1", FIBRE, post_kind="comment")
    api.send(person("ana"), remark, *(post(f"q{at}", FIBRE, post_kind="question") for at in range(2)))
    [ana] = ask(api)["items"]
    assert (ana["certainty"]["posts"], ana["confidence"]) == (1, "medium")
    api.send(post("p2", FIBRE, post_kind="comment"))
    [ana] = ask(api)["items"]
    assert (ana["certainty"]["posts"], ana["confidence"]) == (2, "high")
