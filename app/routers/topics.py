"""Topics: what people know something about."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api_schemas.topics import TopicPage, TopicRead
from app.http.dependencies import ServicesDep, ViewerDep, ready, requires
from app.http.listing import Paging, paging
from app.http.parameters import IfNoneMatch, LabelPart, TopicId
from app.http.presentation import NOT_MODIFIED, resource
from app.http.problems import keyed_responses

router = APIRouter(
    tags=["topics"],
    dependencies=[requires("experts:read"), Depends(ready)],
    responses=keyed_responses("not-found", "not-ready"),
)


@router.get("/v1/topics", operation_id="listTopics", response_model=TopicPage)
def list_topics(
    services: ServicesDep, viewer: ViewerDep, paging: Annotated[Paging, paging(50)], q: LabelPart = None
) -> Response:
    """List the topics of the posts that the viewer may read, or those whose name holds some text."""
    return paging.of(
        TopicPage,
        lambda after, limit: services.topics.page(containing=q or "", after=after, limit=limit, viewer=viewer),
        position=lambda topic: topic.position,
        list="topics",
        q=q,
    )


@router.get("/v1/topics/{topic_id}", operation_id="getTopic", response_model=TopicRead, responses={**NOT_MODIFIED})
def get_topic(
    topic_id: TopicId, services: ServicesDep, viewer: ViewerDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Show a topic; one that was merged into another is answered by that one."""
    return resource(
        TopicRead.model_validate(services.topics.topic(topic_id, viewer=viewer)), if_none_match=if_none_match
    )
