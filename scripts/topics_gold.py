"""The gold set of topics: its posts and pairs of spellings, and how what the program found is scored against them."""

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any, Final, Literal

from Stemmer import Stemmer

from nlp.folding import fold
from nlp.model import Language, Text

GOLD: Final = Path(__file__).parent.parent / "tests" / "data" / "topics_gold"
RETURNED: Final = 5  # topics of a post that are judged, the first ones
# A pattern of its own: no change to the program's tokens may move the measure.
WORD: Final = re.compile(r"[^\W_]+[+#]*")
STEMMERS: Final[Mapping[Language, str]] = {"fr": "french", "en": "english"}
# The languages of the posts in which the two spellings of a pair stand.
WRITTEN_IN: Final[Mapping[str, tuple[Language, Language]]] = {
    "fr": ("fr", "fr"),
    "en": ("en", "en"),
    "mixed": ("fr", "en"),
}

Half = Literal["development", "reporting"]


@dataclass(frozen=True, slots=True)
class GoldPost:
    """A post, and its topics as a librarian would list them, the most important first."""

    id: str
    language: Language
    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpellingPair:
    """Two spellings, each in the language of the post it stands in, and whether they mean one topic."""

    id: str
    a: Text
    b: Text
    is_same: bool
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each in [0, 1]; 0 where nothing could be right."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, right: int, *, returned: int, wanted: int) -> "Score":
        """The score of so many right ones among those returned and those wanted."""
        return cls(
            precision=right / returned if returned else 0.0,
            recall=right / wanted if wanted else 0.0,
            f1=2 * right / (returned + wanted) if returned + wanted else 0.0,
        )

    @classmethod
    def mean(cls, scores: Sequence["Score"]) -> "Score":
        """The mean of each number for itself."""
        return cls(*(mean(getattr(score, name) for score in scores) for name in ("precision", "recall", "f1")))


def gold_posts(folder: Path, *, half: Half) -> list[GoldPost]:
    """The posts of one half, in the order of the file."""
    return [
        GoldPost(row["id"], row["lang"], row["text"], tuple(row["topics"]))
        for row in _rows(folder / "posts.jsonl", half=half)
    ]


def spelling_pairs(folder: Path, *, half: Half) -> list[SpellingPair]:
    """The pairs of one half, in the order of the file; in a mixed pair `a` is from a French post, `b` from an English.

    A pair can be decided from its spellings alone: none differs by an accent only and means two things."""
    return [_pair(row) for row in _rows(folder / "spellings.jsonl", half=half)]


def score_topics(returned: Sequence[str], *, post: GoldPost) -> Score:
    """The score of the first 5 topics returned for a post; a topic is right when its stems are those of a gold one."""
    found = [stemmed(topic, language=post.language) for topic in returned[:RETURNED]]
    wanted = {stemmed(topic, language=post.language) for topic in post.topics}
    return Score.of(len(wanted & set(found)), returned=len(found), wanted=len(wanted))


def score_merges(pairs: Sequence[SpellingPair], *, merged: Container[str]) -> Score:
    """The score of having merged the pairs with these ids, where those that mean one topic were wanted."""
    same = [pair for pair in pairs if pair.is_same]
    right = sum(pair.id in merged for pair in same)
    return Score.of(right, returned=sum(pair.id in merged for pair in pairs), wanted=len(same))


def stemmed(topic: str, *, language: Language) -> str:
    """The stems of a topic's words, without case or accents; what holds a digit or a sign stays as it is."""
    stem = Stemmer(STEMMERS[language]).stemWord
    words = (match.group() for match in WORD.finditer(fold(topic)))
    return " ".join(stem(word) if word.isalpha() else word for word in words)


def _pair(row: Mapping[str, Any]) -> SpellingPair:
    first, second = WRITTEN_IN[row["lang"]]
    return SpellingPair(
        row["id"], Text(row["a"], language=first), Text(row["b"], language=second), row["same"], row["why"]
    )


def _rows(path: Path, *, half: Half) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row["half"] == half)
