"""What the routes have in common that ask people, or about them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol, TypeVar

from api_schemas.base import ReadSchema
from app.asking import Check, NotTheirs, NotThere, OfField, TooLate, Unfit
from app.http.presentation import require_match
from app.http.problems import Refusal
from app.http.wording import ProblemSlug
from app.records import FieldError
from app.services.introductions import Introductions, NobodyLeads
from app.services.questions import Questions

Reader = TypeVar("Reader", Questions, Introductions)

SLUGS: Final[dict[type[OfField], ProblemSlug]] = {
    NotThere: "not-found",
    NobodyLeads: "cannot-introduce",
    Unfit: "invalid-request",
    TooLate: "conflict",
}


class Asked(Protocol):
    """What somebody asked, at its time."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> datetime: ...


def position(one: Asked) -> str:
    """Where it stands in its list: what a cursor holds."""
    return f"{one.at.isoformat()} {one.id}"


def place(position: str) -> tuple[datetime, str] | None:
    """The time and public id that a cursor holds; None at the start of a list."""
    if not position:
        return None
    at, _, key = position.partition(" ")
    return datetime.fromisoformat(at), key


def unchanged(if_match: str | None, reader: Reader, show: Callable[[Reader], ReadSchema]) -> Check:
    """The check of a write: refuses one that was meant for another version than what is there when it is written."""
    return lambda there: require_match(if_match, lambda: show(replace(reader, store=there)))


@contextmanager
def named_fields(of: str = "") -> Iterator[None]:
    """Let a refusal of the service name the field of the body, or of what else is said, or whose turn it is."""
    try:
        yield
    except OfField as error:
        raise Refusal(SLUGS[type(error)], errors=[FieldError(f"{of}/{error.field}", error.code)]) from error
    except NotTheirs as error:
        raise Refusal("not-theirs") from error
