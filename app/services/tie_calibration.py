"""Weights of tie strength that fit what people say of their own ties, and how much better they would be."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np

from graph.arrays import FloatArray
from graph.measures.calibration import Calibration, calibrated
from graph.measures.tie_strength import COMPONENTS, PairEvents, TieSetting, tie_strength
from graph.model import Viewer
from graph.projection.feed import Projection
from graph.projection.neighbourhoods import Neighbourhoods

FEWEST: Final = 30  # ratings of ties


class Rating(NamedTuple):
    """How close somebody says that they are to somebody else, both by public id, from 1 to 5."""

    person: str
    other: str
    rating: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What was fitted, to how many of the ratings: the others are of people without a tie; None where nothing fits."""

    calibration: Calibration | None
    rated: int
    used: int
    before: tuple[float, ...]
    components: tuple[str, ...] = COMPONENTS


@dataclass(frozen=True, slots=True)
class TieCalibration:
    """Fits weights to ratings; it changes nothing."""

    projection: Projection
    viewer_of: Callable[[str], Viewer]
    setting: TieSetting
    clock: Callable[[], datetime]

    def fit(self, ratings: Sequence[Rating]) -> Fit:
        """The weights that fit these ratings, each tie seen as who rated it may see it."""
        known = list(self._components(ratings))
        if len(known) < FEWEST:
            return Fit(None, len(ratings), len(known), self.setting.weights)
        pairs = {pair: place for place, pair in enumerate(sorted({_pair(rating) for rating, _ in known}))}
        found = calibrated(
            np.stack([components for _, components in known]),
            np.array([rating.rating for rating, _ in known]),
            np.array([pairs[_pair(rating)] for rating, _ in known]),
            before=self.setting.weights,
        )
        return Fit(found, len(ratings), len(known), self.setting.weights)

    def _components(self, ratings: Sequence[Rating]) -> Iterator[tuple[Rating, FloatArray]]:
        """Each rating that has a tie, with the components of its strength."""
        state, now = self.projection.state, self.clock()
        by_person: dict[str, list[Rating]] = defaultdict(list)
        for rating in ratings:
            by_person[rating.person].append(rating)
        for person, own in by_person.items():
            if person not in state.people.numbers:
                continue
            here = Neighbourhoods.of(state, viewer=self.viewer_of(person), at=now)
            events = here.events(np.array([state.people.numbers[person]]))
            components = tie_strength(PairEvents.of(events, now=here.until), self.setting).components()
            row_of = {state.people.id(other): row for row, other in enumerate(events.other.tolist())}
            yield from ((rating, components[row_of[rating.other]]) for rating in own if rating.other in row_of)


def _pair(rating: Rating) -> tuple[str, str]:
    """The two people, whoever rated: what both say of their tie belongs together."""
    return min(rating.person, rating.other), max(rating.person, rating.other)
