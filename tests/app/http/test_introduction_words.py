"""What is said of introductions."""

from app.http.introduction_words import NEXT_STEPS


def test_every_state_that_somebody_can_be_shown_has_a_sentence() -> None:
    states = {"asker": {"requested", "accepted", "expired"}, "target": {"accepted"}}
    states["intermediary"] = {*states["asker"], "declined"}
    assert NEXT_STEPS.keys() == {(role, state) for role, shown in states.items() for state in shown}
