"""Explanations: the whole arithmetic of one person's score for a question."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.experts import Factors
from api_schemas.people import PersonSummary


class ExplainedTerm(ReadSchema):
    """A word of the question, or a topic close to one.

    Its rarity is ln(1 + (M − m + 0.5) / (m + 0.5)): m of M people ever used it."""

    text: str = Field(
        description="As the question writes it; other words for the same topic count as it. Of a close topic its name"
    )
    times: int = Field(description="How often it is asked for", ge=1)
    telling: float = Field(
        description="How much it can tell of a subject: 1 for what names a topic, less for an everyday word and for a "
        "whole name beside its words",
        gt=0,
        le=1,
    )
    people: int = Field(description="Who ever used it, as far as the viewer may read", ge=0)
    rarity: float
    count: float = Field(description="How often it stands in all posts of the person", ge=0)
    asked: bool = Field(
        validation_alias="is_asked",
        description="False for a topic that is close to one in the question: related to it, or broader, where nobody "
        "wrote about that one",
    )


class Contribution(ReadSchema):
    """What a post, or the conversation that it opens, gives: weight × (fit / best_fit)^power × decay."""

    post: str = Field(description="Public id of the post")
    relation: Literal["author", "endorser"] = Field(description="What the person has to do with it")
    date: datetime
    counts: list[float] = Field(description="How often each term stands in it, in their order")
    first: list[float] = Field(description="The same in its title or first line")
    length: int = Field(description="Words after stop words", ge=0)
    fit: float = Field(
        description="Σ times × telling × rarity × (f / (f + post_saturation × (1 − post_length + post_length × length "
        "/ mean)) + first_line × g / (g + first_line_saturation)); f and g as counted, mean = words / posts"
    )
    newer: int = Field(description="Visible posts that are newer", ge=0)
    age_days: float = Field(description="Days before the newest visible post", ge=0)
    decay: float = Field(description="2^−min(newer / half_life_posts, age_days / half_life_days)", ge=0, le=1)
    weight: float = Field(description="By kind, acceptance, thanks and reactions, and by the part taken in it", ge=0)
    gives: float = Field(ge=0)


class Sum(ReadSchema):
    """(Σ gives + rest) / ln(silent_posts + posts of the person) / largest."""

    items: list[Contribution] = Field(description="Those that give most, at most 20")
    rest: float = Field(description="What all others give together", ge=0)
    power: int
    best_fit: float = Field(description="The best fit of any, whoever wrote it")
    largest: float = Field(description="The largest such sum of anybody")


class Totals(ReadSchema):
    """What the viewer may read in all, and of this person."""

    people: int = Field(description="Who wrote")
    posts: int
    words: int
    in_conversations: int = Field(description="Posts; conversation_trust × their share is the conversation_share")
    posts_by_person: int
    words_by_person: int


class Working(ReadSchema):
    """The arithmetic, from the words up.

    profile = Σ times × telling × rarity × F / (F + profile_saturation × (1 − profile_length + profile_length
    × L / mean)), F = count of the term, L = words of the person, mean = words / people."""

    totals: Totals
    terms: list[ExplainedTerm]
    votes: Sum
    conversations: Sum
    factors: Factors


class Constants(ReadSchema):
    """The constants behind the score."""

    version: str = Field(description="Changes with every constant")
    post_saturation: float
    post_length: float
    first_line: float
    first_line_saturation: float
    half_life_posts: float
    half_life_days: float
    silent_posts: float
    conversation_trust: float
    profile_saturation: float
    profile_length: float


class Standing(ReadSchema):
    """Where the person stands, or why they are not named."""

    code: Literal["named", "no_words", "nothing_written", "only_asked", "asker", "away", "too_little", "outvoted"] = (
        Field(description="`named`, or the reason why not")
    )
    detail: str = Field(description="The same as a sentence, in the language of the answer")


class ExplanationRead(ReadSchema):
    """Why somebody is named for a question, or is not."""

    person: PersonSummary
    standing: Standing
    posts: int = Field(description="Posts of theirs, as far as the viewer may read, that hold something of it", ge=0)
    score: float = Field(description="total / best of the factors, rounded to six decimals", ge=0, le=1)
    working: Working | None = Field(description="null: nothing speaks for them")
    constants: Constants
