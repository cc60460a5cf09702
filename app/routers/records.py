"""Records come in here: many at a time, or a single post."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from api_schemas.ingestion_jobs import LineError, LineResult, PostReceipt
from api_schemas.records import PostFields, PostRecord
from app.http.bodies import parse
from app.http.dependencies import LINES_TYPES, JsonBody, LanguageDep, LinesBody, ServicesDep, requires
from app.http.parameters import Prefer
from app.http.presentation import HEADERS, answer, body_of
from app.http.problems import Refusal, keyed_responses
from app.http.wording import field_error
from app.records import FieldError, numbered, parse_line, to_entry
from app.services import ingestion
from graph.model import Job, Language

MAX_LINES: Final = 1000
WAIT: Final = re.compile(r"\bwait=(\d{1,4})\b")
MAX_WAIT_SECONDS: Final = 30
LOCATION: Final = {"Location": {"description": "The ingestion job", "schema": {"type": "string"}}}

router = APIRouter(
    tags=["records"],
    dependencies=[requires("records:write")],
    responses=keyed_responses("conflict", "too-large", "unsupported-media-type"),
)


def _lines_of(schema: str, *types: str) -> dict[str, Any]:
    lines = {"type": "array", "minItems": 1, "maxItems": MAX_LINES, "items": {"$ref": f"#/components/schemas/{schema}"}}
    return {media_type: {"schema": lines} for media_type in types}


@router.post(
    "/v1/records",
    operation_id="postRecords",
    response_class=Response,
    responses={
        200: {
            "description": "What became of each line, in order",
            "content": _lines_of("LineResult", LINES_TYPES[0]),
            "headers": LOCATION,
        }
    },
    openapi_extra={"requestBody": {"required": True, "content": _lines_of("Record", *LINES_TYPES)}},
)
def post_records(body: LinesBody, services: ServicesDep, language: LanguageDep) -> Response:
    """Send up to 1,000 records, one a line (JSON Lines): a bad line never spoils the good ones.

    The same again changes nothing, a changed one replaces, a `delete` takes back. What is accepted is durable."""
    lines = body.removesuffix(b"\n").split(b"\n")
    if not body.strip():
        raise Refusal("invalid-request", errors=[FieldError("", "missing")])
    if len(lines) > MAX_LINES:
        raise Refusal("too-large")
    now = datetime.now(UTC)
    receipt = services.ingestion.accept(
        [parse_line(line, number=at, identity=services.identity, now=now) for at, line in numbered(lines)]
    )
    results = [_told(result, language).model_dump_json() + "\n" for result in receipt.results]
    return Response("".join(results), headers=_location(receipt.job), media_type=LINES_TYPES[0])


@router.post(
    "/v1/posts",
    operation_id="postPost",
    status_code=202,
    response_model=PostReceipt,
    responses={
        200: {"description": "It can be found (`Prefer: wait=…`)", "model": PostReceipt, "headers": LOCATION},
        202: {"description": "It is durable, and will be found soon", "headers": LOCATION},
    },
    openapi_extra=body_of(PostFields),
)
async def post_post(body: JsonBody, services: ServicesDep, prefer: Prefer = None) -> Response:
    """Send one post, which says something in its text or in its title."""
    fields = parse(body, PostFields)
    if not (fields.text + (fields.title or "")).strip():
        raise Refusal("invalid-request", errors=[FieldError("/text", "blank")])
    record = PostRecord.model_construct(**dict(fields), kind="post")
    entry = to_entry(record, number=1, identity=services.identity, now=datetime.now(UTC))
    if entry.errors:
        raise Refusal("invalid-request", errors=entry.errors)
    receipt = await run_in_threadpool(services.ingestion.accept, [entry])
    [result] = receipt.results
    seconds = _wait(prefer)
    job, is_found = await services.arrivals.wait_for(receipt.job, seconds=seconds)
    body_out = PostReceipt(id=result.public_id or "", outcome=result.outcome, job=job.id, state=job.state)
    applied = {"Preference-Applied": f"wait={seconds}"} if seconds else {}
    return answer(body_out, status=200 if seconds and is_found else 202, headers={**_location(job), **applied})


def _told(result: ingestion.LineResult, language: Language) -> LineResult:
    errors = [
        LineError(
            pointer=error.pointer,
            code=error.code,
            detail=field_error(error.code, language, expected=error.expected),
        )
        for error in result.errors
    ]
    return LineResult(
        line=result.line,
        kind=result.kind,
        id=result.id,
        outcome=result.outcome,
        public_id=result.public_id,
        errors=errors,
    )


def _location(job: Job) -> dict[str, str]:
    return {**HEADERS, "Location": f"/v1/ingestion-jobs/{job.id}"}


def _wait(prefer: str | None) -> int:
    found = WAIT.search(prefer or "")
    return min(int(found[1]), MAX_WAIT_SECONDS) if found else 0
