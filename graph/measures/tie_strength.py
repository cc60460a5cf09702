"""Tie strength: what the events of two people, and nothing else, say about how close the two are."""

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from typing import Final, Protocol, Self, get_args

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray, distinct
from graph.measures.decay import age_days, recency
from graph.model import InteractionType

COMPONENTS: Final = ("frequency", "recency", "reciprocity", "duration", "multiplexity", "in_person")
TYPES: Final[tuple[InteractionType, ...]] = get_args(InteractionType)


@dataclass(frozen=True, slots=True)
class TieSetting:
    """How events become a strength and a state; the six weights of the components sum to 1."""

    half_life_days: float = 180.0  # an event that old counts half
    meeting: float = 1.0  # what a meeting counts before its age …
    co_session: float = 1.0  # … a course or workshop attended together …
    exchange: float = 1.0  # … and everything else, which is what people write to each other
    frequent_events: float = 8.0  # as many decayed events give a frequency of 1 - 1/e
    long_days: float = 180.0  # as many days between first and last event give a duration of 1 - 1/e
    frequency: float = 0.35
    recency: float = 0.20
    reciprocity: float = 0.20
    duration: float = 0.10
    multiplexity: float = 0.10
    in_person: float = 0.05
    strong: float = 0.5  # a tie is strong from this strength on, weak below

    # States
    window_days: float = 90.0  # what is recent
    few_events: int = 3  # a tie is new with fewer, and grows with at least as many recent ones …
    growth: float = 2.0  # … if they are as many times those of the window before
    silent_half_lives: float = 2.0  # a strong tie without an event for as long is dormant

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with every constant."""
        return blake2b(repr(self).encode(), digest_size=4).hexdigest()

    @property
    def weights(self) -> tuple[float, ...]:
        """The weights of the components, in their order."""
        return tuple(getattr(self, name) for name in COMPONENTS)

    def weighing(self, *weights: float) -> Self:
        """The same with these weights of the components, in their order."""
        return replace(self, **dict(zip(COMPONENTS, weights, strict=True)))

    def worth(self, types: IntArray) -> FloatArray:
        """What events of these types, by their place among all types, count before their age."""
        return _worths(self.meeting, self.co_session, self.exchange).take(types)


class Events(Protocol):
    """Events of pairs with their times, in microseconds since 1970, as they are gathered."""

    @property
    def starts(self) -> IntArray: ...
    @property
    def at(self) -> IntArray: ...
    @property
    def direction(self) -> IntArray: ...
    @property
    def type(self) -> IntArray: ...
    @property
    def community(self) -> IntArray: ...
    @property
    def in_person(self) -> BoolArray: ...


@dataclass(frozen=True, slots=True)
class PairEvents:
    """The events of several pairs: pair i owns those from `starts[i]` on, at least one, the oldest first.

    `age_days` is ≥ 0; `direction` is 1 from one end to the other, -1 back, 0 for events without; `type` is a place
    among all types, of which there are fewer than 64."""

    starts: IntArray
    age_days: FloatArray
    direction: IntArray
    type: IntArray
    community: IntArray
    in_person: BoolArray

    @classmethod
    def of(cls, events: Events, *, now: int) -> Self:
        """These events as they are at that moment, in microseconds since 1970."""
        age = age_days(events.at, now)
        return cls(events.starts, age, events.direction, events.type, events.community, events.in_person)

    @property
    def sizes(self) -> IntArray:
        """How many events each pair has."""
        return self.stops - self.starts

    @property
    def first(self) -> FloatArray:
        """The age of each pair's first event."""
        return self.age_days[self.starts]

    @property
    def last(self) -> FloatArray:
        """The age of each pair's last event."""
        return self.age_days[self.stops - 1]

    @property
    def stops(self) -> IntArray:
        """Where the events of the next pair begin."""
        return np.concatenate((self.starts[1:], (self.age_days.size,)))


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

    def components(self) -> FloatArray:
        """The components as columns, in their order."""
        return np.column_stack([getattr(self, name) for name in COMPONENTS])


def tie_strength(events: PairEvents, setting: TieSetting) -> TieStrength:
    """Strength of each pair: Σ weight × component, from the pair's own events alone.

    With n_ab and n_ba = Σ worth × 2^(-age/H) in each direction (half of an event without direction counts each way;
    the worth of its type is 1 unless set) and n = n_ab + n_ba: frequency = 1 - e^(-n/8), recency = 2^(-age of the
    last/H), reciprocity = min(n_ab, n_ba) / (1 + max(n_ab, n_ba)), duration = 1 - e^(-days between first and last/180),
    multiplexity = 1 - 1/(distinct types × distinct communities), in person = share of events in person. The parts of
    strength are those Granovetter (1973) and Gilbert & Karahalios (2009) name; the numbers are a first choice, to be
    fitted to people's own ratings.

    Example, H = 180: a reply 360 days ago and one today from a to b, a thanks back 180 days ago, all online in one
    community, and a meeting in person in another 180 days ago. n_ab = .25 + 1 + .25, n_ba = .5 + .25; components
    .24516, 1, .3, .86466, .83333, .25; strength .528106. One meeting in person today and nothing else: .357793.
    """
    if events.starts.size == 0:
        nothing = np.zeros(0)
        return TieStrength(nothing, nothing, nothing, nothing, nothing, nothing, nothing)
    stops = events.stops
    sizes, days = stops - events.starts, events.first - events.age_days[stops - 1]
    decayed = recency(events.age_days, setting.half_life_days)
    weight = setting.worth(events.type) * decayed
    pair = np.arange(sizes.size).repeat(sizes)  # to count by it takes a third of the time of summing run after run
    total, surplus = np.bincount(pair, weight), np.bincount(pair, weight * events.direction)
    there, back = (total + surplus) / 2, (total - surplus) / 2
    frequency = 1 - np.exp(-total / setting.frequent_events)
    newness = decayed[stops - 1]
    reciprocity = np.minimum(there, back) / (1 + np.maximum(there, back))
    duration = 1 - np.exp(-days / setting.long_days)
    multiplexity = 1 - 1 / (_distinct_types(events) * _distinct_communities(events, pair))
    in_person = np.bincount(pair, events.in_person) / sizes
    strength = (
        setting.frequency * frequency
        + setting.recency * newness
        + setting.reciprocity * reciprocity
        + setting.duration * duration
        + setting.multiplexity * multiplexity
        + setting.in_person * in_person
    )
    return TieStrength(strength, frequency, newness, reciprocity, duration, multiplexity, in_person)


@lru_cache
def _worths(meeting: float, co_session: float, exchange: float) -> FloatArray:
    named = {"meeting": meeting, "co_session": co_session}
    return np.array([named.get(kind, exchange) for kind in TYPES])


def _distinct_types(events: PairEvents) -> IntArray:
    bits = np.left_shift(np.uint64(1), events.type.astype(np.uint64))
    return np.bitwise_count(np.bitwise_or.reduceat(bits, events.starts))


def _distinct_communities(events: PairEvents, pair: IntArray) -> IntArray:
    return np.bincount(distinct((pair << 32) | events.community) >> 32)
