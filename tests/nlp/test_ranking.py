"""The strength of a topic: what raises it, what lowers it, and the formula by hand."""

import math

import pytest

from nlp.model import Candidate
from nlp.ranking import background, rarity, topic_strength, weights


def mentions(*words: str, position: int = 0, times: int = 1) -> list[Candidate]:
    return [Candidate(0, 1, position, words)] * times


def test_the_formula_worked_by_hand() -> None:
    # Three times, two unseen words, at the fifth token: (1 + ln 3)(14.17 − 6)·1.35 / (1 + ln 5 / 4).
    score = (1 + math.log(3)) * (-math.log(7e-7) - 6) * 1.35 / (1 + math.log(5) / 4)
    found = topic_strength(mentions("zzxq", "qxzz", position=4, times=3), language="en")
    assert found == pytest.approx(score / (score + weights().half_strength))


def test_rare_words_outweigh_common_ones() -> None:
    assert topic_strength(mentions("kubernetes"), language="en") > topic_strength(mentions("house"), language="en")


def test_what_is_said_often_or_early_is_stronger() -> None:
    once = topic_strength(mentions("cluster", position=5), language="en")
    assert topic_strength(mentions("cluster", position=5, times=3), language="en") > once
    assert topic_strength(mentions("cluster", position=0), language="en") > once


def test_known_and_shared_topics_are_stronger() -> None:
    unknown = topic_strength(mentions("cluster"), language="en")
    assert topic_strength(mentions("cluster"), language="en", weight=1.25) > unknown
    assert topic_strength(mentions("cluster"), language="en", shared=True) > unknown


def test_a_known_topic_of_common_words_is_not_lost() -> None:
    assert topic_strength(mentions("go"), language="en", weight=1.0) > 2 * topic_strength(mentions("go"), language="en")


@pytest.mark.parametrize("times", [1, 10, 100_000])
def test_strength_stays_below_one(times: int) -> None:
    assert 0 < topic_strength(mentions("a", "b", "c", times=times), language=None, weight=5.0, shared=True) < 1


def test_accents_do_not_make_a_word_rare() -> None:
    assert rarity(["HôTEL".lower()], language="en") == pytest.approx(rarity(["hotel"], language="en"), abs=0.5)


def test_an_unknown_language_takes_the_commoner() -> None:
    assert rarity(["maison"], language=None) == rarity(["maison"], language="fr") < rarity(["maison"], language="en")


def test_the_background_holds_most_of_what_is_said() -> None:
    for language in ("fr", "en"):
        shares = background(language)
        assert 29_000 < len(shares) <= 30_000
        assert 0.85 < sum(shares.values()) < 1.1
