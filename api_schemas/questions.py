"""Questions that somebody asked somebody: what comes in, what their own people are shown, and what they add up to."""

from datetime import datetime
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api_schemas.base import ReadSchema
from api_schemas.pagination import Page
from api_schemas.people import PersonSummary
from api_schemas.records import Id, Outcome, QuestionText, RecordFields, is_redirected_well
from api_schemas.topics import TopicName

PersonId = Annotated[str, Field(pattern=r"^per_[A-Za-z0-9_-]{1,64}$", max_length=68, description="Public id")]
PostId = Annotated[str, Field(pattern=r"^pst_[A-Za-z0-9_-]{1,64}$", max_length=68, description="Public id")]
TopicId = Annotated[str, Field(pattern=r"^top_[A-Za-z0-9_-]{1,64}$", max_length=68, description="Public id")]


NAMES: Final = {"name", "accounts"}  # what people are called, by whoever said it last


class QuestionWrite(RecordFields):
    """A question, as its asker puts it."""

    id: Annotated[
        Id | None,
        Field(description="The asker's own id: the same again changes nothing; null: a new question each time"),
    ] = None
    asked: Annotated[PersonId, Field(description="Who is asked")]
    text: QuestionText = None
    topics: Annotated[list[TopicId], Field(max_length=20, description="What it is about")] = []
    post: Annotated[PostId | None, Field(description="The post of the asker's that holds it")] = None

    @model_validator(mode="after")
    def asks_something(self) -> Self:
        """A text, topics or a post."""
        if self.text is None and not self.topics and self.post is None:
            raise PydanticCustomError("nothing_asked", "a text, topics or a post are expected")
        return self


class OutcomeWrite(RecordFields):
    """What became of a question."""

    outcome: Outcome
    redirected_to: Annotated[PersonId | None, Field(description="Who was named instead, where it was redirected")] = (
        None
    )

    @model_validator(mode="after")
    def names_somebody_where_it_redirects(self) -> Self:
        """A redirection names a person, nothing else does."""
        if not is_redirected_well(self.outcome, self.redirected_to):
            raise PydanticCustomError("redirected_to_expected", "redirected names somebody else, nothing else does")
        return self


class QuestionRead(ReadSchema):
    """A question, as its asker, the one asked and whom they named instead are shown it; nobody else is."""

    # What its topics count as follows from posts and merges; who asks about other ones asks at another time.
    beside_record = {"asker": True, "asked": NAMES, "redirected_to": NAMES, "topics": True, "next_step": True}

    id: str = Field(description="Public id")
    asker: PersonSummary
    asked: PersonSummary
    text: str | None = Field(description="What was asked, in words")
    topics: list[TopicName] = Field(description="What it is about, as far as the viewer can know of it")
    post: str | None = Field(description="Public id of the post that holds it")
    at: datetime = Field(description="When it was asked")
    outcome: Literal["helped", "redirected", "no_answer"] | None = Field(description="null: it is open")
    redirected_to: PersonSummary | None = Field(description="Who was named instead")
    closed_at: datetime | None
    closed_by: Literal["asker", "asked"] | None = Field(description="Who said what became of it")
    next_step: str = Field(description="What the viewer can do now, as a sentence in the language of the answer")


class QuestionPage(Page[QuestionRead]):
    """One page of questions, the last asked first."""


class OutcomeCounts(ReadSchema):
    """How many questions ended how."""

    helped: int = Field(default=0, ge=0)
    redirected: int = Field(default=0, ge=0)
    no_answer: int = Field(default=0, ge=0)


class ExchangeRead(ReadSchema):
    """What somebody was asked, and what they asked: told to themselves only."""

    open: int = Field(description="Questions they were asked that have no outcome yet", ge=0)
    most_open: int = Field(description="From so many on they have enough: their own setting, or the service's", ge=0)
    recent: int = Field(description="Questions they were asked in the last `recent_days`", ge=0)
    recent_days: int = Field(ge=1)
    given: OutcomeCounts = Field(description="What became of the questions they were asked")
    received: OutcomeCounts = Field(description="What became of the questions they asked")
    balance: int = Field(description="How often they helped, less how often they were helped")
