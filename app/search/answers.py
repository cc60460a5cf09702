"""What an expert search answers: people, how sure it is of them, and the posts that speak for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from graph.measures.certainty import Certainty, Confidence, Match
from graph.measures.expertise import Factors
from graph.measures.paths import Reach
from graph.model import Person, PostKind

Relation = Literal["author", "endorser"]
Reason = Literal["no_words", "nobody", "little", "only_asked", "near_only", "away", "asked", "oneself"]


@dataclass(frozen=True, slots=True)
class CommunityName:
    """A community, where something else is told."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A post that speaks for somebody; `part` is its share of their votes, in [0, 1]."""

    post: str
    relation: Relation  # what they have to do with it
    excerpt: str
    date: datetime
    kind: PostKind
    community: CommunityName | None
    url: str | None
    is_accepted: bool
    thanks: int
    part: float


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who knows; the score is in [0, 1], relative to the best of everybody the viewer may see."""

    person: Person
    score: float
    match: Match
    words: tuple[str, ...]  # of the question, as far as their evidence holds them
    confidence: Confidence
    certainty: Certainty
    factors: Factors
    evidence: tuple[Evidence, ...]
    reach: Reach | None
    last_active_on_topic: datetime


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who knows just what is asked, and is away until that day."""

    person: Person
    score: float
    away_until: date


@dataclass(frozen=True, slots=True)
class Hint:
    """A word of the question that nobody wrote, and what the asker may have meant."""

    word: str
    suggestions: tuple[str, ...]  # one or two, the commoner first


@dataclass(frozen=True, slots=True)
class Answer:
    """Experts, or the reason why there are none that know just that; `setting` is the version of the constants."""

    experts: tuple[Expert, ...]
    reason: Reason | None
    setting: str
    absent: tuple[Absent, ...] = ()  # who would stand among them
    is_spread: bool = False  # somebody stands before others for having fewer questions to answer
    has_more: bool = False
    hints: tuple[Hint, ...] = ()
    named_people: tuple[Person, ...] = ()  # called by name in the question, whether they know what is asked or not
