"""Ingestion jobs: what became of a batch."""

from fastapi import APIRouter, Response

from api_schemas.ingestion_jobs import IngestionJobRead, LineProblem, Outcomes
from app.http.dependencies import LanguageDep, ServicesDep, requires
from app.http.parameters import IfNoneMatch, JobId
from app.http.presentation import NOT_MODIFIED, resource
from app.http.problems import keyed_responses
from app.http.wording import field_error
from graph.model import Job, Language

router = APIRouter(
    tags=["records"], dependencies=[requires("records:write")], responses=keyed_responses("not-found") | NOT_MODIFIED
)


@router.get("/v1/ingestion-jobs/{job_id}", operation_id="getIngestionJob", response_model=IngestionJobRead)
def get_ingestion_job(
    job_id: JobId, services: ServicesDep, language: LanguageDep, if_none_match: IfNoneMatch = None
) -> Response:
    """Show how far a batch of records is, and what was wrong with its lines."""
    return resource(_read(services.ingestion.job(job_id), language), if_none_match=if_none_match)


def _read(job: Job, language: Language) -> IngestionJobRead:
    return IngestionJobRead(
        id=job.id,
        state=job.state,
        created_at=job.created_at,
        received=job.received,
        outcomes=Outcomes.model_validate(job.outcomes),
        posts=job.posts,
        waiting=job.waiting,
        degraded=job.degraded,
        problems=[
            LineProblem(
                line=problem.line,
                pointer=problem.pointer,
                code=problem.code,
                detail=field_error(problem.code, language, expected=problem.expected),
            )
            for problem in job.problems
        ],
    )
