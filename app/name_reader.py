"""Questions → the people whom they call by name: rather nobody than somebody who was not meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from graph.projection.directory import People
from graph.projection.names import plain
from nlp.caution import is_common
from nlp.model import Question

MOST: Final = 3  # people whom one name may mean: one that more bear means nobody
TITLES: Final = frozenset({"dr", "m", "madame", "miss", "mlle", "mme", "monsieur", "mr", "mrs", "ms"})
# No name goes on behind these, unlike behind the comma of "Guérin, Claire" and the full stop of "M. Guérin".
BREAK: Final = re.compile(r"(?<!\bM)(?<!\b[DM]r)\.|[!?:;\n()/\"«»“”]")
WORD: Final = re.compile(r"\w+")
NOBODY: Final[frozenset[int]] = frozenset()


class Word(NamedTuple):
    """A word of a question, as it is written and as names are searched."""

    text: str
    key: str
    start: int
    end: int
    is_first: bool  # behind a break, where a capital says nothing

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


class Name(NamedTuple):
    """A name in a question, by its words: who is called so, and whether there are several words and no more to it."""

    words: Sequence[Word]
    beside: Sequence[Word]  # before and behind, without a break between
    people: frozenset[int]
    is_whole: bool

    @property
    def start(self) -> int:
        """Where it starts in the question."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends in the question."""
        return self.words[-1].end


def names_in(question: Question, people: People) -> Iterator[Name]:
    """The names in a question by which somebody of these people is meant, in its order."""
    words = list(_words(question.text))
    bearers = people.bearers({word.key for word in words})
    end = 0
    for first, word in enumerate(words):
        if first >= end and word.key in bearers:
            name = _longest(words, first, bearers, people)
            if len(name.people) <= MOST and (name.is_whole or _is_meant(name, question, bearers)):
                yield name
                end = first + len(name.words)


def _longest(words: Sequence[Word], first: int, bearers: Mapping[str, frozenset[int]], people: People) -> Name:
    """As many words from there on as the names of the same people hold, in whatever order."""
    behind, found = first + 1, bearers[words[first].key]
    while _goes_on(words, behind) and (same := found & bearers.get(words[behind].key, NOBODY)):
        behind, found = behind + 1, same
    name = words[first:behind]
    beside = [words[at] for at, joint in ((first - 1, first), (behind, behind)) if _goes_on(words, joint)]
    keys = {word.key for word in name}
    is_telling = len(keys) > 1 and any(word.is_capital or not is_common(word.text) for word in name)
    whole = frozenset(number for number in found if people.length(number) == len(keys)) if is_telling else NOBODY
    return Name(name, beside, whole or found, bool(whole))


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether there is a word, and nothing that parts it from the one before."""
    return at < len(words) and not words[at].is_first


def _is_meant(name: Name, question: Question, bearers: Mapping[str, frozenset[int]]) -> bool:
    """Whether a part of a name is all that is asked, or is written as a name and no part of another one."""
    if any(is_common(word.text) for word in name.words):
        return False
    if all(name.start <= asked.start and asked.end <= name.end for asked in question.words):
        return True
    is_told = any(word.is_capital and not word.is_first for word in name.words) and not question.text.isupper()
    return is_told and not any(_may_be_named(word, bearers) for word in name.beside)


def _may_be_named(word: Word, bearers: Mapping[str, frozenset[int]]) -> bool:
    """Whether a word beside a name looks like a part of it, which then is another person's."""
    is_told = word.is_capital and (not word.is_first or word.key in bearers)
    return is_told and word.key not in TITLES and not is_common(word.text)


def _words(text: str) -> Iterator[Word]:
    end = 0
    for found in WORD.finditer(text):
        is_first = end == 0 or bool(BREAK.search(text, end, found.start()))
        yield Word(found.group(), plain(found.group()), *found.span(), is_first)
        end = found.end()
