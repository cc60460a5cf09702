"""Tokens → phrases that may be topics: noun phrases by their tags, and the shorter ones inside them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from nlp.model import Candidate, Language, Tokens

LONGEST: Final = 4
LONGEST_INSIDE: Final = 3
ENGLISH_PHRASE: Final = re.compile(r"(?:[ANP]-?){0,11}[NP]")
FRENCH_PHRASE: Final = re.compile(r"[NP](?:-?[ANP]){0,7}(?:dl?[NP]A?)?")
LINKS: Final = frozenset({"de", "du", "des", "d'", "d’", "en", "à", "aux"})
ARTICLES: Final = frozenset({"l'", "l’", "la"})
VAGUE: Final = frozenset(
    {
        "actual",
        "best",
        "better",
        "big",
        "certain",
        "current",
        "different",
        "entire",
        "few",
        "first",
        "good",
        "great",
        "last",
    }
    | {"little", "main", "many", "new", "next", "old", "other", "own", "previous", "same", "several", "simple", "small"}
    | {
        "such",
        "various",
        "whole",
        "ancien",
        "ancienne",
        "autre",
        "autres",
        "beau",
        "belle",
        "bon",
        "bonne",
        "bonnes",
        "bons",
    }
    | {
        "certaine",
        "certaines",
        "certains",
        "dernier",
        "dernière",
        "différent",
        "différente",
        "différentes",
        "différents",
    }
    | {"grand", "grande", "grandes", "grands", "gros", "même", "mêmes", "nouveau", "nouveaux", "nouvel", "nouvelle"}
    | {"nouvelles", "petit", "petite", "petites", "petits", "plusieurs", "premier", "première", "prochain", "prochaine"}
)
WORD: Final = re.compile(r"(?=\S{0,40}[A-Za-z\u00c0-\u024f])\w\S{0,60}+(?<=[\w+#])(?<!^.)")


def find_candidates(tokens: Tokens, *, language: Language | None) -> Iterator[Candidate]:
    """Yield every candidate in the order of the text; an unknown language is read with the English patterns.

    English phrases end and French ones begin with a noun; up to 4 content words, 3 inside a longer phrase.
    """
    tags = _french_tags(tokens) if language == "fr" else tokens.tags
    pattern = FRENCH_PHRASE if language == "fr" else ENGLISH_PHRASE
    for match in pattern.finditer(tags):
        first, last = _without_vague(tokens, match.start(), match.end())
        for start, end in _spans(tags, first, last, french=language == "fr"):
            candidate = _candidate(tokens, tags, start, end, whole=(start, end) == (first, last))
            if candidate:
                yield candidate


def _french_tags(tokens: Tokens) -> str:
    """Add d for a linking preposition and l for the article that may follow it."""
    lower = [word.lower() for word in tokens.words]
    marks = [
        "d" if word in LINKS else "l" if word in ARTICLES else tag for word, tag in zip(lower, tokens.tags, strict=True)
    ]
    return "".join(marks)


def _without_vague(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    while first < last and tokens.words[first].lower() in VAGUE:
        first += 1
    return first, last


def _spans(tags: str, first: int, last: int, *, french: bool) -> Iterator[tuple[int, int]]:
    """Yield the spans with a noun at the right end for their language, never one that cuts a hyphenated word."""
    for start in range(first, last):
        for end in range(start + 1, min(last, start + 2 * LONGEST) + 1):
            noun = tags[start] in "NP" if french else tags[end - 1] in "NP" and tags[start] in "ANP"
            closed = tags[end - 1] in "ANP"
            cut = (start > first and tags[start - 1] == "-") or (end < last and tags[end] == "-")
            if noun and closed and not cut:
                yield start, end


def _candidate(tokens: Tokens, tags: str, start: int, end: int, *, whole: bool) -> Candidate | None:
    """Return the phrase, unless it is too long, repeats a word or holds one that is none."""
    words = tuple(tokens.words[place].lower() for place in range(start, end) if tags[place] in "ANP")
    if len(words) > (LONGEST if whole else LONGEST_INSIDE):
        return None
    repeated = any(word == after for word, after in pairwise(words))
    if repeated or not all(map(WORD.fullmatch, words)):
        return None
    return Candidate(tokens.starts[start], tokens.ends[end - 1], start, words)
