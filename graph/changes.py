"""What the change feed says: the present state of what changed, a row each."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from graph.model import Channel, InteractionType, Language, PostKind, TextFormat, TopicKind


class PersonRow(NamedTuple):
    """A person in the change feed; who is inactive or a bot is no expert, and of who has no name nothing is known."""

    number: int
    id: str
    is_expert: bool  # who is none makes no ties either
    name: str | None = None
    department: str | None = None
    site: str | None = None


class TopicRow(NamedTuple):
    """A topic in the change feed; one without labels is shown nowhere."""

    number: int
    id: str
    label_fr: str | None
    label_en: str | None
    merged_into: int | None
    kind: TopicKind = "professional"
    broader: str | None = None  # a public id: what it names may come later
    aliases: tuple[str, ...] = ()
    merged_by_hand: int | None = None
    acronym: int | None = None  # of a definition …
    long_form: int | None = None  # … and what it stands for
    is_sent: bool = False  # by a source, not found in posts
    apart: tuple[int, ...] = ()


class PostRow(NamedTuple):
    """A post in the change feed; one that is not indexed yet is not read yet."""

    number: int
    id: str
    author: int
    community: int
    thread: int | None
    at: int  # microseconds since 1970, UTC
    kind: PostKind | None
    language: Language | None
    format: TextFormat
    title: str | None
    text: str
    is_indexed: bool
    topics: tuple[int, ...]
    strengths: tuple[float, ...]


class InteractionRow(NamedTuple):
    """An interaction in the change feed."""

    number: int
    type: InteractionType
    channel: Channel
    source: int
    target: int
    community: int
    post: int  # 0: about none
    at: int  # microseconds since 1970, UTC


class Removal(NamedTuple):
    """Something that is there no more."""

    kind: Literal["post", "interaction"]
    number: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The present state of everything whose last change lies in a window of numbers that ends at `seq`."""

    seq: int
    people: tuple[PersonRow, ...] = ()
    topics: tuple[TopicRow, ...] = ()
    posts: tuple[PostRow, ...] = ()
    interactions: tuple[InteractionRow, ...] = ()
    removed: tuple[Removal, ...] = ()
