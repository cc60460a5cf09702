"""Tie strength: what the events of two people, and nothing else, say about how close the two are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.measures.decay import recency

FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TieSetting:
    """How events become a strength; the six weights sum to 1."""

    half_life_days: float = 180.0  # an event that old counts half
    frequent_events: float = 8.0  # as many decayed events give a frequency of 1 - 1/e
    long_days: float = 180.0  # as many days between first and last event give a duration of 1 - 1/e
    frequency: float = 0.35
    recency: float = 0.20
    reciprocity: float = 0.20
    duration: float = 0.10
    multiplexity: float = 0.10
    in_person: float = 0.05
    strong: float = 0.5  # a tie is strong from this strength on, weak below


@dataclass(frozen=True, slots=True)
class PairEvents:
    """The events of several pairs: pair i owns those from `starts[i]` on, at least one, the oldest first.

    `age_days` is ≥ 0; `direction` is 1 from one end to the other, -1 back, 0 for events without; `type` is below 64."""

    starts: IntArray
    age_days: FloatArray
    direction: IntArray
    type: IntArray
    community: IntArray
    in_person: BoolArray


@dataclass(frozen=True, slots=True)
class TieStrength:
    """Strength and its six components, one row a pair, all in [0, 1]."""

    strength: FloatArray
    frequency: FloatArray
    recency: FloatArray
    reciprocity: FloatArray
    duration: FloatArray
    multiplexity: FloatArray
    in_person: FloatArray


def tie_strength(events: PairEvents, setting: TieSetting) -> TieStrength:
    """Strength of each pair: Σ weight × component, from the pair's own events alone.

    With n_ab and n_ba = Σ 2^(-age/H) in each direction (half of an event without direction counts each way) and
    n = n_ab + n_ba: frequency = 1 - e^(-n/8), recency = 2^(-age of the last/H), reciprocity = min(n_ab, n_ba) /
    (1 + max(n_ab, n_ba)), duration = 1 - e^(-days between first and last/180), multiplexity = 1 - 1/(distinct types ×
    distinct communities), in person = share of events in person. The parts of strength are those Granovetter (1973) and
    Gilbert & Karahalios (2009) name; the numbers are a first choice, to be fitted to people's own ratings.

    Example, H = 180: a reply 360 days ago and one today from a to b, a thanks back 180 days ago, all online in one
    community, and a meeting in person in another 180 days ago. n_ab = .25 + 1 + .25, n_ba = .5 + .25; components
    .24516, 1, .3, .86466, .83333, .25; strength .528106. One meeting in person today and nothing else: .357793.
    """
    if events.starts.size == 0:
        nothing = np.zeros(0)
        return TieStrength(nothing, nothing, nothing, nothing, nothing, nothing, nothing)
    sizes = np.diff(events.starts, append=events.age_days.size)
    weight = recency(events.age_days, setting.half_life_days)
    there = np.add.reduceat(weight * (1 + events.direction) / 2, events.starts)
    back = np.add.reduceat(weight * (1 - events.direction) / 2, events.starts)
    first, last = events.age_days[events.starts], events.age_days[events.starts + sizes - 1]
    frequency = 1 - np.exp(-(there + back) / setting.frequent_events)
    newness = recency(last, setting.half_life_days)
    reciprocity = np.minimum(there, back) / (1 + np.maximum(there, back))
    duration = 1 - np.exp(-(first - last) / setting.long_days)
    multiplexity = 1 - 1 / (_distinct_types(events) * _distinct_communities(events, sizes))
    in_person = np.add.reduceat(events.in_person, events.starts, dtype=np.float64) / sizes
    strength = (
        setting.frequency * frequency
        + setting.recency * newness
        + setting.reciprocity * reciprocity
        + setting.duration * duration
        + setting.multiplexity * multiplexity
        + setting.in_person * in_person
    )
    return TieStrength(strength, frequency, newness, reciprocity, duration, multiplexity, in_person)


def _distinct_types(events: PairEvents) -> IntArray:
    bits = np.left_shift(np.uint64(1), events.type.astype(np.uint64))
    return np.bitwise_count(np.bitwise_or.reduceat(bits, events.starts))


def _distinct_communities(events: PairEvents, sizes: IntArray) -> IntArray:
    pair = np.repeat(np.arange(sizes.size), sizes)
    key = np.sort((pair << 32) | events.community)
    is_new = np.append(True, key[1:] != key[:-1])
    return np.bincount(key[is_new] >> 32)
