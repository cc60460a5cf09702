"""The expertise map, for those who look at the whole organisation."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response

from api_schemas.expertise_maps import ExpertiseMapRead, MapCell, MapColumn, MapRow
from app.http.dependencies import LanguageDep, ServicesDep, ready, requires
from app.http.heat_map import picture_of
from app.http.map_table import table_of
from app.http.map_words import meaning
from app.http.parameters import MapColumns, MapFormat, MapLimit, MapRows
from app.http.presentation import PICTURE, accepted, written
from app.http.problems import keyed_responses
from app.services.expertise_map import ExpertiseMap
from graph.model import Language

TYPES: Final = {"json": "application/json", "csv": "text/csv", "svg": PICTURE}
ALSO: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {TYPES[name]: {"schema": {"type": "string"}} for name in ("csv", "svg")}}
}

router = APIRouter(
    tags=["analytics"],
    dependencies=[requires("analytics:read"), Depends(ready)],
    responses=keyed_responses("not-ready"),
)


@router.get("/v1/expertise-map", operation_id="getExpertiseMap", response_model=ExpertiseMapRead, responses=ALSO)
def get_expertise_map(
    request: Request,
    services: ServicesDep,
    language: LanguageDep,
    rows: MapRows = "department",
    columns: MapColumns = "topic",
    limit: MapLimit = 20,
    format: MapFormat = None,  # noqa: A002
) -> Response:
    """Show how many people of each department, site or community hold each topic, and how recently.

    As JSON, as CSV for spreadsheets or as an SVG picture. No cell tells of fewer than five people, and everybody gets
    the same map: it is drawn from what may be read by all, communities of interests left out."""
    found = services.expertise_maps.draw(rows=rows, columns=columns, limit=limit)
    media_type = TYPES[format] if format else accepted(request.headers.get("accept"), list(TYPES.values()))
    return _answer(found, media_type, language)


def _answer(found: ExpertiseMap, media_type: str, language: Language) -> Response:
    """The map in that form."""
    name = f"expertise-map-{found.row_kind}"
    if media_type == TYPES["csv"]:
        return written(table_of(found, language), media_type=media_type, language=language, name=f"{name}.csv")
    if media_type == TYPES["svg"]:
        return written(picture_of(found, language), media_type=media_type, language=language, name=f"{name}.svg")
    body = ExpertiseMapRead(
        rows=[MapRow.model_validate(row) for row in found.rows],
        columns=[MapColumn.model_validate(column) for column in found.columns],
        cells=[[cell and MapCell.model_validate(cell) for cell in cells] for cells in found.cells],
        fewest=found.fewest,
        meaning=meaning(found, language),
    )
    return written(body.model_dump_json(), media_type=media_type, language=language)
