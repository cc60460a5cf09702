"""Certainty by hand."""

from dataclasses import replace

import numpy as np
import pytest

from graph.measures.certainty import Certainty, freshness, is_near, share_held, ten_best
from graph.measures.setting import RankingSetting

SETTING = RankingSetting()
SURE = Certainty(lead=0.4, freshness=freshness(365, SETTING), told=0.5, known=1.0, subject=1.0, posts=2)


def test_the_ten_best_scores_make_the_measure_of_a_lead() -> None:
    assert ten_best(np.array([1.0, 0.5, 0.5]), SETTING) == 2
    assert ten_best(np.ones(30), SETTING) == 10
    assert ten_best(np.zeros(0), SETTING) == 0


def test_freshness_by_hand() -> None:
    assert freshness(365, SETTING) == pytest.approx(0.793701, abs=1e-6)
    assert freshness(0, SETTING) == 1


def test_the_share_held_weighs_terms_by_their_rarity() -> None:
    assert share_held(np.array([5.0, 3.0, 1.0]), np.array([True, True, False])) == pytest.approx(8 / 9)


def test_confidence_by_hand() -> None:
    assert SURE.lead * SURE.freshness == pytest.approx(0.317480, abs=1e-6)
    assert SURE.confidence(SETTING) == "high"
    assert replace(SURE, told=0.25).confidence(SETTING) == "medium"
    assert replace(SURE, freshness=0.5).confidence(SETTING) == "medium"
    assert replace(SURE, lead=0.1).confidence(SETTING) == "low"


def test_a_single_remark_makes_nobody_sure() -> None:
    assert replace(SURE, lead=1.0, posts=1).confidence(SETTING) == "medium"


def test_words_that_everybody_says_make_nobody_sure() -> None:
    assert replace(SURE, subject=0.9).confidence(SETTING) == "medium"
    assert replace(SURE, lead=1.0, subject=0.7).confidence(SETTING) == "low"


@pytest.mark.parametrize("lacking", [{"known": 0.5}, {"told": 0.1}])
def test_nobody_is_sure_of_what_is_only_near(lacking: dict[str, float]) -> None:
    found = replace(SURE, lead=1.0, freshness=1.0, **lacking)
    assert (found.match(SETTING), found.confidence(SETTING)) == ("near", "low")


def test_who_wrote_often_about_a_part_is_near() -> None:
    rarities = np.array([4.0, 4.0])
    assert is_near(2.0, rarities, SETTING)
    assert not is_near(1.0, rarities, SETTING)  # once: 4 · .25
