"""Interactions by pair of people, one row an event: what ties, overlap and introduction paths are gathered from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, NamedTuple, Self, get_args

import numpy as np
import numpy.typing as npt

from graph.arrays import BoolArray, IntArray, joined, ranges, ranges_by_row, run_starts
from graph.changes import InteractionRow
from graph.model import InteractionType

TYPES: Final[tuple[InteractionType, ...]] = get_args(InteractionType)
MUTUAL: Final[tuple[InteractionType, ...]] = ("meeting", "co_session")  # these have no direction

_BACKWARD, _IN_PERSON, _TYPE_SHIFT = 1, 2, 2  # the bits of a code
_DIRECTION: Final = np.array(  # by code
    [0 if kind in MUTUAL else sign for kind in TYPES for sign in (1, -1, 1, -1)], dtype=np.int8
)


@dataclass(frozen=True, slots=True)
class Events:
    """Visible events of some pairs: pair i is `person[i]`, `other[i]` and has the events from `starts[i]` on, by time.

    `at` is in microseconds since 1970; `direction` is 1 from person to other, -1 back, 0 where the event has none.
    """

    person: IntArray
    other: IntArray
    starts: IntArray
    at: IntArray
    community: IntArray
    type: IntArray  # an index into TYPES
    direction: IntArray
    in_person: BoolArray
    post: IntArray  # its number, 0 where the event is about none


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


class _Found(NamedTuple):
    """Events that a block has for a question: pair i, in order of (person, other), has those from `starts[i]` on.

    Of their codes, what is backward goes from other to person."""

    person: IntArray
    other: IntArray
    starts: IntArray
    at: IntArray
    community: IntArray
    code: IntArray
    post: IntArray

    def by_event(self) -> tuple[IntArray, ...]:
        """The same with the two ends of each event, and without `starts`."""
        sizes = np.diff(self.starts, append=self.at.size)
        return np.repeat(self.person, sizes), np.repeat(self.other, sizes), *self[3:]


class _Sight(NamedTuple):
    """What of a block is asked for: flags by number of person and of community, and the last moment that counts."""

    others: BoolArray
    visible: BoolArray
    until: int | None


@dataclass(frozen=True, slots=True)
class _Block:
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
        return self.other[ranges(self.ptr[people], self.ptr[people + 1])]

    def find(self, people: IntArray, sight: _Sight) -> _Found:
        """The living visible events of these people with the others asked for."""
        person, rows = self._pairs(people, sight.others)
        events, row = self._events(rows, sight)
        other = self.other[rows]
        code = self.code[events] ^ (person > other)[row]  # of which backward is the first bit
        starts = run_starts(row)
        ends = person[row[starts]], other[row[starts]]
        return _Found(*ends, starts, self.at[events], self.community[events], code, self.post[events])

    def moments(self, people: IntArray, sight: _Sight) -> Moments:
        """When these people had living visible events with the others asked for."""
        person, rows = self._pairs(people, sight.others)
        events, row = self._events(rows, sight)
        return Moments(person[row], self.at[events], self.code[events] >> _TYPE_SHIFT)

    def adjacent(self, people: IntArray, sight: _Sight) -> Adjacency:
        """The pairs of these people and the others asked for that have a living visible event."""
        person, rows = self._pairs(people, sight.others)
        pair = self.pair[rows]
        first, stop = self.starts[pair], self.starts[pair + 1]
        is_met = self._is_seen(first, sight)  # of most pairs the first event is seen, if any is
        rest = np.flatnonzero(~is_met & (stop > first + 1))
        later, which = ranges_by_row(first[rest] + 1, stop[rest])
        is_met[rest[which[self._is_seen(later, sight)]]] = True
        return Adjacency(person[is_met], self.other[rows[is_met]])

    def met(self, sight: _Sight) -> Adjacency:
        """All pairs that have a living visible event, the lower end first."""
        is_seen = self._is_seen(np.arange(self.at.size), sight)
        is_met = np.logical_or.reduceat(is_seen, self.starts[:-1]) if is_seen.size else is_seen
        person = np.repeat(np.arange(self.ptr.size - 1), np.diff(self.ptr))
        is_kept = (person < self.other) & is_met[self.pair] & sight.others[person] & sight.others[self.other]
        return Adjacency(person[is_kept], self.other[is_kept])

    def _pairs(self, people: IntArray, others: BoolArray) -> tuple[IntArray, IntArray]:
        """The pairs of these people with those others: the person, and the row in `other` and `pair`."""
        people = people[people < self.ptr.size - 1]
        first, stop = self.ptr[people], self.ptr[people + 1]
        rows, which = ranges_by_row(first, stop)
        kept = np.flatnonzero(others.take(self.other[rows]))
        return people[which[kept]], rows[kept]

    def _events(self, rows: IntArray, sight: _Sight) -> tuple[IntArray, IntArray]:
        """The living visible events of the pairs in these rows, and for each the place of its row among them."""
        pair = self.pair[rows]
        first, stop = self.starts.take(pair), self.starts.take(pair + 1)
        events, row = ranges_by_row(first, stop)
        kept = self._is_seen(events, sight)
        return events[kept], row[kept]

    def _is_seen(self, events: IntArray, sight: _Sight) -> BoolArray:
        # The last flag is False, and stands for all communities that came later.
        is_seen = self.alive.take(events) & sight.visible.take(self.community.take(events), mode="clip")
        return is_seen if sight.until is None else is_seen & (self.at[events] <= sight.until)


class Neighbours:
    """Who met whom, in a few immutable blocks, each at least twice as large as the next.

    Somebody who interacts with themselves makes no tie; who is inactive or a bot makes none either, and as that may
    change it is asked when reading."""

    __slots__ = ("_blocks",)

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self._blocks = tuple(blocks)

    @classmethod
    def empty(cls) -> Self:
        """Nobody knows anybody."""
        return cls([_block(_table(()))])

    def updated(self, rows: Sequence[InteractionRow], removed: Collection[int]) -> Self:
        """The neighbours after these interactions came or changed and those numbers went; again, it changes nothing."""
        gone = np.fromiter({*removed, *(row.number for row in rows)}, dtype=np.int32)
        blocks = [block.without(gone) for block in self._blocks] if gone.size else list(self._blocks)
        fresh = _table(rows)
        if fresh.number.size:
            blocks.append(_block(fresh))
        while len(blocks) > 1 and blocks[-2].number.size < 2 * blocks[-1].number.size:
            blocks[-2:] = [_merged(blocks[-2:])]
        return type(self)(blocks)

    def compact(self) -> Self:
        """The same in one block, without what is dead; seconds for millions of events, so off the request path."""
        if len(self._blocks) == 1 and self._blocks[0].alive.all():
            return self
        return type(self)([_merged(self._blocks)])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The arrays of the compact form, by name."""
        (block,) = self.compact()._blocks
        return {field.name: getattr(block, field.name) for field in fields(_Block)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, npt.NDArray[Any]]) -> Self:
        """The neighbours that gave these arrays, mapped from a file or not; raises KeyError when one is missing."""
        return cls([_Block(**{field.name: arrays[field.name] for field in fields(_Block)})])

    def degrees(self, people: IntArray) -> int:
        """How many pairs these people have in all, hidden ones included: what it costs to look at them."""
        return sum(block.degrees(people) for block in self._blocks)

    def met_by(self, people: IntArray) -> IntArray:
        """All who have a pair with one of these people, hidden ones included, in ascending order."""
        is_met = np.zeros(max(block.ptr.size - 1 for block in self._blocks), dtype=np.bool_)
        for block in self._blocks:
            is_met[block.others(people)] = True
        return np.flatnonzero(is_met)

    def events_of(
        self,
        people: IntArray,
        *,
        visible: BoolArray,
        experts: BoolArray,
        among: BoolArray | None = None,
        until: int | None = None,
    ) -> Events:
        """The visible events of these people, each named once and in ascending order, with anybody or those in `among`.

        `visible` is by community number, `experts` and `among` by person number; an unknown number counts as False.
        With `until`, in microseconds since 1970, only what had happened by then."""
        sight = self._sight(visible, _limits(experts, among), until)
        found = [block.find(_within(people, experts), sight) for block in self._blocks]
        return _events([part for part in found if part.at.size] or found[:1])

    def moments_of(
        self, people: IntArray, *, visible: BoolArray, experts: BoolArray, until: int | None = None
    ) -> Moments:
        """When these people had visible events, with whomever: quicker than the events pair by pair."""
        sight = self._sight(visible, experts, until)
        found = [block.moments(_within(people, experts), sight) for block in self._blocks]
        return Moments(*(joined(columns) for columns in zip(*found, strict=True)))

    def adjacent(
        self,
        people: IntArray,
        *,
        visible: BoolArray,
        experts: BoolArray,
        among: BoolArray | None = None,
        until: int | None = None,
    ) -> Adjacency:
        """The neighbours, all or those in `among`, of each of these people, named once and in ascending order."""
        sight = self._sight(visible, _limits(experts, among), until)
        return _united([block.adjacent(_within(people, experts), sight) for block in self._blocks])

    def ties(self, *, visible: BoolArray, experts: BoolArray, until: int | None = None) -> Adjacency:
        """All visible ties, each once with the lower number as the person; 0.3 s for millions of events."""
        sight = self._sight(visible, experts, until)
        return _united([block.met(sight) for block in self._blocks])

    def _sight(self, visible: BoolArray, others: BoolArray, until: int | None) -> _Sight:
        flags = np.zeros(max(block.ptr.size - 1 for block in self._blocks), dtype=np.bool_)
        flags[: others.size] = others[: flags.size]
        return _Sight(flags, np.append(visible, False), until)


def _within(people: IntArray, experts: BoolArray) -> IntArray:
    people = people[people < experts.size]
    return people[experts[people]]


def _limits(experts: BoolArray, among: BoolArray | None) -> BoolArray:
    return experts if among is None else experts[: among.size] & among[: experts.size]


def _united(found: Sequence[Adjacency]) -> Adjacency:
    """The pairs of all blocks, each once."""
    found = [part for part in found if part.person.size] or found[:1]
    if len(found) == 1:
        return found[0]
    key = np.unique(np.concatenate([part.person.astype(np.int64) << 32 | part.other for part in found]))
    return Adjacency(key >> 32, key & (2**32 - 1))


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


def _merged(blocks: Sequence[_Block]) -> _Block:
    tables = [block.table() for block in blocks]
    return _block(_Table(*(joined(columns) for columns in zip(*tables, strict=True))))


def _block(table: _Table) -> _Block:
    key = (table.low.astype(np.int64) << 32) | table.high
    order = _by_pair_and_time(key, table.at)
    key = key[order]
    first = run_starts(key)
    ptr, other, pair = _both_ends(table.low[order[first]], table.high[order[first]])
    number = table.number[order]
    return _Block(
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


def _events(found: Sequence[_Found]) -> Events:
    one = found[0] if len(found) == 1 else _in_order(found)
    in_person = (one.code & _IN_PERSON) > 0
    return Events(*one[:5], one.code >> _TYPE_SHIFT, _DIRECTION.take(one.code), in_person, one.post)


def _in_order(found: Sequence[_Found]) -> _Found:
    """What several blocks have, as if one had it."""
    person, other, at, *columns = (joined(parts) for parts in zip(*(part.by_event() for part in found), strict=True))
    order = np.lexsort((at, other, person))
    person, other = person[order], other[order]
    starts = run_starts((person.astype(np.int64) << 32) | other)
    return _Found(person[starts], other[starts], starts, at[order], *(column[order] for column in columns))


def _narrow(numbers: IntArray) -> IntArray:
    return numbers.astype(np.uint16) if numbers.size and numbers.max() < 2**16 else numbers
