"""What is said of questions."""

from typing import get_args

from app.http.question_words import NEXT_STEPS
from graph.model import QuestionOutcome


def test_every_outcome_that_somebody_can_be_shown_has_a_sentence() -> None:
    outcomes = (None, *get_args(QuestionOutcome))
    shown = {(role, outcome) for role in ("asker", "asked") for outcome in outcomes}
    assert NEXT_STEPS.keys() == {*shown, ("redirected", "redirected")}
