"""What looks like the same: forms of topics with the same letters, or words one slip apart."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import combinations
from typing import Final, Literal, NamedTuple

from simplemma import is_known

from nlp.folding import fold
from nlp.lexicon import LANGUAGES, background

Likeness = Literal["same_letters", "one_edit"]

SHORTEST: Final = 6  # letters; shorter ones are an edit away from too much
LONGEST: Final = 40
SHORTEST_WORD: Final = 5  # letters of a mistyped word, and of what is meant by it
WORD: Final = re.compile(r"[^\W_]+")


class Alike(NamedTuple):
    """Two forms, the lower one first, and what makes them alike."""

    first: str
    second: str
    reason: Likeness


def find_alike(forms: Collection[str], *, established: Collection[str]) -> Iterator[Alike]:
    """Yield the pairs of forms that look alike, of which one at least is established: each pair once.

    Forms that differ by a digit, or by a word that a dictionary of French or English has on either side, are not alike.
    """
    for group in _by_letters(forms).values():
        yield from (Alike(one, other, "same_letters") for one, other in combinations(sorted(group), 2))
    known: dict[str, list[str]] = defaultdict(list)
    for form in established:
        for shortened in _shortened(form):
            known[shortened].append(form)
    found = {
        (min(form, other), max(form, other))
        for form in forms
        for shortened in _shortened(form)
        for other in known.get(shortened, ())
        if _is_one_edit(form, other) and _is_slip(form, other)
    }
    yield from (Alike(one, other, "one_edit") for one, other in sorted(found))


def may_be_mistyped(word: str) -> bool:
    """Say whether a folded word is all letters, long enough, and none of the common words of both languages."""
    return len(word) >= SHORTEST_WORD and word.isalpha() and word not in _folded_words()


def halves(word: str) -> tuple[str, str]:
    """Return how a word begins and how it ends: every word that is one slip apart shares one of the two."""
    length = (len(word) - 1) // 2
    return word[:length], word[-length:]


def is_near(word: str, other: str) -> bool:
    """Say whether one slip makes a folded word another one, which is long enough to be told.

    In Latin letters: of others, a word has several spellings in Unicode."""
    return len(other) >= SHORTEST_WORD and other.isascii() and _is_one_edit(word, other)


def _by_letters(forms: Collection[str]) -> dict[str, list[str]]:
    """Forms by their letters, digits and signs alone."""
    groups: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        groups[_letters(form)].append(form)
    return groups


def _letters(form: str) -> str:
    return form.replace(" ", "").replace("-", "")


def _shortened(form: str) -> set[str]:
    """The letters of a form, and what is left without one of them: forms one edit apart have some of that in common."""
    letters = _letters(form)
    if not SHORTEST <= len(letters) <= LONGEST:
        return set()
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}


def _is_one_edit(form: str, other: str) -> bool:
    """Say whether a letter put in, left out, changed or swapped with the next, by mistake, makes one form the other."""
    one, two = sorted((_letters(form), _letters(other)), key=len)
    if one[0] != two[0]:  # nobody slips on the first letter
        return False
    start = next((at for at, (left, right) in enumerate(zip(one, two, strict=False)) if left != right), len(one))
    if len(one) < len(two):
        is_edit = one[start:] == two[start + 1 :]
    else:
        is_swap = one[start : start + 2] == two[start : start + 2][::-1] and one[start + 2 :] == two[start + 2 :]
        is_edit = one != two and (one[start + 1 :] == two[start + 1 :] or is_swap)
    return is_edit and not any(map(str.isdigit, one[start : start + 1] + two[start : start + 1]))


def _is_slip(form: str, other: str) -> bool:
    """Say whether one of two forms holds a word that no dictionary has, where they differ."""
    return not all(map(_is_word, set(form.split()) ^ set(other.split())))


@lru_cache(maxsize=50_000)
def _is_word(word: str) -> bool:
    return word in _folded_words() or any(is_known(word, lang=language) for language in LANGUAGES)


@cache
def _folded_words() -> frozenset[str]:
    """The words of both languages as forms write them: without accents."""
    return frozenset(fold(word) for language in LANGUAGES for word in background(language))
