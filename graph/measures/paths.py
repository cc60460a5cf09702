"""Introduction paths: over whom somebody reaches somebody else, and how well the ties on the way carry."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray, distinct, places, ranges_by_row, run_starts
from graph.measures.ranking import best

Mode = Literal["search", "transfer"]

LONGEST: Final = 4  # ties, so three intermediaries

# Looking over the few strong ties before the many weak ones halves the time of `transfer` and changes no answer.
FLOORS: Final[Mapping[Mode, tuple[float, ...]]] = {"search": (-1.0,), "transfer": (0.6, 0.5, 0.4, 0.3, 0.2, 0.1, -1.0)}

LOOKS: Final = 30  # pairs are found, without their events, in the time that it takes to weigh one tie

_PERSON: Final = 2**32 - 1


class Ties(NamedTuple):
    """Ties with their strength ≥ 0, one row for each direction asked for, in order of (source, target)."""

    source: IntArray
    target: IntArray
    strength: FloatArray

    def where(self, kept: BoolArray) -> "Ties":
        """Those that are kept."""
        rows = kept.nonzero()[0]
        return Ties(self.source[rows], self.target[rows], self.strength[rows])

    def turned(self) -> "Ties":
        """The same ties seen from their other ends."""
        order = np.lexsort((self.source, self.target))
        return Ties(self.target[order], self.source[order], self.strength[order])


class TieFinder(Protocol):
    """What paths ask of a network; a tie has the same strength, to the last bit, from whichever end it is asked for."""

    def of(self, people: IntArray) -> Ties:
        """All ties of these people, who are sorted and distinct."""
        ...

    def cost(self, people: IntArray) -> int:
        """How much work all ties of these people are, in whatever measure."""
        ...

    def met_by(self, people: IntArray) -> IntArray:
        """Whoever may have a tie with one of these people, sorted and distinct."""
        ...

    def between(self, sources: IntArray, targets: IntArray) -> Ties:
        """The ties that lead from one of these to one of those, all sorted and distinct."""
        ...


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the first person to the last; `score` is its weakest strength divided by the number of its ties."""

    score: float
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is reached: the score of the path, its kind, and its public person ids, asker first."""

    score: float
    kind: Literal["direct", "introduction", "path"]
    path: tuple[str, ...]


class _Widths(NamedTuple):
    """For a goal and a person the strength of the weakest tie on the best rest of the way, in order of `key`."""

    key: IntArray  # number of the goal in the list of goals << 32 | person
    width: FloatArray


def introduction_paths(
    asker: int, targets: Sequence[int], *, ties: TieFinder, order: Callable[[int], str], mode: Mode
) -> dict[int, Path]:
    """The best path of at most three intermediaries from the asker to each target that has one.

    `search` takes the shortest, then the one whose weakest tie is strongest; `transfer` the one whose weakest tie is
    strongest, then the shorter; equals go by `order` of the people on the way, asker first. Both are exact: a longer
    path is looked for only where it can win, over ties that are stronger than the weakest one found so far. Where
    weak ties help and where strong ones: Hansen (1999).

    Example: strengths ab .2, ac .8, cb .5. To b, search goes straight, .2 / 1 = .2; transfer over c, .5 / 2 = .25.
    """
    found: dict[int, Path] = {}
    goals = np.unique(np.array([target for target in targets if target != asker], dtype=np.int64))
    near = ties.of(np.array([asker]))
    for floor in FLOORS[mode]:
        goals = np.array([goal for goal in goals.tolist() if goal not in found], dtype=np.int64)
        found |= _paths_above(floor, asker, goals, _Sides([near], []), ties=ties, order=order, mode=mode)
    return found


def paths_by_first_step(
    asker: int, target: int, *, near: Ties, ties: TieFinder, order: Callable[[int], str], limit: int
) -> list[Path]:
    """The best path over each of the asker's ties `near`, best first, at most so many: who is asked is never twice the
    same. Of paths of at most three intermediaries the one whose weakest tie is strongest is best, then the shorter;
    equals go by `order` of the people on the way. `ties` are those of the network without the asker.

    Example: strengths ab .2, ac .8, cb .5. To b there are two: over c, its weakest .5, and straight, .2.
    """
    found: list[Path] = []
    far = ties.of(np.array([target])).turned()
    # No path is wider than its first tie nor, but for the straight one, than the target's strongest one.
    last = np.where(near.target == target, 1, far.strength.max(initial=0))
    near = near._replace(strength=np.minimum(near.strength, last))
    limit = min(limit, near.target.size)
    widest = np.sort(near.strength)[-limit:].min(initial=1)
    # No more paths are wider than that, but mostly so many are as wide.
    for floor in (np.nextafter(widest, -1), *(floor for floor in FLOORS["transfer"] if floor < widest)):
        if len(found) == limit:
            break
        rest = near.where(~np.isin(near.target, [path.people[1] for path in found]))
        wanted = limit - len(found)
        ways = _best_by_first_step(floor, target, _Sides([rest], [far]), ties=ties, order=order, wanted=wanted)
        found += (Path(way.width / len(way.people), (asker, *way.people)) for way in ways)
    return found


def _paths_above(
    lowest: float,
    asker: int,
    goals: IntArray,
    ends: "_Sides",
    *,
    ties: TieFinder,
    order: Callable[[int], str],
    mode: Mode,
) -> dict[int, Path]:
    """The best paths among those whose ties are all stronger than that, given the ties that they begin with."""
    found: dict[int, Path] = {}
    floor = np.full(goals.size, lowest)  # a path to that goal counts when all its ties are stronger
    for layers in _lengthened(ends, goals, floor, ties):
        for goal, width, people in _widest(asker, layers, goals, floor, order):
            found[people[-1]] = Path(width / len(layers), people)
            floor[goal] = width if mode == "transfer" else np.inf
    return found


class _Way(NamedTuple):
    """The people from a first step on, and the strength of the weakest tie, the one to the first step included."""

    width: float
    people: tuple[int, ...]


class _Lead(NamedTuple):
    """How wide the best way over a first step is, and the layers that it takes from there."""

    width: float
    layers: Sequence[Ties]
    rests: Sequence[_Widths]

    def way(self, first: int, target: int, order: Callable[[int], str]) -> _Way:
        """The way, with its people."""
        between = _way(first, 0, self.width, self.layers, self.rests, order) if self.layers else []
        return _Way(self.width, (*between, target))


def _best_by_first_step(
    lowest: float, target: int, ends: "_Sides", *, ties: TieFinder, order: Callable[[int], str], wanted: int
) -> list[_Way]:
    """The best ways, so many, each over another first step, among those whose ties are all stronger; best first."""
    found: dict[int, _Lead] = {}
    floor, near = np.array([lowest]), ends.left[0]
    most, done = dict(zip(near.target.tolist(), near.strength.tolist(), strict=True)), set[int]()
    for layers in _lengthened(ends, np.array([target]), floor, ties, done):
        for first, lead in _leads(layers, target, floor, wanted=wanted):
            if first not in found or lead.width > found[first].width:
                found[first] = lead
            if lead.width == most[first]:
                done.add(first)
        if len(found) >= wanted:
            floor[0] = sorted((lead.width for lead in found.values()), reverse=True)[wanted - 1]
    ranked = sorted(found, key=lambda first: (-found[first].width, len(found[first].layers), order(first)))
    return [found[first].way(first, target, order) for first in ranked[:wanted]]


def _lengthened(
    ends: "_Sides", goals: IntArray, floor: FloatArray, ties: TieFinder, done: Collection[int] = ()
) -> Iterator[list[Ties]]:
    """The ties that paths of one step take, then those of two, step by step, and so on, given those at their ends.

    A floor may rise meanwhile, up to infinity where a goal needs no other path; over a first step that is `done`
    meanwhile none is needed."""
    sides = ends
    for length in range(1, LONGEST + 1):
        sides = sides.without(done).pruned(goals, floor)
        if sides.left[0].strength.size == 0:
            return
        wanted = goals[floor < np.inf]
        if sides.length < length - 2:
            sides = sides.grown(wanted, ties).pruned(goals, floor)
        met = sides if sides.length >= length - 1 else sides.grown(wanted, ties, is_last=True).pruned(goals, floor)
        yield met.left if length == 1 else met.steps(wanted, ties, length=length)


class _Sides(NamedTuple):
    """The ties that paths may take, step after step: from the asker on, and up to the goals."""

    left: list[Ties]
    right: list[Ties]

    @property
    def length(self) -> int:
        """Of how many steps the ties are there."""
        return len(self.left) + len(self.right)

    def pruned(self, goals: IntArray, floor: FloatArray) -> "_Sides":
        """Without ties that no path above the floor of an open goal takes."""
        lowest = floor.min(initial=np.inf)
        left, right = ([ties.where(ties.strength > lowest) for ties in side] for side in self)
        if right:
            far = right[-1]  # leads to goals alone
            right[-1] = far.where(far.strength > floor[np.searchsorted(goals, far.target)])
        return _Sides(left, right)

    def without(self, first_steps: Collection[int]) -> "_Sides":
        """Without what only paths over these first steps take."""
        if not first_steps:
            return self
        first, *others = self.left
        left = [first.where(~np.isin(first.target, list(first_steps)))]
        for ties in others:
            left.append(ties.where(np.isin(ties.source, left[-1].target)))
        return _Sides(left, self.right)

    def grown(self, goals: IntArray, ties: TieFinder, *, is_last: bool = False) -> "_Sides":
        """One step longer on the side where that costs less; before the last step only with who may be met by it."""
        here, there = self._fronts(goals)
        if ties.cost(here) <= ties.cost(there):
            return _Sides([*self.left, _ties_of(here, there, ties, is_last=is_last)], self.right)
        return _Sides(self.left, [_ties_of(there, here, ties, is_last=is_last).turned(), *self.right])

    def steps(self, goals: IntArray, ties: TieFinder, *, length: int) -> list[Ties]:
        """All steps, where one is missing with that between the two sides."""
        missing = [ties.between(*self._fronts(goals))] if self.length < length else []
        return [*self.left, *missing, *self.right]

    def _fronts(self, goals: IntArray) -> tuple[IntArray, IntArray]:
        return distinct(self.left[-1].target), distinct(self.right[0].source) if self.right else goals


def _ties_of(people: IntArray, others: IntArray, ties: TieFinder, *, is_last: bool) -> Ties:
    """All their ties; for the last step only those with who is near the others, where these are not too many."""
    if is_last and ties.cost(others) < LOOKS * ties.cost(people):
        return ties.between(people, ties.met_by(others))
    return ties.of(people)


def _widest(
    asker: int, layers: Sequence[Ties], goals: IntArray, floor: FloatArray, order: Callable[[int], str]
) -> Iterator[tuple[int, float, tuple[int, ...]]]:
    """Goal number, weakest strength and people of the path that is best through these layers and above its floor."""
    rests = _rests(layers, goals, floor)
    for key, width in zip(rests[0].key.tolist(), rests[0].width.tolist(), strict=True):
        goal = key >> 32
        yield goal, width, (*_way(asker, goal, width, layers, rests, order), int(goals[goal]))


def _leads(layers: Sequence[Ties], target: int, floor: FloatArray, *, wanted: int) -> Iterator[tuple[int, _Lead]]:
    """The first steps that these layers lead over above the floor, the best so many and their equals."""
    first, *others = layers
    rests = _rests(others, np.array([target]), floor)
    place = places(first.target, rests[0].key)
    is_led = place >= 0
    widths = np.minimum(first.strength[is_led], rests[0].width[place[is_led]])
    rows = best(widths, wanted)
    for person, width in zip(first.target[is_led][rows].tolist(), widths[rows].tolist(), strict=True):
        if width > floor[0]:
            yield person, _Lead(width, others, rests)


def _rests(layers: Sequence[Ties], goals: IntArray, floor: FloatArray) -> list[_Widths]:
    """For each layer the widths from where it starts, and last those of the goals themselves."""
    rests = [_Widths((np.arange(goals.size) << 32) | goals, np.full(goals.size, np.inf))]
    for layer in reversed(layers):
        rests.insert(0, _one_step_back(layer, rests[0], floor))
    return rests


def _way(
    first: int,
    goal: int,
    width: float,
    layers: Sequence[Ties],
    rests: Sequence[_Widths],
    order: Callable[[int], str],
) -> list[int]:
    """The people from the first one on whom the layers lead over, without the goal."""
    people = [first]
    for layer, rest in zip(layers[:-1], rests[1:-1], strict=True):
        people.append(_next_person(people[-1], goal, width, layer, rest, order))
    return people


def _one_step_back(layer: Ties, rest: _Widths, floor: FloatArray) -> _Widths:
    """Widths from where a layer starts, given those from where it ends: the best over the ties out of each person."""
    person = rest.key & _PERSON
    by_person = person.argsort()
    person = person[by_person]
    row, tie = ranges_by_row(person.searchsorted(layer.target), person.searchsorted(layer.target, "right"))
    row = by_person[row]
    goal, width = rest.key[row] >> 32, np.minimum(layer.strength[tie], rest.width[row])
    kept = (width > floor[goal]).nonzero()[0]
    key, width = ((goal << 32) | layer.source[tie])[kept], width[kept]
    if key.size == 0:
        return _Widths(key, width)
    order = key.argsort()
    key = key[order]
    starts = run_starts(key)
    return _Widths(key[starts], np.maximum.reduceat(width[order], starts))


def _next_person(person: int, goal: int, width: float, layer: Ties, rest: _Widths, order: Callable[[int], str]) -> int:
    """The first, in order, to whom a tie leads from this person and from whom the rest is as wide as the whole path."""
    rows = slice(*layer.source.searchsorted((person, person + 1)))
    target = layer.target[rows][layer.strength[rows] >= width]
    key = np.int64(goal << 32) | target
    place = np.minimum(rest.key.searchsorted(key), rest.key.size - 1)
    return min(target[(rest.key[place] == key) & (rest.width[place] >= width)].tolist(), key=order)
