"""Problem details (RFC 9457): what every error answer looks like."""

from pydantic import Field

from api_schemas.base import ReadSchema, example


class FieldProblem(ReadSchema):
    """One field at fault."""

    model_config = example(pointer="/query/limit", code="less_than_equal", detail="This number is too large.")

    pointer: str = Field(
        description="JSON Pointer into the body, or /query/…, /path/… and /header/… for a parameter; never its value"
    )
    code: str = Field(description="Stable name of what is wrong")
    detail: str = Field(description="The same as a sentence, in the language of the answer")


class Problem(ReadSchema):
    """What went wrong, and what to do about it."""

    model_config = example(
        type="/problems/not-found",
        title="Not found",
        status=404,
        detail="There is nothing here that you may see.",
        errors=[],
        trace_id="5f0c7d4d9c0b4d6f8a1e2b3c4d5e6f70",
    )

    type: str = Field(description="Stable address of this type of problem, which explains it to people")
    title: str = Field(description="Fixed for each type, in the language of the answer")
    status: int = Field(description="The status of the answer", ge=400, le=599)
    detail: str = Field(description="What to do about it, in the language of the answer")
    errors: list[FieldProblem] = Field(default=[], description="The fields at fault")
    trace_id: str = Field(description="Finds this request in the service's log")
