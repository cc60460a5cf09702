import numpy as np
import pytest

from graph.measures.expertise import Expertise, expertise, relative
from graph.measures.setting import RankingSetting

SETTING = RankingSetting()


def by_hand() -> Expertise:
    return expertise(
        np.array([11, 12]),
        votes=np.array([4.0, 1.0]),
        conversations=np.array([1.0, 2.0]),
        profile=np.array([3.0, 2.0]),
        conversation_share=0.25,
    )


def test_expertise_by_hand() -> None:
    assert by_hand().total == pytest.approx([2.625, 0.875])
    assert by_hand().score == pytest.approx([1, 1 / 3])


def test_a_score_can_be_worked_out_from_its_factors() -> None:
    found = by_hand().factors(1)
    fused = (1 - found.conversation_share) * found.votes + found.conversation_share * found.conversations
    assert found.total == fused * found.profile
    assert found.total / found.best == by_hand().score[1]


def test_nobody_has_no_expertise() -> None:
    none = np.zeros(0)
    found = expertise(np.array([], int), votes=none, conversations=none, profile=none, conversation_share=0.1)
    assert (found.score.size, found.best) == (0, 0)


def test_values_are_relative_to_their_largest() -> None:
    assert relative(np.array([2.0, 4.0, 1.0])).tolist() == [0.5, 1, 0.25]
    assert relative(np.zeros(2)).tolist() == [0, 0]
