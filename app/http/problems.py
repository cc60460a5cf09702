"""Every error becomes a problem document (RFC 9457) here, and nowhere else."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from traceback import extract_tb
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api_schemas.problems import FieldProblem, Problem
from app.http.pagination import InvalidCursor
from app.http.wording import PROBLEMS, ProblemSlug, field_error, negotiate
from app.records import FieldError, expected
from app.security import Forbidden, Unauthenticated
from app.services.networks import Outsider
from graph.errors import Conflict, NotFound, Unavailable

Handler = Callable[[Request, Exception], Awaitable[Response]]

FRAMES: Final = 8  # of a failure, in the log
MEDIA_TYPE: Final = "application/problem+json"
OF_ERROR: Final[dict[type[Exception], ProblemSlug]] = {
    NotFound: "not-found",
    Conflict: "conflict",
    Unavailable: "unavailable",
    Unauthenticated: "unauthenticated",
    InvalidCursor: "invalid-cursor",
    Outsider: "members-only",
}
HEADERS: Final[dict[ProblemSlug, Mapping[str, str]]] = {
    "unauthenticated": {"WWW-Authenticate": 'Bearer realm="quisait"'},
    "unavailable": {"Retry-After": "5"},
    "not-ready": {"Retry-After": "2"},
}


class Refusal(Exception):
    """A request that cannot be served, by the type of its problem."""

    def __init__(self, slug: ProblemSlug, *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(slug)
        self.slug: ProblemSlug = slug
        self.errors = tuple(errors)


def problem(
    request: Request,
    slug: ProblemSlug,
    *,
    errors: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The problem document of that type, in the language that the client prefers."""
    kind, language = PROBLEMS[slug], negotiate(request.headers.get("accept-language"))
    body = Problem(
        type=f"/problems/{slug}",
        title=kind.title.say(language),
        status=kind.status,
        detail=kind.detail.say(language),
        errors=[
            FieldProblem(
                pointer=error.pointer,
                code=error.code,
                detail=field_error(error.code, language, expected=error.expected),
            )
            for error in errors
        ],
        trace_id=request.scope.get("trace_id", ""),
    )
    always = {"Content-Language": language, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return Response(
        body.model_dump_json(),
        kind.status,
        {**always, **HEADERS.get(slug, {}), **(headers or {})},
        MEDIA_TYPE,
    )


def problem_responses(*slugs: ProblemSlug) -> dict[int | str, dict[str, Any]]:
    """What to declare as `responses` of an operation that can end in these problems."""
    found: dict[int | str, dict[str, Any]] = {}
    for slug in slugs:
        status, title, _ = PROBLEMS[slug]
        schema = {"$ref": "#/components/schemas/Problem"}
        found[status] = {"description": title.en, "content": {MEDIA_TYPE: {"schema": schema}}}
    return found


def keyed_responses(*slugs: ProblemSlug) -> dict[int | str, dict[str, Any]]:
    """The same, with the problems that every operation with a key can end in."""
    always: tuple[ProblemSlug, ...] = (
        "malformed-request",
        "unauthenticated",
        "forbidden",
        "invalid-request",
        "internal-error",
        "unavailable",
    )
    return problem_responses(*always, *slugs)


def install(app: FastAPI, *, routes: Sequence[APIRoute]) -> None:
    """Let every error of the application end in a problem document; `routes` tell which methods a path has."""

    async def wrong_method(request: Request, _error: Exception) -> Response:
        return problem(request, "method-not-allowed", headers={"Allow": _allowed(request, routes)})

    for kind, slug in OF_ERROR.items():
        app.add_exception_handler(kind, _always(slug))
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Forbidden, _forbidden)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_framework)
    app.add_exception_handler(405, wrong_method)


async def failed(request: Request, error: Exception) -> Response:
    """Log an error that nobody foresaw, without its own words, which may quote somebody."""
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)[-FRAMES:]]
    log = structlog.get_logger()
    log.error("failed", error=type(error).__name__, where=where, trace_id=request.scope.get("trace_id"))
    return problem(request, "internal-error")


def _always(slug: ProblemSlug) -> Handler:
    async def answer(request: Request, _error: Exception) -> Response:
        return problem(request, slug)

    return answer


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return problem(request, error.slug, errors=error.errors)


async def _forbidden(request: Request, error: Exception) -> Response:
    assert isinstance(error, Forbidden)
    challenge = f'Bearer realm="quisait", error="insufficient_scope", scope="{error.scope}"'
    missing = FieldError("/header/authorization", "scope_missing", error.scope)
    return problem(request, "forbidden", errors=[missing], headers={"WWW-Authenticate": challenge})


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = map(_parameter_error, error.errors())
    return problem(request, "invalid-request", errors=list(dict.fromkeys(found)))  # two dependencies may ask for one


async def _of_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(request, "not-found" if error.status_code == 404 else "malformed-request")


def _parameter_error(item: Mapping[str, Any]) -> FieldError:
    return FieldError("".join(f"/{step}" for step in item["loc"]), item["type"], expected(item.get("ctx")))


def _allowed(request: Request, routes: Sequence[APIRoute]) -> str:
    path = request.scope["path"]
    found = {method for route in routes if route.path_regex.match(path) for method in route.methods or ()}
    return ", ".join(sorted(found | ({"HEAD"} if "GET" in found else set())))
