"""How the service is."""

from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema


class Health(ReadSchema):
    """The process answers, or is ready."""

    status: Literal["ok"] = Field(description="Always so; whatever else there is to say is a problem")
