"""The constants of ranking, in one place."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from graph.model import PostKind


@dataclass(frozen=True, slots=True)
class RankingSetting:
    """How postings become people. Measured together on seven collections, but for what those do not have: kinds,
    acceptances, thanks and reactions are measured on the demo's company, certainty on questions from other fields."""

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
    comment: float = 0.25
    article: float = 1.0
    accepted: float = 1.0  # added once
    thanked: float = 0.5  # added once
    reaction: float = 0.1  # added for each …
    reactions_at_most: float = 0.3  # … up to this

    # Conversations
    best_conversations: int = 1_000  # as many vote, single posts included
    conversation_power: int = 2  # of a conversation's fit relative to the best one
    opener: float = 0.5  # part of a conversation's vote for who opened it; who else wrote in it gets 1, each times
    # the weight of the heaviest post that they wrote there
    asker: float = 0.0  # the same where it is known that the opening post is a question
    conversation_trust: float = 0.6  # their share of the score, where all posts lie in conversations

    # Profiles
    profile_saturation: float = 3.0  # as many occurrences in all posts of a mean writer give half
    profile_length: float = 0.1  # share of that saturation which grows with how much somebody writes, in [0, 1]
    profile_power: float = 1.0  # of the profile in the score; 0 leaves it out

    # What a word of a question tells
    everyday: float = 5.0  # −ln of the share of running words of what everybody says, whatever they talk about …
    telling: float = 10.0  # … and of what is said of few subjects: between them a word counts in part …
    least_telling: float = 0.3  # … and this much at least; one that names a topic counts in full
    whole_name: float = 0.6  # a name of several words, beside each of them

    # Rarity
    rarity_over: Literal["people", "posts"] = "people"  # over posts, who repeats a word makes it common

    # How sure an answer is
    rivals: int = 10  # the best people among whom a lead is taken
    fresh_half_life_days: float = 1_095.0  # a lead counts half once somebody wrote about it so long ago
    high_sure: float = 0.3  # the least lead · freshness …
    high_told: float = 0.35  # … and share of the question's rarity in the posts shown …
    high_subject: float = 1.0  # … of whose words one tells so much …
    high_posts: int = 2  # … and of theirs that hold any of it and do more than ask
    medium_sure: float = 0.15
    medium_subject: float = 0.8
    direct_known: float = 0.6  # the least share of the question's rarity that anybody ever wrote …
    direct_told: float = 0.2  # … and that the posts shown for somebody hold: else they know something near …
    near_profile: float = 0.2  # … if their profile is at least that share of it, and are left out otherwise

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with every constant."""
        return blake2b(repr(self).encode(), digest_size=4).hexdigest()

    def kind_weight(self, kind: PostKind | None) -> float:
        """What a post of that kind is worth before what was done to it."""
        weights = {"question": self.question, "answer": self.answer, "comment": self.comment, "article": self.article}
        return self.unknown if kind is None else weights[kind]
