"""The constants of ranking, in one place."""

from dataclasses import dataclass
from hashlib import blake2b

from graph.model import PostKind


@dataclass(frozen=True, slots=True)
class RankingSetting:
    """How postings become people. Measured together on seven collections; the groups by kind, acceptance, thanks,
    reactions and confidence are not measured."""

    # How well a post fits a term
    post_saturation: float = 1.2  # as many occurrences in a post of mean length give half of what endless ones give
    post_length: float = 0.5  # share of that saturation which grows with the post's length, in [0, 1]
    first_line: float = 0.5  # what endless occurrences in title or first line give beside
    first_line_saturation: float = 1.2  # as many there give half of it

    # How a fitting post counts for people
    best_posts: int = 2_000  # as many posts vote, and all that fit as well as the last of them
    vote_power: int = 4  # of a post's fit relative to the best one: many half-fitting posts must not win
    endorsement: float = 0.5  # a vote for who endorsed the post, relative to one for its author
    half_life_posts: float = 50_000.0  # as many later posts halve a vote …
    half_life_days: float = 365.0  # … or as many days, whichever halves it less
    silent_posts: float = 10.0  # added to a person's posts before the logarithm that divides by their activity

    # What a post is worth, in votes of its author
    unknown: float = 1.0  # when its kind was not sent
    question: float = 0.0  # asking is not knowing
    answer: float = 1.0
    comment: float = 0.5
    article: float = 1.0
    accepted: float = 1.0  # added once
    thanked: float = 0.5  # added once
    reaction: float = 0.1  # added for each …
    reactions_at_most: float = 0.3  # … up to this

    # Conversations
    best_conversations: int = 1_000  # as many vote, single posts included
    conversation_power: int = 2  # of a conversation's fit relative to the best one
    opener: float = 0.5  # part of a conversation's vote for who opened it; who else wrote in it gets 1
    asker: float = 0.0  # the same where it is known that the opening post is a question
    conversation_trust: float = 0.6  # their share of the score, where all posts lie in conversations

    # Profiles
    profile_saturation: float = 3.0  # as many occurrences in all posts of a mean writer give half
    profile_length: float = 0.1  # share of that saturation which grows with how much somebody writes, in [0, 1]

    # Confidence: the least score, and the least share of the question's rarity that the evidence holds
    high_score: float = 0.5
    high_coverage: float = 0.75
    medium_score: float = 0.15
    medium_coverage: float = 0.4

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with every constant."""
        return blake2b(repr(self).encode(), digest_size=4).hexdigest()

    def kind_weight(self, kind: PostKind | None) -> float:
        """What a post of that kind is worth before what was done to it."""
        weights = {"question": self.question, "answer": self.answer, "comment": self.comment, "article": self.article}
        return self.unknown if kind is None else weights[kind]
