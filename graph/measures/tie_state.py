"""The state and the channel of a tie: where it is in its life, and how its two people meet."""

from dataclasses import replace
from typing import Final, Literal, get_args

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray
from graph.measures.ranking import DECIMALS
from graph.measures.tie_strength import PairEvents, TieSetting, TieStrength, tie_strength

TieState = Literal["new", "growing", "dormant", "strong", "weak"]
TieChannel = Literal["online", "in_person", "both"]

STATES: Final[tuple[TieState, ...]] = get_args(TieState)
CHANNELS: Final[tuple[TieChannel, ...]] = get_args(TieChannel)


def is_strong(strength: FloatArray, setting: TieSetting) -> BoolArray:
    """Whether ties of that strength, taken to six decimals, are strong."""
    return np.round(strength, DECIMALS) >= setting.strong


def tie_states(events: PairEvents, strength: FloatArray, setting: TieSetting) -> IntArray:
    """The state of each pair of that strength, as a place in STATES: the first one that fits.

    new: fewer than 3 events, the first in the last 90 days. growing: in the last 90 days 3 events or more, and twice as
    many as in the 90 days before. dormant: no event for two half-lives, and strong when the last one happened. Else
    strong or weak, by strength. Names after the life of ties in Granovetter (1973) and Levin, Walter & Murnighan
    (2011); the numbers are a first choice.
    Example: events 1, 2, 3 and 100 days ago: 3 ≥ 2 · 1, so growing; one more 101 days ago: 3 < 2 · 2, so by strength.
    """
    if events.starts.size == 0:
        return np.zeros(0, dtype=np.int64)
    window, last = setting.window_days, events.last
    recent = np.add.reduceat(events.age_days < window, events.starts, dtype=np.int64)
    before = np.add.reduceat(events.age_days < 2 * window, events.starts, dtype=np.int64) - recent
    fitting = {
        "new": (events.sizes < setting.few_events) & (events.first < window),
        "growing": (recent >= setting.few_events) & (recent >= setting.growth * before),
        "dormant": (last >= setting.silent_half_lives * setting.half_life_days) & _was_strong(events, setting),
        "strong": is_strong(strength, setting),
    }
    return np.select([fitting[state] for state in STATES[:-1]], np.arange(len(STATES) - 1), len(STATES) - 1)


def tie_channels(found: TieStrength) -> IntArray:
    """How the people of each pair meet, as a place in CHANNELS: by the share of their events in person, 0, 1 or other.

    Example: of four events one in person: both."""
    return np.select([found.in_person == 0, found.in_person == 1], [0, 1], 2)


def _was_strong(events: PairEvents, setting: TieSetting) -> BoolArray:
    """Whether each tie was strong when its last event happened."""
    then = replace(events, age_days=events.age_days - np.repeat(events.last, events.sizes))
    return is_strong(tie_strength(then, setting).strength, setting)
