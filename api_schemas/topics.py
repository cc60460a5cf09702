"""Topics: what people know something about."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api_schemas.base import ReadSchema, example
from api_schemas.pagination import Page

TOPIC_ID = "top_3q2-7wEBAgMEBQYHCAkKCw"


class TopicLabels(ReadSchema):
    """A topic's name."""

    model_config = example(fr="multiplexage en longueur d'onde", en="wavelength-division multiplexing")

    fr: str | None = Field(default=None, description="In French")
    en: str | None = Field(default=None, description="In English")


class TopicAliases(ReadSchema):
    """Other names of a topic."""

    model_config = example(fr=[], en=["DWDM"])

    fr: list[str] = Field(default=[], description="In French")
    en: list[str] = Field(default=[], description="In English")


class TopicSummary(ReadSchema):
    """A topic in a list."""

    model_config = example(id=TOPIC_ID, pref_label={"fr": "fibre optique", "en": "optical fibre"}, posts=12)

    id: str = Field(description="Public id")
    pref_label: TopicLabels
    posts: int = Field(description="Posts about it that the viewer may read", ge=0)


class TopicRead(TopicSummary):
    """A topic."""

    model_config = example(
        id=TOPIC_ID,
        pref_label={"fr": "fibre optique", "en": "optical fibre"},
        posts=12,
        alt_labels={"fr": ["fibre"], "en": []},
        broader="top_optics",
        related=[],
        uri="http://www.wikidata.org/entity/Q162",
        topic_kind="professional",
    )

    alt_labels: TopicAliases
    broader: str | None = Field(description="Public id of the wider topic")
    related: list[str] = Field(description="Public ids of topics close to it")
    uri: str | None = Field(description="The same in ESCO, ROME or Wikidata")
    topic_kind: Literal["professional", "interest"] = Field(validation_alias="kind")


class TopicPage(Page[TopicSummary]):
    """One page of topics, by public id."""

    model_config = example(
        items=[{"id": TOPIC_ID, "pref_label": {"fr": "fibre optique", "en": "optical fibre"}, "posts": 12}],
        next_cursor=None,
    )


class KnownTopic(ReadSchema):
    """A topic that somebody wrote about."""

    model_config = example(
        topic=TOPIC_ID,
        pref_label={"fr": "fibre optique", "en": "optical fibre"},
        posts=7,
        first="2025-03-02T09:14:00Z",
        last="2026-01-12T16:40:00Z",
        communities=["com_optics"],
    )

    topic: str = Field(description="Public id of the topic")
    pref_label: TopicLabels
    posts: int = Field(description="How many of their posts mention it, of those the viewer may read", ge=1)
    first: datetime = Field(description="When they first mentioned it")
    last: datetime = Field(description="When they last mentioned it")
    communities: list[str] = Field(description="Public ids of the communities where they did, without those of no name")


class ExpertiseProfile(Page[KnownTopic]):
    """One page of what somebody wrote about, most often first."""

    model_config = example(
        items=[
            {
                "topic": TOPIC_ID,
                "pref_label": {"fr": "fibre optique", "en": "optical fibre"},
                "posts": 7,
                "first": "2025-03-02T09:14:00Z",
                "last": "2026-01-12T16:40:00Z",
                "communities": ["com_optics"],
            }
        ],
        next_cursor=None,
    )
