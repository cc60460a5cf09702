"""The whole network: the communities that ties make, and what holds it together."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.networks import (
    Agreement,
    FoundCommunities,
    FoundCommunity,
    LatentCommunity,
    ResiliencePoint,
    ResilienceRead,
)
from app.http.curve_picture import picture_of
from app.http.dependencies import LanguageDep, MomentDep, ServicesDep, ready, requires
from app.http.parameters import CurveFormat, Removal
from app.http.presentation import PICTURE, accepted, answer, written
from app.http.problems import keyed_responses
from app.http.structure_words import endurance_meaning, structure_meaning

TYPES: Final = {"json": "application/json", "svg": PICTURE}
ALSO: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {PICTURE: {"schema": {"type": "string"}}}}}

router = APIRouter(
    tags=["analytics"],
    dependencies=[requires("analytics:read"), Depends(ready)],
    responses=keyed_responses("not-ready"),
)


@router.get("/v1/network/communities", operation_id="findCommunities", response_model=FoundCommunities)
def find_communities(services: ServicesDep, language: LanguageDep, at: MomentDep) -> Response:
    """Find the communities that ties make, whatever was declared, and those that are still to come.

    Everybody gets the same answer: it is drawn from what may be read by all, communities of interests left out. The
    ties may be those of a moment; where people write, and what about, is told as of today."""
    found = services.network_structure.communities(at=at)
    body = FoundCommunities(
        day=found.day,
        people=found.people,
        ties=found.ties,
        measured=found.measured,
        modularity=round(found.modularity, 6),
        agreements=[Agreement.model_validate(one) for one in found.agreements],
        communities=[FoundCommunity.model_validate(one) for one in found.communities],
        latent=[LatentCommunity.model_validate(one) for one in found.latent],
        fewest=found.fewest,
        meaning=structure_meaning(found, language),
    )
    return answer(body, headers={"Content-Language": language})


@router.get("/v1/network/resilience", operation_id="getResilience", response_model=ResilienceRead, responses=ALSO)
def get_resilience(
    request: Request,
    services: ServicesDep,
    language: LanguageDep,
    at: MomentDep,
    remove: Removal = "weak",
    format: CurveFormat = None,  # noqa: A002
) -> Response:
    """Show how much of the network stays together as its weak ties go, or its strong ones, beside the other way round.

    As JSON or as an SVG picture. Everybody gets the same answer, as with communities."""
    found = services.network_structure.endurance(at=at)
    media_type = TYPES[format] if format else accepted(request.headers.get("accept"), list(TYPES.values()))
    if media_type == PICTURE:
        picture = picture_of(found, language, remove=remove)
        return written(picture, media_type=PICTURE, language=language, name=f"resilience-{remove}.svg")
    body = ResilienceRead(
        day=found.day,
        remove=remove,
        ties=found.ties,
        verdict=found.resilience.verdict if found.resilience else "too_small",
        meaning=endurance_meaning(found, language),
        points=[
            ResiliencePoint(removed=removed, together=together, otherwise=otherwise)
            for removed, together, otherwise in found.points(remove)
        ],
    )
    return written(body.model_dump_json(), media_type=media_type, language=language)
