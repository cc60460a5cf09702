"""Webhooks: what receivers are sent. Ids only: whoever is told reads the rest as themselves."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema

TELL = "Public ids of the people who may hear of it, and of nobody else"


class IntroductionNews(ReadSchema):
    """Which introduction, and who may hear of it."""

    introduction: str = Field(description="Its id, for `GET /v1/introductions/{id}`")
    tell: list[str] = Field(description=TELL, min_length=1)


class QuestionNews(ReadSchema):
    """Which question, and who may hear of it."""

    question: str = Field(description="Its id, for `GET /v1/questions/{id}`")
    tell: list[str] = Field(description=TELL, min_length=1)


class PingNews(ReadSchema):
    """Nothing."""


class IntroductionEvent(ReadSchema):
    """Something happened to an introduction; its target is among those to tell once it is accepted, never before."""

    type: Literal["introduction.requested", "introduction.accepted", "introduction.taken_back"]
    timestamp: datetime = Field(description="When it happened")
    data: IntroductionNews


class QuestionEvent(ReadSchema):
    """Something happened to a question."""

    type: Literal["question.asked", "question.redirected", "question.closed", "question.taken_back"]
    timestamp: datetime = Field(description="When it happened")
    data: QuestionNews


class PingEvent(ReadSchema):
    """Nothing happened: `quisait webhooks test` asks whether the receiver takes what it is sent."""

    type: Literal["ping"]
    timestamp: datetime = Field(description="When it was sent")
    data: PingNews
