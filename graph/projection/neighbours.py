"""Interactions by pair of people, one row an event: what ties, overlap and introduction paths are gathered from."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from graph.arrays import BoolArray, IntArray, joined
from graph.changes import InteractionRow
from graph.projection.pairs import Adjacency, Block, Events, Moments, Sight


class Neighbours:
    """Who met whom, in a few immutable blocks, each at least twice as large as the next.

    Somebody who interacts with themselves makes no tie; who is inactive or a bot makes none either, and as that may
    change it is asked when reading."""

    __slots__ = ("_blocks",)

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)

    @classmethod
    def empty(cls) -> Self:
        """Nobody knows anybody."""
        return cls([Block.of(())])

    def updated(self, rows: Sequence[InteractionRow], removed: Collection[int]) -> Self:
        """The neighbours after these interactions came or changed and those numbers went; again, it changes nothing."""
        gone = np.fromiter({*removed, *(row.number for row in rows)}, dtype=np.int32)
        blocks = [block.without(gone) for block in self._blocks] if gone.size else list(self._blocks)
        fresh = Block.of(rows)
        if fresh.number.size:
            blocks.append(fresh)
        while len(blocks) > 1 and blocks[-2].number.size < 2 * blocks[-1].number.size:
            blocks[-2:] = [Block.merged(blocks[-2:])]
        return type(self)(blocks)

    def compact(self) -> Self:
        """The same in one block, without what is dead; seconds for millions of events, so off the request path."""
        if len(self._blocks) == 1 and self._blocks[0].alive.all():
            return self
        return type(self)([Block.merged(self._blocks)])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The arrays of the compact form, by name."""
        (block,) = self.compact()._blocks
        return {field.name: getattr(block, field.name) for field in fields(Block)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, npt.NDArray[Any]]) -> Self:
        """The neighbours that gave these arrays, mapped from a file or not; raises KeyError when one is missing."""
        return cls([Block(**{field.name: arrays[field.name] for field in fields(Block)})])

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
        return Events.united([part for part in found if part.at.size] or found[:1])

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

    def _sight(self, visible: BoolArray, others: BoolArray, until: int | None) -> Sight:
        flags = np.zeros(max(block.ptr.size - 1 for block in self._blocks), dtype=np.bool_)
        flags[: others.size] = others[: flags.size]
        return Sight(flags, np.append(visible, False), until)


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
