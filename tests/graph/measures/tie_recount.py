"""Ties told event by event, without arrays: what the measures are held against."""

import math
from collections.abc import Sequence

from graph.measures.tie_state import TieState
from tests.graph.measures.tie_events import Happened, older


def strength_of(events: Sequence[Happened]) -> float:
    """The sum of the six weighted components, to six decimals."""
    ways = {1: 0.0, -1: 0.0}
    for event in events:
        for way, total in ways.items():
            share = 0.5 if event.direction == 0 else float(event.direction == way)
            ways[way] = total + share * 2 ** (-event.age / 180)
    ages = [event.age for event in events]
    kinds, places = {event.type for event in events}, {event.community for event in events}
    return round(
        0.35 * (1 - math.exp(-sum(ways.values()) / 8))
        + 0.20 * 2 ** (-min(ages) / 180)
        + 0.20 * min(ways.values()) / (1 + max(ways.values()))
        + 0.10 * (1 - math.exp(-(max(ages) - min(ages)) / 180))
        + 0.10 * (1 - 1 / (len(kinds) * len(places)))
        + 0.05 * sum(event.in_person for event in events) / len(events),
        6,
    )


def state_of(events: Sequence[Happened]) -> TieState:
    """The state of a tie."""
    recent = sum(event.age < 90 for event in events)
    before = sum(90 <= event.age < 180 for event in events)
    last = min(event.age for event in events)
    if len(events) < 3 and max(event.age for event in events) < 90:
        return "new"
    if recent >= 3 and recent >= 2 * before:
        return "growing"
    if last >= 360 and strength_of(older(list(events), -last)) >= 0.5:
        return "dormant"
    return "strong" if strength_of(events) >= 0.5 else "weak"
