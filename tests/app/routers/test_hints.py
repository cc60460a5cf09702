"""A word that nobody wrote and that looks mistyped: what the asker may have meant."""

from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, person, post

FIBRE = "La fibre optique se nettoie avant chaque mesure, et l'étalonnage du réflectomètre se vérifie."


def hints(api: Api, question: str, **options: Any) -> dict[str, list[str]]:
    """The words that look mistyped, each with what may be meant."""
    answer = api.get(f"/v1/experts?q={question}", **options)
    assert answer.status_code == 200, answer.text
    return {hint["word"]: hint["suggestions"] for hint in answer.json()["hints"]}


def test_a_mistyped_word_is_told_with_what_may_be_meant(api: Api) -> None:
    api.send(person("ana"), post("p1", FIBRE, lang="fr"))
    assert hints(api, "qui connait la fibbre optique") == {"fibbre": ["fibre"]}
    assert hints(api, "Qui sait faire un ETALONAGE ?") == {"ETALONAGE": ["étalonnage"]}


def test_a_topic_of_the_host_is_told_by_any_of_its_names(api: Api) -> None:
    labels = {"pref_label": {"fr": "OTDR"}, "alt_labels": {"en": ["Backscatterer"]}}
    topic = {"kind": "topic", "source": "host", "id": "otdr", **labels}
    api.send(topic, person("ana"))
    assert hints(api, "who has a backscaterer") == {}  # nobody wrote about it
    api.send(post("p1", "Un OTDR neuf est arrivé à l'atelier.", lang="fr"))
    assert hints(api, "who has a backscaterer") == {"backscaterer": ["Backscatterer"]}


@pytest.mark.parametrize(
    "question",
    ["la fibre optique", "le saxophone", "la vibre", "une fibe", "la fibre2", "who is the"],
    ids=["all words known", "nothing is near", "another first letter", "too short", "a digit", "no words"],
)
def test_nothing_is_told_where_nothing_is_surely_meant(sqlite_api: Api, question: str) -> None:
    sqlite_api.send(person("ana"), post("p1", FIBRE, lang="fr"))
    assert hints(sqlite_api, question) == {}


def test_of_two_that_may_be_meant_the_commoner_is_told_first(sqlite_api: Api) -> None:
    texts = ("Le rendement baisse.", "Le règlement du fournisseur.", "Le règlement est arrivé.")
    sqlite_api.send(person("ana"), *(post(f"p{at}", text, lang="fr") for at, text in enumerate(texts)))
    assert hints(sqlite_api, "le regdement") == {"regdement": ["règlement", "rendement"]}


@pytest.mark.parametrize(("word", "told"), [("fibbre", True), ("Fibbre", False), ("FIBBRE", True)])
def test_what_is_written_as_a_name_and_is_close_to_one_is_no_mistyped_word(
    sqlite_api: Api, word: str, told: bool
) -> None:
    sqlite_api.send(person("ana", name="Ana Filbre"), post("p1", FIBRE, lang="fr"))
    assert bool(hints(sqlite_api, f"qui connaît {word}")) == told


def test_a_hint_is_none_where_nothing_was_written_in_the_community_asked_for(sqlite_api: Api) -> None:
    sent = sqlite_api.send(person("ana"), community("lab"), community("hall"), post("p1", FIBRE, community="lab"))
    lab, hall = (one["public_id"] for one in sent[1:3])
    assert hints(sqlite_api, f"la fibbre&community={lab}") == {"fibbre": ["fibre"]}
    assert hints(sqlite_api, f"la fibbre&community={hall}") == {}


def test_words_in_other_letters_are_left_as_they_are(sqlite_api: Api) -> None:
    topic = {"kind": "topic", "source": "host", "id": "otdr", "pref_label": {"en": "데이터분석기"}}
    sqlite_api.send(topic | {"alt_labels": {"en": ["OTDR"]}}, person("ana"), post("p1", "OTDR 데이터분석기"))
    assert hints(sqlite_api, "who has 데이터분섞기") == {}


def test_a_common_word_is_none_that_was_mistyped(sqlite_api: Api) -> None:
    sqlite_api.send(person("ana"), post("p1", "Le réducteur du tapis grince.", lang="fr"))
    assert hints(sqlite_api, "le rédacteur du journal") == {}


def test_what_only_hidden_posts_say_is_no_hint(api: Api) -> None:
    sent = api.send(person("ana"), person("bo"), community("lab", "bo", visibility="secret"))
    api.send(post("p1", FIBRE, community="lab", author="bo", lang="fr"))
    assert hints(api, "la fibbre") == {}
    assert hints(api, "la fibbre", headers={"Quisait-On-Behalf-Of": sent[1]["public_id"]}) == {"fibbre": ["fibre"]}


def test_people_are_neither_told_nor_taken_for_a_mistake(sqlite_api: Api) -> None:
    sqlite_api.send(
        person("ana", name="Ana Fibbre"), person("bo", name="Bo Réflectomètre"), post("p1", FIBRE, lang="fr")
    )
    assert hints(sqlite_api, "Ana Fibbre") == {}
    assert hints(sqlite_api, "un réflectométre") == {}
    assert hints(sqlite_api, "un reflectomtre, une fibrre") == {"fibrre": ["fibre"]}


def test_the_page_of_a_topic_has_no_hints(sqlite_api: Api) -> None:
    topic = {
        "kind": "topic",
        "source": "host",
        "id": "fibre",
        "pref_label": {"fr": "fibre optique", "en": "optical fibre"},
    }
    sent = sqlite_api.send(topic, person("ana"), post("p1", FIBRE, lang="fr"))
    assert sqlite_api.get(f"/v1/topics/{sent[0]['public_id']}/experts").json()["hints"] == []
