"""People's own ties, and where they stand."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.ties import (
    Brokerage,
    ExplainedTie,
    Tie,
    TiePage,
    TieSetting,
    TieTransition,
    TieTransitionPage,
)
from app.http.dependencies import CursorsDep, MomentDep, OneselfDep, ServicesDep, ready, requires
from app.http.parameters import (
    AtSite,
    Cursor,
    InTieCommunity,
    Limit,
    OtherId,
    TieChannel,
    TieOrder,
    TieState,
    TieStrength,
)
from app.http.presentation import answer, page
from app.http.problems import keyed_responses
from app.services.ties import Wanted

router = APIRouter(
    tags=["ties"],
    dependencies=[requires("ties:read"), Depends(ready)],
    responses=keyed_responses("not-found", "personal", "not-ready"),
)


def wanted(
    strength: TieStrength = "all",
    community: InTieCommunity = None,
    site: AtSite = None,
    state: TieState = None,
    channel: TieChannel = None,
) -> Wanted:
    """Which ties to list."""
    return Wanted(strength, community, site, state, channel)


@router.get("/v1/people/{person_id}/ties", operation_id="listTies", response_model=TiePage)
def list_ties(
    request: Request,
    services: ServicesDep,
    viewer: OneselfDep,
    cursors: CursorsDep,
    which: Annotated[Wanted, Depends(wanted)],
    at: MomentDep,
    sort: TieOrder = "strength",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """List one's own ties: how strong each is, and, as a number of its own, how far it reaches.

    Nobody else may ask, and only what the person may see counts."""
    terms = {"strength": which.strength, "community": which.community, "site": which.site, "state": which.state}
    filters = {**terms, "channel": which.channel, "at": str(at), "sort": sort, "list": "ties", "viewer": viewer.person}
    after = cursors.read(cursor, filters=filters)
    found = services.ties.of(which, viewer=viewer, at=at, order=sort, after=after, limit=limit)
    body = TiePage(
        items=[Tie.model_validate(tie) for tie in found.ties],
        next_cursor=cursors.write(found.following, filters=filters) if found.following else None,
        at=found.at,
        setting=TieSetting.model_validate(found.setting),
    )
    return page(request, body)


@router.get(
    "/v1/people/{person_id}/ties/transitions", operation_id="listTieTransitions", response_model=TieTransitionPage
)
def list_tie_transitions(
    request: Request,
    services: ServicesDep,
    viewer: OneselfDep,
    cursors: CursorsDep,
    at: MomentDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """List on which days one's own ties became new, growing, strong, weak or dormant, newest first."""
    filters = {"list": "transitions", "at": str(at), "viewer": viewer.person}
    after = cursors.read(cursor, filters=filters)
    found = services.tie_history.of(viewer=viewer, at=at, after=after, limit=limit)
    body = TieTransitionPage(
        items=[TieTransition.model_validate(turn) for turn in found.turns],
        next_cursor=cursors.write(found.following, filters=filters) if found.following else None,
        setting=TieSetting.model_validate(found.setting),
    )
    return page(request, body)


@router.get("/v1/people/{person_id}/ties/{other_id}", operation_id="getTie", response_model=ExplainedTie)
def get_tie(other_id: OtherId, services: ServicesDep, viewer: OneselfDep, at: MomentDep) -> Response:
    """Explain one's own tie to somebody, with the events behind it."""
    return answer(ExplainedTie.model_validate(services.ties.with_person(other_id, viewer=viewer, at=at)))


@router.get("/v1/people/{person_id}/brokerage", operation_id="getBrokerage", response_model=Brokerage)
def get_brokerage(services: ServicesDep, viewer: OneselfDep, at: MomentDep) -> Response:
    """Show how far one stands between people who do not meet, and with whom one forms triads that hold."""
    return answer(Brokerage.model_validate(services.brokerage.of(viewer=viewer, at=at)))
