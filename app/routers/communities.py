"""Communities: groups, channels, forums, lists, projects."""

from typing import Annotated

from fastapi import APIRouter, Response

from api_schemas.communities import CommunityPage, CommunityRead, CommunityWrite
from app.http.bodies import parse
from app.http.dependencies import JsonBody, ServicesDep, ViewerDep, requires
from app.http.listing import Paging, paging
from app.http.parameters import CommunityId, IfMatch, IfNoneMatch
from app.http.presentation import NOT_MODIFIED, body_of, require_match, resource
from app.http.problems import Refusal, keyed_responses
from app.records import FieldError, community_of
from app.services.directory import Directory, OpenedFromOutside
from graph.model import Community, Ref, Viewer

router = APIRouter(tags=["communities"])


@router.get(
    "/v1/communities",
    operation_id="listCommunities",
    response_model=CommunityPage,
    dependencies=[requires("communities:read")],
    responses=keyed_responses("not-found"),
)
def list_communities(services: ServicesDep, viewer: ViewerDep, paging: Annotated[Paging, paging(50)]) -> Response:
    """List the communities that the viewer may know of."""
    return paging.of(
        CommunityPage,
        lambda after, limit: services.directory.communities(after=after, limit=limit, viewer=viewer),
        position=lambda community: community.id,
        list="communities",
    )


@router.get(
    "/v1/communities/{community_id}",
    operation_id="getCommunity",
    response_model=CommunityRead,
    dependencies=[requires("communities:read")],
    responses=keyed_responses("not-found") | NOT_MODIFIED,
)
def get_community(
    community_id: CommunityId,
    services: ServicesDep,
    viewer: ViewerDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Show a community; charter and members of one that is not public are shown to its members only."""
    return resource(_shown(services.directory, community_id, viewer), if_none_match=if_none_match)


@router.put(
    "/v1/communities/{community_id}",
    operation_id="putCommunity",
    status_code=204,
    dependencies=[requires("records:write")],
    responses=keyed_responses("not-found", "conflict", "stale", "too-large", "unsupported-media-type"),
    openapi_extra=body_of(CommunityWrite),
)
def put_community(
    community_id: CommunityId,
    body: JsonBody,
    services: ServicesDep,
    viewer: ViewerDep,
    if_match: IfMatch = None,
) -> None:
    """Add or replace a community with its whole list of members, named by their public ids or those in its source.

    What the viewer is not shown and gives nothing for stays as it is, such as the charter and the members of one that
    they are not in; nor can they open it to others."""
    fields = parse(body, CommunityWrite)

    def said(ref: Ref) -> Community:
        return community_of(fields, ref=ref, public_id=community_id, source=ref.source, identity=services.identity)

    try:
        services.ingestion.put_community(
            community_id,
            community=lambda ref, there: Directory(there).to_put(said(ref), viewer=viewer),
            check=lambda there: require_match(if_match, lambda: _shown(Directory(there), community_id, viewer)),
        )
    except OpenedFromOutside as error:
        raise Refusal("invalid-request", errors=[FieldError("/visibility", "opened_from_outside")]) from error


def _shown(directory: Directory, community: str, viewer: Viewer) -> CommunityRead:
    return CommunityRead.model_validate(directory.community(community, viewer=viewer))
