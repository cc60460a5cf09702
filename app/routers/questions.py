"""Questions that people ask people, and what becomes of them."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Depends, Response

from api_schemas.questions import ExchangeRead, OutcomeCounts, OutcomeWrite, QuestionPage, QuestionRead, QuestionWrite
from app.http.asking import named_fields, place, position, unchanged
from app.http.bodies import parse
from app.http.dependencies import JsonBody, LanguageDep, ServicesDep, SomebodyDep, ready, requires
from app.http.listing import Paging, paging
from app.http.parameters import IfMatch, IfNoneMatch, Naming, QuestionId, QuestionState, Role
from app.http.presentation import NOT_MODIFIED, answer, body_of, etag, resource, worded
from app.http.problems import Refusal, keyed_responses
from app.http.question_words import next_step
from app.records import FieldError
from app.services.questions import NewQuestion, Questions, ShownQuestion
from graph.model import Language, Viewer

WHERE: Final = {
    "Location": {"description": "The question", "schema": {"type": "string"}},
    "ETag": {"description": "Its version", "schema": {"type": "string"}},
}

router = APIRouter(tags=["questions"], dependencies=[Depends(ready)])


@router.post(
    "/v1/questions",
    operation_id="postQuestion",
    status_code=201,
    response_model=QuestionRead,
    dependencies=[requires("questions:write")],
    responses={
        200: {"description": "It was there already", "model": QuestionRead, "headers": WHERE},
        201: {"description": "It is recorded", "headers": WHERE},
        **keyed_responses("not-found", "not-ready", "conflict", "too-large", "unsupported-media-type"),
    },
    openapi_extra=body_of(QuestionWrite),
)
def post_question(body: JsonBody, services: ServicesDep, viewer: SomebodyDep, language: LanguageDep) -> Response:
    """Record that the viewer asks somebody a question: it is shown to these two alone, and to whom it is redirected.

    With an `id` the same again changes nothing."""
    fields = parse(body, QuestionWrite)
    if viewer.person == fields.asked:
        raise Refusal("invalid-request", errors=[FieldError("/asked", "asked_oneself")])
    new = NewQuestion(
        fields.asked, fields.text, tuple(dict.fromkeys(fields.topics)), fields.post, fields.id or uuid4().hex
    )
    with named_fields():
        question, outcome = services.questioning.ask(new, viewer=viewer)
    shown = _shown(services.questions, question, viewer, language)
    headers = {"Location": f"/v1/questions/{question}", "ETag": etag(shown)}
    return answer(shown, status=201 if outcome == "created" else 200, headers=headers)


@router.get(
    "/v1/questions",
    operation_id="listQuestions",
    response_model=QuestionPage,
    dependencies=[requires("questions:read")],
    responses=keyed_responses("not-found", "not-ready"),
)
def list_questions(
    services: ServicesDep,
    viewer: SomebodyDep,
    language: LanguageDep,
    paging: Annotated[Paging, paging(20)],
    person: Naming,
    role: Role = None,
    state: QuestionState = None,
) -> Response:
    """List the questions that the viewer asked, was asked, or was named in instead of who was asked, the last first."""
    is_open = state and state == "open"
    return paging.of(
        QuestionPage,
        lambda after, limit: [
            _read(shown, language)
            for shown in services.questions.page(
                role=role, is_open=is_open, people=person, before=place(after), limit=limit, viewer=viewer
            )
        ],
        position=position,
        list="questions",
        role=role,
        state=state,
        person=sorted(set(person)),
    )


@router.get(
    "/v1/questions/{question_id}",
    operation_id="getQuestion",
    response_model=QuestionRead,
    dependencies=[requires("questions:read")],
    responses=keyed_responses("not-found", "not-ready") | NOT_MODIFIED,
)
def get_question(
    question_id: QuestionId,
    services: ServicesDep,
    viewer: SomebodyDep,
    language: LanguageDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Show a question to its asker, to whom it was asked, or to whom it was redirected."""
    return resource(_shown(services.questions, question_id, viewer, language), if_none_match=if_none_match)


@router.put(
    "/v1/questions/{question_id}/outcome",
    operation_id="putQuestionOutcome",
    status_code=204,
    dependencies=[requires("questions:write")],
    responses=keyed_responses("not-found", "not-ready", "stale", "too-large", "unsupported-media-type"),
    openapi_extra=body_of(OutcomeWrite),
)
def put_question_outcome(
    question_id: QuestionId,
    body: JsonBody,
    services: ServicesDep,
    viewer: SomebodyDep,
    if_match: IfMatch = None,
) -> None:
    """Say what became of a question, as who asked it or who was asked: the last word counts.

    Thanks follow from `helped` if the asker says so, a referral from `redirected`."""
    fields = parse(body, OutcomeWrite)
    with named_fields():
        services.questioning.close(
            question_id,
            fields.outcome,
            redirected_to=fields.redirected_to,
            viewer=viewer,
            check=unchanged(if_match, services.questions, lambda there: _shown(there, question_id, viewer, "en")),
        )


@router.delete(
    "/v1/questions/{question_id}",
    operation_id="deleteQuestion",
    status_code=204,
    dependencies=[requires("questions:write")],
    responses=keyed_responses("not-found", "not-ready", "stale"),
)
def delete_question(
    question_id: QuestionId, services: ServicesDep, viewer: SomebodyDep, if_match: IfMatch = None
) -> None:
    """Take a question back, as who asked it, with all that followed from it."""
    with named_fields():
        services.questioning.take_back(
            question_id,
            viewer=viewer,
            check=unchanged(if_match, services.questions, lambda there: _shown(there, question_id, viewer, "en")),
        )


@router.get(
    "/v1/me/exchange",
    operation_id="getMyExchange",
    response_model=ExchangeRead,
    dependencies=[requires("questions:read")],
    responses=keyed_responses("not-found", "not-ready"),
)
def get_my_exchange(services: ServicesDep, viewer: SomebodyDep) -> Response:
    """Tell the viewer how many questions they were asked and asked, and what became of them: nobody else is told."""
    own = services.exchanges.of_oneself(viewer)
    given, received = own.exchange.given, own.exchange.received
    return answer(
        ExchangeRead(
            open=own.load.open,
            most_open=own.load.most_open,
            recent=own.load.recent,
            recent_days=own.recent_days,
            given=OutcomeCounts(**given),
            received=OutcomeCounts(**received),
            balance=given.get("helped", 0) - received.get("helped", 0),
        )
    )


def _shown(questions: Questions, question: str, viewer: Viewer, language: Language) -> QuestionRead:
    return _read(questions.question(question, viewer=viewer), language)


def _read(shown: ShownQuestion, language: Language) -> QuestionRead:
    """The question with what to do next, in words."""
    return worded(QuestionRead, shown, next_step=next_step(shown, language))
