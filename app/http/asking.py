"""What the routes have in common that ask people, or about them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from app.asking import NotTheirs, NotThere, TooLate, Unfit
from app.http.problems import Refusal
from app.records import FieldError
from app.services.introductions import NOBODY_LEADS


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


@contextmanager
def named_fields(of: str = "") -> Iterator[None]:
    """Let a refusal of the service name the field of the body, or of what else is said, or whose turn it is."""
    try:
        yield
    except NotThere as error:
        slug = "cannot-introduce" if error.code == NOBODY_LEADS else "not-found"
        raise Refusal(slug, errors=[FieldError(f"{of}/{error.field}", error.code)]) from error
    except Unfit as error:
        raise Refusal("invalid-request", errors=[FieldError(f"{of}/{error.field}", error.code)]) from error
    except TooLate as error:
        raise Refusal("conflict", errors=[FieldError(f"{of}/{error.field}", error.code)]) from error
    except NotTheirs as error:
        raise Refusal("not-theirs") from error
