"""Experts: who knows, why the service thinks so, and how to reach them."""

from datetime import datetime
from typing import Any, Final, Literal

from pydantic import Field

from api_schemas.base import ReadSchema, example
from api_schemas.pagination import Page
from api_schemas.people import PERSON, PersonSummary

FACTORS: Final = {
    "votes": 1.0,
    "conversations": 0.8,
    "conversation_share": 0.2,
    "profile": 3.1,
    "total": 2.976,
    "best": 2.976,
}
EVIDENCE: Final = {
    "post": "pst_3q2-7wEBAgMEBQYHCAkKCw",
    "relation": "author",
    "excerpt": "Vérifie la grille ITU, 50 GHz",
    "date": "2026-01-01T08:00:00Z",
    "kind": "answer",
    "community": {"id": "com_optics", "name": "réseau optique"},
    "url": "https://chat.example/C01/17",
    "part": 0.62,
}
REACH: Final = {"score": 0.31, "kind": "introduction", "path": ["per_jo", "per_lea", "per_awa"]}
EXPERT: Final[dict[str, Any]] = {
    "person": PERSON,
    "score": 1.0,
    "confidence": "high",
    "factors": FACTORS,
    "evidence": [EVIDENCE],
    "reach": REACH,
    "last_active_on_topic": "2026-01-01T08:00:00Z",
}


class Factors(ReadSchema):
    """A score's arithmetic: total = ((1 − share) × votes + share × conversations) × profile; score = total / best."""

    model_config = example(**FACTORS)

    votes: float = Field(description="Their posts that hold the question's words, relative to the most of anybody")
    conversations: float = Field(description="Conversations on it that they opened or took part in, likewise")
    conversation_share: float = Field(description="How much conversations count, given the posts the viewer may read")
    profile: float = Field(description="How much of all they wrote is about the question's words")
    total: float
    best: float = Field(description="The largest total of anybody")


class CommunityName(ReadSchema):
    """A community, where something else is told."""

    model_config = example(id="com_optics", name="réseau optique")

    id: str = Field(description="Public id")
    name: str


class Evidence(ReadSchema):
    """A post that speaks for somebody."""

    model_config = example(**EVIDENCE)

    post: str = Field(description="Public id of the post")
    relation: Literal["author", "endorser"] = Field(description="What they have to do with it")
    excerpt: str = Field(description="Where in it the question's words stand")
    date: datetime = Field(description="When it was written")
    kind: Literal["question", "answer", "comment", "article"]
    community: CommunityName | None = Field(description="null: in none, or in one that has no name")
    url: str | None = Field(description="Where to read it")
    part: float = Field(description="Its part of the person's votes", ge=0, le=1)


class Reach(ReadSchema):
    """How the asker can reach somebody."""

    model_config = example(**REACH)

    score: float = Field(description="Weakest tie strength on the path / number of ties in it", ge=0, le=1)
    kind: Literal["direct", "introduction", "path"] = Field(description="`introduction`: by one person in between")
    path: list[str] = Field(description="Public ids of people, the asker first")


class Expert(ReadSchema):
    """Somebody who knows."""

    model_config = example(**EXPERT)

    person: PersonSummary
    score: float = Field(description="Relative to the best for this question", ge=0, le=1)
    confidence: Literal["high", "medium", "low"] = Field(
        description="How completely their best posts hold the question's rare words, and how far they stand out"
    )
    factors: Factors
    evidence: list[Evidence] = Field(description="The posts that count most, best first")
    reach: Reach | None = Field(description="null: nobody asks, or there is no path of at most 3 people in between")
    last_active_on_topic: datetime


class EmptyReason(ReadSchema):
    """Why a list is empty."""

    model_config = example(code="nobody", detail="Nobody has yet written anything on this that you may read.")

    code: str = Field(description="Stable name of the reason")
    detail: str = Field(description="The same as a sentence, in the language of the answer")


class ExpertPage(Page[Expert]):
    """One page of people who know, best first."""

    model_config = example(items=[EXPERT], reason=None, setting="a1b2c3d4", next_cursor=None)

    reason: EmptyReason | None = Field(default=None, description="Why the list is empty; null where it is not")
    setting: str = Field(description="Version of the constants behind the scores")
