import numpy as np
import pytest

from graph.measures.conversations import conversation_share, voices
from graph.measures.setting import RankingSetting

SETTING = RankingSetting()


def test_voices_by_hand() -> None:
    found = voices(np.array([0.6, 0.6]), np.array([0.5, 0.5]), np.array([False, True]), SETTING)
    assert found == pytest.approx([0.18, 0.09])


def test_the_share_of_conversations_by_hand() -> None:
    assert conversation_share(300, 1_000, SETTING) == pytest.approx(0.18)
    assert conversation_share(0, 0, SETTING) == 0
