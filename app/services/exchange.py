"""What people are asked, and what they ask: how loaded somebody is, and what they give and take."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.errors import NotFound
from graph.model import Exchange, Person, Viewer
from graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class Load:
    """How many open questions somebody has, how many came lately, and from how many open ones on they have enough."""

    open: int
    recent: int
    most_open: int

    @property
    def is_full(self) -> bool:
        """Whether they have enough questions for now."""
        return self.open >= self.most_open


@dataclass(frozen=True, slots=True)
class OwnExchange:
    """What somebody is told of their own questions."""

    load: Load
    exchange: Exchange
    recent_days: int


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Counts questions; `recent_days` is what counts as lately, `most_open` the cap of who has set none.

    An introduction counts as open until it is made or has expired after `introduction_days`, declined or not: whoever
    asked for it could tell else."""

    store: GraphStore
    recent_days: int
    most_open: int
    introduction_days: int
    clock: Callable[[], datetime]

    def load(self, people: Mapping[int, Person]) -> dict[int, Load]:
        """The load of these people, by number: to spread questions by, never to be shown to others."""
        found = self._counted(people)
        return {number: self._load(person, found.get(number, Exchange())) for number, person in people.items()}

    def of_oneself(self, viewer: Viewer) -> OwnExchange:
        """What the viewer was asked and asked; raises NotFound for nobody in particular."""
        there = self.store.people.find([viewer.person], viewer=viewer) if viewer.person else {}
        for person in there.values():
            found = self._counted([person.number]).get(person.number, Exchange())
            return OwnExchange(self._load(person, found), found, self.recent_days)
        raise NotFound(viewer.person)

    def _counted(self, people: Collection[int]) -> dict[int, Exchange]:
        now = self.clock()
        recent, lasting = timedelta(days=self.recent_days), timedelta(days=self.introduction_days)
        return self.store.questions.exchanges(people, since=now - recent, expired=now - lasting)

    def _load(self, person: Person, found: Exchange) -> Load:
        most_open = self.most_open if person.most_questions is None else person.most_questions
        return Load(found.open, found.recent, most_open)
