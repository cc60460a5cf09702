"""Communities: groups, channels, forums, lists, projects."""

from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.pagination import Page
from api_schemas.people import AccountRef
from api_schemas.records import CommunityFields


class CommunitySummary(ReadSchema):
    """A community in a list."""

    id: str = Field(description="Public id")
    name: str
    community_kind: Literal["practice", "learning", "project", "interest"] = Field(validation_alias="kind")
    visibility: Literal["public", "members", "secret"] = Field(
        description="`members`: the name is seen by all; `secret`: shown to its members only"
    )
    purpose: str | None
    parent: str | None = Field(description="Public id of the community it belongs to, if the viewer may see that one")
    archived: bool = Field(validation_alias="is_archived", description="No new posts")


class MemberRead(ReadSchema):
    """An account's part in a community."""

    account: AccountRef
    role: Literal["lead", "moderator", "member"]


class CommunityRead(CommunitySummary):
    """A community; charter and members of one that is not public are shown to its members only."""

    charter: str | None
    members: list[MemberRead]


class CommunityPage(Page[CommunitySummary]):
    """One page of communities, by public id."""


class CommunityWrite(CommunityFields):
    """A community, put by public id."""
