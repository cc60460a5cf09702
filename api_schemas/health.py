"""How the service is."""

from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema


class Health(ReadSchema):
    """The process answers."""

    status: Literal["ok"] = Field(description="Always so; whatever else there is to say is a problem")


class PipelineRead(ReadSchema):
    """What finds the topics of posts in a language."""

    tier: Literal["lexical", "bundled", "external"] = Field(
        description="`lexical`: without a model; `bundled`: comes with the program; `external`: installed by the host"
    )
    name: str = Field(description="What it is called")
    version: str = Field(description="Which one of that name; with the tier it goes with everything that it finds")
    licence: str = Field(description="Under which it may be used, in its own words")


class Pipelines(ReadSchema):
    """A pipeline a language."""

    fr: PipelineRead
    en: PipelineRead


class Readiness(Health):
    """The process is ready."""

    pipelines: Pipelines
