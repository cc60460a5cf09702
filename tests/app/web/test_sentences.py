"""Sentences of the page in which somebody or something else is a link."""

from typing import Any

import pytest

from tests.app.web.conftest import Visitor

pytestmark = pytest.mark.xdist_group("page")  # one service and one browser

PEOPLE = ["Ana Brun", "Ana Brunet", "An"]
NAMES_IN = """async ([sentence, names]) => {
  const { linked } = await import("/static/naming.js");
  const people = names.map((name) => ({ id: name, name, accounts: [] }));
  return linked(sentence, people).filter((part) => part.href).map((link) => link.textContent);
}"""
ASKED_AGAIN = """async ([question, hints]) => {
  const { hintLine } = await import("/static/hint.js");
  const link = hintLine(hints[0], question, hints).querySelector("a");
  return new URLSearchParams(link.href.split("?")[1]).get("q");
}"""


def run(visitor: Visitor, script: str, *given: Any) -> Any:
    return visitor.arrive(language="en-GB").evaluate(script, list(given))


def hint(word: str, *suggestions: str) -> dict[str, Any]:
    """What the service says of a word that nobody wrote."""
    return {"word": word, "suggestions": list(suggestions)}


def test_of_names_that_hold_each_other_the_whole_one_is_linked(visitor: Visitor) -> None:
    assert run(visitor, NAMES_IN, "Did Ana Brunet help, Ana Brun? Answer An.", PEOPLE) == [
        "Ana Brunet",
        "Ana Brun",
        "An",
    ]
    assert run(visitor, NAMES_IN, "Another sentence.", PEOPLE) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("vibraton and VIBRATON, not vibratons", "vibration and vibration, not vibratons"),
        ("vibra\u00adton\u200b of bearings", "vibration of bearings"),
    ],
    ids=["each time", "with what nobody sees inside"],
)
def test_a_word_is_put_right_wherever_it_stands(visitor: Visitor, question: str, expected: str) -> None:
    assert run(visitor, ASKED_AGAIN, question, [hint("vibraton", "vibration")]) == expected


def test_words_that_can_be_meant_in_one_way_only_are_put_right_together(visitor: Visitor) -> None:
    hints = [hint("vibraton", "vibration"), hint("beering", "bearing"), hint("shaff", "shaft", "chaff")]
    asked = run(visitor, ASKED_AGAIN, "vibraton of a beering on a shaff", hints)
    assert asked == "vibration of a bearing on a shaff"
