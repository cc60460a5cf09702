"""People whom somebody should meet."""

from fastapi import APIRouter, Depends, Response

from api_schemas.experts import EmptyReason
from api_schemas.recommendations import Recommendation, RecommendationPage, RecommendationSetting
from app.http.dependencies import LanguageDep, MomentDep, OneselfDep, ServicesDep, ready, requires
from app.http.parameters import FewPeople, Peak, WritingIn
from app.http.presentation import answer, worded
from app.http.problems import keyed_responses
from app.http.recommendation_words import nobody, why
from app.services.recommendations import Proposal
from graph.model import Language

router = APIRouter(tags=["ties"])


@router.get(
    "/v1/people/{person_id}/recommendations",
    operation_id="recommendPeople",
    response_model=RecommendationPage,
    dependencies=[requires("ties:read"), Depends(ready)],
    responses=keyed_responses("not-found", "personal", "not-ready"),
)
def recommend_people(
    services: ServicesDep,
    viewer: OneselfDep,
    language: LanguageDep,
    at: MomentDep,
    peak: Peak = None,
    community: WritingIn = None,
    limit: FewPeople = 10,
) -> Response:
    """Name people whom one should meet: who writes about the same, is not near yet, and brings something new.

    Nobody else may ask, and only what the person may see counts. Never named are those one meets anyway, who is away,
    and who wants no questions."""
    found = services.recommendations.of(viewer=viewer, at=at, peak=peak, community=community, limit=limit)
    body = RecommendationPage(
        items=[_shown(proposal, language) for proposal in found.proposals],
        reason=EmptyReason(code=found.reason, detail=nobody(found.reason, language)) if found.reason else None,
        at=found.at,
        setting=RecommendationSetting.model_validate(found.setting),
    )
    return answer(body, headers={"Content-Language": language})


def _shown(proposal: Proposal, language: Language) -> Recommendation:
    """The proposal with its reason in words."""
    return worded(Recommendation, proposal, why=why(proposal, language))
