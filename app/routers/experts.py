"""Who knows this?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.experts import EmptyReason, Expert, ExpertPage
from api_schemas.explanations import Constants, ExplanationRead, Standing, Working
from api_schemas.people import PersonSummary
from app.http.dependencies import AskerDep, CursorsDep, LanguageDep, ServicesDep, ViewerDep, ready, requires
from app.http.parameters import AboutPerson, Cursor, InCommunity, Limit, Mode, Question, Sort, TopicId
from app.http.presentation import answer, page
from app.http.problems import keyed_responses
from app.http.wording import no_experts, standing
from app.search.answers import Answer

MOST: Final = {"score": 200, "reach": 100}  # people that all pages of an answer show together

router = APIRouter(
    tags=["experts"],
    dependencies=[requires("experts:read"), Depends(ready)],
    responses=keyed_responses("not-found", "not-ready"),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Whom to rank for whom, and which part of the list to show."""

    request: Request
    viewer: ViewerDep
    cursors: CursorsDep
    language: LanguageDep
    asker: AskerDep
    community: InCommunity = None
    mode: Mode = "search"
    sort: Sort = "score"
    limit: Limit = 10
    cursor: Cursor = None

    def of(self, find: Callable[..., Answer], about: str) -> Response:
        """That part of what is found about something."""
        terms = {"asker": self.asker, "community": self.community, "mode": self.mode, "sort": self.sort}
        filters = {**terms, "about": about, "viewer": self.viewer.person}
        start = int(self.cursors.read(self.cursor, filters=filters) or 0)
        end = min(start + self.limit, MOST[self.sort])
        found = find(about, viewer=self.viewer, limit=end + 1, **terms)
        has_more = len(found.experts) > end < MOST[self.sort]
        body = ExpertPage(
            items=[Expert.model_validate(expert) for expert in found.experts[start:end]],
            reason=self._reason(found.reason),
            setting=found.setting,
            next_cursor=self.cursors.write(str(end), filters=filters) if has_more else None,
        )
        return page(self.request, body)

    def _reason(self, code: str | None) -> EmptyReason | None:
        return EmptyReason(code=code, detail=no_experts(code, self.language)) if code else None


ListingDep = Annotated[Listing, Depends()]


@router.get("/v1/experts", operation_id="whoKnows", response_model=ExpertPage)
def who_knows(q: Question, services: ServicesDep, listing: ListingDep) -> Response:
    """Find the people who can answer a question, with the evidence and the way to reach them."""
    return listing.of(services.expert_search.find, q)


@router.get("/v1/experts/explain", operation_id="explainExpert", response_model=ExplanationRead)
def explain_expert(
    q: Question,
    person: AboutPerson,
    services: ServicesDep,
    viewer: ViewerDep,
    asker: AskerDep,
    language: LanguageDep,
    community: InCommunity = None,
) -> Response:
    """Explain somebody's score for a question with all its arithmetic, or why they are not named."""
    found = services.expert_search.explain(q, person=person, viewer=viewer, asker=asker, community=community)
    return answer(
        ExplanationRead(
            person=PersonSummary.model_validate(found.person),
            standing=Standing(code=found.standing, detail=standing(found.standing, found.posts, language)),
            posts=found.posts,
            score=found.score,
            working=found.working and Working.model_validate(found.working),
            constants=Constants.model_validate(found.constants),
        )
    )


@router.get("/v1/topics/{topic_id}/experts", operation_id="getTopicExperts", response_model=ExpertPage)
def get_topic_experts(topic_id: TopicId, services: ServicesDep, listing: ListingDep) -> Response:
    """Find the people who know a topic."""
    return listing.of(services.expert_search.about_topic, topic_id)
