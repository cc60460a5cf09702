"""Known topics and names of people, found by longest match over tuples of folded tokens."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from nlp.folding import fold
from nlp.model import Language, QuestionWord
from nlp.spelling import is_own_form

SEEDS: Final = Path(__file__).parent / "data" / "seed_topics.tsv"
SEED_WEIGHT: Final = 1.25
TOKEN: Final = re.compile(r"\w{1,80}|[^\w\s]")
JOINED: Final = re.compile(r"-\w")


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a known topic; `weight` is that of its source: of aliases that fit, the heaviest counts.

    A one-word form counts only in texts of its language (None: in any); a longer one is found everywhere.
    """

    form: str
    key: str
    label: str
    language: Language | None
    weight: float
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A known form in a text; `alias` is None where it is the name of a person."""

    alias: Alias | None
    start: int
    end: int

    def holds(self, word: QuestionWord) -> bool:
        """Say whether the word of a question lies in it, where both were found in the same text."""
        return self.start <= word.start and word.end <= self.end


class Gazetteer:
    """An immutable dictionary of aliases and names; build a new one to change it."""

    def __init__(self, aliases: Iterable[Alias], *, names: Iterable[str] = ()) -> None:
        """`names` are never topics."""
        self._entries: dict[tuple[str, ...], tuple[Alias | str, ...]] = {}  # a name stands for itself
        for entry in chain(aliases, names):
            key = tuple(map(_fold, _tokens(entry)))
            if key:
                self._entries[key] = (*self._entries.get(key, ()), entry)
        self._longest: dict[str, int] = {}
        for key in self._entries:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def find(self, text: str, *, language: Language | None) -> list[Match]:
        """Return the known forms in the order of the text, none overlapping another, the longest taken first."""
        if not self._entries:
            return []
        found = list(TOKEN.finditer(text))
        folded = [_fold(match.group()) for match in found]
        matches: list[Match] = []
        free = 0
        for position in [place for place, token in enumerate(folded) if token in self._longest]:
            if position < free:
                continue
            entry, length = self._longest_at(position, self._longest[folded[position]], folded, found, language)
            start, end = found[position].start(), found[position + max(length, 1) - 1].end()
            if entry is not None and not _is_joined(text, start, end):
                matches.append(Match(entry if isinstance(entry, Alias) else None, start, end))
                free = position + length
        return matches

    def _longest_at(
        self, position: int, longest: int, folded: list[str], found: list[re.Match[str]], language: Language | None
    ) -> tuple[Alias | str | None, int]:
        """What stands there, and of how many tokens it is."""
        for length in range(min(longest, len(folded) - position), 0, -1):
            entries = self._entries.get(tuple(folded[position : position + length]))
            if entries:
                surface = tuple(match.group() for match in found[position : position + length])
                fitting = [entry for entry in entries if _fits(entry, surface, language)]
                if fitting:
                    return max(fitting, key=lambda entry: _preference(entry, language)), length
        return None, 0


def _is_joined(text: str, start: int, end: int) -> bool:
    """Say whether a hyphen makes a form part of a longer word: "conformité" in "non-conformité"."""
    return bool(JOINED.match(text, end) or (start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()))


def _tokens(entry: Alias | str) -> tuple[str, ...]:
    """The tokens of a form, made anew whenever they are asked for: to keep them would double the memory."""
    return tuple(TOKEN.findall(entry.form if isinstance(entry, Alias) else entry))


def _fits(entry: Alias | str, surface: tuple[str, ...], language: Language | None) -> bool:
    if isinstance(entry, str):
        return surface[0][0].isupper() or surface == _tokens(entry)
    if entry.case_sensitive:
        return surface == _tokens(entry)
    return len(surface) > 1 or language is None or entry.language in (None, language)


def _preference(entry: Alias | str, language: Language | None) -> tuple[bool, bool, float]:
    """Prefer full names, then aliases of the text's language, then the heavier, and last a single name: "Julia"."""
    if isinstance(entry, str):
        return " " in entry, False, 0.0
    return False, entry.language == language, entry.weight


@lru_cache(maxsize=100_000)
def _fold(token: str) -> str:
    """Write without case, accents or plural: "Réseaux" and "reseau" are the same, and so are "des", "du" and "de"."""
    plain = fold(token)
    if plain in ("des", "du"):
        return "de"
    is_own = is_own_form(plain, is_french=True) or is_own_form(plain, is_french=False)  # an entry may be in either
    if len(plain) < 4 or plain[-2:] == "ss" or is_own:
        return plain
    stem = plain[:-1] if plain[-1] in "sx" else plain
    return stem[:-2] + "y" if stem.endswith("ie") else stem


EMPTY: Final = Gazetteer(())


def seed_aliases() -> tuple[Alias, ...]:
    """Return the technical and business topics that Quisait knows from the start, in French and in English."""
    with SEEDS.open(encoding="utf-8", newline="") as lines:
        return tuple(alias for row in csv.DictReader(lines, delimiter="\t") for alias in _aliases(row))


def seed_labels() -> dict[str, dict[Language, str]]:
    """Return the names of these topics in both languages, by key."""
    languages: tuple[Language, ...] = ("fr", "en")
    labels: dict[str, dict[Language, str]] = {}
    for alias in seed_aliases():
        for language in languages:
            if alias.language in (None, language):
                labels.setdefault(alias.key, {}).setdefault(language, alias.label)
    return labels


def _aliases(row: dict[str, str]) -> Iterator[Alias]:
    english = row["label_en"].removeprefix("=")
    french = row["label_fr"].removeprefix("=") or english
    both = row["label_en"] if not row["label_fr"] else ""
    yield from _forms(f"{both}|{row['forms']}", key=row["key"], label=english, language=None)
    yield from _forms(f"{row['label_fr']}|{row['forms_fr']}", key=row["key"], label=french, language="fr")
    yield from _forms(f"{row['label_en']}|{row['forms_en']}", key=row["key"], label=english, language="en")


def _forms(cell: str, *, key: str, label: str, language: Language | None) -> Iterator[Alias]:
    """Read forms written a|b; one that begins with = is matched with its capitals."""
    for form in filter(None, cell.split("|")):
        exact = form.startswith("=")
        yield Alias(form.removeprefix("="), key, label, language, SEED_WEIGHT, case_sensitive=exact)
