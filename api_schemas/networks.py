"""Networks: people and the ties between them, and what the whole of them looks like."""

from datetime import date
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.people import PersonSummary
from api_schemas.topics import TopicName


class NetworkGroup(ReadSchema):
    """What some of the people have in common: where they and the person mostly meet, or their department."""

    id: str | None = Field(description="Public id of the community; null for a department")
    name: str


class NetworkPerson(ReadSchema):
    """Somebody in a network."""

    person: PersonSummary
    group: int | None = Field(description="Which of the groups, counted from 0; null: none of them", ge=0)


class NetworkTie(ReadSchema):
    """A tie between two of the people; of one between two others around a person no more is told than that it is."""

    one: int = Field(description="Which of the people, counted from 0", ge=0)
    other: int = Field(description="Likewise", ge=0)
    strength: float | None = Field(description="null: not told", ge=0, le=1)
    bridgeness: float | None = Field(description="1 − neighbourhood overlap; null: not told", ge=0, le=1)
    local_bridge: bool | None = Field(
        validation_alias="is_local_bridge", description="They have no neighbour in common; null: not told"
    )


class NetworkRead(ReadSchema):
    """The network around a person, or of a community, as it is now or was at a moment."""

    day: date = Field(description="The day, UTC, at whose beginning ages are taken")
    centre: int | None = Field(description="Which of the people it is around; null for a community", ge=0)
    people: list[NetworkPerson] = Field(description="The forty whose ties are strongest, by public id")
    ties: list[NetworkTie]
    groups: list[NetworkGroup] = Field(description="At most six, most people first")
    left_out: int = Field(description="How many more people there are, whose ties are weaker", ge=0)
    description: str = Field(description="What a picture of it shows, in the language of the answer")


class CommunityPart(ReadSchema):
    """A declared community, or a department, that people of a found one share."""

    id: str | None = Field(description="Public id of the community; null for a department")
    name: str
    people: int = Field(description="Those who write most in it, or are in it", ge=5)


class FoundCommunity(ReadSchema):
    """People who have more ties among each other than with others."""

    people: int = Field(ge=5)
    communities: list[CommunityPart] = Field(description="Where they write most, as far as it can be told")
    departments: list[CommunityPart] = Field(description="Likewise")
    topics: list[TopicName] = Field(description="What at least five of them know about, the most their own first")


class LatentCommunity(ReadSchema):
    """People who know about the same and mostly do not reach each other: a community that is still to come."""

    topic: TopicName
    people: int = Field(description="Who wrote about it other than to ask", ge=5)
    fragmentation: float = Field(description="Share of their pairs without a path of ties among them", ge=0, le=1)


class Agreement(ReadSchema):
    """How well found communities fit a declared division."""

    division: Literal["community", "department", "site"]
    value: float | None = Field(description="Adjusted mutual information: 1 the same, 0 as by chance; null: too few")


class FoundCommunities(ReadSchema):
    """The communities that ties make, set against those that were declared; the same for everybody who may ask."""

    day: date = Field(description="The day, UTC, at whose beginning ages are taken")
    people: int = Field(description="Who have a tie", ge=0)
    ties: int = Field(ge=0)
    measured: int = Field(description="How many ties communities were found from: the strongest of everybody", ge=0)
    modularity: float = Field(description="How far ties keep within found communities, over chance", le=1)
    agreements: list[Agreement]
    communities: list[FoundCommunity] = Field(description="The largest first, at most 50")
    latent: list[LatentCommunity] = Field(description="At most 20: first those whose topic the organisation named")
    fewest: int = Field(description="Nothing is told of fewer people, nor what would give them away", ge=5)
    meaning: str = Field(description="The same as sentences, in the language of the answer")


class ResiliencePoint(ReadSchema):
    """What is left together when so many ties are gone."""

    removed: float = Field(description="Share of the ties", ge=0, le=1)
    together: float = Field(description="Share of the people who are still in one piece", ge=0, le=1)
    otherwise: float = Field(description="The same if the other ties had gone first", ge=0, le=1)


class ResilienceRead(ReadSchema):
    """How the network bears the loss of its ties; the same for everybody who may ask."""

    day: date = Field(description="The day, UTC, at whose beginning ages are taken")
    remove: Literal["weak", "strong"] = Field(description="Which ties go first")
    ties: int = Field(ge=0)
    verdict: Literal["weak", "strong", "alike", "too_small"] = Field(
        description="Which ties hold the network together: without them it falls apart sooner"
    )
    meaning: str = Field(description="The same as a sentence, in the language of the answer")
    points: list[ResiliencePoint] = Field(description="None where the network is too small")
