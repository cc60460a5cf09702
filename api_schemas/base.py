"""What all schemas of the wire share."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


def _all_there(schema: dict[str, Any]) -> None:
    """An answer holds every field, also those that have a default here: clients need not ask."""
    schema["required"] = list(schema["properties"])
    for field in schema["properties"].values():
        field.pop("default", None)


class ReadSchema(BaseModel):
    """What goes out: built by attribute from a value of the domain."""

    # What follows from other records, from the clock or from the language: no part of the version of a record.
    beside_record: ClassVar[dict[str, Any]] = {}

    model_config = ConfigDict(from_attributes=True, frozen=True, json_schema_extra=_all_there)


class WriteSchema(BaseModel):
    """What comes in: an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
