"""Topics of several lists that share a name, over HTTP: which came first is nowhere to be seen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest

from app.settings import Settings
from nlp.extraction import TopicExtractor
from scripts.load_demo import COMPANY
from scripts.neo4j_server import emptied
from tests.app.client import Api, running_api
from tests.app.records import person, post


def topic(source: str, key: str, fr: str, en: str | None = None, **fields: Any) -> dict[str, Any]:
    """A topic of a list."""
    return {"kind": "topic", "source": source, "id": key, "pref_label": {"fr": fr, "en": en}, **fields}


OWN = (topic("own", "1", "AMDEC", "FMEA"), topic("own", "2", "banc d'essai", "test bench", alt_labels={"fr": ["banc"]}))
OTHER = (
    topic("csv", "AMDEC", "AMDEC"),
    topic("csv", "banc", "Bancs d'essai", alt_labels={"fr": ["banc de mesure"]}),
    topic("csv", "gyrotron", "gyrotron", related=["AMDEC"]),
)
POSTS = (
    person("ana"),
    person("bob"),
    post("p1", "Une AMDEC se prépare avec les opérateurs.", lang="fr"),
    post("p2", "L'AMDEC du banc d'essai est à jour.", lang="fr"),
    post("p3", "Les bancs d'essai sont froids.", author="bob", lang="fr"),
)
QUESTIONS = ("Qui connaît l'AMDEC ?", "Qui connaît le gyrotron ?", "Who knows the test bench?", "Le banc de mesure ?")

Open = Callable[[], Any]


@pytest.fixture
def opened(store_address: str, tmp_path: Path, extractor: TopicExtractor) -> Callable[[], Any]:
    """Opens the application on an empty store, which gives the same ids each time."""
    places = count()

    @contextmanager
    def open_it() -> Iterator[Api]:
        folder = tmp_path / str(next(places))
        folder.mkdir()
        store = None if store_address.startswith("sqlite") else emptied(store_address)
        with running_api(Settings(store=store, data_dir=folder, secret_file=COMPANY / "secret.txt"), extractor) as api:
            yield api

    return open_it


def answers(api: Api) -> list[str]:
    """What is said of all these topics and of who knows them."""
    ids = [result["public_id"] for result in api.send(*OWN, *OTHER)]
    addresses = [address for one in ids for address in (f"/v1/topics/{one}", f"/v1/topics/{one}/experts")]
    asked = [api.get("/v1/experts", params={"q": question}) for question in QUESTIONS]
    return [answer.text for answer in (*map(api.get, ("/v1/topics", *addresses)), *asked) if answer.status_code == 200]


def matches(api: Api, question: str) -> list[tuple[str, str]]:
    """Who is named, and how well they fit."""
    items = api.get("/v1/experts", params={"q": question}).json()["items"]
    return [(item["person"]["name"], item["match"]) for item in items]


def taken_back(record: dict[str, Any]) -> dict[str, Any]:
    """What takes that record back."""
    ref = {key: record[key] for key in ("source", "id")}
    return {"kind": "delete", "target": record["kind"], "at": "2026-02-01T00:00:00Z", **ref}


@pytest.mark.parametrize("lists", [(OWN, OTHER), (OTHER, OWN)])
def test_what_is_close_to_a_topic_is_found_by_the_name_that_another_list_gives_it(
    api: Api, lists: Sequence[Sequence[dict[str, Any]]]
) -> None:
    for topics in lists:
        api.send(*topics)
    api.send(*POSTS)
    assert matches(api, "Qui connaît le gyrotron ?") == [("Ana", "near")]


def test_no_order_of_arrival_changes_an_answer(opened: Open) -> None:
    said: list[list[str]] = []
    for parts in (*permutations((OWN, OTHER, POSTS)), (OTHER, OWN, POSTS, OWN, OTHER)):
        with opened() as api:
            for records in parts:
                api.send(*records)
            said.append(answers(api))
    assert all(answer == said[0] for answer in said)


def test_taking_back_a_list_gives_everything_back(opened: Open) -> None:
    with opened() as api:
        api.send(*OWN, *POSTS)
        alone = [api.get(address).text for address in ("/v1/topics", "/v1/experts?q=banc")]
    with opened() as api:
        api.send(*OTHER, *POSTS)  # which mention the topics of this list
        api.send(*OWN)
        assert {one["outcome"] for one in api.send(*map(taken_back, OTHER))} == {"retracted"}
        assert [api.get(address).text for address in ("/v1/topics", "/v1/experts?q=banc")] == alone


def test_what_is_one_by_its_name_is_shown_as_the_better_one_until_somebody_parts_them(api: Api) -> None:
    own, other = (api.send(list_[1])[0]["public_id"] for list_ in (OWN, OTHER))
    api.send(*POSTS)
    assert api.get(f"/v1/topics/{other}").json()["id"] == own
    assert api.get("/v1/topics/merge-suggestions").json()["items"] == []
    undo = f"/v1/topics/{other}/merge"
    assert api.request("DELETE", undo).status_code == 204
    assert api.request("DELETE", undo).status_code == 404
    api.send({**OTHER[1], "alt_labels": {"fr": ["banc froid"]}}, {**OWN[1], "alt_labels": {}})
    assert api.get(f"/v1/topics/{other}").json()["id"] == other
    assert api.get("/v1/topics/merge-suggestions").json()["items"] == []
    assert api.request("POST", undo, json={"into": own}).status_code == 204
    assert api.get(f"/v1/topics/{other}").json()["id"] == own
    assert api.request("DELETE", undo).status_code == 204
    assert api.get(f"/v1/topics/{other}").json()["id"] == other
