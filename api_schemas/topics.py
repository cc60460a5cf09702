"""Topics: what people know something about."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema, WriteSchema
from api_schemas.pagination import Page


class TopicLabels(ReadSchema):
    """A topic's name."""

    fr: str | None = Field(default=None, description="In French")
    en: str | None = Field(default=None, description="In English")


class TopicName(ReadSchema):
    """A topic, where something else is told."""

    id: str = Field(description="Public id")
    pref_label: TopicLabels


class TopicAliases(ReadSchema):
    """Other names of a topic."""

    fr: list[str] = Field(default=[], description="In French")
    en: list[str] = Field(default=[], description="In English")


class TopicSummary(ReadSchema):
    """A topic in a list."""

    id: str = Field(description="Public id")
    pref_label: TopicLabels
    topic_kind: Literal["professional", "interest"] = Field(validation_alias="kind")
    posts: int = Field(description="Posts about it that the viewer may read", ge=0)


class TopicRead(TopicSummary):
    """A topic."""

    beside_record = {"posts": True}

    alt_labels: TopicAliases
    broader: str | None = Field(
        description="Public id of the wider topic: who knows this one is found for that one, too"
    )
    related: list[str] = Field(description="Public ids of topics close to it")
    uri: str | None = Field(description="The same in ESCO, ROME or Wikidata")
    exact_match: list[str] = Field(description="URIs of the same in other lists (SKOS)")
    close_match: list[str] = Field(description="URIs of what is nearly the same in other lists (SKOS)")


class TopicPage(Page[TopicSummary]):
    """One page of topics, those with most posts first."""


class TopicMerge(WriteSchema):
    """What a topic counts as from now on."""

    into: str = Field(pattern=r"^top_[A-Za-z0-9_-]{1,64}$", max_length=68, description="Public id of the other topic")


class MergeSuggestionRead(ReadSchema):
    """Two topics that look like one."""

    topic: TopicSummary = Field(description="The one that would be merged …")
    into: TopicSummary = Field(description="… and what it would count as")
    reason: Literal["same_uri", "shared_name", "acronym", "same_letters", "one_edit"] = Field(
        description="They are the same in another list · a source gave both the same name · posts define one as short "
        "for the other · they are written with the same letters · they are one letter apart"
    )
    authors: int | None = Field(description="People who define the acronym so in posts that the viewer may read", ge=1)
    evidence: list[str] = Field(description="Public ids of some of these posts")


class MergeSuggestionPage(Page[MergeSuggestionRead]):
    """One page of suggestions, the surest reason first, then most posts."""


class KnownTopic(ReadSchema):
    """A topic that somebody wrote about."""

    topic: str = Field(description="Public id of the topic")
    pref_label: TopicLabels
    posts: int = Field(description="How many of their posts mention it, of those the viewer may read", ge=1)
    first: datetime = Field(description="When they first mentioned it")
    last: datetime = Field(description="When they last mentioned it")
    communities: list[str] = Field(description="Public ids of the communities where they did, without those of no name")


class ExpertiseProfile(Page[KnownTopic]):
    """One page of what somebody wrote about, most often first."""
