"""Terms: what a question asks for, and where the viewer finds it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from graph.model import Language, Viewer
from graph.projection.sameness import Sameness
from graph.projection.state import State
from graph.projection.views import Term, View


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that is asked for, by its stems, with the topics that it names or helps to name; or topics alone."""

    text: str  # as the question writes it; of what is only close to that, its name
    stems: tuple[int, ...]  # ascending
    topics: tuple[int, ...] = ()  # numbers, ascending
    in_other_words: float = 1.0  # how often a post about these topics holds it, though it does not stand there
    times: int = 1
    telling: float = 1.0  # how much it can tell of a subject, in (0, 1]
    is_asked: bool = True  # False: it is close to a topic that is asked for, about which nobody wrote

    @property
    def weight(self) -> float:
        """What it counts before its rarity."""
        return self.times * self.telling

    def term(self, view: View, *, community: int | None = None) -> Term:
        """Where it stands, in other words too."""
        if not self.stems:
            return view.topic(self.topics, community=community)
        return view.word(self.stems, topics=self.topics, in_other_words=self.in_other_words, community=community)


class ReadsQuestions(Protocol):
    """Who knows the words and the names in which people ask."""

    def read(self, question: str, same: Sameness) -> list[Wanted]:
        """What the question asks for, each word once."""
        ...

    def close(self, question: str, wanted: Sequence[Wanted], same: Sameness, language: Language) -> list[Wanted]:
        """What is close to the topics asked for about which nobody wrote; called as in the question's language, in that
        one where it cannot be told."""
        ...

    def meant(self, word: str, state: State, viewer: Viewer, within: int | None) -> tuple[str, ...]:
        """What somebody may have meant by a word that nobody wrote, the commoner first, as far as posts tell of it, of
        one community by number if `within` names one."""
        ...

    def people(self, question: str, state: State, viewer: Viewer) -> list[int]:
        """The numbers of the people whom the question calls by name, in its order."""
        ...

    def name_words(self, topics: tuple[int, ...], same: Sameness) -> frozenset[str]:
        """The words of the names of these topics."""
        ...


def gathered(wanted: Iterable[Wanted]) -> list[Wanted]:
    """The same, each word and topic once: in the order of the first, asked for as often as it occurs."""
    found: dict[tuple[tuple[int, ...], ...], Wanted] = {}
    for one in wanted:
        key = (one.stems,) if one.stems else ((), one.topics)
        before = found.get(key)
        found[key] = (
            one
            if before is None
            else replace(
                before,
                topics=tuple(sorted({*before.topics, *one.topics})),
                times=before.times + one.times,
                in_other_words=max(before.in_other_words, one.in_other_words),
                telling=max(before.telling, one.telling),
            )
        )
    return list(found.values())
