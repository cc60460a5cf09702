"""Everybody in the demo's company is led to by name, and no question of another subject names anybody."""

from collections.abc import Iterator
from typing import Final

import pytest

from graph.projection.names import plain
from scripts.load_demo import COMPANY, rows
from tests.app.client import Api
from tests.app.test_demo import PLANTED

THERE: Final = sorted({account["name"] for account in rows("people.jsonl") if account.get("active", True)})


def named(demo: Api, question: str) -> list[str]:
    """The names of the people whom a question leads to."""
    answer = demo.get("/v1/experts", params={"q": question, "limit": 1}).raise_for_status().json()
    return [someone["name"] for someone in answer["named_people"]]


def turned(name: str) -> str:
    """A name with its family name first."""
    first, family = name.split(" ", 1)
    return f"{family} {first}"


def led(demo: Api, question: str, name: str) -> bool:
    """Whether asking so leads to that person."""
    return name in named(demo, question)


def test_everybody_is_led_to_by_their_whole_name(demo: Api) -> None:
    def ways(name: str) -> Iterator[str]:
        yield name
        yield f"Qui connaît {turned(name)} ?"
        yield f"who is {plain(name)}"

    assert len(THERE) == 224
    assert not [way for name in THERE for way in ways(name) if not led(demo, way, name)]


@pytest.mark.parametrize("question", ["Qui connaît {} ?", "Could {} help with a load cell?"])
def test_nearly_everybody_is_led_to_by_their_family_name(demo: Api, question: str) -> None:
    asked = {name: question.format(name.split(" ", 1)[1]) for name in THERE}
    missed = [way for name, way in asked.items() if not led(demo, way, name)]
    assert len(missed) <= 5, missed  # Petit is a common word, and some share their name with more than two others


def test_no_question_about_a_subject_names_anybody(demo: Api) -> None:
    elsewhere = (COMPANY / "elsewhere.txt").read_text(encoding="utf-8").splitlines()
    questions = [*elsewhere, *(question for question, _ in PLANTED)]
    assert not [(question, wrong) for question in questions if (wrong := named(demo, question))]
