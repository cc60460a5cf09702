"""Tokens → phrases that may be topics: noun phrases by their tags, and the shorter ones inside them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Final, NamedTuple

from nlp.lexicon import vague_words
from nlp.model import LINK_TAGS, Candidate, Language, Tokens

LONGEST: Final = 5  # content words of a whole phrase
LONGEST_INSIDE: Final = 4
# Units: N noun, P name, A adjective, V participle, D number; linking words: d bare, e with an article; l an article.
ENGLISH_PHRASE: Final = re.compile(r"[ANPV]{0,11}[ANP]D?(?:d[ANPV]{0,4}[NP])?")
FRENCH_PHRASE: Final = re.compile(r"[ANP][ANPVD]{0,7}(?:(?:d|el?)[NP][ANPVD]{0,4}){0,3}")
LINKS: Final = {
    "fr": {"de": "d", "d'": "d", "d’": "d", "à": "d", "en": "e", "du": "e", "des": "e", "au": "e", "aux": "e"},
    "en": {"of": "d"},
}
ARTICLES: Final = {"fr": frozenset({"l'", "l’", "la", "le"}), "en": frozenset[str]()}
PARTICIPLE: Final = {
    "fr": re.compile(r".+(?:é|ée|és|ées|ant|ante|ants|antes|is|ise|ises|it|ite|ites|us?|ues?)"),
    "en": re.compile(r".+(?:ed|ing)"),
}
IDENTIFIER: Final = re.compile(r"(?=.{0,60}\d)[A-Z\d]{1,12}(?:-[A-Z\d]{1,12}){2,8}")  # of one thing: "SW-N3-02"
WORD: Final = re.compile(r"(?=\S{0,40}[A-Za-z\u00c0-\u024f])\w\S{0,60}+(?<=[\w+#])(?<!^.)")


class _Word(NamedTuple):
    """A word with what hyphens join to it: its tag, its parts in lower case, and whether it describes anything."""

    tag: str
    parts: tuple[str, ...]
    is_vague: bool
    is_capital: bool


def find_candidates(tokens: Tokens, *, language: Language | None) -> Iterator[Candidate]:
    """Yield every candidate in the order of the text; an unknown language is read with the English patterns.

    English phrases end and French ones begin with a noun; both may go on behind a linking word.
    """
    spoken: Language = language or "en"
    if "-" in tokens.tags:
        tokens = _joined(tokens)
    words = list(map(_read, tokens.words, tokens.tags, repeat(spoken)))
    tags = "".join([word.tag for word in words]).replace("dl", "el")
    pattern = FRENCH_PHRASE if spoken == "fr" else ENGLISH_PHRASE
    for match in pattern.finditer(tags):
        first, last = _without_vague(words, match.start(), match.end())
        for start, end in _spans(tags[first:last], spoken):
            candidate = _candidate(tokens, words, tags, first + start, first + end, whole=end - start == last - first)
            if candidate:
                yield candidate


def _joined(tokens: Tokens) -> Tokens:
    """Make one word of what hyphens join."""
    runs = list(_runs(tokens))
    return Tokens(
        tuple(["-".join(tokens.words[run]) for run in runs]),
        "".join([_tag_of_all(tokens.tags[run]) for run in runs]),
        tuple([tokens.starts[run][0] for run in runs]),
        tuple([tokens.ends[run][-1] for run in runs]),
        tuple([min(tokens.nominal[run]) for run in runs]),
    )


def _runs(tokens: Tokens) -> Iterator[slice]:
    """Yield the places of each word and of those that hyphens join to it."""
    place, count = 0, len(tokens.words)
    while place < count:
        end = place + 1
        while end + 1 < count and tokens.tags[end] == "-" and tokens.starts[end + 1] == tokens.ends[end - 1] + 1:
            end += 2
        yield slice(place, end, 2)
        place = end


def _tag_of_all(tags: str) -> str:
    """Return the tag of a hyphenated word: a noun if it ends with one, a describing word otherwise, or a number."""
    if len(tags) == 1 or set(tags) == {"D"}:
        return tags[0]
    return tags[-1] if tags[-1] in "NP" else "P" if tags[0] == "P" else "A" if set(tags) - set(".V") else "."


@lru_cache(maxsize=50_000)
def _read(surface: str, tag: str, language: Language) -> _Word:
    word = surface.lower()
    tag = _tag(word, tag, language)
    if tag in "ANPV" and (not WORD.fullmatch(surface) or IDENTIFIER.fullmatch(surface)):
        tag = "."
    return _Word(tag, tuple(word.split("-")), word in vague_words(), surface[0].isupper())


def _tag(word: str, tag: str, language: Language) -> str:
    if word in LINKS[language]:
        return LINKS[language][word]
    if tag == "." and word in ARTICLES[language]:
        return "l"
    if tag == "V":
        return "V" if PARTICIPLE[language].fullmatch(word) else "."
    return "." if word in vague_words() and tag in "D" else tag


def _without_vague(words: Sequence[_Word], first: int, last: int) -> tuple[int, int]:
    while first < last and words[first].is_vague:
        first += 1
    while first < last and words[last - 1].is_vague:
        last -= 1
    return first, last


@lru_cache(maxsize=5_000)
def _spans(tags: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Return the spans of a run of words with a noun at the right end for their language.

    At the edge of a run an adjective may stand for it: pipelines often take an unknown noun for one.
    """
    found = [(start, end) for start in range(len(tags)) for end in range(start + 1, len(tags) + 1)[: 2 * LONGEST]]
    edge = 0 if language == "fr" else len(tags)
    return tuple(
        (start, end)
        for start, end in found
        if _is_phrase(tags[start:end], language, heads="ANP" if edge in (start, end) else "NP")
    )


def _is_phrase(tags: str, language: Language, *, heads: str) -> bool:
    if tags[0] in LINK_TAGS or tags[0] == "D" or tags[-1] in LINK_TAGS or "VD" in tags or "AD" in tags:
        return False
    if language == "fr":
        return tags[0] in heads
    return tags[-1] in heads + "D" and not tags.startswith("Vd")


def _candidate(
    tokens: Tokens, words: Sequence[_Word], tags: str, start: int, end: int, *, whole: bool
) -> Candidate | None:
    """Return the phrase, unless it is too long or repeats a word."""
    content = [place for place in range(start, end) if tags[place] not in LINK_TAGS]
    if len(content) > (LONGEST if whole else LONGEST_INSIDE):
        return None
    parts = tuple([part for place in content for part in words[place].parts])
    if len(set(parts)) < len(parts) and any(word == after for word, after in pairwise(parts)):
        return None
    return Candidate(
        start=tokens.starts[start],
        end=tokens.ends[end - 1],
        position=start,
        words=parts,
        shape=tags[start:end],
        whole=whole,
        nominal=min([tokens.nominal[place] for place in content]),
        before=words[start - 1].parts[0] if start else "",
        is_capital=words[start].is_capital,
        beside=(tags[start - 1] if start else ".") + (tags[end] if end < len(tags) else "."),
    )
