"""The records that come in: people, communities, topics, posts, interactions, short forms, questions, deletions."""

import re
from collections.abc import Collection
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from api_schemas.base import WriteSchema

# The offset may be missing here: that has an error of its own.
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)?\Z")
CLEAN = r"^[^\x00-\x08\x0B-\x1F\x7F-\x9F]*$"  # no control characters but tab and line feed
# … and not only blanks
SAYING = r"^[^\x00-\x08\x0B-\x1F\x7F-\x9F]*[^\s\x00-\x1F\x7F-\x9F][^\x00-\x08\x0B-\x1F\x7F-\x9F]*$"

Source = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=CLEAN, description="The system it comes from"),
]
Id = Annotated[
    str,
    Field(min_length=1, max_length=512, pattern=CLEAN, description="Its id in that source, opaque"),
]
Short = Annotated[str, Field(max_length=200, pattern=CLEAN)]
Uri = Annotated[str, Field(max_length=500, pattern=CLEAN)]
Label = Annotated[str, Field(min_length=1, max_length=200, pattern=CLEAN)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]


def is_rfc_3339(given: object) -> object:
    """Refuse what only looks like a time to a lenient reader: a day, a count of seconds."""
    if not isinstance(given, str) or not RFC_3339.match(given):
        raise PydanticCustomError("datetime_parsing", "an RFC 3339 time is expected")
    return given


def says_something(given: object) -> object:
    """Refuse words that are none, by an error of their own."""
    if isinstance(given, str) and not given.strip():
        raise PydanticCustomError("blank", "words are expected, not only blanks")
    return given


Told = Annotated[str, Field(min_length=1, max_length=2000, pattern=SAYING), BeforeValidator(says_something)]
Time = Annotated[
    AwareDatetime,
    BeforeValidator(is_rfc_3339),
    Field(strict=False, description="RFC 3339, with an offset, at most one day ahead"),
]
Language = Literal["fr", "en"]


Outcome = Annotated[
    Literal["helped", "redirected", "no_answer"],
    Field(description="What became of it; `no_answer` also where it was withdrawn"),
]
QuestionText = Annotated[Told | None, Field(description="What was asked, in words")]


def is_redirected_well(outcome: str | None, person: str | None, *, known: Collection[str] = ()) -> bool:
    """Whether an outcome names another person exactly where it redirects to one."""
    return (outcome == "redirected") == (person is not None) and person not in known


class RecordFields(WriteSchema):
    """What all records share: nothing is converted, a number is not a string."""

    model_config = ConfigDict(strict=True)


class Keyed(RecordFields):
    """A record's key: the same again changes nothing, a changed one replaces the whole earlier one."""

    source: Source
    id: Id


class PersonFields(RecordFields):
    """What a source says of a person."""

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=CLEAN)]
    email: Annotated[
        str | None,
        Field(
            max_length=254, pattern=r"^[^@\s\x00-\x1F]+@[^@\s\x00-\x1F]+$", description="Serves to join accounts only"
        ),
    ] = None
    email_verified: Annotated[
        bool, Field(description="The source itself checked the address, which has to be given with it")
    ] = False
    department: Short | None = None
    site: Short | None = None
    level: Annotated[Short | None, Field(description="From the directory, never inferred")] = None
    languages: Annotated[list[LanguageCode], Field(max_length=20, description="Spoken")] = []
    active: Annotated[bool, Field(description="false hides the person at once, and ends what they may read")] = True
    bot: Annotated[bool, Field(description="A bot is never an expert and makes no ties")] = False
    away_until: Annotated[date | None, Field(description="Not proposed before this day")] = None
    most_questions: Annotated[
        int | None,
        Field(ge=0, le=1000, description="Open questions from which on they have enough; null: the service's setting"),
    ] = None

    @model_validator(mode="after")
    def verifies_what_it_gives(self) -> Self:
        """Nobody vouches for an address that they do not name: the one that was there is never shown."""
        if self.email_verified and self.email is None:
            raise PydanticCustomError("email_expected", "email_verified goes with an email")
        return self


class PersonRecord(PersonFields, Keyed):
    """One account of a person."""

    kind: Literal["person"]


class MemberRecord(RecordFields):
    """A person's part in a community."""

    person: Id
    role: Literal["lead", "moderator", "member"] = "member"


class CommunityFields(RecordFields):
    """A group, channel, forum, list or project."""

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=CLEAN)]
    community_kind: Annotated[
        Literal["practice", "learning", "project", "interest"],
        Field(description="`interest` never reaches the views of HR"),
    ] = "practice"
    visibility: Annotated[
        Literal["public", "members", "secret"],
        Field(description="`members`: the name is seen by all; `secret`: no trace for others"),
    ]
    purpose: Annotated[str | None, Field(max_length=2000, pattern=CLEAN)] = None
    charter: Annotated[str | None, Field(max_length=20000, pattern=CLEAN)] = None
    parent: Annotated[Id | None, Field(description="The community it belongs to")] = None
    members: Annotated[list[MemberRecord], Field(max_length=20000, description="The whole list")] = []
    archived: Annotated[bool, Field(description="No new posts")] = False


class CommunityRecord(CommunityFields, Keyed):
    """A community of a source."""

    kind: Literal["community"]


class PostFields(Keyed):
    """What somebody wrote."""

    author: Annotated[Id, Field(description="The person's id in the same source")]
    community: Annotated[Id | None, Field(description="null: in none, readable by everybody")]
    thread: Annotated[
        str | None, Field(max_length=512, pattern=CLEAN, description="Equal ones are one thread; null: its own")
    ] = None
    reply_to: Annotated[Id | None, Field(description="The post it answers; may be unknown, now or for ever")] = None
    post_kind: Annotated[
        Literal["question", "answer", "comment", "article"] | None, Field(description="Only where the source tells")
    ] = None
    title: Annotated[str | None, Field(max_length=500, pattern=CLEAN)] = None
    text: Annotated[str, Field(max_length=100000, pattern=CLEAN)]
    format: Literal["plain", "markdown", "html"] = "plain"
    created_at: Time
    edited_at: Time | None = None
    lang: Annotated[Language | None, Field(description="null: detected")] = None
    addressed: Annotated[list[Id], Field(max_length=100, description="People named or written to")] = []
    url: Annotated[
        str | None, Field(max_length=2000, pattern=r"^https?://[^\s\x00-\x1F\x85]+$", description="Where to read it")
    ] = None


class PostRecord(PostFields):
    """A post of a source."""

    kind: Literal["post"]


class InteractionRecord(Keyed):
    """One event between two people, or a meeting of several."""

    kind: Literal["interaction"]
    type: Literal[
        "thanks", "acceptance", "endorsement", "reaction", "referral", "meeting", "co_session", "reply", "address"
    ]
    from_: Annotated[Id | None, Field(alias="from", description="Who acts: thanks, endorses, refers to `to`")] = None
    to: Id | None = None
    people: Annotated[
        list[Id], Field(max_length=50, description="2–50 people of a meeting or co-session, instead of from and to")
    ] = []
    post: Annotated[Id | None, Field(description="What it is about")] = None
    community: Annotated[Id | None, Field(description="Where; with a post, it is the post's")] = None
    channel: Literal["online", "in_person"] = "online"
    at: Time
    minutes: Annotated[int | None, Field(ge=1, le=1440)] = None

    @model_validator(mode="after")
    def names_its_people(self) -> Self:
        """Either `from` and `to`, different, or at least two different `people` of a meeting or co-session."""
        many = self.type in ("meeting", "co_session")
        if self.people:
            if not many or self.from_ or self.to or len(set(self.people)) < max(2, len(self.people)):
                raise PydanticCustomError("meeting_expected", "people: different ones of a meeting or co_session only")
        elif not self.from_ and not self.to and many:
            raise PydanticCustomError("meeting_expected", "people: two or more of a meeting or co_session")
        elif not self.from_:
            raise PydanticCustomError("from_expected", "from: who acts")
        elif not self.to:
            raise PydanticCustomError("to_expected", "to: whom it reaches")
        elif self.from_ == self.to:
            raise PydanticCustomError("two_people_expected", "from and to are two different people")
        return self


class ReactionRecord(RecordFields):
    """Somebody reacted to a post: thanks its author if `type` is `thanks`."""

    kind: Literal["reaction"]
    source: Source
    id: Annotated[Id | None, Field(description="Default: [post, author, type] as compact JSON")] = None
    post: Id
    author: Annotated[Id, Field(description="Who reacts")]
    type: Annotated[str, Field(min_length=1, max_length=64, pattern=CLEAN)]
    at: Time


class AcceptRecord(RecordFields):
    """An answer was accepted; another choice for the same question replaces it."""

    kind: Literal["accept"]
    source: Source
    id: Annotated[Id | None, Field(description="Default: the question")] = None
    question: Id
    answer: Id
    by: Annotated[Id | None, Field(description="Default: the question's author")] = None
    at: Time


class Labels(RecordFields):
    """A name in French, in English, or in both."""

    fr: Label | None = None
    en: Label | None = None

    @model_validator(mode="after")
    def has_one(self) -> Self:
        """At least one of the two."""
        if self.fr is None and self.en is None:
            raise PydanticCustomError("label_missing", "a label in French or in English is required")
        return self


class AltLabels(RecordFields):
    """Other names, at most 100 in all."""

    fr: Annotated[list[Label], Field(max_length=100)] = []
    en: Annotated[list[Label], Field(max_length=100)] = []

    @model_validator(mode="after")
    def are_few(self) -> Self:
        """At most 100 in both languages together."""
        if len(self.fr) + len(self.en) > 100:
            raise PydanticCustomError("too_many_labels", "at most 100 alternative labels")
        return self


class QuestionRecord(Keyed):
    """A question that somebody asked somebody, and what became of it; its words are shown to its own people only."""

    kind: Literal["question"]
    asker: Annotated[Id, Field(description="Who asks: the person's id in the same source")]
    asked: Annotated[Id, Field(description="Who is asked")]
    text: QuestionText = None
    topics: Annotated[list[Id], Field(max_length=20, description="What it is about")] = []
    post: Annotated[Id | None, Field(description="The post that holds it")] = None
    community: Annotated[
        Id | None, Field(description="Where; with a post, it is the post's; null: between the two, and seen by nobody")
    ] = None
    at: Time
    outcome: Outcome | None = None
    redirected_to: Annotated[Id | None, Field(description="Whom the one asked named instead")] = None
    closed_at: Time | None = None
    closed_by: Annotated[
        Literal["asker", "asked"], Field(description="Who says so: thanks follow only from what the asker says")
    ] = "asker"

    @model_validator(mode="after")
    def is_whole(self) -> Self:
        """It says what was asked, of somebody else; an outcome has a time, and a person where it redirects."""
        if self.asker == self.asked:
            raise PydanticCustomError("asked_oneself", "asker and asked are two different people")
        if self.text is None and not self.topics and self.post is None:
            raise PydanticCustomError("nothing_asked", "a text, topics or a post are expected")
        if (self.outcome is None) != (self.closed_at is None):
            raise PydanticCustomError("closed_at_expected", "outcome and closed_at go together")
        if not is_redirected_well(self.outcome, self.redirected_to, known=(self.asker, self.asked)):
            raise PydanticCustomError("redirected_to_expected", "redirected names somebody else, nothing else does")
        return self


class TopicRecord(Keyed):
    """A topic of a source's own list."""

    kind: Literal["topic"]
    pref_label: Labels
    alt_labels: AltLabels = AltLabels()
    broader: Id | None = None
    related: Annotated[list[Id], Field(max_length=50)] = []
    uri: Annotated[Uri | None, Field(description="ESCO, ROME, Wikidata")] = None
    exact_match: Annotated[list[Uri], Field(max_length=50, description="The same in other lists (SKOS)")] = []
    close_match: Annotated[list[Uri], Field(max_length=50, description="Nearly the same there")] = []
    topic_kind: Literal["professional", "interest"] = "professional"


class DeleteRecord(Keyed):
    """Somebody takes back the record with this source, kind and id."""

    kind: Literal["delete"]
    target: Literal["person", "community", "topic", "post", "interaction", "reaction", "accept", "question"]
    at: Time


AnyRecord = (
    PersonRecord
    | CommunityRecord
    | PostRecord
    | InteractionRecord
    | ReactionRecord
    | AcceptRecord
    | QuestionRecord
    | TopicRecord
    | DeleteRecord
)
RECORD: TypeAdapter[AnyRecord] = TypeAdapter(Annotated[AnyRecord, Field(discriminator="kind")])
