"""What routes ask for in their signatures: the services, who is asking, and checked parameters."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final, get_origin
from urllib.parse import parse_qsl

from fastapi import Depends, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from starlette.concurrency import run_in_threadpool

from app.bootstrap import Services
from app.http.pagination import Cursors
from app.http.parameters import Asker, At, OnBehalfOf, PersonId
from app.http.problems import Refusal
from app.http.wording import negotiate
from app.observability.metrics import Metrics
from app.records import AHEAD, EPOCH, FieldError
from app.security import Access, Forbidden, Principal, Scope, Unauthenticated
from graph.model import Language, Viewer

MAX_NAMED_ERRORS: Final = 20
ON_BEHALF_OF: Final = "/header/quisait-on-behalf-of"
LINES_TYPES: Final = ("application/x-ndjson", "application/jsonl")

SCHEME = HTTPBearer(
    scheme_name="key",
    bearerFormat="qst_…",
    description="A key made by `quisait keys create`; the names beside it are the scopes that an operation asks for.",
    auto_error=False,
)


def built_with(request: Request) -> Services:
    """What the application was built with.

    For dependencies: those that ask for `ServicesDep` have it solved anew each time that one of them is named."""
    return request.app.state.services


async def services(request: Request) -> Services:
    """What the application was built with."""
    return built_with(request)


ServicesDep = Annotated[Services, Depends(services)]


async def cursors(request: Request) -> Cursors:
    """What signs and reads cursors."""
    return Cursors.of(built_with(request).identity.secret)


CursorsDep = Annotated[Cursors, Depends(cursors)]


async def metrics(request: Request) -> Metrics:
    """This process's figures."""
    return request.app.state.metrics


MetricsDep = Annotated[Metrics, Depends(metrics)]


async def ready(request: Request) -> None:
    """Refuse while this process has not read all that was there when it started: answers would be wrong."""
    if not built_with(request).refresher.is_ready:
        raise Refusal("not-ready")


async def language(request: Request) -> Language:
    """The language that the client prefers."""
    return negotiate(request.headers.get("accept-language"))


LanguageDep = Annotated[Language, Depends(language)]


async def principal(request: Request) -> Principal:
    """Who holds the key of this request."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    holder = await run_in_threadpool(built_with(request).access.authenticate, token.strip())
    request.scope["key"] = holder.key
    return holder


PrincipalDep = Annotated[Principal, Depends(principal)]


async def allowed(
    scopes: SecurityScopes,
    holder: PrincipalDep,
    _declared: Annotated[HTTPAuthorizationCredentials | None, Security(SCHEME)],
) -> None:
    """Let only keys with these scopes pass."""
    for scope in scopes.scopes:
        if scope not in holder.scopes:
            raise Forbidden(scope)


def requires(*scopes: Scope) -> Any:
    """The dependency of operations that ask for a key with these scopes."""
    return Security(allowed, scopes=scopes)


def viewer(request: Request, holder: PrincipalDep, on_behalf_of: OnBehalfOf = None) -> Viewer:
    """Who is asking: the person of the key, or the one it speaks for."""
    access = built_with(request).access
    if on_behalf_of is None:
        return access.viewer(holder.person)
    _may_act_as(on_behalf_of, holder, access, pointer=ON_BEHALF_OF)
    return access.viewer(on_behalf_of)


ViewerDep = Annotated[Viewer, Depends(viewer)]


async def somebody(viewer: ViewerDep) -> Viewer:
    """The viewer, who has to be a person: whatever is asked for, a key without one is told how to name one."""
    if viewer.person is None:
        raise Refusal("invalid-request", errors=[FieldError(ON_BEHALF_OF, "person_expected")])
    return viewer


SomebodyDep = Annotated[Viewer, Depends(somebody)]


async def oneself(person_id: PersonId, viewer: ViewerDep) -> Viewer:
    """The viewer, who has to be the person asked about: whether there is such a person at all is not told."""
    if viewer.person != person_id:
        raise Refusal("personal")
    return viewer


OneselfDep = Annotated[Viewer, Depends(oneself)]


async def moment(request: Request, at: At = None) -> datetime | None:
    """The moment asked for; None is now."""
    if at is None or EPOCH <= at <= built_with(request).access.clock() + AHEAD:
        return at
    code = "time_before_1970" if at < EPOCH else "time_in_the_future"
    raise Refusal("invalid-request", errors=[FieldError("/query/at", code)])


MomentDep = Annotated[datetime | None, Depends(moment)]


async def asker(request: Request, holder: PrincipalDep, viewer: ViewerDep, asker: Asker = None) -> str | None:
    """The person who wants to reach the experts."""
    if asker is None or asker == viewer.person:
        return viewer.person
    await run_in_threadpool(_may_act_as, asker, holder, built_with(request).access, pointer="/query/asker")
    return asker


AskerDep = Annotated[str | None, Depends(asker)]


def _may_act_as(person: str, holder: Principal, access: Access, *, pointer: str) -> None:
    if not holder.may_act_as:
        raise Forbidden("act-as")
    if not access.knows(person):
        raise Refusal("not-found", errors=[FieldError(pointer, "unknown")])


async def exact_query(request: Request) -> None:
    """Refuse query parameters that the operation does not have, repeated ones but for lists, and what is not UTF-8."""
    try:
        raw = request.scope["query_string"].decode("ascii")
        given = [name for name, _ in parse_qsl(raw, keep_blank_values=True, errors="strict")]
    except ValueError as error:
        raise Refusal("malformed-request") from error
    known = dict(_query_parameters(request.scope["route"].dependant))
    strange = [name for name in dict.fromkeys(given) if name not in known]
    unknown = [FieldError(f"/query/{name[:100]}", "extra_forbidden") for name in strange]
    repeated = [
        FieldError(f"/query/{name}", "repeated")
        for name, is_list in known.items()
        if given.count(name) > 1 and not is_list
    ]
    if unknown or repeated:
        raise Refusal("invalid-request", errors=(unknown + repeated)[:MAX_NAMED_ERRORS])


def _query_parameters(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """Each parameter's name, and whether it is a list, which may be repeated."""
    yield from ((field.alias, get_origin(field.field_info.annotation) is list) for field in dependant.query_params)
    for below in dependant.dependencies:
        yield from _query_parameters(below)


async def json_body(request: Request) -> bytes:
    """The body of a request that has to be JSON, as it was sent."""
    return await _body(request, "application/json")


async def lines_body(request: Request) -> bytes:
    """The body of a request that has to be JSON Lines, as it was sent."""
    return await _body(request, *LINES_TYPES)


async def _body(request: Request, *types: str) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in types:
        wrong = FieldError("/header/content-type", "media_type", ", ".join(types))
        raise Refusal("unsupported-media-type", errors=[wrong])
    return await request.body()


JsonBody = Annotated[bytes, Depends(json_body)]
LinesBody = Annotated[bytes, Depends(lines_body)]
