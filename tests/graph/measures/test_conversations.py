import numpy as np
import pytest

from graph.measures.conversations import conversation_share, voices
from graph.measures.setting import RankingSetting

SETTING = RankingSetting()


def test_voices_by_hand() -> None:
    found = voices(
        np.full(3, 0.6),
        np.full(3, 0.5),
        np.array([2.0, 1.0, 1.0]),
        is_opener=np.array([False, True, True]),
        is_asker=np.array([False, False, True]),
        setting=SETTING,
    )
    assert found == pytest.approx([0.36, 0.09, 0.0])


def test_the_share_of_conversations_by_hand() -> None:
    assert conversation_share(300, 1_000, SETTING) == pytest.approx(0.18)
    assert conversation_share(0, 0, SETTING) == 0
