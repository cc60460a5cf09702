"""Expertise: votes, conversations and profile become one score, which can be worked out again from its factors."""

from dataclasses import dataclass

from graph.arrays import FloatArray, IntArray


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
    profile_power: float = 1.0,
) -> Expertise:
    """Score = ((1 - κ)·V + κ·T)·B, V and T relative to their largest, and the score to its own; one row a person.

    Multiplying by the profile was better than adding it, and adding better than fusing ranks.
    Example: V = (4, 1), T = (1, 2), B = (3, 2), κ = .25: totals (.75 + .125)·3 = 2.625 and (.1875 + .25)·2 = .875,
    so scores 1 and 1/3.
    """
    votes, conversations = relative(votes), relative(conversations)
    total = ((1 - conversation_share) * votes + conversation_share * conversations) * profile**profile_power
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
