"""Events of pairs, written down by age, for tests of what is measured on them."""

from typing import NamedTuple

import numpy as np

from graph.measures.tie_strength import TYPES, PairEvents
from graph.model import InteractionType


class Happened(NamedTuple):
    """An event, so many days ago."""

    age: float
    direction: int = 1
    type: InteractionType = "reply"
    community: int = 1
    in_person: bool = False


def meeting(age: float, *, community: int = 2) -> Happened:
    """A meeting in person."""
    return Happened(age, 0, "meeting", community, True)


WORKED_EXAMPLE = [Happened(360), Happened(180, -1, "thanks"), meeting(180), Happened(0)]
TODAYS_MEETING = [meeting(0)]


def older(events: list[Happened], days: float) -> list[Happened]:
    """The same, so many days earlier."""
    return [event._replace(age=event.age + days) for event in events]


def pair_events(*pairs: list[Happened]) -> PairEvents:
    """These pairs, the oldest events first."""
    events = [event for pair in pairs for event in sorted(pair, key=lambda event: -event.age)]
    return PairEvents(
        starts=np.cumsum([0, *map(len, pairs)])[:-1],
        age_days=np.array([event.age for event in events], dtype=np.float64),
        direction=np.array([event.direction for event in events], dtype=np.int64),
        type=np.array([TYPES.index(event.type) for event in events], dtype=np.int64),
        community=np.array([event.community for event in events], dtype=np.int64),
        in_person=np.array([event.in_person for event in events], dtype=np.bool_),
    )
