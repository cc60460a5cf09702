"""Acronyms defined in texts, "long form (ACRONYM)" or the other way round, as Schwartz and Hearst (2003) find them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nlp.folding import fold

SHORT: Final = r"[^\W\d_][\w.&/-]{1,9}"
BEHIND: Final = re.compile(rf"\((?P<short>{SHORT})\)")
BEFORE: Final = re.compile(rf"(?<![\w-])(?P<short>{SHORT}) \((?P<long>[^()\n]{{5,120}})\)")
WORD: Final = re.compile(r"[^\W_][\w-]{0,80}+")
READ: Final = 200  # characters before the parenthesis


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym, its long form as written, and where the long form stands in the text."""

    short: str
    long: str
    start: int
    end: int


def find_definitions(text: str) -> Iterator[Definition]:
    """Yield the acronyms defined in a text, in its order for each of the two ways to write them."""
    if "(" not in text:  # in most
        return
    for match in BEHIND.finditer(text):
        if _is_acronym(match["short"]):
            end = len(text[: match.start()].rstrip())
            yield from _defined(match["short"], text, max(0, end - READ), end)
    for match in BEFORE.finditer(text):
        if _is_acronym(match["short"]):
            found = list(_defined(match["short"], text, *match.span("long")))
            yield from (definition for definition in found if definition.start == match.start("long"))


def _is_acronym(short: str) -> bool:
    """Say whether a word may be an acronym: two capitals or more, most of its letters."""
    capitals = sum(letter.isupper() for letter in short)
    return capitals > 1 and 2 * capitals >= len(short)


def _defined(short: str, text: str, start: int, end: int) -> Iterator[Definition]:
    """Yield the shortest run of words up to `end` whose letters spell the acronym, its first letter opening a word."""
    letters = [letter for letter in fold(short) if letter.isalnum()]
    most = min(len(letters) + 5, 2 * len(letters))
    words = list(WORD.finditer(text, start, end))
    for word in reversed(words[-most:]):
        words_from = words[words.index(word) :]
        if len(words_from) > 1 and _spells(letters, [fold(part.group()) for part in words_from]):
            yield Definition(short, text[word.start() : end], word.start(), end)
            return


def _spells(letters: list[str], words: list[str]) -> bool:
    """Say whether the letters stand in this order in the words: first in first, last in last."""
    long = " ".join(words)
    if not long.startswith(letters[0]) or letters[-1] not in words[-1]:
        return False
    place = len(long)
    for letter in reversed(letters[1:]):
        place = long.rfind(letter, 1, place)
        if place < 0:
            return False
    return True
