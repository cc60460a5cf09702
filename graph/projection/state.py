"""The state of the projection between two changes: immutable, so that any number of readers may hold it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from graph.changes import Changes, PersonRow, PostRow
from graph.projection.blocks import VIEWS, Block, Part, merged
from graph.projection.cache import Cache
from graph.projection.directory import People, Topics
from graph.projection.neighbours import Neighbours
from graph.projection.post_interactions import PostInteractions
from graph.projection.posts import Words
from graph.projection.sameness import Sameness
from graph.projection.views import View
from graph.projection.visibility import BlockView

CountWords = Callable[[Sequence[PostRow]], Sequence[Words]]


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Everything that reading uses, as it was after the change with the number `seq`."""

    seq: int
    parts: tuple[Part, ...]  # each more than four times as large as all later ones together
    people: People
    topics: Topics
    post_interactions: PostInteractions
    neighbours: Neighbours
    views: Cache[frozenset[int], View] = field(default_factory=lambda: Cache(VIEWS), repr=False)
    same: Cache[frozenset[int], Sameness] = field(default_factory=lambda: Cache(VIEWS), repr=False)

    @classmethod
    def empty(cls) -> Self:
        """Before the first change."""
        return cls(0, (), People.nobody(), Topics.empty(), PostInteractions.empty(), Neighbours.empty())

    def view(self, communities: frozenset[int]) -> View:
        """What somebody sees who may read the posts of these communities."""
        return self.views.get(communities, lambda: self._view(communities))

    def sameness(self, communities: frozenset[int]) -> Sameness:
        """Which topics count as one for somebody who may read the posts of these communities."""
        return self.same.get(communities, lambda: Sameness.of(self.topics, self.view(communities)))

    def updated(self, changes: Changes, count_words: CountWords) -> Self:
        """The state after these changes; the same ones again leave it as it is."""
        rows = [row for row in changes.posts if row.is_indexed]
        ends = (number for row in changes.interactions for number in (row.source, row.target))
        size = max((*(row.author for row in rows), *ends), default=-1) + 1
        people = self.people.updated(changes.people, size=size)
        gone = {row.number for row in changes.posts} | _removed(changes, "post")
        numbers = np.array(sorted(gone), dtype=np.int64)
        parts = [part.without(numbers) for part in self.parts]
        parts = _with_experts(parts, self.people, people, changes.people)
        if rows:
            parts.append(Part.of(Block.of(rows, count_words(rows)), is_expert=people.is_expert))
        interactions, ended = changes.interactions, _removed(changes, "interaction")
        return replace(
            self,
            seq=changes.seq,
            parts=tuple(_tidied(parts, people)),
            people=people,
            topics=self.topics.updated(changes.topics),
            post_interactions=self.post_interactions.updated(interactions, ended),
            neighbours=self.neighbours.updated(interactions, ended),
            views=Cache(VIEWS),
            same=Cache(VIEWS),
        )

    def compact(self) -> Self:
        """The same in one block without removed posts; seconds for a million posts."""
        parts = tuple(merged(self.parts, is_expert=self.people.is_expert)) if self.parts else ()
        return replace(self, parts=parts, neighbours=self.neighbours.compact(), views=Cache(VIEWS), same=Cache(VIEWS))

    def posts(self) -> int:
        """How many posts there are, removed ones included until they are tidied up."""
        return sum(part.is_alive.size for part in self.parts)

    def loose_posts(self) -> int:
        """How many posts are in later blocks than the first, or removed: what compacting would tidy up."""
        later = sum(part.is_alive.size for part in self.parts[1:])
        return later + sum(int(np.count_nonzero(~part.is_alive)) for part in self.parts)

    def _view(self, communities: frozenset[int]) -> View:
        blocks = [part.views.get(communities, lambda part=part: BlockView.of(part, communities)) for part in self.parts]
        return View.of(blocks, people=self.people.ids.size)


def _removed(changes: Changes, kind: str) -> set[int]:
    return {removal.number for removal in changes.removed if removal.kind == kind}


def _with_experts(parts: list[Part], before: People, after: People, rows: Sequence[PersonRow]) -> list[Part]:
    """The parts, those made anew in which somebody wrote who became or ceased to be an expert."""
    known = before.is_expert.size
    changed = [
        row.number for row in rows if row.is_expert != (row.number < known and bool(before.is_expert[row.number]))
    ]
    return [
        part.with_experts(after.is_expert) if changed and np.isin(changed, part.block.people).any() else part
        for part in parts
    ]


def _tidied(parts: list[Part], people: People) -> list[Part]:
    """The parts, the last ones merged so that each is more than four times as large as all later ones together.

    Twice as large would cost as much merging, and leave more parts to look into."""
    sizes = [part.is_alive.size for part in parts]
    for at in range(len(parts) - 1):
        if sizes[at] <= 4 * sum(sizes[at + 1 :]):
            return [*parts[:at], *merged(parts[at:], is_expert=people.is_expert)]
    return parts
