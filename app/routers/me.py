"""Who holds the key of a request."""

from fastapi import APIRouter, Response

from api_schemas.people import Me, PersonRead
from app.http.dependencies import PrincipalDep, ServicesDep, requires
from app.http.presentation import answer
from app.http.problems import keyed_responses

router = APIRouter(tags=["people"])


@router.get(
    "/v1/me",
    operation_id="getMe",
    response_model=Me,
    dependencies=[requires()],
    responses=keyed_responses(),
)
def get_me(holder: PrincipalDep, services: ServicesDep) -> Response:
    """Tell whose key this is, and what it opens: any valid key may ask."""
    person = services.directory.oneself(services.access.viewer(holder.person))
    return answer(
        Me(
            key=holder.key,
            scopes=sorted(holder.scopes),
            person=person and PersonRead.model_validate(person),
            may_act_as=holder.may_act_as,
        )
    )
