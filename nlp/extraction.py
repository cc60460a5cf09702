"""Texts → topics with strengths: the door of this room."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from nlp.acronyms import find_definitions
from nlp.cleaning import Cleaned, clean_post
from nlp.description import describe_pipeline
from nlp.gazetteer import EMPTY, Gazetteer
from nlp.language import detect
from nlp.lexical import LexicalTagger
from nlp.lexicon import LANGUAGES, stop_words
from nlp.mending import mend
from nlp.model import DefinedAcronym, Extraction, Language, Pipeline, Sighting, Text, Tokens, TopicMention
from nlp.normalization import topic_key
from nlp.ranking import topic_strengths
from nlp.sightings import find_sightings

READ: Final = 8_000
MOST_MENTIONS: Final = 20
LEXICAL: Final = "lexical"
NEITHER: Final = Pipeline("lexical", "stop-words", "1", "MIT")  # reads what is in neither language
WORDS_A_TOPIC: Final = 15  # so many make room for one more


Made = TypeVar("Made")


class Tagger(Protocol):
    """Whatever tells nouns, names and adjectives from the rest."""

    @property
    def pipeline(self) -> Pipeline:
        """Where it comes from, and what it is called."""
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
class Seen:
    """What may be a topic of one text, by its key, and what read it."""

    cleaned: Cleaned
    language: Language | None
    confidence: float
    sightings: Mapping[str, Sighting]
    pipeline: Pipeline
    degraded: bool


class TopicExtractor:
    """Finds the topics of French and English texts; `gazetteer` may be replaced at any time by one assignment."""

    def __init__(self, taggers: Mapping[Language, Tagger], *, gazetteer: Gazetteer = EMPTY) -> None:
        """Use `load_extractor` for the usual pipelines."""
        self.gazetteer = gazetteer
        self._taggers = taggers
        self._lexical = LexicalTagger(stop_words("fr") | stop_words("en"), pipeline=NEITHER)

    def extract(self, texts: Sequence[Text]) -> list[Extraction]:
        """Return what each text is about: same order, same length, at most 20 topics each, strongest first.

        Never raises for a text: where a pipeline fails, word sequences are taken instead and `degraded` says so.
        Reads the first 8,000 clean characters. A text in neither language gives known topics, and word sequences
        if it is at least in Latin letters.
        """
        return self._each(texts, made=_extraction)

    def sight(self, texts: Sequence[Text]) -> list[Seen]:
        """Return what may be a topic of each text, before the strongest are chosen."""
        return self._each(texts, made=lambda seen, _: seen)

    def _each(self, texts: Sequence[Text], *, made: Callable[[Seen, Gazetteer], Made]) -> list[Made]:
        """What is made of each text as soon as it is seen: what was seen of all of them would be a lot to keep."""
        gazetteer = self.gazetteer
        readings = [_read(text) for text in texts]
        found: dict[int, Made] = {}
        for language in (*LANGUAGES, None):
            places = [place for place, reading in enumerate(readings) if reading.language == language]
            seen = self._sight([readings[place] for place in places], language, gazetteer)
            found |= zip(places, (made(one, gazetteer) for one in seen), strict=True)
        return [found[place] for place in range(len(texts))]

    def _sight(self, readings: list[_Reading], language: Language | None, gazetteer: Gazetteer) -> Iterator[Seen]:
        tagger = self._taggers.get(language, self._lexical) if language else self._lexical
        tagged = _tag(tagger, self._lexical, [reading.prose for reading in readings])
        for reading, (tokens, used) in zip(readings, tagged, strict=True):
            if language and used is tagger:
                tokens = mend(tokens, language=language)
            sightings = find_sightings(
                reading.cleaned, tokens, length=len(reading.prose), language=language, gazetteer=gazetteer
            )
            degraded = used is not tagger
            yield Seen(reading.cleaned, language, reading.confidence, sightings, tagger.pipeline, degraded)


def key_of(spelling: Text, *, gazetteer: Gazetteer) -> str:
    """Return the key under which posts mention a topic so written: that of a known topic, else that of its words."""
    return _named(clean_post(spelling).text, spelling.language, gazetteer)[0]


def definitions_of(seen: Seen, *, gazetteer: Gazetteer) -> tuple[DefinedAcronym, ...]:
    """Return the acronyms that a text defines, each with its long form."""
    found: dict[tuple[str, str], DefinedAcronym] = {}
    for one in find_definitions(seen.cleaned.prose[:READ]):
        acronym, acronym_label = _named(one.short, seen.language, gazetteer)
        long_form, long_label = _named(one.long, seen.language, gazetteer)
        if acronym and long_form and acronym != long_form:
            defined = DefinedAcronym(acronym, long_form, acronym_label, long_label)
            found.setdefault((acronym, long_form), defined)
    return tuple(found.values())


def unread(text: Text, *, pipelines: Mapping[Language, Pipeline]) -> Extraction:
    """Return what is kept of a text that no process survived: its language as far as one can say, and no topic."""
    language, confidence = detect(text.body, hint=text.language)
    pipeline = pipelines[language] if language else NEITHER
    return Extraction(language, confidence, (), pipeline.tier, pipeline.release, degraded=True)


def load_extractor(*, fr: str = "bundled", en: str = "bundled", gazetteer: Gazetteer = EMPTY) -> TopicExtractor:
    """Load a pipeline a language: "bundled", "lexical" (none at all), or an installed package or path.

    Raises PipelineNotInstalled and LanguageNotSupported as `load_tagger` does; nothing is chosen silently.
    """
    return TopicExtractor({"fr": _load("fr", fr), "en": _load("en", en)}, gazetteer=gazetteer)


def describe_pipelines(*, fr: str = "bundled", en: str = "bundled") -> dict[Language, Pipeline]:
    """Return what `load_extractor` would load, without loading it; raises the same where it is missing."""
    return {"fr": _describe("fr", fr), "en": _describe("en", en)}


def _named(text: str, language: Language | None, gazetteer: Gazetteer) -> tuple[str, str]:
    """Key and label of a whole text: those of a known topic, else its words."""
    matches = gazetteer.find(text, language=language)
    known = [match.alias for match in matches if match.alias and match.end - match.start == len(text)]
    return (known[0].key, known[0].label) if known else (topic_key(text, language=language), " ".join(text.split()))


def _load(language: Language, choice: str) -> Tagger:
    if choice == LEXICAL:
        return LexicalTagger(stop_words(language), pipeline=_describe(language, choice))
    from nlp.pipeline import load_tagger  # brings spaCy, which most processes never need

    return load_tagger(language, choice=choice)


def _describe(language: Language, choice: str) -> Pipeline:
    if choice == LEXICAL:
        return replace(NEITHER, name=f"{NEITHER.name}-{language}")
    return describe_pipeline(language, choice=choice)


def _extraction(seen: Seen, gazetteer: Gazetteer) -> Extraction:
    return Extraction(
        seen.language,
        seen.confidence,
        mentions_of(seen),
        seen.pipeline.tier,
        seen.pipeline.release,
        seen.degraded,
        definitions_of(seen, gazetteer=gazetteer),
    )


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


def mentions_of(seen: Seen, *, weights: Sequence[float] | None = None) -> tuple[TopicMention, ...]:
    """Return the strongest topics of a text, each where it first stands; other weights are for learning better ones."""
    room = 1 + len(seen.cleaned.text.split()) // WORDS_A_TOPIC
    strengths = topic_strengths(seen.sightings, language=seen.language, room=room, weights=weights)
    mentions: list[TopicMention] = []
    for key, strength in strengths.items():
        first = seen.sightings[key].mentions[0]
        start, end = seen.cleaned.origin(first.start, first.end)
        mentions.append(TopicMention(key, seen.sightings[key].label, round(strength, 6), start, end))
    mentions.sort(key=lambda mention: (-mention.strength, mention.start, mention.key))
    return tuple(mentions[:MOST_MENTIONS])
