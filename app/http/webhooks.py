"""The webhooks of the contract: what receivers are sent, and how they answer; nobody calls these here."""

from typing import Annotated, Final

from fastapi import APIRouter, Header

from api_schemas.webhooks import IntroductionEvent, PingEvent, QuestionEvent

SAID: Final = {
    "introduction.requested": "Somebody is asked to introduce two people to each other: tell them.",
    "introduction.accepted": "Somebody is introduced: tell both, the one who asked and the one they are led to.",
    "introduction.taken_back": "An introduction was taken back: tell those who had heard of it.",
    "question.asked": "Somebody was asked: tell them.",
    "question.redirected": "A question was passed on: tell to whom, and whoever did not do it.",
    "question.closed": "It was said what became of a question: tell the other one of the two.",
    "question.taken_back": "Somebody is asked no more: tell them.",
    "ping": "`quisait webhooks test` asks whether the receiver takes what it is sent: do nothing.",
}
ANSWERS: Final = {
    204: {"description": "It was taken; so are all that are answered with 200 to 299"},
    410: {"description": "The receiver wants no more events: it is disabled at once"},
    "default": {
        "description": "It was not, and is sent again, later; nor was it by a redirect or an answer after 10 seconds"
    },
}

Id = Annotated[str, Header(alias="webhook-id", description="The same whenever an event is sent again", max_length=100)]
At = Annotated[
    int, Header(alias="webhook-timestamp", description="When it was sent: seconds since 1970", ge=0, le=1e12)
]
Signature = Annotated[
    str, Header(alias="webhook-signature", description="`v1,` and a signature by the secret, in Base64", max_length=200)
]


def contract() -> APIRouter:
    """All of them, by the name of the event."""
    router = APIRouter(tags=["webhooks"])
    kinds = {"introduction": _introduction, "question": _question, "ping": _ping}
    for name, said in SAID.items():
        router.add_api_route(
            name,
            kinds[name.partition(".")[0]],
            methods=["POST"],
            status_code=204,
            operation_id=operation_id(name),
            summary=" ".join(_words(name)),
            description=said,
            responses={**ANSWERS},
        )
    return router


def operation_id(event: str) -> str:
    """What the contract calls the webhook of this event."""
    first, *rest = _words(event)
    return first.lower() + "".join(rest)


def _words(event: str) -> list[str]:
    return event.replace(".", " ").replace("_", " ").title().split()


def _introduction(event: IntroductionEvent, webhook_id: Id, timestamp: At, signature: Signature) -> None: ...
def _question(event: QuestionEvent, webhook_id: Id, timestamp: At, signature: Signature) -> None: ...
def _ping(event: PingEvent, webhook_id: Id, timestamp: At, signature: Signature) -> None: ...
