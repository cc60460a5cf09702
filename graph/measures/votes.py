"""Votes: the posts that fit a question best speak for those who wrote and endorsed them."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray, places
from graph.measures.setting import RankingSetting


@dataclass(frozen=True, slots=True)
class Ballot:
    """One row a vote: of a post, for a person; posts ascend, first those that vote for their authors."""

    post: IntArray
    person: IntArray
    vote: FloatArray
    is_endorsement: BoolArray  # for who endorsed the post, not for its author

    def tally(self, people: int) -> FloatArray:
        """The votes for each person, by number below that."""
        return np.bincount(self.person, self.vote, minlength=people).astype(np.float64, copy=False)

    def of(self, person: int) -> Self:
        """The votes for one person."""
        return self.among(np.array([person]))

    def among(self, people: IntArray) -> Self:
        """The votes for these people."""
        rows = np.flatnonzero(places(self.person, np.sort(people)) >= 0)
        return type(self)(self.post[rows], self.person[rows], self.vote[rows], self.is_endorsement[rows])

    def parts(self) -> FloatArray:
        """The share of each vote in all for the same person; 0 where none of these counts."""
        _, person = np.unique(self.person, return_inverse=True)
        total = np.bincount(person, self.vote)[person]
        return np.divide(self.vote, total, out=np.zeros(total.size), where=total > 0)


def post_weights(
    kind_weight: FloatArray, *, acceptances: IntArray, thanks: IntArray, reactions: IntArray, setting: RankingSetting
) -> FloatArray:
    """What each post is worth: its kind's weight, +1 if accepted, +.5 if thanked for, +.1 a reaction up to +.3.

    Example: an answer, accepted, thanked for twice, with five reactions: 1 + 1 + .5 + .3 = 2.8.
    """
    liked = np.minimum(setting.reaction * reactions, setting.reactions_at_most)
    return kind_weight + setting.accepted * (acceptances > 0) + setting.thanked * (thanks > 0) + liked


def votes(relative: FloatArray, decay: FloatArray, setting: RankingSetting) -> FloatArray:
    """What each post gives before its weight: the fourth power of its fit relative to the best post, times its decay.

    The power keeps many half-fitting posts from outvoting a few that fit. After Macdonald & Ounis (2006).
    Example: half as good as the best, decay .8: .5⁴ · .8 = .05.
    """
    return relative**setting.vote_power * decay


def per_activity(total: FloatArray, posts: IntArray, setting: RankingSetting) -> FloatArray:
    """The votes of each person, divided by the logarithm of their activity: ln(10 + posts).

    Example: 6 votes and 90 posts: 6 / ln 100 = 1.302883.
    """
    return total / np.log(setting.silent_posts + posts)
