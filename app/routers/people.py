"""People, and what they wrote about."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.people import PersonDetail, PersonPage, PersonRead, PersonWrite
from api_schemas.topics import ExpertiseProfile
from app.http.bodies import parse
from app.http.dependencies import CursorsDep, JsonBody, PrincipalDep, ServicesDep, ViewerDep, ready, requires
from app.http.listing import Paging, paging
from app.http.parameters import Cursor, IfMatch, IfNoneMatch, Limit, NameStart, PersonId
from app.http.presentation import NOT_MODIFIED, body_of, page, require_match, resource
from app.http.problems import Refusal, keyed_responses
from app.records import FieldError, account_of
from app.services.directory import Directory
from graph.identity import API, RESERVED
from graph.model import Ref, Viewer

router = APIRouter(tags=["people"])


@router.get(
    "/v1/people",
    operation_id="listPeople",
    response_model=PersonPage,
    dependencies=[requires("people:read"), Depends(ready)],
    responses=keyed_responses("not-found", "not-ready"),
)
def list_people(
    q: NameStart,
    request: Request,
    services: ServicesDep,
    viewer: ViewerDep,
    cursors: CursorsDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Find people by their name, in its order; those who have left and bots are not listed."""
    filters = {"list": "people", "q": q, "viewer": viewer.person}
    after = cursors.read(cursor, filters=filters)
    found = services.people_search.find(q, after=after, limit=limit, viewer=viewer)
    following = cursors.write(found.following, filters=filters) if found.following else None
    items = [PersonRead.model_validate(person) for person in found.people]
    return page(request, PersonPage(items=items, next_cursor=following))


@router.get(
    "/v1/people/{person_id}",
    operation_id="getPerson",
    response_model=PersonDetail,
    dependencies=[requires("people:read")],
    responses=keyed_responses("not-found") | NOT_MODIFIED,
)
def get_person(
    person_id: PersonId,
    services: ServicesDep,
    holder: PrincipalDep,
    viewer: ViewerDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Show a person."""
    may_write = "records:write" in holder.scopes
    return resource(_shown(services.directory, person_id, viewer, may_write=may_write), if_none_match=if_none_match)


@router.put(
    "/v1/people/{person_id}",
    operation_id="putPerson",
    status_code=204,
    dependencies=[requires("records:write")],
    responses=keyed_responses("not-found", "conflict", "stale", "too-large", "unsupported-media-type"),
    openapi_extra=body_of(PersonWrite),
)
def put_person(
    person_id: PersonId,
    body: JsonBody,
    services: ServicesDep,
    viewer: ViewerDep,
    if_match: IfMatch = None,
) -> None:
    """Add or replace what is put of a person, and say which accounts are theirs.

    An e-mail address that is left out stays, with whether it is verified: it is never shown."""
    fields = parse(body, PersonWrite)
    accounts = None if fields.accounts is None else [Ref(account.source, account.id) for account in fields.accounts]
    reserved = [place for place, ref in enumerate(accounts or ()) if ref.source in RESERVED]
    if reserved:
        raise Refusal(
            "invalid-request", errors=[FieldError(f"/accounts/{place}/source", "reserved_source") for place in reserved]
        )
    services.ingestion.put_person(
        account_of(fields, ref=Ref(API, person_id), person=person_id),
        accounts=accounts,
        keeps_email="email" not in fields.model_fields_set,
        check=lambda there: require_match(
            if_match, lambda: _shown(Directory(there), person_id, viewer, may_write=True)
        ),
    )


@router.get(
    "/v1/people/{person_id}/expertise",
    operation_id="getPersonExpertise",
    response_model=ExpertiseProfile,
    dependencies=[requires("people:read"), Depends(ready)],
    responses=keyed_responses("not-found", "not-ready"),
)
def get_person_expertise(
    person_id: PersonId, services: ServicesDep, viewer: ViewerDep, paging: Annotated[Paging, paging(50)]
) -> Response:
    """Show what a person wrote about, most often first."""
    return paging.of(
        ExpertiseProfile,
        lambda after, limit: services.expertise_profile.of(person_id, after=after, limit=limit, viewer=viewer),
        position=lambda topic: topic.position,
        list="expertise",
        person=person_id,
    )


def _shown(directory: Directory, person: str, viewer: Viewer, *, may_write: bool) -> PersonDetail:
    found = directory.person(person, viewer=viewer)
    return PersonDetail.model_validate(found if may_write else replace(found, most_questions=None))
