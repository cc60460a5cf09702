"""The values that go into and come out of this room: frozen, plain, never spaCy objects."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Language = Literal["fr", "en"]
Format = Literal["plain", "markdown", "html"]
Tier = Literal["lexical", "bundled", "external"]
HYPHENS: Final = frozenset("-‐‑")
LINK_TAGS: Final = "del"  # in the shape of a phrase: a bare linking word, one with an article, an article


@dataclass(frozen=True, slots=True)
class Text:
    """A post or a question as it was written; `language` is what its source says, if it says anything."""

    body: str
    title: str | None = None
    format: Format = "plain"
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What reads the texts of a language: "lexical" needs no model, "bundled" comes with the program."""

    tier: Tier
    name: str
    version: str
    licence: str

    @property
    def release(self) -> str:
        """Name and version, as they go with every result."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class TopicMention:
    """A topic in a text: its key, its strength in [0, 1), and where it first stands.

    `start` and `end` count the characters of `title + "\\n" + body` where there is a title, else those of the body.
    """

    key: str
    label: str
    strength: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DefinedAcronym:
    """An acronym that a text defines, and its long form: the keys of both, and how they are written."""

    acronym: str
    long_form: str
    acronym_label: str
    long_form_label: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one text, and by what: mentions strongest first, each topic once.

    `definitions` tells each acronym and long form once; they need not be among the strongest topics.

    `tier` and `version` are those of the pipeline that the text was given to; `degraded` says that it failed on it, and
    that plain word sequences were taken instead, or nothing.
    """

    language: Language | None
    confidence: float
    mentions: tuple[TopicMention, ...]
    tier: str
    version: str
    degraded: bool
    definitions: tuple[DefinedAcronym, ...] = ()


@dataclass(frozen=True, slots=True)
class PostWords:
    """The words of a post as 64-bit signed hashes of their stems, ascending, counted in title and text.

    `first` counts them in the title, else in the first line; `length` is the number of words after stop words.
    """

    terms: tuple[int, ...]
    counts: tuple[int, ...]
    first: tuple[int, ...]
    length: int


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of a question as written there, its place, and the distinct hashes of its French and English stem.

    `rarity` is −ln of the share of running words that it takes in general language."""

    text: str
    start: int
    end: int
    stems: tuple[int, ...]
    rarity: float


@dataclass(frozen=True, slots=True)
class Question:
    """What of a question is read: plain text, each accented letter in one character, its language, and its words."""

    text: str
    language: Language | None
    words: tuple[QuestionWord, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: one tag letter each.

    N noun, P name, A adjective, V verb, D number, - hyphen, . anything else.

    `starts` and `ends` are their places in the text; `nominal` says how likely each is a noun, a name or an adjective.
    """

    words: tuple[str, ...]
    tags: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    nominal: tuple[float, ...]


class Candidate(NamedTuple):
    """A phrase that may be a topic: its place in the text, its first token, its content words in lower case.

    `shape` has the tag of each of its words; `whole` says that it is no part of a longer phrase; `nominal` is how
    likely its least likely word is a noun, a name or an adjective; `before` is the word or sign in front of it;
    `is_capital` says that it begins with a capital letter; `beside` has the tags of the words before and behind it.
    """

    start: int
    end: int
    position: int
    words: tuple[str, ...]
    shape: str = "N"
    whole: bool = True
    nominal: float = 1.0
    before: str = ""
    is_capital: bool = False
    beside: str = ".."


class Sighting(NamedTuple):
    """All mentions of one topic in a text, the first one first.

    `is_known` topics are in the gazetteer, `is_marked` ones were marked by the author: a hashtag, code, bold letters.
    """

    mentions: tuple[Candidate, ...]
    label: str
    is_known: bool = False
    is_marked: bool = False
