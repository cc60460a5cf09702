"""Tokens → phrases that may be topics: noun phrases by their tags, and the shorter ones inside them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
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


class _Unit(NamedTuple):
    """A word with what hyphens join to it: its place in the text, its tag, and its parts in lower case."""

    start: int
    end: int
    tag: str
    parts: tuple[str, ...]
    nominal: float
    is_capital: bool

    @property
    def is_vague(self) -> bool:
        """Whether it describes anything."""
        return len(self.parts) == 1 and self.parts[0] in vague_words()


def find_candidates(tokens: Tokens, *, language: Language | None) -> Iterator[Candidate]:
    """Yield every candidate in the order of the text; an unknown language is read with the English patterns.

    English phrases end and French ones begin with a noun; both may go on behind a linking word.
    """
    spoken: Language = language or "en"
    units = _units(tokens, spoken)
    tags = "".join(unit.tag for unit in units).replace("dl", "el")
    pattern = FRENCH_PHRASE if spoken == "fr" else ENGLISH_PHRASE
    for match in pattern.finditer(tags):
        first, last = _without_vague(units, match.start(), match.end())
        for start, end in _spans(tags, first, last, language=spoken):
            candidate = _candidate(units, start, end, shape=tags[start:end], whole=(start, end) == (first, last))
            if candidate:
                yield candidate


def _units(tokens: Tokens, language: Language) -> list[_Unit]:
    """Join what a hyphen joins, mark the words that link, and leave no tag to what is no word."""
    units: list[_Unit] = []
    words, tags, starts, ends, nominal = tokens.words, tokens.tags, tokens.starts, tokens.ends, tokens.nominal
    place, count = 0, len(words)
    while place < count:
        last = place
        while last + 2 < count and tags[last + 1] == "-" and starts[last + 2] == ends[last] + 1:
            last += 2
        if last == place:  # most words
            tag, parts = _read(words[place], tags[place], language)
            units.append(_Unit(starts[place], ends[place], tag, parts, nominal[place], words[place][0].isupper()))
        else:
            joined = slice(place, last + 1, 2)
            tag, parts = _read("-".join(words[joined]), tags[joined], language)
            is_capital = words[place][0].isupper()
            units.append(_Unit(starts[place], ends[last], tag, parts, min(nominal[joined]), is_capital))
        place = last + 1
    return units


@lru_cache(maxsize=50_000)
def _read(surface: str, tags: str, language: Language) -> tuple[str, tuple[str, ...]]:
    """Return the tag of a unit and its parts."""
    tag = _tag(surface.lower(), tags, language) if len(tags) == 1 else _joined(tags)
    if tag in "ANPV" and (not WORD.fullmatch(surface) or IDENTIFIER.fullmatch(surface)):
        tag = "."
    return tag, tuple(surface.lower().split("-"))


def _tag(word: str, tag: str, language: Language) -> str:
    if word in LINKS[language]:
        return LINKS[language][word]
    if tag == "." and word in ARTICLES[language]:
        return "l"
    if tag == "V":
        return "V" if PARTICIPLE[language].fullmatch(word) else "."
    return "." if word in vague_words() and tag in "D" else tag


def _joined(tags: str) -> str:
    """Return the tag of a hyphenated word: a noun if it ends with one, a describing word otherwise, or a number."""
    if set(tags) == {"D"}:
        return "D"
    return tags[-1] if tags[-1] in "NP" else "P" if tags[0] == "P" else "A" if set(tags) - set(".V") else "."


def _without_vague(units: Sequence[_Unit], first: int, last: int) -> tuple[int, int]:
    while first < last and units[first].is_vague:
        first += 1
    while first < last and units[last - 1].is_vague:
        last -= 1
    return first, last


def _spans(tags: str, first: int, last: int, *, language: Language) -> Iterator[tuple[int, int]]:
    """Yield the spans with a noun at the right end for their language.

    At the edge of a run an adjective may stand for it: pipelines often take an unknown noun for one.
    """
    for start in range(first, last):
        for end in range(start + 1, min(last, start + 2 * LONGEST) + 1):
            at_edge = start == first if language == "fr" else end == last
            if _is_phrase(tags[start:end], language, heads="ANP" if at_edge else "NP"):
                yield start, end


def _is_phrase(tags: str, language: Language, *, heads: str) -> bool:
    if tags[0] in LINK_TAGS or tags[0] == "D" or tags[-1] in LINK_TAGS or "VD" in tags or "AD" in tags:
        return False
    if language == "fr":
        return tags[0] in heads
    return tags[-1] in heads + "D" and not tags.startswith("Vd")


def _candidate(units: Sequence[_Unit], start: int, end: int, *, shape: str, whole: bool) -> Candidate | None:
    """Return the phrase, unless it is too long or repeats a word."""
    content = [unit for unit in units[start:end] if unit.tag not in LINK_TAGS]
    if len(content) > (LONGEST if whole else LONGEST_INSIDE):
        return None
    parts = tuple([part for unit in content for part in unit.parts])
    if len(set(parts)) < len(parts) and any(word == after for word, after in pairwise(parts)):
        return None
    nominal = min([unit.nominal for unit in content])
    before = units[start - 1].parts[0] if start else ""
    beside = (units[start - 1].tag if start else ".") + (units[end].tag if end < len(units) else ".")
    first, last = units[start], units[end - 1]
    return Candidate(first.start, last.end, start, parts, shape, whole, nominal, before, first.is_capital, beside)
