"""Introductions: over whom somebody is led to others, what they ask for, and what its people are shown of it."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api_schemas.base import ReadSchema
from api_schemas.experts import CommunityName, EmptyReason
from api_schemas.pagination import Page
from api_schemas.people import PersonSummary
from api_schemas.questions import PersonId, TopicId
from api_schemas.records import Id, RecordFields, Told
from api_schemas.ties import TieSetting
from api_schemas.topics import TopicName


class IntroductionLink(ReadSchema):
    """What links two people, from the events that the viewer may see."""

    events: int = Field(description="How many there are", ge=1)
    in_person: int = Field(description="How many of them took place face to face", ge=0)
    communities: list[CommunityName] = Field(description="Where most of them lie, at most two")
    last: date = Field(description="The day of the last one")


class IntroductionStep(ReadSchema):
    """One tie of a path."""

    one: PersonSummary = Field(description="Who leads on; the viewer in the first step")
    other: PersonSummary = Field(description="To whom")
    strength: float = Field(ge=0, le=1)
    strong: bool
    link: IntroductionLink
    reason: str = Field(description="What links the two, as a sentence in the language of the answer")


class IntroductionPathRead(ReadSchema):
    """A way to somebody; a first step that is the last as well needs no introduction."""

    person: PersonSummary = Field(description="To whom it leads")
    weakest: float = Field(description="The strength of its weakest tie", ge=0, le=1)
    steps: list[IntroductionStep] = Field(
        description="The first step's `other` may be asked to introduce the viewer to the second's", min_length=1
    )


class IntroductionPathList(ReadSchema):
    """The best ways to a person, each over another first one, or to the best of those who know a topic."""

    items: list[IntroductionPathRead]
    reason: EmptyReason | None = Field(description="Why there is none; else null")
    at: datetime = Field(description="The moment that ages are taken at")
    setting: TieSetting


class IntroductionWrite(RecordFields):
    """An introduction, as somebody asks for it."""

    id: Annotated[
        Id | None,
        Field(description="The asker's own id, null: a new one; what waits for the same people is found instead"),
    ] = None
    intermediary: Annotated[PersonId, Field(description="Who is asked to introduce: somebody the asker has a tie to")]
    target: Annotated[PersonId, Field(description="To whom: somebody the intermediary has a tie to")]
    message: Annotated[Told, Field(description="For the intermediary and, once they agree, the target")]
    topics: Annotated[list[TopicId], Field(max_length=20, description="What it is about")] = []


class IntroductionAnswer(RecordFields):
    """What the intermediary answers."""

    answer: Annotated[
        Literal["accepted", "declined"],
        Field(description="`accepted`: the target is told. `declined`: nobody is, and the request expires in its time"),
    ]
    message: Annotated[
        Told | None, Field(description="A word for the asker and the target, who see it with `accepted`")
    ] = None

    @model_validator(mode="after")
    def is_heard(self) -> Self:
        """What nobody would be told is not taken."""
        if self.answer == "declined" and self.message is not None:
            raise PydanticCustomError("told_nobody", "nobody is told of a refusal, nor of a message with it")
        return self


class IntroductionRead(ReadSchema):
    """An introduction, as its asker and the intermediary are shown it; the target, once it is accepted."""

    # Nobody changes for whom it is and about what; that it expires is no change of what was said.
    beside_record = dict.fromkeys(
        ("asker", "intermediary", "target", "topics", "expires_at", "state", "next_step"), True
    )

    id: str = Field(description="Public id")
    asker: PersonSummary
    intermediary: PersonSummary
    target: PersonSummary
    message: str | None
    topics: list[TopicName] = Field(description="What it is about, as far as the viewer can know of it")
    at: datetime = Field(description="When it was asked for")
    expires_at: datetime = Field(description="When it is too late for an answer")
    state: Literal["requested", "accepted", "declined", "expired"] = Field(
        description="`declined` is told to the intermediary alone: to who asked, it is `requested` until it expires"
    )
    answered_at: datetime | None = Field(description="When it was accepted, or declined where that is shown")
    answer_message: str | None = Field(description="What the intermediary said when they accepted")
    next_step: str = Field(
        description="What the viewer can do now, as a sentence in the language of the answer; to who asked, a refusal "
        "sounds like silence. `GET /v1/people/{id}/introductions?to=` finds another way after `expired`"
    )


class IntroductionPage(Page[IntroductionRead]):
    """One page of introductions, the last asked for first."""
