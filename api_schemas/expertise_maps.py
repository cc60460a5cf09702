"""The expertise map: rows × columns of cells, withheld or shown."""

from datetime import date

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.topics import TopicLabels


class MapRow(ReadSchema):
    """A department, a site or a community."""

    id: str | None = Field(description="Public id of the community; null for departments and sites")
    label: str | None = Field(validation_alias="name", description="null: people of whom none is known")


class MapColumn(ReadSchema):
    """A topic."""

    id: str = Field(description="Public id")
    pref_label: TopicLabels


class MapCell(ReadSchema):
    """How many people hold a topic, and how recently."""

    people: int = Field(
        description="Who wrote about it other than to ask, once or more; twice for a broader topic that unites several",
        ge=5,
    )
    half_since: date = Field(
        description="At least half of them have done so on this day or later; the first day of a quarter"
    )


class ExpertiseMapRead(ReadSchema):
    """An expertise map, the same for everybody who may ask for it."""

    rows: list[MapRow] = Field(description="Most people first, at most 200")
    columns: list[MapColumn] = Field(description="Topics with at least one cell to show, most people first")
    cells: list[list[MapCell | None]] = Field(
        description="A list for each row, and in it a cell for each column; null: withheld, whether nobody or somebody"
    )
    fewest: int = Field(description="A cell of fewer people is withheld, and others that would give it away", ge=5)
    meaning: str = Field(description="What a cell counts, in the language of the answer")
