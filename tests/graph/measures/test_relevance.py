from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from graph.arrays import FloatArray, IntArray
from graph.measures.relevance import post_relevance, profile_relevance, question_fit, rarity, telling
from graph.measures.setting import RankingSetting

SETTING = RankingSetting()


@dataclass
class Term:
    posts: IntArray
    count: FloatArray
    first: FloatArray
    length: IntArray
    people: IntArray
    people_count: FloatArray


@dataclass
class Everything:
    posts: int = 2
    words: int = 40
    people: int = 2
    words_by: IntArray = field(default_factory=lambda: np.array([0, 30, 10]))


def a_term(posts: list[int], people: list[int]) -> Term:
    ones = np.ones(len(posts))
    where, who = np.array(posts, dtype=int), np.array(people, dtype=int)
    return Term(where, ones, ones, np.full(len(posts), 20), who, np.ones(len(people)))


def test_rarity_by_hand() -> None:
    assert rarity(10, 1) == pytest.approx(1.992430, abs=1e-6)


def test_rarity_is_above_nothing_even_if_everybody_uses_the_term() -> None:
    assert rarity(1, 1) > 0


def test_post_relevance_by_hand() -> None:
    found = post_relevance(np.array([2.0]), np.array([1.0]), np.array([30]), mean_length=20, setting=SETTING)
    assert found == pytest.approx([2 / 3.5 + 0.5 / 2.2], abs=1e-9)
    assert found == pytest.approx([0.798701], abs=1e-6)


def test_without_a_first_line_its_part_is_left_out() -> None:
    found = post_relevance(np.array([2.0]), np.zeros(0), np.array([30]), mean_length=20, setting=SETTING)
    assert found == pytest.approx([2 / 3.5])


def test_profile_relevance_by_hand() -> None:
    found = profile_relevance(np.array([3.0]), np.array([100]), mean_words=50, setting=SETTING)
    assert found == pytest.approx([0.476190], abs=1e-6)


def test_fits_add_up_over_terms_as_often_as_they_were_asked_for() -> None:
    fit = question_fit([a_term([0, 2], [1, 2]), a_term([2], [2])], [1, 2], Everything(), SETTING)
    common, rare = rarity(2, 2), 2 * rarity(2, 1)
    each = 1 / 2.2 + 0.5 / 2.2
    assert fit.posts.tolist() == [0, 2]
    assert fit.post == pytest.approx([common * each, (common + rare) * each])
    assert fit.of(np.array([2])) == pytest.approx([(common + rare) * each])
    assert fit.rarities == pytest.approx([common, rare])
    assert fit.profile[2] == pytest.approx((common + rare) * (1 / (1 + 3 * (0.9 + 0.1 * 10 / 20))))


def test_a_term_of_which_no_post_is_looked_at_tells_profiles_alone() -> None:
    fit = question_fit([a_term([], [1])], [1], Everything(), SETTING)
    assert fit.posts.size == fit.post.size == 0
    assert fit.profile[1] > 0


def test_a_term_that_nobody_used_makes_the_question_rarer_and_fits_nothing() -> None:
    fit = question_fit([a_term([], [])], [1], Everything(), SETTING)
    assert fit.posts.size == 0
    assert fit.rarities == pytest.approx([rarity(2, 0)])


def test_everyday_words_tell_little_of_a_subject() -> None:
    assert [telling(everyday_rarity, SETTING) for everyday_rarity in (5.0, 7.5, 14.0)] == [0.3, 0.5, 1.0]


def test_terms_that_only_people_have_fit_no_post() -> None:
    fit = question_fit(
        [replace(a_term([], []), people=np.array([0]), people_count=np.array([1.0]))], [1], Everything(), SETTING
    )
    assert fit.posts.size == 0 and fit.profile[0] > 0
