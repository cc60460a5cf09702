"""Transitions: on which days ties came to the states that they have been in."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph.arrays import IntArray
from graph.measures.decay import DAY
from graph.measures.tie_state import tie_states
from graph.measures.tie_strength import Events, PairEvents, TieSetting, tie_strength


class Transitions(NamedTuple):
    """When ties changed their state, one row a change, by tie and day; the first one of a tie is its beginning."""

    tie: IntArray
    day: IntArray  # since 1970, UTC
    state: IntArray  # a place in STATES


def transitions(events: Events, *, now: int, setting: TieSetting) -> Transitions:
    """All changes of state until now, as the states are at the end of every day, and today at this moment.

    A state only turns on a day with an event, when an event leaves one of the two windows or has been the last one for
    two half-lives, and once in between, when strength sinks below strong: that day is found by halving.
    Example: three meetings on one day, and then nothing: growing that day, weak from the 90th day on.
    """
    lives = _Lives(events, now, setting)
    tie, day = lives.occasions()
    if tie.size == 0:
        return Transitions(tie, day, tie)
    until = np.append(day[1:], 0)
    until = np.where(np.append(tie[1:], -1) == tie, until - 1, lives.today)
    state = lives.states(tie, day)
    sinks = np.flatnonzero(lives.states(tie, until) != state)
    low, high = day[sinks], until[sinks]  # the old state still, and another one already
    while (low < high - 1).any():
        middle = (low + high) // 2
        is_old = lives.states(tie[sinks], middle) == state[sinks]
        low, high = np.where(is_old, middle, low), np.where(is_old, high, middle)
    tie, day = np.append(tie, tie[sinks]), np.append(day, high)
    state = np.append(state, lives.states(tie[state.size :], high))
    order = np.lexsort((day, tie))
    tie, day, state = tie[order], day[order], state[order]
    is_change = np.append(True, (tie[1:] != tie[:-1]) | (state[1:] != state[:-1]))
    return Transitions(tie[is_change], day[is_change], state[is_change])


@dataclass(frozen=True, slots=True)
class _Lives:
    """The events of ties, to be looked at on any day."""

    events: Events
    now: int
    setting: TieSetting

    @property
    def today(self) -> int:
        """The number of the day."""
        return self.now // DAY

    def occasions(self) -> tuple[IntArray, IntArray]:
        """Ties and days on which a state may turn, by tie and day, each once."""
        setting = self.setting
        silent = setting.silent_half_lives * setting.half_life_days
        after = [round(days * DAY) for days in (0, setting.window_days, 2 * setting.window_days, silent)]
        sizes = np.diff(self.events.starts, append=self.events.at.size)
        tie = np.repeat(np.arange(sizes.size), sizes)
        key = np.concatenate([tie << 32 | (self.events.at + delay) // DAY for delay in after])
        key = np.unique(key)
        day = key & (2**32 - 1)
        return key[day <= self.today] >> 32, day[day <= self.today]

    def states(self, tie: IntArray, day: IntArray) -> IntArray:
        """The states of these ties on these days, when each had an event already."""
        if tie.size == 0:
            return tie
        events, moment = self.events, np.minimum((day + 1) * DAY - 1, self.now)
        ends = np.append(events.starts, events.at.size)
        sizes = ends[tie + 1] - ends[tie]
        row = np.repeat(np.arange(tie.size), sizes)
        place = np.arange(row.size) + np.repeat(ends[tie + 1] - np.cumsum(sizes), sizes)
        happened = events.at[place] <= moment[row]
        place, row = place[happened], row[happened]
        then = PairEvents(
            starts=np.searchsorted(row, np.arange(tie.size)),
            age_days=(moment[row] - events.at[place]) / DAY,
            direction=events.direction[place],
            type=events.type[place],
            community=events.community[place],
            in_person=events.in_person[place],
        )
        return tie_states(then, tie_strength(then, self.setting).strength, self.setting)
