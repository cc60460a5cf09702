"""Lists: one page of what was found, and where the next one begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Depends, Request, Response

from api_schemas.pagination import Page
from app.http.dependencies import CursorsDep, ViewerDep
from app.http.pagination import Cursors
from app.http.parameters import Cursor, Limit
from app.http.presentation import page
from graph.model import Viewer

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is asked for, by whom."""

    request: Request
    viewer: Viewer
    cursors: Cursors
    limit: int
    cursor: str | None

    def of(
        self,
        schema: type[Page[Any]],
        find: Callable[[str, int], Sequence[Row]],
        *,
        position: Callable[[Row], str],
        **filters: object,
    ) -> Response:
        """That page of the rows that `find` gives after a position, "" for the start, and at most so many.

        Its cursors are good for the same filters and viewer only."""
        filters["viewer"] = self.viewer.person
        found = find(self.cursors.read(self.cursor, filters=filters), self.limit + 1)
        following = self.cursors.following(found, limit=self.limit, position=position, filters=filters)
        return page(self.request, schema.model_validate({"items": found[: self.limit], "next_cursor": following}))


def paging(limit: int) -> Any:
    """The dependency of lists that show so many at once unless told otherwise."""

    def asked(
        request: Request, viewer: ViewerDep, cursors: CursorsDep, limit: Limit = limit, cursor: Cursor = None
    ) -> Paging:
        return Paging(request, viewer, cursors, limit, cursor)

    return Depends(asked)
