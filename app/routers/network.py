"""The whole network of ties, in numbers."""

from fastapi import APIRouter, Depends, Response

from api_schemas.ties import GranovetterCheck, Interval, TieSetting
from app.http.dependencies import LanguageDep, MomentDep, ServicesDep, ViewerDep, ready, requires
from app.http.presentation import answer
from app.http.problems import keyed_responses
from app.http.tie_words import meaning

router = APIRouter(
    tags=["analytics"],
    dependencies=[requires("analytics:read"), Depends(ready)],
    responses=keyed_responses("not-found", "not-ready"),
)


@router.get("/v1/network/granovetter-check", operation_id="checkGranovetter", response_model=GranovetterCheck)
def check_granovetter(services: ServicesDep, viewer: ViewerDep, language: LanguageDep, at: MomentDep) -> Response:
    """Check whether strong ties lie where neighbourhoods overlap here, before anybody is advised to use weak ones."""
    check = services.granovetter_check.run(viewer=viewer, at=at)
    body = GranovetterCheck(
        verdict=check.verdict,
        meaning=meaning(check, language),
        rho=check.rho,
        interval=check.interval and Interval.model_validate(check.interval),
        ties=check.ties,
        measured=check.measured,
        setting=TieSetting.model_validate(check.setting),
    )
    return answer(body, headers={"Content-Language": language})
