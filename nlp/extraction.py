"""Texts → topics with strengths: the door of this room."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from nlp.candidates import find_candidates
from nlp.cleaning import Cleaned, Span, clean_post
from nlp.gazetteer import EMPTY, Gazetteer
from nlp.language import detect, stop_words
from nlp.lexical import LexicalTagger
from nlp.model import Candidate, Extraction, Language, Text, Tokens, TopicMention
from nlp.normalization import topic_key
from nlp.pipeline import load_tagger
from nlp.ranking import topic_strength

READ: Final = 8_000
MOST_MENTIONS: Final = 20
HASHTAG_WEIGHT: Final = 1.25
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
STOP_TOPICS: Final = Path(__file__).parent / "data" / "stop_topics.txt"

_Found = tuple[str, str, Candidate, float | None]  # key, label, place, weight where known


class Tagger(Protocol):
    """Whatever tells nouns, names and adjectives from the rest."""

    @property
    def tier(self) -> str:
        """Where it comes from: lexical, bundled or external."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """Which version it has."""
        ...

    def tag(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, in order."""
        ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """A cleaned text and its language, before its topics are looked for."""

    cleaned: Cleaned
    prose: str
    language: Language | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Topic:
    """The mentions of one topic in a text, as they are found; `weight` is set where the topic is known."""

    label: str
    mentions: list[Candidate]
    weight: float | None


class TopicExtractor:
    """Finds the topics of French and English texts; `gazetteer` may be replaced at any time by one assignment."""

    def __init__(self, taggers: Mapping[Language, Tagger], *, gazetteer: Gazetteer = EMPTY) -> None:
        """Use `load_extractor` for the usual pipelines."""
        self.gazetteer = gazetteer
        self._taggers = taggers
        self._lexical = LexicalTagger(stop_words("fr") | stop_words("en"))

    def describe(self) -> dict[str, str]:
        """Return what reads each language, such as "bundled quisait_fr_tiny 0.1.0"."""
        return {language: f"{tagger.tier} {_version(tagger)}" for language, tagger in self._taggers.items()}

    def extract(self, texts: Sequence[Text]) -> list[Extraction]:
        """Return what each text is about: same order, same length, at most 20 topics each, strongest first.

        Never raises for a text: where a pipeline fails, word sequences are taken instead and `degraded` says so.
        Reads the first 8,000 clean characters. A text in neither language gives known topics, and word sequences
        if it is at least in Latin letters.
        """
        gazetteer = self.gazetteer
        readings = [_read(text) for text in texts]
        extractions: dict[int, Extraction] = {}
        for language in (*LANGUAGES, None):
            places = [place for place, reading in enumerate(readings) if reading.language == language]
            group = [readings[place] for place in places]
            extractions |= zip(places, self._extract(group, language=language, gazetteer=gazetteer), strict=True)
        return [extractions[place] for place in range(len(texts))]

    def _extract(
        self, readings: list[_Reading], *, language: Language | None, gazetteer: Gazetteer
    ) -> Iterator[Extraction]:
        tagger = self._taggers.get(language, self._lexical) if language else self._lexical
        tagged = _tag(tagger, self._lexical, [reading.prose for reading in readings])
        for reading, (tokens, used) in zip(readings, tagged, strict=True):
            mentions = _mentions(reading, tokens, gazetteer)
            degraded = used is not tagger
            yield Extraction(language, reading.confidence, mentions, used.tier, _version(used), degraded)


def load_extractor(*, fr: str = "bundled", en: str = "bundled", gazetteer: Gazetteer = EMPTY) -> TopicExtractor:
    """Load a pipeline a language: "bundled", "lexical" (none at all), or an installed package or path.

    Raises PipelineNotInstalled and LanguageNotSupported as `load_tagger` does; nothing is chosen silently.
    """
    return TopicExtractor({"fr": _load("fr", fr), "en": _load("en", en)}, gazetteer=gazetteer)


def _load(language: Language, choice: str) -> Tagger:
    return LexicalTagger(stop_words(language)) if choice == "lexical" else load_tagger(language, choice=choice)


def _version(tagger: Tagger) -> str:
    return f"{tagger.name} {tagger.version}"


def _read(text: Text) -> _Reading:
    cleaned = clean_post(text)
    prose = cleaned.prose
    if len(prose) > READ:
        prose = prose[: prose.rfind(" ", 0, READ) if " " in prose[:READ] else READ]
    language, confidence = detect(prose, hint=text.language)
    return _Reading(cleaned, prose, language, confidence)


def _tag(tagger: Tagger, fallback: Tagger, texts: list[str]) -> list[tuple[Tokens, Tagger]]:
    """Tag each text, one by one if all together fail, with the fallback where the tagger cannot."""
    try:
        return [(tokens, tagger) for tokens in tagger.tag(texts)]
    except (ArithmeticError, LookupError, RuntimeError, ValueError):
        if len(texts) > 1:
            return [tagged for text in texts for tagged in _tag(tagger, fallback, [text])]
        return [(tokens, fallback) for tokens in fallback.tag(texts)]


def _mentions(reading: _Reading, tokens: Tokens, gazetteer: Gazetteer) -> tuple[TopicMention, ...]:
    """Return the strongest topics of a text, each where it first stands."""
    topics: dict[str, _Topic] = {}
    for key, label, place, weight in _found(reading, tokens, gazetteer):
        topic = topics.setdefault(key, _Topic(label, [], weight))
        topic.mentions.append(place)
    mentions = [_mention(key, topic, reading, gazetteer) for key, topic in topics.items()]
    mentions.sort(key=lambda mention: (-mention.strength, mention.start, mention.key))
    return tuple(mentions[:MOST_MENTIONS])


def _mention(key: str, topic: _Topic, reading: _Reading, gazetteer: Gazetteer) -> TopicMention:
    places = sorted(topic.mentions, key=lambda place: (place.start, place.end))
    strength = topic_strength(
        places, language=reading.language, weight=topic.weight, shared=key in gazetteer.shared_keys
    )
    start, end = reading.cleaned.origin(places[0].start, places[0].end)
    return TopicMention(key, topic.label, round(strength, 6), start, end)


def _found(reading: _Reading, tokens: Tokens, gazetteer: Gazetteer) -> Iterator[_Found]:
    """Yield known topics, then hashtags, then phrases: what comes first names the topic and gives its weight."""
    text, language = reading.cleaned.text[: len(reading.prose)], reading.language
    matches = gazetteer.find(text, language=language)
    known = [(match.start, match.end) for match in matches if match.alias]
    names = [(match.start, match.end) for match in matches if not match.alias]
    for match in matches:
        if match.alias:
            place = _place(text, match.start, match.end, tokens)
            yield match.alias.key, match.alias.label, place, match.alias.weight
    for start, end in reading.cleaned.hashtags:
        if end <= len(text) and not _inside((start, end), known):
            yield *_named(text, start, end, language), _place(text, start, end, tokens), HASHTAG_WEIGHT
            known.append((start, end))
    for phrase in find_candidates(tokens, language=language):
        span = phrase.start, phrase.end
        key, label = _named(text, *span, language)
        if key and key not in stop_topics(language) and not _conflicts(span, known=known, names=names):
            yield key, label, phrase, None


def _named(text: str, start: int, end: int, language: Language | None) -> tuple[str, str]:
    """Return key and label of a span."""
    label = " ".join(text[start:end].split())
    return topic_key(label, language=language), label


def _place(text: str, start: int, end: int, tokens: Tokens) -> Candidate:
    position = bisect_left(tokens.starts, start)
    return Candidate(start, end, position, tuple(text[start:end].lower().split()))


def _conflicts(span: Span, *, known: list[Span], names: list[Span]) -> bool:
    """Say whether a phrase holds a part of a name, or of a known topic without holding all of it."""
    partial = any(_overlap(span, other) and not _inside(other, [span]) for other in known)
    return partial or span in known or any(_overlap(span, other) for other in names)


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _overlap(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


@cache
def stop_topics(language: Language | None) -> frozenset[str]:
    """Return the keys of what everybody says and nobody is an expert in: greetings, times, "problème", "question"."""
    lines = STOP_TOPICS.read_text(encoding="utf-8").splitlines()
    return frozenset(topic_key(line, language=language) for line in lines)
