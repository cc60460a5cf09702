"""Problem details (RFC 9457): what every error answer looks like."""

from pydantic import Field

from api_schemas.base import ReadSchema


class FieldProblem(ReadSchema):
    """One field at fault."""

    pointer: str = Field(
        description="JSON Pointer into the body, or /query/…, /path/… and /header/… for a parameter; never its value"
    )
    code: str = Field(description="Stable name of what is wrong")
    detail: str = Field(description="The same as a sentence, in the language of the answer")


class Problem(ReadSchema):
    """What went wrong, and what to do about it."""

    type: str = Field(description="Stable address of this type of problem, which explains it to people")
    title: str = Field(description="Fixed for each type, in the language of the answer")
    status: int = Field(description="The status of the answer", ge=400, le=599)
    detail: str = Field(description="What to do about it, in the language of the answer")
    errors: list[FieldProblem] = Field(default=[], description="The fields at fault")
    trace_id: str = Field(description="Finds this request in the service's log")
