"""The application: routes, layers, and the services they use for as long as it runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.exceptions import ExceptionMiddleware

from app.bootstrap import running
from app.http import openapi, problems, webhooks
from app.http.dependencies import exact_query
from app.http.middleware import MIB, BodyLimit, HeadAsGet, SafeHeaders
from app.observability import logging
from app.observability.metrics import Metrics
from app.observability.requests import RequestObserver
from app.routers import (
    communities,
    expertise_map,
    experts,
    health,
    ingestion_jobs,
    introductions,
    me,
    network,
    network_structure,
    networks,
    pages,
    people,
    questions,
    recommendations,
    records,
    ties,
    topic_merges,
    topics,
)
from app.settings import Settings

THREADS: Final = 8  # that wait for the store or calculate at the same time; more would only wait for each other
BODY_LIMITS: Final = {"/v1/records": 5 * MIB}
ROUTERS: Final[tuple[APIRouter, ...]] = (
    experts.router,
    me.router,
    people.router,
    ties.router,
    recommendations.router,
    networks.router,
    communities.router,
    topic_merges.router,
    topics.router,
    expertise_map.router,
    questions.router,
    introductions.router,
    network.router,
    network_structure.router,
    records.router,
    ingestion_jobs.router,
    health.router,
    pages.router,
)


def from_environment() -> FastAPI:
    """The application as the environment sets it, for a server's process."""
    settings = Settings()
    logging.configure(level=settings.log_level)
    return create_app(settings)


def create_app(settings: Settings) -> FastAPI:
    """The application; its services are built when it starts and closed when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        with running(settings) as services:
            app.state.services = services
            yield

    app = FastAPI(
        lifespan=lifespan,
        webhooks=webhooks.contract(),
        dependencies=[Depends(exact_query)],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.state.metrics = Metrics.at_zero()
    for router in ROUTERS:
        app.include_router(router)
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    problems.install(app, routes=routes)
    _wrap(app)
    app.openapi = lambda: openapi.document(app)
    return app


def _wrap(app: FastAPI) -> None:
    """Put the layers around the application, the innermost first."""
    app.add_middleware(ExceptionMiddleware, handlers={Exception: problems.failed})  # FastAPI's is outside all layers
    app.add_middleware(BodyLimit, limits=BODY_LIMITS)
    app.add_middleware(RequestObserver, metrics=app.state.metrics)
    app.add_middleware(SafeHeaders)
    app.add_middleware(HeadAsGet)
