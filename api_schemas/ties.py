"""Ties: how close people are, how far a tie reaches, and where somebody stands among others."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.experts import CommunityName
from api_schemas.pagination import Page
from api_schemas.people import PersonSummary

State = Literal["new", "growing", "dormant", "strong", "weak"]


class TieComponents(ReadSchema):
    """What a strength is made of."""

    frequency: float = Field(description="How much happened, the older the less", ge=0, le=1)
    recency: float = Field(description="How lately something happened", ge=0, le=1)
    reciprocity: float = Field(description="How far both give and receive", ge=0, le=1)
    duration: float = Field(description="How long the two have known each other", ge=0, le=1)
    multiplexity: float = Field(description="In how many ways and communities they meet", ge=0, le=1)
    in_person: float = Field(description="How much of it happened face to face", ge=0, le=1)


class TieSetting(TieComponents):
    """How events became strengths: the weight of each component, and the rest of the constants by their version."""

    version: str = Field(description="Changes with every constant")
    half_life_days: float = Field(description="An event that old counts half")
    strong: float = Field(description="A tie is strong from this strength on")


class Bridgeness(ReadSchema):
    """How far a tie reaches, from the neighbours of the two: strength has no part in it."""

    bridgeness: float = Field(description="1 − overlap", ge=0, le=1)
    overlap: float = Field(description="Common neighbours / all neighbours of the two", ge=0, le=1)
    common_neighbours: int = Field(ge=0)
    local_bridge: bool = Field(validation_alias="is_local_bridge", description="They have no neighbour in common")
    community_distance: float | None = Field(
        description="1 − communities both wrote in / communities either did; null: one has written in none", ge=0, le=1
    )
    other_department: bool | None = Field(
        validation_alias="is_other_department", description="null: one is in none that is known"
    )
    other_site: bool | None = Field(validation_alias="is_other_site", description="Likewise")


class Tie(ReadSchema):
    """A tie to somebody: two separate numbers, and what they are made of."""

    person: PersonSummary
    strength: float = Field(description="The sum of weight × component, from the events of the two alone", ge=0, le=1)
    strong: bool = Field(validation_alias="is_strong")
    components: TieComponents
    bridge: Bridgeness
    state: State = Field(
        description="`new`: first event within 90 days, fewer than 3. `growing`: 3 or more in the last 90 days, twice "
        "those of the 90 before. `dormant`: was strong, and silent for two half-lives. Else by strength"
    )
    channel: Literal["online", "in_person", "both"] = Field(description="Where all that happened took place")
    events: int = Field(description="How many the viewer may see", ge=1)
    first: datetime
    last: datetime


class TiePage(Page[Tie]):
    """One page of somebody's ties."""

    at: datetime = Field(description="The moment that ages are taken at; it stays the same on later pages")
    setting: TieSetting


class PostLink(ReadSchema):
    """A post, where something else is told."""

    id: str = Field(description="Public id")
    url: str | None = Field(description="Where to read it")


class TieEvent(ReadSchema):
    """Something that happened between the two."""

    type: Literal[
        "reply", "address", "thanks", "acceptance", "endorsement", "reaction", "referral", "meeting", "co_session"
    ]
    direction: Literal["given", "received", "mutual"] = Field(description="As the person of the address sees it")
    date: datetime
    channel: Literal["online", "in_person"]
    community: CommunityName | None = Field(description="null: in none, or in one that has no name")
    post: PostLink | None = Field(description="null: about none")


class ExplainedTie(ReadSchema):
    """A tie with its evidence."""

    tie: Tie
    simmelian_triads: int = Field(
        description="With how many third people the two form a triad in which everybody answers everybody", ge=0
    )
    evidence: list[TieEvent] = Field(description="The events behind the tie, newest first, at most 100")
    at: datetime = Field(description="The moment that ages are taken at")
    setting: TieSetting


class TieTransition(ReadSchema):
    """A tie came into a state."""

    person: PersonSummary
    date: date
    before: State | None = Field(description="null: the tie began on this day")
    after: State


class TieTransitionPage(Page[TieTransition]):
    """One page of the changes of somebody's ties, newest first."""

    setting: TieSetting


class SimmelianTie(ReadSchema):
    """A tie inside triads in which everybody answers everybody: good for what is not written down."""

    person: PersonSummary
    triads: int = Field(description="With how many third people", ge=1)


class Brokerage(ReadSchema):
    """How far somebody stands between people who do not meet."""

    ties: int = Field(ge=0)
    constraint: float | None = Field(
        description="Burt's: small where neighbours do not meet; null: no ties that count", ge=0
    )
    effective_size: float | None = Field(description="How many separate contacts the neighbours are worth")
    communities: int = Field(description="In how many communities the events of the ties lie", ge=0)
    percentile: float | None = Field(
        description="The share of peers who are more constrained; null: fewer than 5 to compare with", ge=0, le=1
    )
    peers: int = Field(description="People of the same department compared with, at most 30, chosen by lot", ge=0)
    simmelian_ties: int = Field(ge=0)
    simmelian: list[SimmelianTie] = Field(description="Most triads first, at most 20")
    setting: TieSetting


class Interval(ReadSchema):
    """Where a value lies in 19 of 20 samples of the people."""

    low: float
    high: float


class GranovetterCheck(ReadSchema):
    """Whether strong ties lie where neighbourhoods overlap, in this network."""

    verdict: Literal["holds", "does_not_hold", "reversed", "too_small"]
    meaning: str = Field(description="The same as sentences, in the language of the answer")
    rho: float | None = Field(
        description="Spearman's correlation of strength and overlap; null: too small", ge=-1, le=1
    )
    interval: Interval | None = Field(description="Of rho; null: too small")
    ties: int = Field(description="How many the viewer may see", ge=0)
    measured: int = Field(description="How many of them were measured, chosen by lot, always the same", ge=0)
    setting: TieSetting
