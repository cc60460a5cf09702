"""Networks to look at: the one around oneself, and those of the communities one takes part in."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.networks import NetworkGroup, NetworkPerson, NetworkRead, NetworkTie
from app.http.dependencies import LanguageDep, MomentDep, OneselfDep, ServicesDep, ViewerDep, ready, requires
from app.http.network_files import file_of
from app.http.network_picture import picture_of
from app.http.network_words import description
from app.http.parameters import CommunityId, NetworkFormat, PictureShape
from app.http.presentation import PICTURE, accepted, written
from app.http.problems import keyed_responses
from app.services.networks import NetworkView
from graph.model import Language

TYPES: Final = {"json": "application/json", "graphml": "application/graphml+xml", "gexf": "application/gexf+xml"}
FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {TYPES[name]: {"schema": {"type": "string"}} for name in ("graphml", "gexf")}}
}

router = APIRouter(dependencies=[Depends(ready)])


class Picture(Response):
    """A picture."""

    media_type = PICTURE


@router.get(
    "/v1/people/{person_id}/network",
    operation_id="getPersonNetwork",
    tags=["ties"],
    response_model=NetworkRead,
    dependencies=[requires("ties:read")],
    responses=keyed_responses("not-found", "personal", "not-ready") | FILES,
)
def get_person_network(
    request: Request,
    services: ServicesDep,
    viewer: OneselfDep,
    language: LanguageDep,
    at: MomentDep,
    format: NetworkFormat = None,  # noqa: A002
) -> Response:
    """Show the people around oneself, and the ties between them.

    As JSON, or as GraphML or GEXF for programs that draw networks. Nobody else may ask; how strong the ties of two
    others are is not told."""
    return _answer(services.networks.around(viewer=viewer, at=at), request, language, form=format)


@router.get(
    "/v1/people/{person_id}/network.svg",
    operation_id="getPersonNetworkPicture",
    tags=["ties"],
    response_class=Picture,
    dependencies=[requires("ties:read")],
    responses=keyed_responses("not-found", "personal", "not-ready"),
)
def get_person_network_picture(
    services: ServicesDep, viewer: OneselfDep, language: LanguageDep, at: MomentDep, shape: PictureShape = "wide"
) -> Response:
    """Draw the people around oneself: strong ties broad, bridges dashed, communities told apart."""
    return _drawn(services.networks.around(viewer=viewer, at=at), language, shape)


@router.get(
    "/v1/communities/{community_id}/network",
    operation_id="getCommunityNetwork",
    tags=["communities"],
    response_model=NetworkRead,
    dependencies=[requires("ties:read")],
    responses=keyed_responses("not-found", "members-only", "not-ready") | FILES,
)
def get_community_network(
    community_id: CommunityId,
    request: Request,
    services: ServicesDep,
    viewer: ViewerDep,
    language: LanguageDep,
    at: MomentDep,
    format: NetworkFormat = None,  # noqa: A002
) -> Response:
    """Show who meets whom in a community, as far as it happened there, to those who take part in it.

    As JSON, or as GraphML or GEXF for programs that draw networks."""
    return _answer(services.networks.within(community_id, viewer=viewer, at=at), request, language, form=format)


@router.get(
    "/v1/communities/{community_id}/network.svg",
    operation_id="getCommunityNetworkPicture",
    tags=["communities"],
    response_class=Picture,
    dependencies=[requires("ties:read")],
    responses=keyed_responses("not-found", "members-only", "not-ready"),
)
def get_community_network_picture(
    community_id: CommunityId,
    services: ServicesDep,
    viewer: ViewerDep,
    language: LanguageDep,
    at: MomentDep,
    shape: PictureShape = "wide",
) -> Response:
    """Draw who meets whom in a community, for those who take part in it; departments are told apart."""
    return _drawn(services.networks.within(community_id, viewer=viewer, at=at), language, shape)


def _answer(view: NetworkView, request: Request, language: Language, *, form: str | None) -> Response:
    """The network in the form that was asked for."""
    media_type = TYPES[form] if form else accepted(request.headers.get("accept"), list(TYPES.values()))
    for name in ("graphml", "gexf"):
        if media_type == TYPES[name]:
            content = file_of(view, language, form=name)
            return written(content, media_type=media_type, language=language, name=f"network.{name}")
    body = NetworkRead(
        day=view.day,
        centre=view.centre,
        people=[NetworkPerson.model_validate(member) for member in view.people],
        ties=[NetworkTie.model_validate(tie) for tie in view.ties],
        groups=[NetworkGroup.model_validate(group) for group in view.groups],
        left_out=view.left_out,
        description=description(view, language),
    )
    return written(body.model_dump_json(), media_type=media_type, language=language)


def _drawn(view: NetworkView, language: Language, shape: PictureShape) -> Response:
    picture = picture_of(view, language, shape=shape)
    return written(picture, media_type=PICTURE, language=language, name="network.svg")
