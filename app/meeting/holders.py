"""Holders: who tells of a topic, and how much; what takes long to count is kept beside the view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, Self

import numpy as np

from graph.arrays import NONE, FloatArray, IntArray, combined, places
from graph.measures.decay import age_days, recency
from graph.measures.holding import speaks_for_its_author
from graph.measures.recommendation import RecommendationSetting, depth, told
from graph.projection.posts import KINDS
from graph.projection.subjects import Subjects
from graph.projection.visibility import BlockView

TELLING: Final = np.array([speaks_for_its_author(kind) for kind in KINDS])
MANY: Final = 4000  # mentions of a topic in a block, from which on what is counted of them is remembered


class Holders(NamedTuple):
    """Who writes about a topic other than to ask, ascending."""

    person: IntArray
    depth: FloatArray
    last: IntArray  # when they last did, in microseconds since 1970

    def find(self, people: Sequence[int]) -> list[int]:
        """The row of each of these people, -1 for who does not."""
        wanted = np.array(people, dtype=self.person.dtype)  # of another type would have them all copied
        return places(wanted, self.person).tolist()


class _Tellers(NamedTuple):
    """The same in a block, or in some of what it says of the topic, with how much each told."""

    person: IntArray
    told: FloatArray
    last: IntArray

    def taken(self, rows: slice) -> "_Tellers":
        """Those in these rows."""
        return _Tellers(self.person[rows], self.told[rows], self.last[rows])


NOBODY: Final = _Tellers(NONE, np.zeros(0), NONE)


def holders(subjects: Subjects, topics: IntArray, setting: RecommendationSetting, *, many: int = MANY) -> list[Holders]:
    """The holders of each of these topics, distinct and ascending, at the moment asked for."""
    found: list[list[_Tellers]] = [[] for _ in topics]
    for view in subjects.view.blocks:
        block = _Block.of(subjects, view, setting)
        for place, tellers in block.tellers(*subjects.rows(view, topics), many=many):
            found[place].append(tellers)
    united = map(_united, found)
    return [Holders(one.person, depth(one.told), one.last) for one in united]


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """A block to count in, as of its newest post: how much has faded since is all that the moment asked for changes."""

    subjects: Subjects
    view: BlockView
    setting: RecommendationSetting
    until: int  # when the newest post that is seen was written, or the moment asked for if that is earlier
    faded: float

    @classmethod
    def of(cls, subjects: Subjects, view: BlockView, setting: RecommendationSetting) -> Self:
        """The block as it is seen."""
        until = min(subjects.until, view.newest)
        since = age_days(np.array([until]), subjects.until)
        return cls(subjects, view, setting, until, float(recency(since, setting.half_life_days)[0]))

    def tellers(self, topics: IntArray, rows: IntArray, *, many: int) -> Iterator[tuple[int, _Tellers]]:
        """Who tells of what in these postings, each beside its topic."""
        sizes = self.view.block.topics.starts[rows + 1] - self.view.block.topics.starts[rows]
        is_kept = (sizes >= many) & (self.until == self.view.newest)  # an earlier moment is not asked for again
        found = [*map(self._remembered, rows[is_kept].tolist()), *self._counted(rows[~is_kept])]
        for place, one in zip([*topics[is_kept].tolist(), *topics[~is_kept].tolist()], found, strict=True):
            yield place, one._replace(told=one.told * self.faded)

    def _remembered(self, row: int) -> _Tellers:
        key = ("holders", row, self.setting.half_life_days)
        return self.view.tables.get(key, lambda: self._counted(np.array([row]))[0])

    def _counted(self, rows: IntArray) -> list[_Tellers]:
        """Who tells in each of these postings."""
        mentions = self.subjects.told(self.view, rows)
        mentions = mentions.taken(np.flatnonzero(TELLING[mentions.kind]))
        starts = mentions.starts
        much = told(mentions.strength, age_days(mentions.at, self.until), starts, self.setting)
        whole = _Tellers(mentions.person[starts], much, np.maximum.reduceat(mentions.at, starts))
        bounds = np.searchsorted(mentions.row[starts], np.arange(rows.size + 1)).tolist()
        return [whole.taken(slice(*ends)) for ends in pairwise(bounds)]


def _united(found: Sequence[_Tellers]) -> _Tellers:
    """Each of these once."""
    if len(found) == 1:
        return found[0]
    people, much, last = zip(*(found or [NOBODY]), strict=True)
    person, total = combined(np.add, people, much)
    return _Tellers(person, total, combined(np.maximum, people, last)[1])
