"""A question that calls somebody by name leads to them, whatever they know."""

from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, deletion, person, post

GUERIN = person("ana", name="Claire Guérin")
FIBRE = "La fibre optique se nettoie avant chaque mesure."


def named(api: Api, question: str, **options: Any) -> list[str]:
    """The names of the people whom a question leads to."""
    answer = api.get("/v1/experts", params={"q": question}, **options)
    assert answer.status_code == 200, answer.text
    return [someone["name"] for someone in answer.json()["named_people"]]


def test_somebody_is_led_to_by_name_beside_who_wrote_that_name(api: Api) -> None:
    text = "Claire Guérin nettoie la fibre optique avant chaque mesure."
    sent = api.send(GUERIN, person("bo"), post("p1", text, author="bo", lang="fr"))
    answer = api.get("/v1/experts", params={"q": "Claire Guérin nettoie-t-elle la fibre ?"}).json()
    account = {"source": "chat", "id": "ana"}
    assert answer["named_people"] == [{"id": sent[0]["public_id"], "name": "Claire Guérin", "accounts": [account]}]
    assert [item["person"]["name"] for item in answer["items"]] == ["Bo"]
    assert named(api, "Qui connaît Guérin ?") == named(api, "guerin claire") == ["Claire Guérin"]
    assert named(api, "Qui nettoie la fibre ?") == []


def test_a_name_is_led_to_where_nobody_wrote_it_and_where_it_says_nothing_else(sqlite_api: Api) -> None:
    sqlite_api.send(person("will", name="Will Who"))
    answer = sqlite_api.get("/v1/experts", params={"q": "Will Who?"}).json()
    assert answer["reason"]["code"] == "no_words"
    assert [someone["name"] for someone in answer["named_people"]] == ["Will Who"]


def test_the_asker_and_whom_a_question_excludes_may_be_named(sqlite_api: Api) -> None:
    ana = sqlite_api.send(GUERIN)[0]["public_id"]
    assert named(sqlite_api, "Guérin", headers={"Quisait-On-Behalf-Of": ana}) == ["Claire Guérin"]
    answer = sqlite_api.get("/v1/experts", params={"q": "Guérin", "exclude": ana}).json()
    assert len(answer["named_people"]) == 1


def test_who_is_inactive_a_bot_or_gone_is_named_no_more(api: Api) -> None:
    api.send(GUERIN, person("bo", name="Bo Bot", bot=True))
    api.send(GUERIN | {"active": False})
    assert named(api, "Claire Guérin") == named(api, "Bo Bot") == []
    api.send(GUERIN)
    assert named(api, "Claire Guérin") == ["Claire Guérin"]
    api.send(deletion("person", "ana"))
    assert named(api, "Claire Guérin") == []


def test_a_name_that_more_than_three_bear_means_nobody(api: Api) -> None:
    api.send(*(person(f"p{at}", name=f"Claire {family}") for at, family in enumerate(("Roy", "Morin", "Faure"))))
    assert named(api, "Ce que dit Claire") == ["Claire Faure", "Claire Morin", "Claire Roy"]
    api.send(GUERIN)
    assert named(api, "Ce que dit Claire") == []
    assert named(api, "Claire Guérin") == ["Claire Guérin"]


def test_at_most_three_are_told_each_once_in_the_order_of_the_question(sqlite_api: Api) -> None:
    sqlite_api.send(*(person(name, name=f"Zoé {name}") for name in ("Roy", "Morin", "Faure", "Diop")))
    assert named(sqlite_api, "Avec Diop, puis Zoé Morin, Zoé Roy, Zoé Morin, Zoé Faure") == [
        "Zoé Diop",
        "Zoé Morin",
        "Zoé Roy",
    ]


def test_a_word_of_a_topic_is_nobodys_name_unless_all_of_the_name_stands_there(api: Api) -> None:
    labels = {"pref_label": {"fr": "diagramme d'Ishikawa"}, "alt_labels": {"fr": ["Pascal"]}}
    topic = {"kind": "topic", "source": "host", "id": "fishbone", **labels}
    api.send(person("ana", name="Pascal Ishikawa"), person("bo", name="Julia Mura"))
    assert named(api, "Qui connaît Pascal ?") == named(api, "Qui connaît Ishikawa ?") == ["Pascal Ishikawa"]
    api.send(topic, post("p1", "Un diagramme d'Ishikawa se lit à plusieurs.", author="bo", lang="fr"))
    assert named(api, "Qui connaît Pascal ?") == named(api, "Qui connaît Ishikawa ?") == []
    assert named(api, "Qui connaît Pascal Ishikawa ?") == ["Pascal Ishikawa"]


@pytest.mark.parametrize("word", ["Python", "Kafka"])
def test_a_topic_that_comes_with_the_program_is_nobodys_name(sqlite_api: Api, word: str) -> None:
    sqlite_api.send(person("ana", name=f"Ana {word}"))
    assert named(sqlite_api, f"Qui connaît {word} ?") == []


def test_what_only_hidden_posts_tell_of_keeps_nobody_from_being_named(api: Api) -> None:
    sent = api.send(person("ana", name="Ana Ishikawa"), person("bo"), community("lab", "bo", visibility="secret"))
    text = "Le diagramme d'Ishikawa montre les causes. Un diagramme d'Ishikawa se lit à plusieurs."
    api.send(post("p1", text, author="bo", community="lab", lang="fr"))
    assert named(api, "Qui connaît Ishikawa ?") == ["Ana Ishikawa"]
    assert named(api, "Qui connaît Ishikawa ?", headers={"Quisait-On-Behalf-Of": sent[1]["public_id"]}) == []


def test_who_is_known_by_posts_only_has_no_name_to_be_called_by(api: Api) -> None:
    api.send(person("ana"), post("p1", FIBRE, author="guerin", lang="fr"))
    assert named(api, "Qui connaît Guerin ?") == []


def test_the_page_of_a_topic_names_nobody(sqlite_api: Api) -> None:
    topic = {"kind": "topic", "source": "host", "id": "fibre", "pref_label": {"en": "optical fibre"}}
    sent = sqlite_api.send(topic, person("ana", name="Ana Fibre"), post("p1", FIBRE, lang="fr"))
    assert sqlite_api.get(f"/v1/topics/{sent[0]['public_id']}/experts").json()["named_people"] == []
