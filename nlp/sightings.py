"""A cleaned text and its tokens → what may be a topic of it: known topics, hashtags, code, phrases."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from nlp.candidates import find_candidates
from nlp.cleaning import Cleaned
from nlp.gazetteer import Gazetteer, Match
from nlp.lexicon import DATA
from nlp.model import Candidate, Language, Sighting, Tokens
from nlp.normalization import topic_key
from nlp.places import Places, Span

# Whoever is greeted or thanked is a person, whatever the directory says.
ADDRESSED: Final = re.compile(
    r"(?=[bcdhmstBCDHMST])\b"  # seen at once, and no other word begins an address
    r"(?i:bonjour|bonsoir|salut|coucou|hello|hi|hey|dear|ch[eè]re?s?|merci|thanks|bravo)(?:,? à)? "
    r"((?=[^\W\d_])(?-i:[A-ZÀ-Þ])[\w-]{1,30}+)"
)
CAMEL: Final = re.compile(r"(?<=[a-zß-ÿ]{3})(?=[A-ZÀ-Þ][a-zß-ÿ])")
# Inline code that names a command, a function or a setting.
NAME_IN_CODE: Final = re.compile(r"(?=.{3,30}\Z)[^\W\d_](?:[\w.-]*+|[a-z-]{1,12} [a-z-]{2,12})")


class _Found(NamedTuple):
    """A place in a text that may speak of a topic."""

    key: str
    label: str
    place: Candidate
    is_known: bool = False
    is_marked: bool = False


def find_sightings(
    cleaned: Cleaned, tokens: Tokens, *, length: int, language: Language | None, gazetteer: Gazetteer
) -> dict[str, Sighting]:
    """Return what may be a topic of the first `length` characters of a text, by its key."""
    groups: dict[str, list[_Found]] = {}
    for found in _found(cleaned, cleaned.text[:length], tokens, language, gazetteer):
        groups.setdefault(found.key, []).append(found)
    return {key: _sighting(group) for key, group in groups.items()}


def _sighting(group: Sequence[_Found]) -> Sighting:
    """What is found first names the topic."""
    first = group[0]
    return Sighting(
        tuple(sorted([found.place for found in group], key=lambda place: (place.start, place.end))),
        first.label,
        is_known=first.is_known,
        is_marked=any(found.is_marked for found in group),
    )


def _found(
    cleaned: Cleaned, text: str, tokens: Tokens, language: Language | None, gazetteer: Gazetteer
) -> Iterator[_Found]:
    """Yield known topics, then hashtags and code, then phrases that fit with them."""
    apart = list(_set_apart(cleaned, len(text)))
    marks = Places((start, end) for start, end, _ in apart)
    matches = [match for match in gazetteer.find(text, language=language) if not _is_part(match, marks)]
    known = Places((match.start, match.end) for match in matches if match.alias)
    named = ((match.start, match.end) for match in matches if not match.alias)
    people = Places((*named, *(match.span(1) for match in ADDRESSED.finditer(text))))
    phrases = {(phrase.start, phrase.end): phrase for phrase in find_candidates(tokens, language=language)}
    for match in matches:
        if match.alias:
            place = phrases.get((match.start, match.end)) or _place(text, match.start, match.end, tokens)
            yield _Found(match.alias.key, match.alias.label, place, is_known=True)
    apart = [found for found in apart if not known.around(found[:2])]
    for start, end, is_hashtag in apart:
        key, label = _named(CAMEL.sub(" ", text[start:end]) if is_hashtag else text[start:end], language)
        yield _Found(key, label, _place(text, start, end, tokens), is_marked=True)
    topics = Places((*known, *(found[:2] for found in apart)))
    emphasis = Places(cleaned.emphasis)
    for span, phrase in phrases.items():
        if not _conflicts(span, topics=topics, people=people):
            key, label = _named(text[phrase.start : phrase.end], language)
            if key and key not in stop_topics(language):
                yield _Found(key, label, phrase, is_marked=emphasis.around(span))


def _is_part(match: Match, marks: Places) -> bool:
    """Say whether a known form is only a part of a hashtag or of a name in code: "git" in `git rebase`."""
    span = match.start, match.end
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in marks.near(span))


def _set_apart(cleaned: Cleaned, length: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the hashtags (True), and the code that is a name (False)."""
    for start, end in cleaned.hashtags:
        if end <= length:
            yield start, end, True
    for start, end in cleaned.code:
        if end <= length and NAME_IN_CODE.fullmatch(cleaned.text, start, end):
            yield start, end, False


def _named(surface: str, language: Language | None) -> tuple[str, str]:
    """Return key and label of what stands somewhere."""
    return topic_key(surface, language=language), " ".join(surface.split())


def _place(text: str, start: int, end: int, tokens: Tokens) -> Candidate:
    words = tuple(text[start:end].lower().split())
    first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
    nominal = max(tokens.nominal[first:last], default=0.0)
    before = tokens.words[first - 1].lower() if first else ""
    shape, is_capital = "N" * len(words), text[start].isupper()
    return Candidate(start, end, first, words, shape, nominal=nominal, before=before, is_capital=is_capital)


def _conflicts(span: Span, *, topics: Places, people: Places) -> bool:
    """Say whether a phrase holds a part of a name, or of a known topic without holding all of it and more."""
    partial = any(start < span[0] or span[1] < end or (start, end) == span for start, end in topics.near(span))
    return partial or bool(people.near(span))


@cache
def stop_topics(language: Language | None) -> frozenset[str]:
    """Return the keys of what everybody says and nobody is an expert in: greetings, times, "problème", "question"."""
    lines = (DATA / "stop_topics.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(topic_key(line, language=language) for line in lines)
