"""What all schemas of the wire share."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class ReadSchema(BaseModel):
    """What goes out: built by attribute from a value of the domain."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class WriteSchema(BaseModel):
    """What comes in: an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def example(**fields: Any) -> ConfigDict:
    """The configuration of a schema that shows this example."""
    return ConfigDict(json_schema_extra={"examples": [fields]})
