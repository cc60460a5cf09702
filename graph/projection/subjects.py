"""Who wrote about which topics, by person and by topic, as far as somebody may see it, up to a moment."""

from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from graph.projection.arrays import NONE, BoolArray, FloatArray, IntArray, joined, places, ranges, run_starts
from graph.projection.postings import topic_strengths
from graph.projection.sameness import Sameness
from graph.projection.views import View
from graph.projection.visibility import BlockView

_LOW: Final = 2**32 - 1
_NO_STRENGTHS: Final = np.zeros(0)


class About(NamedTuple):
    """Who wrote about which topic: each pair once, in order of (person, topic), with all its mentions' strengths."""

    person: IntArray
    topic: IntArray
    strength: FloatArray

    def of(self, person: int) -> slice:
        """Where the topics of that person are."""
        return slice(*np.searchsorted(self.person, (person, person + 1)).tolist())


class Told(NamedTuple):
    """Mentions of some topics in order of (topic, person); a topic by its place among those asked for."""

    topic: IntArray
    person: IntArray
    at: IntArray  # microseconds since 1970
    kind: IntArray  # an index into KINDS
    code: IntArray  # of the strength

    def taken(self, which: IntArray | BoolArray) -> "Told":
        """These of the mentions."""
        return Told(*(column[which] for column in self))

    @property
    def strength(self) -> FloatArray:
        """How strong each is, in [0, 1]."""
        return topic_strengths(self.code)[0]

    @property
    def starts(self) -> IntArray:
        """Where the mentions of each pair of a topic and a person begin."""
        return run_starts(_pairs(self.topic, self.person))


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

    def written_by(self, people: IntArray, *, kinds: BoolArray) -> About:
        """The topics of these people, distinct and ascending, in posts of those kinds."""
        found = [(NONE, _NO_STRENGTHS), *(self._written(view, people, kinds) for view in self.view.blocks)]
        keys, strengths = zip(*found, strict=True)
        key, place = np.unique(np.concatenate(keys), return_inverse=True)
        total = np.bincount(place, np.concatenate(strengths), minlength=key.size)
        return About(key >> 32, key & _LOW, total.astype(np.float64))

    def told(self, topics: IntArray) -> Told:
        """All mentions of these topics, distinct and ascending."""
        found = [self._told(view, topics) for view in self.view.blocks]
        if not found:
            return Told(NONE, NONE, NONE, NONE, NONE)
        whole = Told(*(joined(columns) for columns in zip(*found, strict=True)))
        key = _pairs(whole.topic, whole.person)
        if (key[1:] >= key[:-1]).all():
            return whole
        return whole.taken(np.argsort(key, kind="stable"))

    def _written(self, view: BlockView, people: IntArray, kinds: BoolArray) -> tuple[IntArray, FloatArray]:
        """Person and topic in one number, and the strength, of each mention."""
        block, about = view.block, view.block.about
        row = places(people, block.people)
        row = row[row >= 0]
        posts = ranges(block.starts[row], block.starts[row + 1])
        posts = posts[self._is_seen(view, posts) & kinds[block.posts.kind[posts]]]
        starts, stops = about.starts[posts], about.starts[posts + 1]
        mentions = ranges(starts, stops)
        topic = self.roots[block.topics.terms[about.rows[mentions]]]
        key = _pairs(np.repeat(block.posts.author[posts], stops - starts), topic)
        return key[topic >= 0], topic_strengths(about.codes[mentions[topic >= 0]])[0]

    def _told(self, view: BlockView, topics: IntArray) -> Told:
        """The mentions of these topics in a block; in order unless several of its topics count as one."""
        postings, columns = view.block.topics, view.block.posts
        place = places(self.roots[postings.terms], topics)
        rows = np.flatnonzero(place >= 0)
        rows = rows[np.argsort(place[rows], kind="stable")]
        starts, stops = postings.starts[rows], postings.starts[rows + 1]
        mentions = ranges(starts, stops)
        posts, place = postings.posts[mentions], np.repeat(place[rows], stops - starts)
        seen = np.flatnonzero(self._is_seen(view, posts))
        posts, codes = posts[seen], postings.codes[mentions[seen]]
        return Told(place[seen], columns.author[posts], columns.at[posts], columns.kind[posts], codes)

    def _is_seen(self, view: BlockView, posts: IntArray) -> BoolArray:
        return view.ok[posts] & (view.block.posts.at[posts] <= self.until)


def _pairs(one: IntArray, other: IntArray) -> npt.NDArray[np.int64]:
    return one.astype(np.int64) << 32 | other
