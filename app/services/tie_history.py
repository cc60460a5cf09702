"""The life of a person's own ties: on which days they became new, growing, strong, weak or dormant."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from graph.errors import NotFound
from graph.measures.tie_state import STATES, TieState
from graph.measures.tie_strength import TieSetting
from graph.measures.tie_transitions import Transitions, transitions
from graph.model import Person, Viewer
from graph.projection.feed import Projection
from graph.projection.neighbourhoods import Neighbourhoods
from graph.store import GraphStore

LAST_DAY: Final = 99_999  # since 1970, in the year 2243

_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A tie came into a state on that day; before it was in another one, or there was no tie yet."""

    person: Person
    date: date
    before: TieState | None
    after: TieState


@dataclass(frozen=True, slots=True)
class TurnList:
    """Some turns in their order, and where the next ones begin: None when these were the last."""

    turns: Sequence[Turn]
    following: str | None
    setting: TieSetting


@dataclass(frozen=True, slots=True)
class TieHistory:
    """Tells people how their own ties came and went."""

    store: GraphStore
    projection: Projection
    setting: TieSetting
    clock: Callable[[], datetime]

    def of(self, *, viewer: Viewer, at: datetime | None = None, after: str = "", limit: int) -> TurnList:
        """The next turns of the viewer's ties after that position, newest first, then by person; raises NotFound.

        `at` is a moment: only turns until then. A position keeps the moment of the first page."""
        begun, _, position = after.partition(" ")
        now = datetime.fromisoformat(begun) if begun else at or self.clock()
        state = self.projection.state
        ego = state.people.numbers.get(viewer.person or "")
        if ego is None:
            raise NotFound(viewer.person)
        here = Neighbourhoods.of(state, viewer=viewer, at=now)
        events = here.events(np.array([ego]))
        found = transitions(events, now=here.until, setting=self.setting)
        others, days = events.other[found.tie].tolist(), found.day.tolist()
        names = [f"{LAST_DAY - day:05d} {state.people.id(other)}" for day, other in zip(days, others, strict=True)]
        order = sorted(range(len(names)), key=names.__getitem__)
        start = bisect_right(order, position, key=names.__getitem__)
        shown = order[start : start + limit]
        people = self.store.people.by_numbers([others[row] for row in shown], viewer=viewer)
        turns = list(_turns(found, shown, [people.get(others[row]) for row in shown]))
        following = f"{now.isoformat()} {names[shown[-1]]}" if start + limit < len(order) else None
        return TurnList(turns, following, self.setting)


def _turns(found: Transitions, rows: Sequence[int], people: Sequence[Person | None]) -> Iterator[Turn]:
    """These turns, without those to whom nobody belongs whom the viewer may see."""
    for row, person in zip(rows, people, strict=True):
        if person is not None:
            is_first = row == 0 or found.tie[row - 1] != found.tie[row]
            before = None if is_first else STATES[found.state[row - 1]]
            yield Turn(person, _EPOCH + timedelta(days=int(found.day[row])), before, STATES[found.state[row]])
