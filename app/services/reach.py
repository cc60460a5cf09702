"""Reach: over whom the asker gets to people, along ties that the viewer may see."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray, flags
from graph.measures.paths import Mode, Path, Reach, Ties, introduction_paths
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.model import Viewer
from graph.projection.directory import People
from graph.projection.neighbourhoods import EPOCH
from graph.projection.neighbours import Neighbours
from graph.projection.pairs import Events
from graph.projection.state import State

DECIMALS: Final = 6  # sums over other blocks differ in the last bits, and paths compare strengths


@dataclass(frozen=True, slots=True)
class VisibleTies:
    """The ties that a viewer may see at a moment; strengths are taken when asked for and never kept."""

    neighbours: Neighbours
    visible: BoolArray
    experts: BoolArray
    now: int
    setting: TieSetting
    until: int | None = None

    def of(self, people: IntArray) -> Ties:
        """All ties of these people, who are sorted and distinct."""
        return self._ties(self.events(people))

    def cost(self, people: IntArray) -> int:
        """How many pairs these people have, hidden ones included."""
        return self.neighbours.degrees(people)

    def met_by(self, people: IntArray) -> IntArray:
        """Whoever has a pair with one of these people, hidden ones included."""
        return self.neighbours.met_by(people)

    def between(self, sources: IntArray, targets: IntArray) -> Ties:
        """The ties that lead from one of these to one of those, all sorted and distinct."""
        if self.cost(targets) < self.cost(sources):
            return self._ties(self.events(targets, among=sources)).turned()
        return self._ties(self.events(sources, among=targets))

    def events(self, people: IntArray, *, among: IntArray | None = None) -> Events:
        """The events of these people, sorted and distinct, with anybody or with those."""
        return self.neighbours.events_of(
            people,
            visible=self.visible,
            experts=self.experts,
            among=None if among is None else flags(among),
            until=self.until,
        )

    def strength(self, events: Events) -> FloatArray:
        """The strength of each tie, to six decimals."""
        return tie_strength(PairEvents.of(events, now=self.now), self.setting).strength.round(DECIMALS)

    def _ties(self, events: Events) -> Ties:
        return Ties(events.person, events.other, self.strength(events))


@dataclass(frozen=True, slots=True)
class Reaching:
    """Finds how an asker reaches people."""

    clock: Callable[[], datetime]
    setting: TieSetting

    def __call__(
        self, state: State, viewer: Viewer, asker: int, targets: Sequence[int], mode: Mode
    ) -> dict[int, Reach]:
        """Target → its reach over ties that the viewer may see; people without a path are left out."""
        ties = self.seen_by(viewer, state)
        paths = introduction_paths(asker, targets, ties=ties, order=state.people.id, mode=mode)
        return {target: _reach(path, state.people) for target, path in paths.items()}

    def seen_by(
        self, viewer: Viewer, state: State, *, at: datetime | None = None, without: Collection[int] = ()
    ) -> VisibleTies:
        """The ties that the viewer may see, of all but these people, as they are now or were at a moment."""
        experts = state.people.is_expert
        if without:
            experts = experts.copy()
            experts[list(without)] = False
        return VisibleTies(
            state.neighbours,
            visible=flags(np.fromiter(viewer.communities, dtype=np.int64)),
            experts=experts,
            now=_micros(at or self.clock()),
            setting=self.setting,
            until=at and _micros(at),
        )


def _reach(path: Path, people: People) -> Reach:
    steps = len(path.people) - 1
    kind = "direct" if steps == 1 else "introduction" if steps == 2 else "path"
    return Reach(round(path.score, DECIMALS), kind, tuple(people.id(person) for person in path.people))


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
