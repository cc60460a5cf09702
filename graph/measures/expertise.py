"""Expertise: votes, conversations and profile become one score, which can be worked out again from its factors."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.measures.decay import BoolArray, FloatArray, IntArray
from graph.measures.setting import RankingSetting

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Factors:
    """What made a score: ((1 - share) · votes + share · conversations) · profile = total; the score is total / best."""

    votes: float  # relative to the largest of anybody, in [0, 1]
    conversations: float  # likewise
    conversation_share: float  # κ, the same for everybody
    profile: float  # how well all that they wrote fits
    total: float
    best: float  # the largest total of anybody


@dataclass(frozen=True, slots=True)
class Expertise:
    """Scores in [0, 1] relative to the largest, one row a person, and what made them."""

    people: IntArray
    score: FloatArray
    votes: FloatArray
    conversations: FloatArray
    conversation_share: float
    profile: FloatArray
    total: FloatArray
    best: float

    def factors(self, row: int) -> Factors:
        """What made the score of that row."""
        return Factors(
            votes=float(self.votes[row]),
            conversations=float(self.conversations[row]),
            conversation_share=self.conversation_share,
            profile=float(self.profile[row]),
            total=float(self.total[row]),
            best=self.best,
        )


def expertise(
    people: IntArray,
    *,
    votes: FloatArray,
    conversations: FloatArray,
    profile: FloatArray,
    conversation_share: float,
) -> Expertise:
    """Score = ((1 - κ)·V + κ·T)·B, V and T relative to their largest, and the score to its own; one row a person.

    Multiplying by the profile was better than adding it, and adding better than fusing ranks.
    Example: V = (4, 1), T = (1, 2), B = (3, 2), κ = .25: totals (.75 + .125)·3 = 2.625 and (.1875 + .25)·2 = .875,
    so scores 1 and 1/3.
    """
    votes, conversations = relative(votes), relative(conversations)
    total = ((1 - conversation_share) * votes + conversation_share * conversations) * profile
    return Expertise(
        people=people,
        score=relative(total),
        votes=votes,
        conversations=conversations,
        conversation_share=conversation_share,
        profile=profile,
        total=total,
        best=float(total.max(initial=0.0)),
    )


def relative(values: FloatArray) -> FloatArray:
    """The values divided by their largest; as they are where none is above 0.

    Example: 2, 4, 1 gives .5, 1, .25."""
    largest = values.max(initial=0.0)
    return values / largest if largest > 0 else values


def confidence(score: float, *, rarities: FloatArray, is_held: BoolArray, setting: RankingSetting) -> Confidence:
    """How sure an answer is: by the score, and by the share of the question's rarity that the shown evidence holds.

    High takes a score ≥ .5, a share ≥ .75 and the rarest term itself; medium a score ≥ .15 and a share ≥ .4. So nobody
    is sure of a question whose rarest word nobody ever wrote. Neither bound is measured.
    Example: rarities 5, 3, 1, of which the first two are held: 8/9; with a score of .6 high, without the first low.
    """
    coverage = float(rarities[is_held].sum() / rarities.sum())
    if score >= setting.high_score and coverage >= setting.high_coverage and is_held[np.argmax(rarities)]:
        return "high"
    return "medium" if score >= setting.medium_score and coverage >= setting.medium_coverage else "low"
