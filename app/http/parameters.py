"""Parameters of operations: what they mean, and their bounds."""

from typing import Annotated, Final, Literal

from fastapi import Header, Path, Query
from pydantic import AwareDatetime, BeforeValidator, StringConstraints

from api_schemas.records import is_rfc_3339

CLEAN: Final = r"^[^\x00-\x08\x0B-\x1F\x7F-\x9F]*$"  # no control characters but tab and line feed
PERSON: Final = r"^per_[A-Za-z0-9_-]{1,64}$"
COMMUNITY: Final = r"^com_[A-Za-z0-9_-]{1,64}$"
TOPIC: Final = r"^top_[A-Za-z0-9_-]{1,64}$"
QUESTION: Final = r"^que_[0-9a-f]{32}$"
INTRODUCTION: Final = r"^int_[0-9a-f]{32}$"

PersonId = Annotated[str, Path(pattern=PERSON, max_length=68, description="Public id")]
CommunityId = Annotated[str, Path(pattern=COMMUNITY, max_length=68, description="Public id")]
TopicId = Annotated[str, Path(pattern=TOPIC, max_length=68, description="Public id")]
QuestionId = Annotated[str, Path(pattern=QUESTION, max_length=36, description="Public id")]
IntroductionId = Annotated[str, Path(pattern=INTRODUCTION, max_length=36, description="Public id")]
JobId = Annotated[str, Path(pattern=r"^job_[0-9a-f]{32}$", max_length=36, description="Public id")]
IfNoneMatch = Annotated[
    str | None, Header(max_length=1000, description="ETags that the client has: 304 if it is still one of them")
]
IfMatch = Annotated[
    str | None,
    Header(
        max_length=1000,
        description="ETag of the version to be changed: 412 if the record is another by now, not if something that it "
        "names is called otherwise",
    ),
]
Prefer = Annotated[
    str | None,
    Header(max_length=200, description="`wait=5`: answer when the post can be found, or after 5 seconds (at most 30)"),
]
Question = Annotated[
    str,
    Query(
        min_length=1,
        max_length=2000,
        pattern=r"^[^\x00]*$",
        description="What somebody wants to know, in their own words, in French or English",
    ),
]
AboutPerson = Annotated[str, Query(pattern=PERSON, max_length=68, description="Whose score to explain: a public id")]
LabelPart = Annotated[
    str | None, Query(min_length=1, max_length=200, pattern=CLEAN, description="Text in the topic's name")
]
NameStart = Annotated[
    str,
    Query(
        min_length=1,
        max_length=200,
        pattern=CLEAN,
        description="How words of the name begin, in any order; case and accents do not count",
    ),
]
InCommunity = Annotated[
    str | None, Query(pattern=COMMUNITY, max_length=68, description="Posts in this community only (its public id)")
]
Mode = Annotated[
    Literal["search", "transfer"],
    Query(description="Which path to somebody: the shortest, or the one whose weakest tie is strongest"),
]
Role = Annotated[
    Literal["asker", "asked", "redirected"] | None,
    Query(description="What the viewer is to it; `redirected`: they were named instead; any of them unless set"),
]
QuestionState = Annotated[
    Literal["open", "closed"] | None, Query(description="Without an outcome, or with one; both unless set")
]
IntroductionRole = Annotated[
    Literal["asker", "intermediary", "target"] | None,
    Query(description="What the viewer is to it; any of them unless set"),
]
IntroductionState = Annotated[
    Literal["requested", "accepted", "declined", "expired"] | None,
    Query(description="Where it is, as the viewer is told; anywhere unless set"),
]
LeadsTo = Annotated[
    str | None, Query(pattern=PERSON, max_length=68, description="To whom: a public id; this or `topic`")
]
LeadsToTopic = Annotated[
    str | None, Query(pattern=TOPIC, max_length=68, description="To those who know this topic, by its public id")
]
FewPaths = Annotated[int, Query(ge=1, le=10, description="How many at most")]
Sort = Annotated[Literal["score", "reach"], Query(description="What comes first")]


def _nobody() -> list[str]:  # a function of our own: what `list` itself takes is found out anew for each request
    return []


_People = list[Annotated[str, StringConstraints(pattern=PERSON, max_length=68)]]
Exclude = Annotated[
    _People,
    Query(
        default_factory=_nobody,
        max_length=50,
        description="People to leave out, by public id: those who were asked already; may be repeated",
    ),
]
Naming = Annotated[
    _People,
    Query(
        default_factory=_nobody,
        max_length=50,
        description="Those only that name one of these people, by public id; may be repeated",
    ),
]
Spread = Annotated[
    bool,
    Query(description="Of people who know about as much, first those who have fewer questions to answer"),
]
OtherId = Annotated[str, Path(pattern=PERSON, max_length=68, description="Public id of the other person")]
At = Annotated[
    Annotated[AwareDatetime, BeforeValidator(is_rfc_3339)] | None,
    Query(description="As it was then, from what the viewer may see today: RFC 3339, with an offset"),
]
AtSite = Annotated[
    str | None,
    Query(min_length=1, max_length=200, pattern=CLEAN, description="Ties to people at this site only, by its name"),
]
InTieCommunity = Annotated[
    str | None,
    Query(pattern=COMMUNITY, max_length=68, description="Ties with an event in this community only (its public id)"),
]
TieStrength = Annotated[Literal["strong", "weak", "all"], Query(description="Ties at least or not so strong only")]
TieState = Annotated[
    Literal["new", "growing", "dormant", "strong", "weak"] | None, Query(description="Ties in this state only")
]
TieChannel = Annotated[
    Literal["online", "in_person", "both"] | None,
    Query(description="Ties only whose events all took place online, or in person, or that have both"),
]
TieOrder = Annotated[
    Literal["strength", "bridgeness"], Query(description="What comes first: the strongest, or farthest")
]
FewPeople = Annotated[int, Query(ge=1, le=50, description="How many at most")]
Peak = Annotated[
    float | None,
    Query(ge=0, le=1, description="The closeness at which a meeting promises most: 0 far away, 1 in the midst of it"),
]
WritingIn = Annotated[
    str | None,
    Query(pattern=COMMUNITY, max_length=68, description="People who write in this community only (its public id)"),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most")]
MapRows = Annotated[Literal["department", "site", "community"], Query(description="What the rows of the map are")]
MapColumns = Annotated[
    Literal["topic", "broader"],
    Query(description="What the columns are: each topic by itself, or the broadest one above it"),
]
MapFormat = Annotated[
    Literal["json", "csv", "svg"] | None, Query(description="The type of the answer; what `Accept` prefers unless set")
]
MapLimit = Annotated[int, Query(ge=1, le=200, description="How many topics at most")]
NetworkFormat = Annotated[
    Literal["json", "graphml", "gexf"] | None,
    Query(description="The type of the answer; what `Accept` prefers unless set"),
]
PictureShape = Annotated[Literal["wide", "tall"], Query(description="For a desk, or for a phone")]
Removal = Annotated[Literal["weak", "strong"], Query(description="Which ties go first")]
CurveFormat = Annotated[
    Literal["json", "svg"] | None, Query(description="The type of the answer; what `Accept` prefers unless set")
]
Cursor = Annotated[
    str | None, Query(max_length=1000, pattern=r"^[A-Za-z0-9_.-]+$", description="`next_cursor` of the page before")
]
OnBehalfOf = Annotated[
    str | None,
    Header(
        alias="Quisait-On-Behalf-Of",
        pattern=PERSON,
        max_length=68,
        description="Answer as this person would be answered; needs the scope `act-as`",
    ),
]
Asker = Annotated[
    str | None,
    Query(
        pattern=PERSON,
        max_length=68,
        description="Whom to bring to the experts: the viewer, or anybody if the key has the scope `act-as`",
    ),
]
