"""Conversations: a thread that fits by its opening post speaks for those who took part in it."""

import numpy as np

from graph.arrays import BoolArray, FloatArray
from graph.measures.setting import RankingSetting


def voices(
    relative: FloatArray,
    decay: FloatArray,
    weight: FloatArray,
    *,
    is_opener: BoolArray,
    is_asker: BoolArray,
    setting: RankingSetting,
) -> FloatArray:
    """What each conversation gives to somebody in it: (its fit relative to the best one)² · decay · weight · part.

    The fit is that of the opening post, the weight that of their heaviest post in it: an accepted answer says more
    than a comment. The part is 1 for who wrote in it, .5 for who opened it, and 0 for who opened it with what is known
    to be a question: asking is not knowing.
    Example: .6 of the best, decay .5: .36 · .5 · 2 = .36 for whose answer was accepted, .09 for who opened it with a
    post of weight 1.
    """
    part = np.where(is_asker, setting.asker, np.where(is_opener, setting.opener, 1.0))
    return relative**setting.conversation_power * decay * weight * part


def conversation_share(in_conversations: int, posts: int, setting: RankingSetting) -> float:
    """The share κ of conversations in the score: .6 × the share of all posts that lie in conversations.

    Example: 300 of 1,000 posts: .18. Without posts 0.
    """
    return setting.conversation_trust * in_conversations / posts if posts else 0.0
