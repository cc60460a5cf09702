"""Reliability: how often sure names are right, and how often nobody is named."""

from scripts.reliability import accepted, refusals, reliability

HIGH = {"confidence": "high", "match": "direct"}
LOW = {"confidence": "low", "match": "near"}


def test_each_level_tells_its_share_and_how_often_it_is_right() -> None:
    firsts = {"q1": (HIGH, "ana"), "q2": (HIGH, "bob"), "q3": (LOW, "ana"), "q4": None, "unjudged": (HIGH, "bob")}
    found = reliability(firsts, {key: {"ana": 1, "bob": 0} for key in ("q1", "q2", "q3", "q4")})
    assert (found["high: share"], found["high: right"]) == (0.5, 0.5)
    assert (found["low: share"], found["low: right"]) == (0.25, 1.0)
    assert (found["medium: share"], found["medium: right"]) == (0, None)
    assert found["refused"] == 0.5


def test_questions_from_elsewhere_are_refused_by_nobody_or_by_people_near() -> None:
    found = refusals([None, None, LOW, HIGH])
    assert found == {"questions": 4, "nobody": 0.5, "nobody or near": 0.75, "high": 0.25}


def test_the_demo_s_accepted_questions_are_known_with_who_answered() -> None:
    found = dict(accepted())
    assert len(found) > 300
    assert found["Droits administrateur sur mon PC et une licence à demander : par où on passe ?"] == {
        "Bérengère Pruvost": 1
    }
