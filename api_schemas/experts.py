"""Experts: who knows, why the service thinks so, and how to reach them."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.pagination import Page
from api_schemas.people import PersonSummary


class Factors(ReadSchema):
    """A score's arithmetic: total = ((1 − share) × votes + share × conversations) × profile; score = total / best."""

    votes: float = Field(description="Their posts that hold the question's words, relative to the most of anybody")
    conversations: float = Field(description="Conversations on it that they opened or took part in, likewise")
    conversation_share: float = Field(description="How much conversations count, given the posts the viewer may read")
    profile: float = Field(description="How much of all they wrote is about the question's words")
    total: float
    best: float = Field(description="The largest total of anybody")


class Certainty(ReadSchema):
    """What the confidence follows from; `rarity` of a word: how few people ever used it."""

    lead: float = Field(description="Their score / the sum of the ten best scores", ge=0, le=1)
    freshness: float = Field(description="Halves with every three years since they last wrote about it", ge=0, le=1)
    told: float = Field(description="Share of the question's rarity in the evidence", ge=0, le=1)
    known: float = Field(description="Share of it that anybody ever wrote, as far as the viewer may read", ge=0, le=1)
    subject: float = Field(
        description="How much of a subject the most telling of the question's words in the evidence tells", ge=0, le=1
    )
    posts: int = Field(
        description="How many posts of theirs that the viewer may read hold any of these words and do more than ask",
        ge=1,
    )


class CommunityName(ReadSchema):
    """A community, where something else is told."""

    id: str = Field(description="Public id")
    name: str


class Evidence(ReadSchema):
    """A post that speaks for somebody."""

    post: str = Field(description="Public id of the post")
    relation: Literal["author", "endorser"] = Field(description="What they have to do with it")
    excerpt: str = Field(description="Where in it the question's words stand")
    date: datetime = Field(description="When it was written")
    kind: Literal["question", "answer", "comment", "article"]
    community: CommunityName | None = Field(description="null: in none, or in one that has no name")
    url: str | None = Field(description="Where to read it")
    accepted: bool = Field(
        validation_alias="is_accepted", description="Whether it was taken for the answer to its question"
    )
    thanks: int = Field(description="How often somebody thanked for it", ge=0)
    part: float = Field(description="Its part of the person's votes", ge=0, le=1)


class Reach(ReadSchema):
    """How the asker can reach somebody."""

    score: float = Field(description="Weakest tie strength on the path / number of ties in it", ge=0, le=1)
    kind: Literal["direct", "introduction", "path"] = Field(description="`introduction`: by one person in between")
    path: list[str] = Field(description="Public ids of people, the asker first")


class Expert(ReadSchema):
    """Somebody who knows."""

    person: PersonSummary
    score: float = Field(description="Relative to the best for this question", ge=0, le=1)
    match: Literal["direct", "near"] = Field(
        description="`near`: they know a part of what is asked, or something near it, and should not be taken for more"
    )
    words: list[str] = Field(
        description="The question's words that stand, in whichever words, in the evidence; where nobody wrote about a "
        "topic that it names, also the names of topics close to that one"
    )
    confidence: Literal["high", "medium", "low"] = Field(
        description="From lead × freshness, and from how much of the question the evidence holds"
    )
    certainty: Certainty
    factors: Factors
    evidence: list[Evidence] = Field(description="The posts that count most, best first")
    reach: Reach | None = Field(description="null: nobody asks, or there is no path of at most 3 people in between")
    last_active_on_topic: datetime


class EmptyReason(ReadSchema):
    """Why nobody is named who knows just that."""

    code: str = Field(description="Stable name of the reason")
    detail: str = Field(description="The same as a sentence, in the language of the answer")


class AwayExpert(ReadSchema):
    """Somebody who knows just what is asked, and is away."""

    person: PersonSummary
    score: float = Field(description="Relative to the best for this question", ge=0, le=1)
    away_until: date = Field(description="From this day on they are named again")


class Note(ReadSchema):
    """What to know about an answer, and what to do next."""

    code: str = Field(description="Stable name: `away`, `spread`")
    detail: str = Field(description="The same as a sentence, in the language of the answer")


class Hint(ReadSchema):
    """A word of the question that nobody wrote, as far as the viewer may read, and what may be meant by it."""

    word: str = Field(description="As the question writes it")
    suggestions: list[str] = Field(
        description="Words of the names of topics, one typing error apart, the commoner first",
        min_length=1,
        max_length=2,
    )


class ExpertPage(Page[Expert]):
    """One page of people who know, best first."""

    reason: EmptyReason | None = Field(default=None, description="Why nobody is named who knows just that; else null")
    away: list[AwayExpert] = Field(description="Who would stand on this page, and is away")
    notes: list[Note] = Field(description="Whom to ask instead of somebody who is away, and what changed the order")
    hints: list[Hint] = Field(description="Words of the question that nobody wrote and that look mistyped")
    named_people: list[PersonSummary] = Field(
        description="People whom the question calls by name, whether they know what it asks or not; mostly nobody",
        max_length=3,
    )
    setting: str = Field(description="Version of the constants behind the scores")
