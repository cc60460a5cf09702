"""People."""

from datetime import date
from typing import Annotated

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.records import Id, PersonFields, RecordFields, Source


class AccountRef(ReadSchema):
    """A person's id in one source."""

    source: str = Field(description="The system")
    id: str = Field(description="The person's id in it")


class PersonSummary(ReadSchema):
    """A person, where something else is told."""

    id: str = Field(description="Public id")
    name: str | None = Field(description="null: known by their posts only")
    accounts: list[AccountRef] = Field(description="Their ids in the sources")


class PersonRead(PersonSummary):
    """A person, as the viewer may see them."""

    department: str | None
    site: str | None
    level: str | None = Field(description="From the directory, never inferred")
    languages: list[str] = Field(description="Spoken")
    active: bool = Field(validation_alias="is_active")
    bot: bool = Field(validation_alias="is_bot")
    away_until: date | None = Field(description="Not proposed before this day")


class AccountName(RecordFields):
    """An account to join to a person."""

    source: Source
    id: Id


class PersonWrite(PersonFields):
    """A person, put by public id."""

    accounts: Annotated[
        list[AccountName] | None,
        Field(
            max_length=100,
            description="The whole list: named ones move here, dropped ones get a person of their own; null: no change",
        ),
    ] = None
