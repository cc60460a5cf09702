"""What people are asked, and what they ask: how loaded somebody is, and what they give and take."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.errors import NotFound
from graph.model import Exchange, Viewer
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
    """Counts questions; `recent_days` is what counts as lately."""

    store: GraphStore
    recent_days: int
    most_open: int
    clock: Callable[[], datetime]

    def load(self, people: Collection[int]) -> dict[int, Load]:
        """The load of each of these people, by number: to spread questions by, never to be shown to others."""
        found = self._counted(people)
        return {person: self._load(found.get(person, Exchange())) for person in people}

    def of_oneself(self, viewer: Viewer) -> OwnExchange:
        """What the viewer was asked and asked; raises NotFound for nobody in particular."""
        people = self.store.people.find([viewer.person], viewer=viewer) if viewer.person else {}
        if viewer.person not in people:
            raise NotFound(viewer.person)
        number = people[viewer.person].number
        found = self._counted([number]).get(number, Exchange())
        return OwnExchange(self._load(found), found, self.recent_days)

    def _counted(self, people: Collection[int]) -> dict[int, Exchange]:
        return self.store.questions.exchanges(people, since=self.clock() - timedelta(days=self.recent_days))

    def _load(self, found: Exchange) -> Load:
        return Load(found.open, found.recent, self.most_open)
