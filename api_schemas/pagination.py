"""Pages: every list is one."""

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from api_schemas.base import ReadSchema

Item = TypeVar("Item")

NextCursor = Annotated[
    str | None,
    Field(description="Send it as `cursor`, with the same other parameters, for the next page; null on the last one"),
]


class Page(ReadSchema, Generic[Item]):
    """One page of a list."""

    items: list[Item] = Field(description="In a stable order")
    next_cursor: NextCursor = None
