import numpy as np
import pytest

from graph.measures.setting import RankingSetting
from graph.measures.votes import Ballot, per_activity, post_weights, votes

SETTING = RankingSetting()


def weight(kind: float, acceptances: int, thanks: int, reactions: int) -> float:
    received = [np.array([number]) for number in (acceptances, thanks, reactions)]
    found = post_weights(
        np.array([kind]), acceptances=received[0], thanks=received[1], reactions=received[2], setting=SETTING
    )
    return float(found[0])


def test_weights_by_hand() -> None:
    assert weight(1, acceptances=1, thanks=2, reactions=5) == pytest.approx(2.8)
    assert weight(0.25, acceptances=0, thanks=0, reactions=2) == pytest.approx(0.45)
    assert weight(1, acceptances=0, thanks=0, reactions=0) == 1


def test_votes_by_hand() -> None:
    assert votes(np.array([0.5]), np.array([0.8]), SETTING) == pytest.approx([0.05])


def test_many_half_fitting_posts_cannot_outvote_one_that_fits() -> None:
    assert votes(np.full(15, 0.5), np.ones(15), SETTING).sum() < votes(np.ones(1), np.ones(1), SETTING).sum()


def test_votes_per_activity_by_hand() -> None:
    assert per_activity(np.array([6.0]), np.array([90]), SETTING) == pytest.approx([1.302883], abs=1e-6)


def test_a_ballot_is_tallied_by_person() -> None:
    ballot = Ballot(np.array([7, 8, 8]), np.array([2, 1, 2]), np.array([1.0, 2.0, 0.5]), np.array([False, False, True]))
    assert ballot.tally(4).tolist() == [0, 2, 1.5, 0]
    assert ballot.of(2).post.tolist() == [7, 8]
    assert ballot.of(2).is_endorsement.tolist() == [False, True]
    assert ballot.parts() == pytest.approx([2 / 3, 1, 1 / 3])


def test_votes_that_count_nothing_have_no_parts() -> None:
    assert Ballot(np.array([7]), np.array([2]), np.zeros(1), np.array([False])).parts().tolist() == [0]
