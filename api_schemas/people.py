"""People."""

from datetime import date
from typing import Annotated

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.pagination import Page
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


class PersonDetail(PersonRead):
    """A person, with all that putting them anew replaces."""

    most_questions: int | None = Field(
        description="Open questions from which on they have enough; told to keys that may write records, else null"
    )


class PersonPage(Page[PersonRead]):
    """One page of people, by name."""


class Me(ReadSchema):
    """Who holds a key, and what it opens."""

    key: str = Field(description="The key's id, as `quisait keys list` shows it")
    scopes: list[str] = Field(description="What the key may be used for")
    person: PersonRead | None = Field(description="Whose key it is; null: nobody's in particular")
    may_act_as: bool = Field(description="Whether it may speak for other people: `Quisait-On-Behalf-Of`, `asker`")


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
