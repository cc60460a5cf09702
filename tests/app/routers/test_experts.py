"""Who knows this, over HTTP."""

from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, person, post

FIBRE = "La fibre optique se nettoie avant chaque mesure."


def who(api: Api, question: str, **options: Any) -> list[str]:
    """The names of the people found."""
    answer = api.get(f"/v1/experts?q={question}", **options)
    assert answer.status_code == 200, answer.text
    return [item["person"]["name"] for item in answer.json()["items"]]


def test_the_author_of_a_matching_post_is_found_with_the_evidence(api: Api) -> None:
    api.send(person("ana"), community("optics"), post("p1", FIBRE, community="optics", url="https://chat.example/1"))
    [found] = api.get("/v1/experts?q=qui connait la fibre optique").json()["items"]
    assert found["person"]["accounts"] == [{"source": "chat", "id": "ana"}]
    assert found["score"] == 1.0
    [evidence] = found["evidence"]
    assert evidence["community"]["name"] == "optics"
    assert evidence["url"] == "https://chat.example/1"
    assert "fibre optique" in evidence["excerpt"]


def test_evidence_says_how_a_post_was_received(api: Api) -> None:
    results = api.send(
        person("ana"),
        person("bo"),
        post("q1", "Qui nettoie la fibre ?", author="bo", post_kind="question"),
        post("p1", FIBRE, reply_to="q1", post_kind="answer"),
        {
            "kind": "accept",
            "source": "chat",
            "id": "a1",
            "question": "q1",
            "answer": "p1",
            "at": "2026-01-06T12:00:00Z",
        },
        *(
            {"kind": "reaction", "source": "chat", "post": "p1", "author": by, "type": "thanks"}
            | {"at": "2026-01-06T12:00:00Z"}
            for by in ("bo", "cy")
        ),
    )
    assert {result["outcome"] for result in results} == {"created"}
    [found] = api.get("/v1/experts?q=fibre").json()["items"]
    [evidence] = found["evidence"]
    assert (evidence["accepted"], evidence["thanks"]) == (True, 2)


def test_the_factors_give_the_score(api: Api) -> None:
    api.send(person("ana"), person("bo"), post("p1", FIBRE), post("p2", "Une fibre, et du café.", author="bo"))
    for found in api.get("/v1/experts?q=fibre").json()["items"]:
        factors = found["factors"]
        share = factors["conversation_share"]
        total = ((1 - share) * factors["votes"] + share * factors["conversations"]) * factors["profile"]
        assert round(total / factors["best"], 6) == found["score"]


def test_a_question_of_common_words_says_why_nobody_is_named(sqlite_api: Api) -> None:
    answer = sqlite_api.get("/v1/experts?q=who is the", headers={"Accept-Language": "fr"}).json()
    assert answer["items"] == []
    assert answer["reason"]["code"] == "no_words"
    assert answer["reason"]["detail"].startswith("La question ne contient que des mots courants")


def test_a_closed_community_is_seen_by_its_members_only(api: Api) -> None:
    results = api.send(
        person("ana"),
        person("bo"),
        community("lab", "ana", "bo", visibility="secret"),
        post("p1", FIBRE, community="lab"),
    )
    bo = results[1]["public_id"]
    assert who(api, "fibre") == []
    assert who(api, "fibre", token=api.key("experts:read", person=bo)) == ["Ana"]
    assert who(api, "fibre", headers={"Quisait-On-Behalf-Of": bo}) == ["Ana"]


def test_in_a_community_where_nobody_wrote_about_it_nobody_is_named(sqlite_api: Api) -> None:
    sent = sqlite_api.send(
        person("ana"), community("optics"), community("cooking"), post("p1", FIBRE, community="optics")
    )
    answer = sqlite_api.get(f"/v1/experts?q=fibre&community={sent[2]['public_id']}").json()
    assert (answer["items"], answer["reason"]["code"]) == ([], "nobody")


def test_a_hidden_community_and_an_unknown_one_are_answered_alike(api: Api) -> None:
    hidden = api.send(community("lab", "ana", visibility="secret"))[0]["public_id"]
    for address in ("/v1/experts?q=fibre", "/v1/experts/explain?q=fibre&person=per_unknown"):
        answers = [api.get(f"{address}&community={name}") for name in (hidden, "com_unknown")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json() | {"trace_id": ""} == answers[1].json() | {"trace_id": ""}
        [error] = answers[0].json()["errors"]
        assert (error["pointer"], error["code"]) == ("/query/community", "unknown")


def test_an_asker_is_told_how_to_reach_the_expert(api: Api) -> None:
    results = api.send(
        person("ana"),
        person("bo"),
        post("p1", FIBRE),
        post("p2", "Merci !", author="bo", reply_to="p1", created_at="2026-01-06T12:00:00Z"),
    )
    bo = results[1]["public_id"]
    [found] = api.get(f"/v1/experts?q=fibre&asker={bo}").json()["items"]
    assert found["reach"]["kind"] == "direct"
    assert found["reach"]["path"] == [bo, results[0]["public_id"]]


def test_asking_for_somebody_else_needs_the_right_to_act_as_them(sqlite_api: Api) -> None:
    ana, bo = (result["public_id"] for result in sqlite_api.send(person("ana"), person("bo")))
    key = sqlite_api.key("experts:read", person=ana)
    assert sqlite_api.get(f"/v1/experts?q=fibre&asker={ana}", token=key).status_code == 200
    for options in ({"headers": {"Quisait-On-Behalf-Of": bo}}, {}):
        address = "/v1/experts?q=fibre" + ("" if options else f"&asker={bo}")
        answer = sqlite_api.get(address, token=key, **options)
        assert answer.status_code == 403
        assert 'scope="act-as"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("parameter", ["asker=per_unknown", "header"])
def test_a_person_who_does_not_exist_is_named_as_the_fault(sqlite_api: Api, parameter: str) -> None:
    headers = {"Quisait-On-Behalf-Of": "per_unknown"} if parameter == "header" else {}
    answer = sqlite_api.get("/v1/experts?q=fibre" + ("" if headers else f"&{parameter}"), headers=headers)
    assert answer.status_code == 404
    pointer = "/header/quisait-on-behalf-of" if headers else "/query/asker"
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_pages_follow_one_another_without_a_gap(api: Api) -> None:
    names = ["ana", "bo", "cy", "di", "ed"]
    api.send(
        *map(person, names),
        *(post(f"p{name}", f"fibre {'optique ' * at}", author=name) for at, name in enumerate(names)),
    )
    whole = who(api, "fibre optique&limit=5")
    found, address = [], "/v1/experts?q=fibre optique&limit=2"
    while address:
        answer = api.get(address)
        found += [item["person"]["name"] for item in answer.json()["items"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == whole and len(found) == 5


def test_who_knows_a_topic_is_found_by_its_id(api: Api) -> None:
    labels = {"fr": "fibre optique", "en": "optical fibre"}
    topic = {"kind": "topic", "source": "host", "id": "fibre", "pref_label": labels}
    results = api.send(topic, person("ana"), post("p1", FIBRE, lang="fr"))
    address = f"/v1/topics/{results[0]['public_id']}/experts"
    assert [item["person"]["name"] for item in api.get(address).json()["items"]] == ["Ana"]
    assert api.get("/v1/topics/top_unknown/experts").status_code == 404
