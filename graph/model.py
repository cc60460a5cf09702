"""The values of the knowledge graph: what is written, and what is read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

Language = Literal["fr", "en"]
TextFormat = Literal["plain", "markdown", "html"]
PostKind = Literal["question", "answer", "comment", "article"]
CommunityKind = Literal["practice", "learning", "project", "interest"]
Visibility = Literal["public", "members", "secret"]
Role = Literal["lead", "moderator", "member"]
TopicKind = Literal["professional", "interest"]
Channel = Literal["online", "in_person"]
InteractionType = Literal[
    "reply", "address", "thanks", "acceptance", "endorsement", "reaction", "referral", "meeting", "co_session"
]
QuestionOutcome = Literal["helped", "redirected", "no_answer"]
QuestionRole = Literal["asker", "asked", "redirected"]  # redirected: whom the question was passed on to
RecordKind = Literal["person", "community", "topic", "post", "interaction", "reaction", "accept", "question"]


class Ref(NamedTuple):
    """A thing's id in one source."""

    source: str
    id: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person's id in one source, with what that source says of them; without a name it waits to be completed."""

    ref: Ref
    person: str
    is_pinned: bool = False  # joined to its person explicitly, not by its e-mail address
    name: str | None = None
    email: str | None = None
    is_email_verified: bool = False
    department: str | None = None
    site: str | None = None
    level: str | None = None
    languages: tuple[str, ...] = ()
    is_active: bool = True
    is_bot: bool = False
    away_until: date | None = None
    most_questions: int | None = None

    @property
    def is_recorded(self) -> bool:
        """Whether its source has said anything of it: has named it, or taken it back."""
        return self.name is not None or not self.is_active


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the viewer may see them: the fields of the account seen last, and the accounts."""

    id: str
    number: int
    name: str | None
    department: str | None
    site: str | None
    level: str | None
    languages: tuple[str, ...]
    is_active: bool
    is_bot: bool
    away_until: date | None
    most_questions: int | None  # open ones, from which on they have enough; None: they have not said
    accounts: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An account's part in a community."""

    account: Ref
    role: Role = "member"


@dataclass(frozen=True, slots=True)
class Community:
    """A group, channel, forum, list or project; without a name it is closed until its record comes."""

    id: str
    ref: Ref
    name: str | None = None
    kind: CommunityKind = "practice"
    visibility: Visibility = "secret"
    purpose: str | None = None
    charter: str | None = None
    parent: str | None = None
    is_archived: bool = False
    members: tuple[Member, ...] = ()

    def seen_by(self, viewer: "Viewer", *, number: int) -> "Community | None":
        """The community as somebody may see it: a nameless one never, of a closed one only its face from outside."""
        if self.name is None:
            return None
        if number in viewer.communities or self.visibility == "public":
            return self
        return replace(self, members=(), charter=None) if self.visibility == "members" else None


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that people know something about; `forms` are the normalised spellings that mean it.

    What is found in posts has rows of its own, mentioned like any topic: a spelling, merged into the topic that it
    writes, and a definition, which has no label but names an acronym and its long form."""

    id: str
    ref: Ref
    pref_label: Mapping[Language, str] = field(default_factory=dict)
    alt_labels: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    broader: str | None = None
    related: tuple[str, ...] = ()
    uri: str | None = None
    kind: TopicKind = "professional"
    merged_into: str | None = None  # follows from names, forms and spellings
    merged_by_hand: str | None = None  # somebody's decision, which counts before that
    apart: tuple[str, ...] = ()  # topics that somebody said it is not the same as
    defines: tuple[str, str] | None = None  # acronym and long form
    exact_match: tuple[str, ...] = ()  # URIs of the same in other lists, as in SKOS
    close_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody wrote, somewhere, at some time."""

    id: str
    ref: Ref
    author: Ref
    community: str | None
    text: str
    created_at: datetime
    edited_at: datetime | None = None
    thread: int | None = None  # a hash of the source's thread, None: its own
    reply_to: str | None = None  # may be unknown, now or for ever
    kind: PostKind | None = None
    title: str | None = None
    format: TextFormat = "plain"
    language: Language | None = None
    addressed: tuple[Ref, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A post with what the store knows of it; `seq` is the number of its last change.

    The name of its community is for whom may read the post."""

    post: Post
    number: int
    seq: int
    community_name: str | None


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question says beside who asked whom, and what became of it: for its own people only.

    One that asks for an introduction names to whom: they take part once it is redirected to them, never before."""

    ref: Ref
    text: str | None = None
    topics: tuple[str, ...] = ()
    outcome: QuestionOutcome | None = None  # None: open
    redirected_to: Ref | None = None
    closed_at: datetime | None = None
    closed_by: Literal["asker", "asked"] | None = None
    introduce_to: Ref | None = None
    closed_with: str | None = None  # what is said with the outcome, to whoever is shown it


@dataclass(frozen=True, slots=True)
class Event:
    """What an interaction, reaction, acceptance or question said; its interactions follow once its posts are known."""

    key: str
    type: InteractionType
    at: datetime
    actor: Ref | None = None  # None: the author of `question`
    target: Ref | None = None  # None: the author of `post`
    people: tuple[Ref, ...] = ()  # of a meeting or co-session: every pair
    post: str | None = None
    question: str | None = None
    community: str | None = None
    channel: Channel = "online"
    minutes: int | None = None
    asking: Asking | None = None  # of a question, which is an address of `actor` to `target`


@dataclass(frozen=True, slots=True)
class Question:
    """A question that somebody asked somebody, with the public ids of its people."""

    event: Event
    asker: str
    asked: str
    redirected_to: str | None = None
    introduce_to: str | None = None

    @property
    def asking(self) -> Asking:
        """What it says."""
        assert self.event.asking is not None, "the event of a question says what was asked"
        return self.event.asking


@dataclass(frozen=True, slots=True)
class Exchange:
    """What somebody was asked, and what they asked: counts of questions, for themselves only."""

    open: int = 0  # that they were asked, without an outcome yet; of introductions those that may still be made
    recent: int = 0  # that they were asked lately
    given: Mapping[QuestionOutcome, int] = field(default_factory=dict)  # what became of those they were asked
    received: Mapping[QuestionOutcome, int] = field(default_factory=dict)  # and of those they asked


@dataclass(frozen=True, slots=True)
class Interaction:
    """One directed event between two people; `origin` is the post or event it follows from."""

    key: str
    origin: str
    type: InteractionType
    source: Ref
    target: Ref
    at: datetime
    channel: Channel = "online"
    community: str | None = None
    post: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A topic in a post, with its strength in [0, 1)."""

    topic: str
    strength: float


class Reader(NamedTuple):
    """What found the topics of a post."""

    tier: str
    version: str


@dataclass(frozen=True, slots=True)
class Indexing:
    """What extraction found in a post; it counts only while the post still has that `seq`."""

    post: str
    seq: int
    language: Language | None
    reader: Reader
    mentions: tuple[Mention, ...]
    is_degraded: bool = False  # the reader failed on it, and something simpler stood in


@dataclass(frozen=True, slots=True)
class Retraction:
    """Somebody took a record back."""

    target: RecordKind
    ref: Ref
    at: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is remembered of a record by its key: its content's digest, its version in microseconds, its retraction."""

    key: str
    digest: str
    version: int
    is_retracted: bool = False


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line was refused: where in it, as a JSON pointer, a stable code, and the bound or the values that pass."""

    line: int
    pointer: str
    code: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A batch of records: its counts, how many of its posts still wait to be indexed, and on how many that failed."""

    id: str
    created_at: datetime
    received: int
    outcomes: Mapping[str, int]
    problems: tuple[LineProblem, ...] = ()
    posts: int = 0
    waiting: int = 0
    degraded: int = 0

    @property
    def state(self) -> Literal["queued", "running", "done", "failed"]:
        """Where the job is: done when none of its posts waits, failed when no line could be accepted."""
        if self.received and self.outcomes.get("rejected") == self.received:
            return "failed"
        if not self.waiting:
            return "done"
        return "queued" if self.waiting == self.posts else "running"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key's owner and rights; of the secret itself only the hash is kept."""

    id: str
    name: str
    hash: str
    scopes: frozenset[str]
    created_at: datetime
    person: str | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking, and the numbers of the communities whose posts they may read."""

    person: str | None
    communities: frozenset[int]


@dataclass(frozen=True, slots=True)
class Known:
    """A person–topic–community link: how many posts of theirs in it mention the topic, and when."""

    person: str
    topic: str
    community: str | None
    count: int
    first: datetime
    last: datetime
