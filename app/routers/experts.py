"""Who knows this?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.experts import AwayExpert, EmptyReason, Expert, ExpertPage, Hint, Note
from api_schemas.explanations import Constants, ExplanationRead, Standing, Working
from api_schemas.people import PersonSummary
from app.http.answer_words import notes
from app.http.asking import named_fields
from app.http.dependencies import AskerDep, CursorsDep, LanguageDep, ServicesDep, ViewerDep, ready, requires
from app.http.parameters import AboutPerson, Cursor, Exclude, InCommunity, Limit, Mode, Question, Sort, Spread, TopicId
from app.http.presentation import answer, page
from app.http.problems import keyed_responses
from app.http.wording import no_experts, standing
from app.search.answers import Answer

MOST: Final = 200  # people that all pages of an answer show together …
MOST_ORDERED: Final = 100  # … where more than the score orders them

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
    exclude: Exclude
    community: InCommunity = None
    mode: Mode = "search"
    sort: Sort = "score"
    spread: Spread = False
    limit: Limit = 10
    cursor: Cursor = None

    def of(self, find: Callable[..., Answer], about: str) -> Response:
        """That part of what is found about something."""
        terms = {"asker": self.asker, "community": self.community, "mode": self.mode, "sort": self.sort}
        terms |= {"exclude": sorted(set(self.exclude)), "spread": self.spread}
        filters = {**terms, "about": about, "viewer": self.viewer.person}
        first = int(self.cursors.read(self.cursor, filters=filters) or 0)
        most = MOST if self.sort == "score" and not self.spread else MOST_ORDERED
        end = min(first + self.limit, most)
        with named_fields(of="/query"):
            found = find(about, viewer=self.viewer, first=first, limit=end - first, language=self.language, **terms)
        body = ExpertPage(
            items=[Expert.model_validate(expert) for expert in found.experts],
            reason=self._reason(found.reason),
            away=[AwayExpert.model_validate(absent) for absent in found.absent],
            notes=[Note(code=code, detail=detail) for code, detail in notes(found, self.language)],
            hints=[Hint.model_validate(hint) for hint in found.hints],
            named_people=[PersonSummary.model_validate(person) for person in found.named_people],
            setting=found.setting,
            next_cursor=self.cursors.write(str(end), filters=filters) if found.has_more and end < most else None,
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
    with named_fields(of="/query"):
        found = services.expert_search.explain(
            q, person=person, viewer=viewer, asker=asker, community=community, language=language
        )
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
