"""People to meet, and why."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema
from api_schemas.experts import EmptyReason
from api_schemas.pagination import Page
from api_schemas.people import PersonSummary
from api_schemas.topics import TopicName


class SharedTopic(ReadSchema):
    """A topic that both write about, the other one not only to ask."""

    topic: TopicName
    asked: bool = Field(validation_alias="is_asked", description="One only asked about it oneself")
    own: float = Field(
        description="How deep one is in it: 1 − e^(−Σ strength × 2^(−age / half-life)) of mentions", ge=0, le=1
    )
    other: float = Field(description="How deep the other one is, likewise, without what they asked", ge=0, le=1)
    holders: int = Field(description="How many people write about it other than to ask", ge=1)
    last: datetime = Field(description="When the other one last did")
    weight: float = Field(description="own × other / log2(1 + holders)", ge=0, le=1)


class RecommendationSetting(ReadSchema):
    """What made the scores."""

    version: str = Field(description="Changes with every constant")
    peak: float = Field(description="The closeness at which a meeting promises most", ge=0, le=1)
    half_life_days: float = Field(description="A post that old counts half")
    bond: float = Field(description="Topics that weigh as much make a common ground of one half")
    circle: float = Field(description="Contacts of such strength make a closeness of one half")


class Recommendation(ReadSchema):
    """Somebody to meet: score = common_ground × distance × (1 + novelty) / 2."""

    person: PersonSummary
    why: str = Field(description="The reason in a sentence, in the language of the answer")
    score: float = Field(ge=0, le=1)
    common_ground: float = Field(description="shared_weight / (shared_weight + bond)", ge=0, le=1)
    distance: float = Field(
        description="(1 − ((closeness − peak) / max(peak, 1 − peak))²) × (1 − strength): neither too far nor too near",
        ge=0,
        le=1,
    )
    novelty: float = Field(
        description="Share of their last 50 posts that is on topics which neither oneself nor a contact writes about",
        ge=0,
        le=1,
    )
    shared_weight: float = Field(description="The weights of all topics in common", ge=0)
    shared: list[SharedTopic] = Field(description="The heaviest of them, at most 5")
    closeness: float = Field(description="contact_strength / (contact_strength + circle)", ge=0, le=1)
    contact_strength: float = Field(description="The strengths of one's ties to all contacts in common", ge=0)
    contacts: int = Field(description="How many contacts the two have in common", ge=0)
    via: list[PersonSummary] = Field(description="Of these at most 3, first who can introduce the two best")
    strength: float = Field(description="Of the tie between the two; 0: there is none", ge=0, le=1)
    state: Literal["dormant", "weak"] | None = Field(description="Of the same; null: there is none")
    new: list[TopicName] = Field(
        description="The topics that are new, at most 3, those first that somebody named in both languages"
    )


class RecommendationPage(Page[Recommendation]):
    """People to meet, the best first."""

    reason: EmptyReason | None = Field(description="Why nobody is named; else null")
    at: datetime = Field(description="The moment that ages are taken at")
    setting: RecommendationSetting
