"""The published contract: what the framework gathers from the routes, and what it cannot know."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api_schemas.communities import CommunityWrite
from api_schemas.ingestion_jobs import LineResult
from api_schemas.introductions import IntroductionAnswer, IntroductionWrite
from api_schemas.people import PersonWrite
from api_schemas.problems import Problem
from api_schemas.questions import OutcomeWrite, QuestionWrite
from api_schemas.records import RECORD, PostFields
from api_schemas.topics import TopicMerge
from app.http import examples

VERSION: Final = "1.0.0"
DESCRIPTION: Final = """Quisait (*Qui sait ?*) finds, inside an organisation, the person who holds the knowledge that
nobody wrote down, shows why it thinks so, and how the asker can reach that person.

Every operation under `/v1` needs a key: `Authorization: Bearer qst_…`; the scopes that it asks for are named in its
`security`. Answers show what the viewer may see: the person of the key, or the one named by `Quisait-On-Behalf-Of`.
Errors are problem documents (RFC 9457) in French or English, by `Accept-Language`. The examples are what the fictional
company of `make demo` was asked and answered."""
TAGS: Final = [
    {"name": "experts", "description": "Who knows this?"},
    {"name": "people", "description": "People, and what they wrote about"},
    {"name": "ties", "description": "One's own ties: who is near, who is far, and why"},
    {"name": "communities", "description": "Groups, channels, forums, lists, projects"},
    {"name": "topics", "description": "What people know something about"},
    {"name": "analytics", "description": "The whole organisation, in numbers of people"},
    {"name": "questions", "description": "Who asked whom, and what became of it"},
    {"name": "introductions", "description": "Over whom to reach somebody, and who is asked to introduce whom"},
    {"name": "records", "description": "How posts, people and events come in"},
    {"name": "webhooks", "description": "What a portal of the host is told, so that it tells people"},
    {"name": "operations", "description": "For those who run the service"},
]
REFS: Final = "#/components/schemas/{model}"


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if not app.openapi_schema:
        found = get_openapi(
            title="Quisait",
            version=VERSION,
            summary="Who knows?",
            description=DESCRIPTION,
            routes=app.routes,
            webhooks=app.webhooks.routes,
            tags=TAGS,
            servers=[{"url": "/", "description": "This service"}],
            contact={"name": "Whoever runs this service"},
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        found["components"]["schemas"] |= _schemas_of_bodies()
        for operations in (*found["paths"].values(), *found["webhooks"].values()):
            for operation in operations.values():
                operation["parameters"] = [_never_null(given) for given in operation.get("parameters", [])]
        examples.show(found)
        app.openapi_schema = found
    return app.openapi_schema


def _never_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """The parameter as it is on the wire: left out, or a value; null cannot be sent."""
    schema = dict(parameter["schema"])
    for choice in schema.pop("anyOf", []):
        schema |= choice if choice != {"type": "null"} else {}
    return {**parameter, "schema": schema}


def _schemas_of_bodies() -> dict[str, Any]:
    """Schemas of what operations read or write by themselves."""
    _, models = models_json_schema(
        [
            (PersonWrite, "validation"),
            (CommunityWrite, "validation"),
            (QuestionWrite, "validation"),
            (OutcomeWrite, "validation"),
            (IntroductionWrite, "validation"),
            (IntroductionAnswer, "validation"),
            (PostFields, "validation"),
            (TopicMerge, "validation"),
            (Problem, "serialization"),
            (LineResult, "serialization"),
        ],
        ref_template=REFS,
    )
    record = RECORD.json_schema(ref_template=REFS)
    return {**models["$defs"], **record.pop("$defs"), "Record": record}
