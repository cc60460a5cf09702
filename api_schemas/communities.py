"""Communities: groups, channels, forums, lists, projects."""

from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema, example
from api_schemas.pagination import Page
from api_schemas.people import AccountRef
from api_schemas.records import CommunityFields

COMMUNITY = {
    "id": "com_optics",
    "name": "réseau optique",
    "community_kind": "practice",
    "visibility": "members",
    "purpose": "Transport optique",
    "parent": "com_network",
    "archived": False,
}


class CommunitySummary(ReadSchema):
    """A community in a list."""

    model_config = example(**COMMUNITY)

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

    model_config = example(account={"source": "slack:T01", "id": "U01"}, role="lead")

    account: AccountRef
    role: Literal["lead", "moderator", "member"]


class CommunityRead(CommunitySummary):
    """A community; charter and members of one that is not public are shown to its members only."""

    model_config = example(
        **COMMUNITY,
        charter="On répond sous deux jours.",
        members=[{"account": {"source": "slack:T01", "id": "U01"}, "role": "lead"}],
    )

    charter: str | None
    members: list[MemberRead]


class CommunityPage(Page[CommunitySummary]):
    """One page of communities, by public id."""

    model_config = example(items=[COMMUNITY], next_cursor=None)


class CommunityWrite(CommunityFields):
    """A community, put by public id."""

    model_config = example(
        name="réseau optique", visibility="members", purpose="Transport optique", members=[{"person": "U01"}]
    )
