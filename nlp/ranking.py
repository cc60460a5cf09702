"""Candidates → strength: how often, how rare in general language, how long, how early."""

import json
import lzma
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from nlp.folding import fold
from nlp.model import Candidate, Language

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Weights:
    """The constants of the score, as nlp/data/ranking.json holds them; `half_strength` is the score of strength 0.5."""

    rarity_offset: float
    least_rarity: float
    least_rarity_of_known: float
    unseen_frequency: float
    length_bonus: float
    position_damping: float
    shared_boost: float
    half_strength: float


def topic_strength(
    mentions: Sequence[Candidate], *, language: Language | None, weight: float | None = None, shared: bool = False
) -> float:
    """Return the strength in [0, 1) of a topic from all its mentions in a text, the first one first.

    score = weight · (1 + ln tf) · max(least, R − 6) · (1 + 0.35·(min(words, 3) − 1)) / (1 + ln(1 + first token) / 4),
    R the mean of −ln(background frequency) over its words; strength = score / (score + half_strength).
    `weight` is that of a known topic, None where it is not known; `shared` topics were used by other people before.
    """
    constants = weights()
    first = mentions[0]
    least = constants.least_rarity if weight is None else constants.least_rarity_of_known
    score = (
        (1.0 if weight is None else weight)
        * (constants.shared_boost if shared else 1.0)
        * (1 + math.log(len(mentions)))
        * max(least, rarity(first.words, language=language) - constants.rarity_offset)
        * (1 + constants.length_bonus * (min(len(first.words), 3) - 1))
        / (1 + math.log(1 + first.position) / constants.position_damping)
    )
    return score / (score + constants.half_strength)


def rarity(words: Sequence[str], *, language: Language | None) -> float:
    """Return the mean of −ln(frequency in general language); an unknown language takes the commoner of the two."""
    return sum(_rarity(word, language) for word in words) / len(words)


@lru_cache(maxsize=200_000)
def _rarity(word: str, language: Language | None) -> float:
    lists = [background(name) for name in ((language,) if language else ("fr", "en"))]
    frequency = max(words.get(form, 0.0) for words in lists for form in (word, fold(word)))
    return -math.log(frequency or weights().unseen_frequency)


@cache
def weights() -> Weights:
    """Return the constants of the score."""
    return Weights(**json.loads((DATA / "ranking.json").read_text(encoding="utf-8")))


@cache
def background(language: Language) -> Mapping[str, float]:
    """Return the share of running words that each frequent word of a language takes."""
    with lzma.open(DATA / "background" / f"{language}.txt.xz", "rt", encoding="utf-8") as lines:
        return {word: float(share) for word, share in (line.split() for line in lines)}
