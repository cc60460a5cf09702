"""What became of records: line by line, and as a job."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema

State = Literal["queued", "running", "done", "failed"]
Outcome = Literal["created", "changed", "unchanged", "superseded", "retracted", "rejected"]


class LineError(ReadSchema):
    """What is wrong with a line."""

    pointer: str = Field(description="JSON Pointer into the line")
    code: str = Field(description="Stable name of what is wrong")
    detail: str = Field(description="The same as a sentence, in the language of the answer")


class LineResult(ReadSchema):
    """What became of one line."""

    line: int = Field(description="Which line, from 1; blank lines are counted, and skipped", ge=1)
    kind: str | None = Field(description="The kind of record, where it can be read")
    id: str | None = Field(description="Its id in its source, where it can be read")
    outcome: Outcome = Field(
        description="`superseded`: what is there is newer; `rejected`: see `errors`, nothing of this line was kept"
    )
    public_id: str | None = Field(description="Our own id of the thing, for records that have one")
    errors: list[LineError]


class LineProblem(LineError):
    """A line that was refused."""

    line: int = Field(description="Which line, from 1", ge=1)


class Outcomes(ReadSchema):
    """How many lines ended how."""

    created: int = Field(default=0, ge=0)
    changed: int = Field(default=0, ge=0)
    unchanged: int = Field(default=0, ge=0)
    superseded: int = Field(default=0, ge=0)
    retracted: int = Field(default=0, ge=0)
    rejected: int = Field(default=0, ge=0)


class IngestionJobRead(ReadSchema):
    """A batch of records on its way to being found."""

    id: str = Field(description="Public id")
    state: State = Field(
        description="In all of them what was accepted is durable; `done`: it can be found; `failed`: no line was good"
    )
    created_at: datetime
    received: int = Field(description="Lines", ge=0)
    outcomes: Outcomes
    posts: int = Field(description="Posts to be indexed", ge=0)
    waiting: int = Field(description="Posts that are not indexed yet", ge=0)
    degraded: int = Field(
        description="Posts that their language pipeline failed on: they are found by their words rather than topics",
        ge=0,
    )
    problems: list[LineProblem] = Field(description="What was wrong with the lines that were refused, the first 100")


class PostReceipt(ReadSchema):
    """What became of a post."""

    id: str = Field(description="Public id of the post")
    outcome: Outcome
    job: str = Field(description="The ingestion job that it became")
    state: State = Field(description="That of the job; `done`: the post can be found")
