"""How values lie in properties: times as microseconds, accounts' refs as JSON, since a list cannot hold lists."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, overload

from graph.model import Ref

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


@overload
def micros(at: datetime) -> int: ...
@overload
def micros(at: None) -> None: ...
def micros(at: datetime | None) -> int | None:
    """Microseconds since 1970 UTC, exactly."""
    return None if at is None else (at - EPOCH) // MICROSECOND


@overload
def moment(value: int) -> datetime: ...
@overload
def moment(value: None) -> None: ...
def moment(value: int | None) -> datetime | None:
    """The time in UTC that so many microseconds since 1970 are."""
    return None if value is None else EPOCH + value * MICROSECOND


def listed(values: Iterable[object]) -> str:
    """A list as JSON."""
    return json.dumps(list(values))


def refs(column: str) -> tuple[Ref, ...]:
    """The refs of a stored list."""
    return tuple(Ref(*pair) for pair in json.loads(column))
