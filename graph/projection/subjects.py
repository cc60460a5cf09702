"""Who wrote about which topics, by person and by topic, as far as somebody may see it, up to a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from graph.arrays import NONE, BoolArray, FloatArray, IntArray, joined, places, ranges, ranges_by_row, run_starts
from graph.projection.postings import topic_strengths
from graph.projection.posts import KINDS
from graph.projection.sameness import Sameness
from graph.projection.views import View
from graph.projection.visibility import BlockView

EVERY: Final = np.ones(len(KINDS), dtype=np.bool_)
TAIL: Final = 4  # times as many of the last posts as are wanted of some kinds hold these most often

_LOW: Final = 2**32 - 1
_NO_STRENGTHS: Final = np.zeros(0)


class About(NamedTuple):
    """What some people wrote about, mention by mention."""

    person: IntArray
    topic: IntArray
    strength: FloatArray
    at: IntArray  # microseconds since 1970

    def taken(self, which: BoolArray) -> "About":
        """These of the mentions."""
        rows = np.flatnonzero(which)  # to take by place is much faster than by flag
        return About(self.person[rows], self.topic[rows], self.strength[rows], self.at[rows])

    def united(self) -> "About":
        """Each person and topic once, in their order, with the strengths of their mentions together, and the last."""
        key = _pairs(self.person, self.topic)
        order = np.argsort(key, kind="stable")
        starts = run_starts(key[order])
        key, strength, at = key[order[starts]], self.strength[order], self.at[order]
        return About(key >> 32, key & _LOW, np.add.reduceat(strength, starts), np.maximum.reduceat(at, starts))


class Told(NamedTuple):
    """Mentions in some postings of a block, in order of (posting, person); a posting by its place among these."""

    row: IntArray
    person: IntArray
    at: IntArray  # microseconds since 1970
    kind: IntArray  # an index into KINDS
    code: IntArray  # of the strength

    def taken(self, rows: IntArray) -> "Told":
        """The mentions in these rows."""
        return Told(*(column[rows] for column in self))

    @property
    def strength(self) -> FloatArray:
        """How strong each is, in [0, 1]."""
        return topic_strengths(self.code)[0]

    @property
    def starts(self) -> IntArray:
        """Where the mentions of each person in each posting begin."""
        return run_starts(_pairs(self.row, self.person))


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """What people wrote about; topics that are the same count as one, those without a name not at all."""

    view: View
    until: int  # microseconds since 1970
    roots: IntArray  # by number what a topic counts as, -1 for what does not

    @classmethod
    def of(cls, view: View, same: Sameness, *, until: int) -> Self:
        """What people had written about by then, for whom that is the view."""
        return cls(view, until, np.where(same.is_named()[same.root], same.root, -1))

    def written_by(self, people: IntArray, *, kinds: BoolArray, newest: int | None = None) -> About:
        """What these people, distinct and ascending, wrote about in posts of those kinds, mention by mention.

        In all of them, or in so many of the newest of each person, and any as old as the last of these."""
        posts = [self._posts(view, people, kinds, newest=newest) for view in self.view.blocks]
        if not posts:
            return About(NONE, NONE, _NO_STRENGTHS, NONE)
        if newest is not None:
            posts = self._newest(posts, newest)
        found = [self._written(view, rows) for view, rows in zip(self.view.blocks, posts, strict=True)]
        return About(*(joined(columns) for columns in zip(*found, strict=True)))

    def written_among(self, people: IntArray) -> BoolArray:
        """By number of topic, whether any of these people, distinct and ascending, wrote about it."""
        found = np.zeros(self.roots.size + 1, dtype=np.bool_)  # the last one is that of -1
        for view in self.view.blocks:
            mentions = _mentions(view, self._posts(view, people))
            is_met = np.zeros(view.block.topics.terms.size, dtype=np.bool_)
            is_met[view.block.about.rows[mentions].astype(np.intp)] = True
            found[self.roots[view.block.topics.terms[is_met]]] = True
        return found[:-1]

    def rows(self, view: BlockView, topics: IntArray) -> tuple[IntArray, IntArray]:
        """The postings of a block that count as one of these distinct topics: of which, by place, and their rows."""
        place = np.full(self.roots.size + 1, -1)  # the last one is that of -1
        place[topics] = np.arange(topics.size)
        place = place[self.roots[view.block.topics.terms]]
        rows = np.flatnonzero(place >= 0)
        return place[rows], rows

    def told(self, view: BlockView, rows: IntArray) -> Told:
        """The mentions in these postings of a block."""
        postings, columns = view.block.topics, view.block.posts
        starts, stops = postings.starts[rows], postings.starts[rows + 1]
        mentions, row = ranges_by_row(starts, stops)
        posts = postings.posts[mentions].astype(np.intp)  # what numpy looks up fastest
        seen = np.flatnonzero(self._is_seen(view, posts))
        posts, row = posts[seen], row[seen]
        return Told(row, columns.author[posts], columns.at[posts], columns.kind[posts], postings.codes[mentions[seen]])

    def _posts(
        self, view: BlockView, people: IntArray, kinds: BoolArray = EVERY, *, newest: int | None = None
    ) -> IntArray:
        """The posts of these people in a block, of those kinds, in order of (author, time); at least the newest."""
        row = places(people, view.block.people)
        row = row[row >= 0]
        starts, stops = view.block.starts[row], view.block.starts[row + 1]
        if newest is not None:
            starts = self._late(view, starts, stops, kinds, newest)
        posts = ranges(starts, stops)
        return posts[self._is_seen(view, posts, kinds).nonzero()[0]]

    def _late(self, view: BlockView, starts: IntArray, stops: IntArray, kinds: BoolArray, newest: int) -> IntArray:
        """From where on all of the newest posts are among those that start and stop there, which are by time."""
        late, at = np.maximum(starts, stops - TAIL * newest), view.block.posts.at
        posts, person = ranges_by_row(late, stops)
        is_one = self._is_seen(view, posts, kinds) & (at[posts] > at[late][person])  # and not as old as one before
        return np.where(np.bincount(person[is_one], minlength=late.size) >= newest, late, starts)

    def _newest(self, posts: Sequence[IntArray], most: int) -> list[IntArray]:
        """The newest posts of each person, given their posts by block."""
        columns = [view.block.posts for view in self.view.blocks]
        few = [
            rows[_is_newest(block.author[rows], block.at[rows], most)]
            for block, rows in zip(columns, posts, strict=True)
        ]
        author = joined([block.author[rows] for block, rows in zip(columns, few, strict=True)])
        at = joined([block.at[rows] for block, rows in zip(columns, few, strict=True)])
        order = np.lexsort((at, author))
        is_newest = np.empty(order.size, dtype=np.bool_)
        is_newest[order] = _is_newest(author[order], at[order], most)
        ends = np.cumsum([rows.size for rows in few])
        return [rows[which] for rows, which in zip(few, np.split(is_newest, ends[:-1]), strict=True)]

    def _written(self, view: BlockView, posts: IntArray) -> About:
        """The mentions in these posts of a block."""
        block, mentions = view.block, _mentions(view, posts)
        topic = self.roots[block.topics.terms][block.about.rows[mentions].astype(np.intp)]
        kept = np.flatnonzero(topic >= 0)
        post = np.repeat(posts, block.about.starts[posts + 1] - block.about.starts[posts])[kept]
        strength = topic_strengths(block.about.codes[mentions[kept]])[0]
        return About(block.posts.author[post], topic[kept], strength, block.posts.at[post])

    def _is_seen(self, view: BlockView, posts: IntArray, kinds: BoolArray = EVERY) -> BoolArray:
        """Which of these posts of a block are seen, were there by then, and are of those kinds."""
        found = view.ok[posts]
        if self.until < view.block.times[-1]:
            found &= view.block.posts.at[posts] <= self.until
        return found if kinds.all() else found & kinds[view.block.posts.kind[posts]]


def _pairs(one: IntArray, other: IntArray) -> npt.NDArray[np.int64]:
    return one.astype(np.int64) << 32 | other


def _mentions(view: BlockView, posts: IntArray) -> IntArray:
    """Where the topics of these posts, ascending, stand in what the block is about."""
    first, last = _runs(posts)
    return ranges(view.block.about.starts[first], view.block.about.starts[last + 1])


def _is_newest(author: IntArray, at: IntArray, most: int) -> BoolArray:
    """Of rows in order of (author, time) those of each author's newest posts, so many and any as old as the last."""
    starts = run_starts(author)
    sizes = np.diff(starts, append=author.size)
    oldest = at[np.maximum(starts, starts + sizes - most)]
    return at >= np.repeat(oldest, sizes)


def _runs(numbers: IntArray) -> tuple[IntArray, IntArray]:
    """The first and the last of each run of ascending numbers that follow each other."""
    is_new = np.ones(numbers.size + 1, dtype=np.bool_)
    is_new[1:-1] = numbers[1:] != numbers[:-1] + 1
    return numbers[is_new[:-1]], numbers[is_new[1:]]
