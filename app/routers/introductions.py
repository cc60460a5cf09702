"""Introductions: over whom somebody is led to others, and who was asked to introduce them."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response

from api_schemas.experts import EmptyReason
from api_schemas.introductions import (
    IntroductionAnswer,
    IntroductionLink,
    IntroductionPage,
    IntroductionPathList,
    IntroductionPathRead,
    IntroductionRead,
    IntroductionStep,
    IntroductionWrite,
)
from api_schemas.people import PersonSummary
from api_schemas.ties import TieSetting
from app.http.asking import named_fields, place, position, unchanged
from app.http.bodies import parse
from app.http.dependencies import (
    JsonBody,
    LanguageDep,
    MomentDep,
    OneselfDep,
    ServicesDep,
    SomebodyDep,
    ready,
    requires,
)
from app.http.introduction_words import next_step, no_path, reason
from app.http.listing import Paging, paging
from app.http.parameters import (
    FewPaths,
    IfMatch,
    IfNoneMatch,
    IntroductionId,
    IntroductionRole,
    IntroductionState,
    LeadsTo,
    LeadsToTopic,
    Naming,
)
from app.http.presentation import NOT_MODIFIED, answer, body_of, etag, resource, worded
from app.http.problems import Refusal, keyed_responses
from app.records import FieldError
from app.services.introduction_paths import FoundPaths, IntroductionPath
from app.services.introductions import Introductions, NewIntroduction, ShownIntroduction
from graph.model import Language, Viewer

WHERE: Final = {
    "Location": {"description": "The introduction", "schema": {"type": "string"}},
    "ETag": {"description": "Its version", "schema": {"type": "string"}},
}

router = APIRouter(tags=["introductions"], dependencies=[Depends(ready)])


@router.get(
    "/v1/people/{person_id}/introductions",
    operation_id="findIntroductions",
    response_model=IntroductionPathList,
    dependencies=[requires("ties:read")],
    responses=keyed_responses("not-found", "not-ready", "personal"),
)
def find_introductions(
    services: ServicesDep,
    viewer: OneselfDep,
    language: LanguageDep,
    at: MomentDep,
    to: LeadsTo = None,
    topic: LeadsToTopic = None,
    limit: FewPaths = 3,
) -> Response:
    """Find over whom one is led to somebody, or to those who know a topic: at most three people in between.

    The path whose weakest tie is strongest comes first, then the shorter. Nobody else may ask. Whoever is away, wants
    no questions, or has enough of them now is on none."""
    if to and not topic:
        if to == viewer.person:
            raise Refusal("invalid-request", errors=[FieldError("/query/to", "oneself")])
        found = services.introduction_paths.to_person(to, viewer=viewer, at=at, limit=limit)
    elif topic and not to:
        found = services.introduction_paths.to_topic(topic, viewer=viewer, at=at, limit=limit)
    else:
        raise Refusal("invalid-request", errors=[FieldError("/query/to", "to_or_topic")])
    return answer(_paths(found, language))


@router.post(
    "/v1/introductions",
    operation_id="postIntroduction",
    status_code=201,
    response_model=IntroductionRead,
    dependencies=[requires("questions:write")],
    responses={
        200: {"description": "It was there already", "model": IntroductionRead, "headers": WHERE},
        201: {"description": "The intermediary is asked", "headers": WHERE},
        **keyed_responses("not-found", "not-ready", "too-large", "unsupported-media-type"),
    },
    openapi_extra=body_of(IntroductionWrite),
)
def post_introduction(body: JsonBody, services: ServicesDep, viewer: SomebodyDep, language: LanguageDep) -> Response:
    """Ask somebody for an introduction to somebody they know: nobody else hears of it unless they accept.

    The same `id` changes nothing, nor the same two people while the first waits, whatever the `id`: that one is the
    answer. To somebody farther away one is led step by step."""
    fields = parse(body, IntroductionWrite)
    new = NewIntroduction(
        intermediary=fields.intermediary,
        target=fields.target,
        message=fields.message,
        topics=tuple(dict.fromkeys(fields.topics)),
        id=fields.id,
    )
    with named_fields():
        introduction, is_new = services.introducing.ask(new, viewer=viewer)
    shown = _shown(services.introductions, introduction, viewer, language)
    headers = {"Location": f"/v1/introductions/{introduction}", "ETag": etag(shown)}
    return answer(shown, status=201 if is_new else 200, headers=headers)


@router.get(
    "/v1/introductions",
    operation_id="listIntroductions",
    response_model=IntroductionPage,
    dependencies=[requires("questions:read")],
    responses=keyed_responses("not-found", "not-ready"),
)
def list_introductions(
    services: ServicesDep,
    viewer: SomebodyDep,
    language: LanguageDep,
    paging: Annotated[Paging, paging(20)],
    person: Naming,
    role: IntroductionRole = None,
    state: IntroductionState = None,
) -> Response:
    """List the introductions that the viewer asked for, was asked for, or that were made to them, the last first."""
    return paging.of(
        IntroductionPage,
        lambda after, limit: [
            _read(shown, language)
            for shown in services.introductions.page(
                role=role, state=state, people=person, before=place(after), limit=limit, viewer=viewer
            )
        ],
        position=position,
        list="introductions",
        role=role,
        state=state,
        person=sorted(set(person)),
    )


@router.get(
    "/v1/introductions/{introduction_id}",
    operation_id="getIntroduction",
    response_model=IntroductionRead,
    dependencies=[requires("questions:read")],
    responses=keyed_responses("not-found", "not-ready") | NOT_MODIFIED,
)
def get_introduction(
    introduction_id: IntroductionId,
    services: ServicesDep,
    viewer: SomebodyDep,
    language: LanguageDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Show an introduction to who asked for it and to the intermediary, and once it is accepted to the target."""
    return resource(_shown(services.introductions, introduction_id, viewer, language), if_none_match=if_none_match)


@router.put(
    "/v1/introductions/{introduction_id}/answer",
    operation_id="putIntroductionAnswer",
    status_code=204,
    dependencies=[requires("questions:write")],
    responses=keyed_responses("not-found", "not-ready", "conflict", "stale", "too-large", "unsupported-media-type"),
    openapi_extra=body_of(IntroductionAnswer),
)
def put_introduction_answer(
    introduction_id: IntroductionId,
    body: JsonBody,
    services: ServicesDep,
    viewer: SomebodyDep,
    if_match: IfMatch = None,
) -> None:
    """Accept or decline, as the intermediary: `accepted` tells the target, and is a referral; `declined` tells nobody.

    Who declined may still accept; who accepted has told the target, and cannot take that back."""
    fields = parse(body, IntroductionAnswer)
    with named_fields():
        services.introducing.answer(
            introduction_id,
            fields.answer,
            message=fields.message,
            viewer=viewer,
            check=unchanged(
                if_match, services.introductions, lambda there: _shown(there, introduction_id, viewer, "en")
            ),
        )


@router.delete(
    "/v1/introductions/{introduction_id}",
    operation_id="deleteIntroduction",
    status_code=204,
    dependencies=[requires("questions:write")],
    responses=keyed_responses("not-found", "not-ready", "stale"),
)
def delete_introduction(
    introduction_id: IntroductionId, services: ServicesDep, viewer: SomebodyDep, if_match: IfMatch = None
) -> None:
    """Take an introduction back, as who asked for it, with all that followed from it."""
    with named_fields():
        services.introducing.take_back(
            introduction_id,
            viewer=viewer,
            check=unchanged(
                if_match, services.introductions, lambda there: _shown(there, introduction_id, viewer, "en")
            ),
        )


def _shown(introductions: Introductions, introduction: str, viewer: Viewer, language: Language) -> IntroductionRead:
    return _read(introductions.introduction(introduction, viewer=viewer), language)


def _read(shown: ShownIntroduction, language: Language) -> IntroductionRead:
    """The introduction with what to do next, in words."""
    return worded(IntroductionRead, shown, next_step=next_step(shown, language))


def _paths(found: FoundPaths, language: Language) -> IntroductionPathList:
    why = found.reason and EmptyReason(
        code=found.reason, detail=no_path(found.reason, language, away_until=found.away_until)
    )
    return IntroductionPathList(
        items=[_path(path, language) for path in found.items],
        reason=why,
        at=found.at,
        setting=TieSetting.model_validate(found.setting),
    )


def _path(path: IntroductionPath, language: Language) -> IntroductionPathRead:
    steps = [
        IntroductionStep(
            one=PersonSummary.model_validate(step.one),
            other=PersonSummary.model_validate(step.other),
            strength=step.strength,
            strong=step.is_strong,
            link=IntroductionLink.model_validate(step.link),
            reason=reason(step, language, is_first=place == 0),
        )
        for place, step in enumerate(path.steps)
    ]
    return IntroductionPathRead(person=PersonSummary.model_validate(path.person), weakest=path.weakest, steps=steps)
