"""What is planted in the demo's company is found, and what is secret there stays secret."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from graph.model import Ref
from scripts.load_demo import files
from tests.app.client import Api

PLANTED = [
    ("Who can decode VX frames from a series 200 machine?", "Fábio da Silva"),
    ("Qui connaît le carnet ATA ?", "Élodie Brunet"),
    ("Pourquoi la pesée dérive-t-elle quand il fait chaud ?", "Rania Haddad"),
    ("Qui s'y connaît en analyse vibratoire des roulements ?", "Yves Guérin"),
    ("Qui connaît la fibre ?", "Maëlle Faure"),
    ("Qui sait réduire un temps de changement de format ?", "Lucie Perrin"),
    ("Comment passer une variable d'automate OPC UA dans Kafka ?", "Seydou Koné"),
    ("Qui sait pourquoi une liaison fibre perd des trames quand il fait chaud ?", "Maëlle Faure"),
    ("Who knows about Kafka consumer lag?", "Joana Vidal"),
    ("Who knows clock synchronisation, PTP or NTP?", "Thanh Nguyen"),
    ("Graisse polyurée ou lithium ?", "Yves Guérin"),
    ("Comment relancer un levain trop froid ?", "Bastien Leclerc"),
]
SECRET = "Qui est conseiller en radioprotection ?"


def rows(pattern: str) -> Iterator[Mapping[str, Any]]:
    """The records of the demo's files of this name."""
    for path in files(pattern):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def named(demo: Api, question: str, **headers: str) -> list[Mapping[str, Any]]:
    """The people named for a question, best first."""
    answer = demo.get("/v1/experts", params={"q": question}, headers=headers)
    return [item["person"] for item in answer.raise_for_status().json()["items"]]


@pytest.mark.parametrize(("question", "name"), PLANTED)
def test_what_is_planted_is_found(demo: Api, question: str, name: str) -> None:
    assert named(demo, question)[0]["name"] == name


def test_a_secret_is_known_to_its_members_and_leaves_no_trace_for_others(demo: Api) -> None:
    member = demo.services.identity.public_id("person", Ref("chat:atelier", "amoreau"))
    assert named(demo, SECRET) == []
    assert named(demo, SECRET, **{"Quisait-On-Behalf-Of": member})[0]["name"] == "Mathieu Lacroix"


def test_asking_is_not_knowing(demo: Api) -> None:
    """Of accepted questions asked again by their first sentence, who answered comes first more often than who asked."""
    posts = {(row["source"], row["id"]): row for row in rows("posts/*.jsonl")}
    first = {"answered": 0, "asked": 0}
    for accept in (row for row in rows("interactions/*.jsonl") if row["kind"] == "accept"):
        asked, answered = (posts[accept["source"], accept[key]] for key in ("question", "answer"))
        sentence = asked.get("title") or re.split(r"(?<=[.!?])\s", asked["text"])[0]
        best = named(demo, sentence)[:1]
        accounts = {(account["source"], account["id"]) for person in best for account in person["accounts"]}
        first["answered"] += (answered["source"], answered["author"]) in accounts
        first["asked"] += (asked["source"], asked["author"]) in accounts
    assert first["answered"] > 1.5 * first["asked"], first
