"""How the service is: for those who run it."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Response

from api_schemas.health import Health, Readiness
from app.http.dependencies import MetricsDep, ServicesDep, ready, requires
from app.http.problems import keyed_responses, problem_responses
from app.observability.metrics import MEDIA_TYPE

OPEN: Final[dict[str, Any]] = {"security": []}  # no key is asked for

router = APIRouter(tags=["operations"])


@router.get(
    "/livez",
    operation_id="getLivez",
    responses=problem_responses("malformed-request", "invalid-request"),
    openapi_extra=OPEN,
)
async def livez() -> Health:
    """Tell that this process answers."""
    return Health(status="ok")


@router.get(
    "/readyz",
    operation_id="getReadyz",
    dependencies=[Depends(ready)],
    responses=problem_responses("malformed-request", "invalid-request", "not-ready"),
    openapi_extra=OPEN,
)
async def readyz(services: ServicesDep) -> Readiness:
    """Tell whether this process has read all that was there when it started, and what reads new posts."""
    return Readiness.model_validate({"status": "ok", "pipelines": services.readers.pipelines})


@router.get(
    "/metrics",
    operation_id="getMetrics",
    dependencies=[requires("admin")],
    response_class=Response,
    responses=keyed_responses()
    | {200: {"description": "Prometheus text format", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(figures: MetricsDep, services: ServicesDep) -> Response:
    """Show this process's figures."""
    figures.behind.set(services.refresher.behind())
    figures.degraded.set(services.readers.degraded())
    figures.receivers.counts = {
        one.id: {"sent": one.sent, "failed": one.failed, "dropped": one.dropped, "waiting": one.waiting}
        for one in services.receivers.all()
    }
    return Response(figures.text(), media_type=MEDIA_TYPE)
