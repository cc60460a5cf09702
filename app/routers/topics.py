"""Topics: what people know something about."""

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.topics import TopicPage, TopicRead, TopicSummary
from app.http.dependencies import CursorsDep, ServicesDep, ViewerDep, ready, requires
from app.http.parameters import Cursor, IfNoneMatch, LabelPart, Limit, TopicId
from app.http.presentation import NOT_MODIFIED, page, resource
from app.http.problems import keyed_responses

router = APIRouter(
    tags=["topics"],
    dependencies=[requires("experts:read"), Depends(ready)],
    responses=keyed_responses("not-found", "not-ready"),
)


@router.get("/v1/topics", operation_id="listTopics", response_model=TopicPage)
def list_topics(
    request: Request,
    services: ServicesDep,
    viewer: ViewerDep,
    cursors: CursorsDep,
    q: LabelPart = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """List the topics of the posts that the viewer may read, or those whose name holds some text."""
    filters = {"list": "topics", "q": q, "viewer": viewer.person}
    after = cursors.read(cursor, filters=filters)
    found = services.topics.page(containing=q or "", after=after, limit=limit + 1, viewer=viewer)
    following = cursors.following(found, limit=limit, position=lambda topic: topic.position, filters=filters)
    items = [TopicSummary.model_validate(topic) for topic in found[:limit]]
    return page(request, TopicPage(items=items, next_cursor=following))


@router.get("/v1/topics/{topic_id}", operation_id="getTopic", response_model=TopicRead, responses={**NOT_MODIFIED})
def get_topic(
    topic_id: TopicId, services: ServicesDep, viewer: ViewerDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Show a topic; one that was merged into another is answered by that one."""
    return resource(
        TopicRead.model_validate(services.topics.topic(topic_id, viewer=viewer)), if_none_match=if_none_match
    )
