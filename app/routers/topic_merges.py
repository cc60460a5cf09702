"""Topics that are one: suggestions, decisions, and the way back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api_schemas.topics import MergeSuggestionPage, TopicMerge, TopicRead
from app.http.bodies import parse
from app.http.dependencies import JsonBody, ServicesDep, ViewerDep, ready, requires
from app.http.listing import Paging, paging
from app.http.parameters import IfMatch, TopicId
from app.http.presentation import body_of, require_match
from app.http.problems import Refusal, keyed_responses
from app.records import FieldError
from app.services.topics import Topics
from graph.errors import NotFound
from graph.model import Viewer

router = APIRouter(tags=["topics"], dependencies=[requires("admin"), Depends(ready)])


@router.get(
    "/v1/topics/merge-suggestions",
    operation_id="listMergeSuggestions",
    response_model=MergeSuggestionPage,
    responses=keyed_responses("not-found", "not-ready"),
)
def list_merge_suggestions(services: ServicesDep, viewer: ViewerDep, paging: Annotated[Paging, paging(50)]) -> Response:
    """List pairs of topics that look like one, the surest first; what somebody told apart is not suggested again."""
    return paging.of(
        MergeSuggestionPage,
        lambda after, limit: services.merge_suggestions.page(after=after, limit=limit, viewer=viewer),
        position=lambda pair: pair.position,
        list="merge-suggestions",
    )


@router.post(
    "/v1/topics/{topic_id}/merge",
    operation_id="mergeTopic",
    status_code=204,
    responses=keyed_responses("not-found", "not-ready", "conflict", "stale", "too-large", "unsupported-media-type"),
    openapi_extra=body_of(TopicMerge),
)
def merge_topic(
    topic_id: TopicId, body: JsonBody, services: ServicesDep, viewer: ViewerDep, if_match: IfMatch = None
) -> None:
    """Let a topic count as another one: mentions stay where they are, all answers follow."""
    into = parse(body, TopicMerge).into
    _shown(services.topics, topic_id, viewer)
    try:
        _shown(services.topics, into, viewer)
    except NotFound as error:
        raise Refusal("invalid-request", errors=[FieldError("/into", "unknown")]) from error
    services.topic_merges.merge(
        topic_id,
        into=into,
        viewer=viewer,
        check=lambda: require_match(if_match, lambda: _shown(services.topics, topic_id, viewer)),
    )


@router.delete(
    "/v1/topics/{topic_id}/merge",
    operation_id="undoTopicMerge",
    status_code=204,
    responses=keyed_responses("not-found", "not-ready", "conflict", "stale"),
)
def undo_topic_merge(topic_id: TopicId, services: ServicesDep, viewer: ViewerDep, if_match: IfMatch = None) -> None:
    """Let a topic stand for itself again, whether somebody merged it, another list has one of its name, or posts agreed
    that it is short for another one.

    The two are kept apart from then on, until somebody merges them."""
    services.topic_merges.undo(
        topic_id,
        viewer=viewer,
        check=lambda: require_match(if_match, lambda: _shown(services.topics, topic_id, viewer)),
    )


def _shown(topics: Topics, topic: str, viewer: Viewer) -> TopicRead:
    return TopicRead.model_validate(topics.topic(topic, viewer=viewer))
