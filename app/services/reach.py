"""Reach: over whom the asker gets to the people found, along ties that the viewer may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph.measures.paths import Mode, Path, Reach, Ties, introduction_paths
from graph.measures.tie_strength import PairEvents, TieSetting, tie_strength
from graph.model import Viewer
from graph.projection.directory import People
from graph.projection.neighbours import Neighbours
from graph.projection.state import State

IntArray = npt.NDArray[np.integer[Any]]
BoolArray = npt.NDArray[np.bool_]

DECIMALS: Final = 6  # sums over other blocks differ in the last bits, and paths compare strengths


@dataclass(frozen=True, slots=True)
class VisibleTies:
    """The ties that a viewer may see at a moment; strengths are taken when asked for and never kept."""

    neighbours: Neighbours
    visible: BoolArray
    experts: BoolArray
    now: int
    setting: TieSetting

    def of(self, people: IntArray) -> Ties:
        """All ties of these people, who are sorted and distinct."""
        return self._ties(people, None)

    def cost(self, people: IntArray) -> int:
        """How many pairs these people have, hidden ones included."""
        return self.neighbours.degrees(people)

    def between(self, sources: IntArray, targets: IntArray) -> Ties:
        """The ties that lead from one of these to one of those, all sorted and distinct."""
        if self.cost(targets) < self.cost(sources):
            return self._ties(targets, sources).turned()
        return self._ties(sources, targets)

    def _ties(self, people: IntArray, among: IntArray | None) -> Ties:
        events = self.neighbours.events_of(
            people,
            visible=self.visible,
            experts=self.experts,
            among=None if among is None else _flags(among),
        )
        strength = tie_strength(PairEvents.of(events, now=self.now), self.setting).strength
        return Ties(events.person, events.other, np.round(strength, DECIMALS))


@dataclass(frozen=True, slots=True)
class Introductions:
    """Finds how an asker reaches people."""

    clock: Callable[[], datetime]
    setting: TieSetting

    def __call__(
        self, state: State, viewer: Viewer, asker: int, targets: Sequence[int], mode: Mode
    ) -> dict[int, Reach]:
        """Target → its reach over ties that the viewer may see; people without a path are left out."""
        ties = VisibleTies(
            state.neighbours,
            visible=_flags(np.fromiter(viewer.communities, dtype=np.int64)),
            experts=state.people.is_expert,
            now=int(self.clock().timestamp() * 1_000_000),
            setting=self.setting,
        )
        paths = introduction_paths(asker, targets, ties=ties, order=state.people.id, mode=mode)
        return {target: _reach(path, state.people) for target, path in paths.items()}


def _reach(path: Path, people: People) -> Reach:
    steps = len(path.people) - 1
    kind = "direct" if steps == 1 else "introduction" if steps == 2 else "path"
    return Reach(round(path.score, DECIMALS), kind, tuple(people.id(person) for person in path.people))


def _flags(numbers: IntArray) -> BoolArray:
    flags = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.bool_)
    flags[numbers] = True
    return flags
