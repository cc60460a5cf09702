"""Teaches Schemathesis what a schema cannot say: JSON Lines, times in the past, and that its key is nobody's."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import schemathesis
from hypothesis import strategies
from schemathesis.core.failures import Failure

ACCEPTED_BAD_DATA = "ST201"
REJECTED_GOOD_DATA = "ST202"
LINES = ("application/x-ndjson", "application/jsonl")
PAST = strategies.datetimes(datetime(1970, 1, 2), datetime(2026, 1, 1), timezones=strategies.just(UTC))  # noqa: DTZ001

schemathesis.openapi.format("date-time", PAST.map(datetime.isoformat))


@schemathesis.serializer(*LINES)
def to_lines(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """The body for that value: an item a line."""
    items = value if isinstance(value, list) else [value]
    return b"".join(json.dumps(item).encode() + b"\n" for item in items) or b"\n"


@schemathesis.deserializer(*LINES)
def from_lines(_context: schemathesis.DeserializationContext, response: schemathesis.Response) -> Any:
    """The list that a body stands for."""
    return [json.loads(line) for line in response.text.splitlines()]


@schemathesis.hook
def filter_case(_context: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """Drop what calls itself good and is not: Schemathesis puts no underscore in headers, though the pattern asks."""
    named = case.headers.get("Quisait-On-Behalf-Of")
    is_good = case.meta is not None and case.meta.generation.mode.is_positive
    return named is None or not is_good or re.fullmatch(r"per_[A-Za-z0-9_-]{1,64}", str(named)) is not None


@schemathesis.hook
def filter_failure(
    _context: schemathesis.HookContext, failure: Failure, case: schemathesis.Case, response: schemathesis.Response
) -> bool:
    """A batch with a bad line is accepted where only that line is refused, and a key that belongs to nobody cannot ask
    what only a person may: these are no failures."""
    if failure.code == REJECTED_GOOD_DATA and response.status_code == 422:
        return all(error["code"] != "person_expected" for error in response.json()["errors"])
    if failure.code != ACCEPTED_BAD_DATA or case.operation.label != "POST /v1/records":
        return True
    return all(json.loads(line)["outcome"] != "rejected" for line in response.text.splitlines())
