"""Events by pair of people, in one immutable block, where the pairs of each person are found from either end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self, get_args

import numpy as np
import numpy.typing as npt

from graph.arrays import BoolArray, IntArray, joined, ranges_by_row, run_starts
from graph.changes import InteractionRow
from graph.model import InteractionType

TYPES: Final[tuple[InteractionType, ...]] = get_args(InteractionType)
MUTUAL: Final[tuple[InteractionType, ...]] = ("meeting", "co_session")  # these have no direction

_BACKWARD, _IN_PERSON, _TYPE_SHIFT = 1, 2, 2  # the bits of a code
_DIRECTION: Final = np.array(  # by code
    [0 if kind in MUTUAL else sign for kind in TYPES for sign in (1, -1, 1, -1)], dtype=np.int8
)


class Adjacency(NamedTuple):
    """Who is a neighbour of whom: each pair once, in order of (person, other)."""

    person: IntArray
    other: IntArray


class Moments(NamedTuple):
    """Visible events of some people, one row for each person and event, in no order."""

    person: IntArray
    at: IntArray
    type: IntArray  # an index into TYPES


class _Table(NamedTuple):
    """Events in columns; `low` < `high` are the two ends."""

    low: IntArray
    high: IntArray
    at: IntArray
    community: IntArray
    code: IntArray
    number: IntArray
    post: IntArray


class Events(NamedTuple):
    """Visible events of some pairs: pair i is `person[i]`, `other[i]` and has the events from `starts[i]` on, by time.

    Pairs are in order of (person, other); what of the codes is backward goes from other to person."""

    person: IntArray
    other: IntArray
    starts: IntArray
    at: IntArray  # microseconds since 1970
    community: IntArray
    code: IntArray
    post: IntArray  # its number, 0 where the event is about none

    def by_event(self) -> tuple[IntArray, ...]:
        """The same with the two ends of each event, and without `starts`."""
        sizes = np.diff(self.starts, append=self.at.size)
        return np.repeat(self.person, sizes), np.repeat(self.other, sizes), *self[3:]

    @classmethod
    def united(cls, found: Sequence[Self]) -> Self:
        """What several blocks have, as if one had it."""
        if len(found) == 1:
            return found[0]
        person, other, at, *columns = (
            joined(parts) for parts in zip(*(part.by_event() for part in found), strict=True)
        )
        order = np.lexsort((at, other, person))
        person, other = person[order], other[order]
        starts = run_starts((person.astype(np.int64) << 32) | other)
        return cls(person[starts], other[starts], starts, at[order], *(column[order] for column in columns))

    def span(self, row: int) -> slice:
        """Where the events of the pair in that row lie."""
        stop = self.starts[row + 1] if row + 1 < self.starts.size else self.at.size
        return slice(int(self.starts[row]), int(stop))

    def alone(self, row: int) -> Self:
        """The events of the pair in that row alone."""
        ends, events = slice(row, row + 1), self.span(row)
        starts = np.zeros(1, dtype=np.int64)
        return type(self)(self.person[ends], self.other[ends], starts, *(column[events] for column in self[3:]))

    @property
    def type(self) -> IntArray:
        """The type of each event, an index into TYPES."""
        return self.code >> _TYPE_SHIFT

    @property
    def direction(self) -> IntArray:
        """1 from person to other, -1 back, 0 where an event has none."""
        return _DIRECTION.take(self.code)

    @property
    def in_person(self) -> BoolArray:
        """Which events were in person."""
        return (self.code & _IN_PERSON) > 0


class Sight(NamedTuple):
    """What of a block is asked for: flags by number of person and of community, and the last moment that counts."""

    others: BoolArray
    visible: BoolArray
    until: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """Events grouped by pair, pairs in order of their ends; every person's pairs are found from either end."""

    ptr: IntArray  # person → their first row in `other` and `pair`
    other: IntArray  # in ascending order for each person
    pair: IntArray
    starts: IntArray  # pair → its first event
    at: IntArray
    community: IntArray
    code: IntArray
    number: IntArray
    post: IntArray
    by_number: IntArray  # the events in order of their numbers
    alive: BoolArray

    @classmethod
    def of(cls, rows: Sequence[InteractionRow]) -> Self:
        """The block of these interactions."""
        return cls._over(_table(rows))

    @classmethod
    def merged(cls, blocks: Sequence[Self]) -> Self:
        """One block of what lives in several."""
        tables = [block.table() for block in blocks]
        return cls._over(_Table(*(joined(columns) for columns in zip(*tables, strict=True))))

    @classmethod
    def _over(cls, table: _Table) -> Self:
        key = (table.low.astype(np.int64) << 32) | table.high
        order = _by_pair_and_time(key, table.at)
        key = key[order]
        first = run_starts(key)
        ptr, other, pair = _both_ends(table.low[order[first]], table.high[order[first]])
        number = table.number[order]
        return cls(
            ptr=ptr,
            other=other,
            pair=pair,
            starts=np.append(first, key.size).astype(np.int32),
            at=table.at[order],
            community=_narrow(table.community[order]),
            code=table.code[order],
            number=number,
            post=table.post[order],
            by_number=np.argsort(number).astype(np.int32),
            alive=np.ones(key.size, dtype=np.bool_),
        )

    def without(self, numbers: IntArray) -> Self:
        """The block in which the events with these numbers are dead."""
        if self.number.size == 0:
            return self
        place = np.searchsorted(self.number, numbers, sorter=self.by_number)
        rows = self.by_number[np.minimum(place, self.number.size - 1)]
        rows = rows[self.number[rows] == numbers]
        if rows.size == 0:
            return self
        alive = self.alive.copy()
        alive[rows] = False
        return replace(self, alive=alive)

    def table(self) -> _Table:
        """The living events."""
        person = np.repeat(np.arange(self.ptr.size - 1, dtype=np.int32), np.diff(self.ptr))
        is_low = person < self.other  # rows of lower ends, in order, are the pairs, in order
        events = np.diff(self.starts)
        ends = np.repeat(person[is_low], events), np.repeat(self.other[is_low], events)
        columns = (*ends, self.at, self.community, self.code, self.number, self.post)
        return _Table(*(column[self.alive] for column in columns))

    def degrees(self, people: IntArray) -> int:
        """How many pairs these people have in all, hidden ones included: what it costs to look at them."""
        people = people[people < self.ptr.size - 1]
        return int((self.ptr[people + 1] - self.ptr[people]).sum())

    def others(self, people: IntArray) -> IntArray:
        """Who has a pair with one of these people, once for each pair."""
        people = people[people < self.ptr.size - 1]
        return self._met(self.ptr[people], self.ptr[people + 1])

    def find(self, people: IntArray, sight: Sight) -> Events:
        """The living visible events of these people with the others asked for."""
        person, other, rows = self._pairs(people, sight.others)
        events, row = self._events(rows, sight)
        code = self.code[events] ^ (person > other)[row]  # of which backward is the first bit
        starts = run_starts(row)
        ends = person[row[starts]], other[row[starts]]
        return Events(*ends, starts, self.at[events], self.community[events], code, self.post[events])

    def moments(self, people: IntArray, sight: Sight) -> Moments:
        """When these people had living visible events with the others asked for."""
        person, _, rows = self._pairs(people, sight.others)
        events, row = self._events(rows, sight)
        return Moments(person[row], self.at[events], self.code[events] >> _TYPE_SHIFT)

    def adjacent(self, people: IntArray, sight: Sight) -> Adjacency:
        """The pairs of these people and the others asked for that have a living visible event."""
        person, other, rows = self._pairs(people, sight.others)
        pair = self.pair[rows]
        first, stop = self.starts[pair], self.starts[pair + 1]
        is_met = self._is_seen(first, sight)  # of most pairs the first event is seen, if any is
        rest = np.flatnonzero(~is_met & (stop > first + 1))
        later, which = ranges_by_row(first[rest] + 1, stop[rest])
        is_met[rest[which[self._is_seen(later, sight)]]] = True
        return Adjacency(person[is_met], other[is_met])

    def met(self, sight: Sight) -> Adjacency:
        """All pairs that have a living visible event, the lower end first."""
        is_seen = self._is_seen(np.arange(self.at.size), sight)
        is_met = np.logical_or.reduceat(is_seen, self.starts[:-1]) if is_seen.size else is_seen
        person = np.repeat(np.arange(self.ptr.size - 1), np.diff(self.ptr))
        is_kept = (person < self.other) & is_met[self.pair] & sight.others[person] & sight.others[self.other]
        return Adjacency(person[is_kept], self.other[is_kept])

    def _pairs(self, people: IntArray, others: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
        """The pairs of these people with those others: the two, and the row in `other` and `pair`."""
        people = people[people < self.ptr.size - 1]
        first, stop = self.ptr[people], self.ptr[people + 1]
        met = self._met(first, stop)
        kept = others.take(met).nonzero()[0]
        ends = (stop - first).cumsum()
        sizes = kept.searchsorted(ends)
        sizes[1:] -= sizes[:-1].copy()
        return people.repeat(sizes), met[kept], kept + (stop - ends).repeat(sizes)

    def _met(self, first: IntArray, stop: IntArray) -> IntArray:
        # Stretches are copied several times faster than rows are looked up.
        stretches = zip(first.tolist(), stop.tolist(), strict=True)
        return np.concatenate([self.other[:0], *(self.other[start:end] for start, end in stretches)])

    def _events(self, rows: IntArray, sight: Sight) -> tuple[IntArray, IntArray]:
        """The living visible events of the pairs in these rows, and for each the place of its row among them."""
        pair = self.pair[rows]
        first, stop = self.starts.take(pair), self.starts.take(pair + 1)
        events, row = ranges_by_row(first, stop)
        kept = self._is_seen(events, sight).nonzero()[0]
        return events[kept], row[kept]

    def _is_seen(self, events: IntArray, sight: Sight) -> BoolArray:
        # The last flag is False, and stands for all communities that came later.
        is_seen = self.alive.take(events) & sight.visible.take(self.community.take(events), mode="clip")
        return is_seen if sight.until is None else is_seen & (self.at[events] <= sight.until)


def _table(rows: Sequence[InteractionRow]) -> _Table:
    def column(name: str, dtype: npt.DTypeLike) -> IntArray:
        return np.fromiter((getattr(row, name) for row in rows), dtype=dtype, count=len(rows))

    source, target = column("source", np.int32), column("target", np.int32)
    kind = np.fromiter((TYPES.index(row.type) for row in rows), dtype=np.uint8, count=len(rows))
    in_person = np.fromiter((row.channel == "in_person" for row in rows), dtype=np.bool_, count=len(rows))
    code = (kind << _TYPE_SHIFT) | (in_person * np.uint8(_IN_PERSON)) | ((source > target) * np.uint8(_BACKWARD))
    ends = np.minimum(source, target), np.maximum(source, target)
    number, post = column("number", np.int32), column("post", np.int32)
    table = _Table(*ends, column("at", np.int64), column("community", np.int32), code, number, post)
    return _Table(*(column[source != target] for column in table))


def _by_pair_and_time(key: IntArray, at: IntArray) -> IntArray:
    # Sorting by key alone is nearly free when sorted blocks are merged; few pairs then need their times sorted.
    order = np.argsort(key, kind="stable")
    key, at = key[order], at[order]
    wrong = key[1:][(key[1:] == key[:-1]) & (at[1:] < at[:-1])]
    rows = np.flatnonzero(np.isin(key, wrong)) if wrong.size else wrong
    order[rows] = order[rows][np.lexsort((at[rows], key[rows]))]
    return order


def _both_ends(low: IntArray, high: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    person, other = np.concatenate((low, high)), np.concatenate((high, low))
    order = np.argsort((person.astype(np.int64) << 32) | other, kind="stable")
    count = np.bincount(person) if person.size else np.zeros(0, dtype=np.int64)
    ptr = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
    pair = np.tile(np.arange(low.size, dtype=np.int32), 2)
    return ptr, other[order], pair[order]


def _narrow(numbers: IntArray) -> IntArray:
    return numbers.astype(np.uint16) if numbers.size and numbers.max() < 2**16 else numbers
