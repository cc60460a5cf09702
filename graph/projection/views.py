"""All blocks under one mask, as if they were one: what services gather from."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from graph.arrays import (
    NONE,
    FloatArray,
    IntArray,
    combined,
    grouped,
    joined,
    of_runs,
    places,
    ranges,
    ranges_by_row,
    run_starts,
)
from graph.projection.postings import topic_strengths, word_counts
from graph.projection.posts import Posts
from graph.projection.threads import ALONE, INSIDE, OPENING, spread, together
from graph.projection.visibility import BlockView

DAY: Final = 86_400_000_000  # microseconds

Columns = tuple[npt.NDArray[Any], ...]  # of a term in a block: its posts and what stands beside; () without any

_NO_NUMBERS: Final = np.zeros(0)


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """The visible posts of a term, and the people who wrote them."""

    posts: IntArray  # places in the view, ascending
    count: FloatArray  # of a topic its strength
    first: FloatArray  # how often in the title or first line; empty for topics
    length: IntArray
    people: IntArray  # ascending
    people_count: FloatArray  # the sum over all their posts, also those outside the community asked for


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What somebody may see, now. A post's place counts through the blocks in turn; places say nothing outside."""

    blocks: tuple[BlockView, ...]
    offsets: IntArray  # place of each block's first post, and at last the number of places
    posts: int  # visible ones
    words: int
    people: int  # who have a visible post
    posts_by: IntArray  # by number of person
    words_by: IntArray
    newest: int  # time of the last post in microseconds, 0 without any
    in_conversations: int  # posts
    roles: IntArray  # by place; without meaning for hidden posts

    @classmethod
    def of(cls, blocks: Sequence[BlockView], *, people: int) -> Self:
        """The view over these blocks when all numbers of people are below that."""
        posts_by, words_by = np.zeros(people, dtype=np.int64), np.zeros(people, dtype=np.int64)
        for view in blocks:
            posts_by[view.block.people] += view.posts_by
            words_by[view.block.people] += view.words_by
        role, in_conversations = _conversations(blocks)
        return cls(
            blocks=tuple(blocks),
            offsets=np.cumsum([0, *(view.ok.size for view in blocks)]),
            posts=int(posts_by.sum()),
            words=int(words_by.sum()),
            people=int(np.count_nonzero(posts_by)),
            posts_by=posts_by,
            words_by=words_by,
            newest=max((view.newest for view in blocks), default=0),
            in_conversations=in_conversations,
            roles=joined(role) if role else NONE,
        )

    def word(
        self,
        terms: Collection[int],
        *,
        topics: Collection[int] = (),
        in_other_words: float = 1.0,
        community: int | None = None,
    ) -> Term:
        """The visible posts with any of these words, which count as one; `community` narrows the posts.

        A post about one of the topics holds the word in other words: it counts as if that stood in it so often."""
        return self._gathered(
            lambda view: _widened(_standing(view, terms), _mentioned(view, topics), in_other_words),
            community=community,
        )

    def topic(self, numbers: Collection[int], *, community: int | None = None) -> Term:
        """The visible posts about any of these topics; a post that mentions several counts once, as its strongest."""
        return self._gathered(lambda view: _mentioned(view, numbers), community=community)

    def topic_posts(self) -> tuple[IntArray, IntArray]:
        """The numbers of the topics with a visible post, ascending, and how many posts each has."""
        found = [(view.block.topics.terms, view.topic_posts()) for view in self.blocks]
        if not found:
            return NONE, NONE
        numbers, sizes = combined(np.add, *zip(*found, strict=True))
        return numbers[sizes > 0], sizes[sizes > 0]

    def column(self, name: str, posts: IntArray) -> npt.NDArray[Any]:
        """That column of `Posts` for the posts at these places."""
        if len(self.blocks) == 1:
            return getattr(self.blocks[0].block.posts, name).take(posts)
        which = np.searchsorted(self.offsets, posts, side="right") - 1
        pieces, order = [NONE], [NONE]
        for at, view in enumerate(self.blocks):
            mine = np.flatnonzero(which == at)
            if mine.size:
                pieces.append(getattr(view.block.posts, name)[posts[mine] - self.offsets[at]])
                order.append(mine)
        back = np.argsort(np.concatenate(order))
        return joined(pieces[1:] or pieces)[back]

    def ages(self, posts: IntArray) -> tuple[IntArray, FloatArray]:
        """For the posts at these places: how many visible ones are strictly newer, and the days before the newest."""
        at = self.column("at", posts)
        if len(self.blocks) == 1:
            return self.blocks[0].newer(posts), (self.newest - at) / DAY
        newer = np.zeros(posts.size, dtype=np.int64)
        for offset, view in zip(self.offsets.tolist(), self.blocks, strict=False):
            is_own = (posts >= offset) & (posts < offset + view.ok.size)
            newer[is_own] += view.newer(posts[is_own] - offset)
            newer[~is_own] += view.newer_than(at[~is_own])
        return newer, (self.newest - at) / DAY

    def posts_of(self, person: int) -> list[slice]:
        """Where the posts of that person lie, hidden ones included."""
        found = []
        for offset, view in zip(self.offsets.tolist(), self.blocks, strict=False):
            people = view.block.people
            row = int(people.searchsorted(people.dtype.type(person)))  # another type would have them all copied
            if row < people.size and people[row] == person:
                found.append(slice(offset + int(view.block.starts[row]), offset + int(view.block.starts[row + 1])))
        return found

    def conversations(self, opening: IntArray) -> tuple[IntArray, IntArray]:
        """The posts of the conversations that these open: for each its conversation's place in `opening`, its own."""
        key = self.column("thread", opening)
        units: list[IntArray] = [NONE]
        found: list[IntArray] = [NONE]
        for offset, view in zip(self.offsets.tolist(), self.blocks, strict=False):
            threads = view.block.threads
            row = places(key, threads.keys)
            unit = np.flatnonzero(row >= 0)
            starts, stops = threads.starts[row[unit]], threads.starts[row[unit] + 1]
            place, which = ranges_by_row(starts, stops)
            posts, unit = view.visible(threads.posts[place], unit[which])
            units.append(unit)
            found.append(posts + offset)
        return np.concatenate(units), np.concatenate(found)

    def _gathered(self, look: Callable[[BlockView], Columns], *, community: int | None) -> Term:
        found = [
            _term(view.block.posts, *columns, offset=offset, community=community)
            for offset, view in zip(self.offsets.tolist(), self.blocks, strict=False)
            if (columns := look(view))
        ]
        if not found:
            return Term(NONE, _NO_NUMBERS, _NO_NUMBERS, NONE, NONE, _NO_NUMBERS)
        if len(found) == 1:
            return found[0]
        *columns, people, people_count = ([getattr(term, field.name) for term in found] for field in fields(Term))
        return Term(*(np.concatenate(column) for column in columns), *combined(np.add, people, people_count))


def _standing(view: BlockView, words: Collection[int]) -> Columns:
    """The visible posts of a block in which one of these words stands, how often, and how often in the first line."""
    posts, codes = view.visible(*view.block.words.find(words))
    if posts.size == 0:
        return ()
    if len(words) > 1:
        order = posts.argsort(kind="stable")  # merges sorted runs
        posts, codes = posts[order], codes[order]
    return of_runs(np.add, posts, *word_counts(codes))


def _mentioned(view: BlockView, topics: Collection[int]) -> Columns:
    """The visible posts of a block about one of these topics, each with its strongest mention."""
    posts, codes = view.visible(*view.block.topics.find(topics))
    if posts.size == 0:
        return ()
    found = posts, *topic_strengths(codes)
    return found if len(topics) == 1 else grouped(np.maximum, *found)


def _widened(words: Columns, topics: Columns, in_other_words: float) -> Columns:
    """Where words stand, and so many occurrences where a post is about the topics in other words."""
    if not topics:
        return words
    posts, strength = topics
    mentions = posts, np.full(strength.size, in_other_words), np.zeros(strength.size)
    if not words:
        return mentions
    return combined(np.maximum, (words[0], posts), *zip(words[1:], mentions[1:], strict=True))


def _term(
    posts: Posts,
    place: IntArray,
    count: FloatArray,
    first: FloatArray = _NO_NUMBERS,
    *,
    offset: int,
    community: int | None,
) -> Term:
    """What a block's visible posts of a term say, given how often the term stands in each."""
    author = posts.author.take(place)
    starts = run_starts(author)  # posts are in order of their authors
    people, people_count = author[starts].astype(np.intp), np.add.reduceat(count, starts)
    if community is not None:
        kept = posts.community[place] == community
        place, count, first = place[kept], count[kept], first[kept] if first.size else first
    return Term(place + offset, count, first, posts.length.take(place), people, people_count)


def _conversations(blocks: Sequence[BlockView]) -> tuple[list[IntArray], int]:
    """The roles of each block's posts, and how many visible posts lie in conversations.

    What each block says by itself holds but for the threads that go on in another block."""
    role = [view.roles for view in blocks]
    total = sum(int(view.openings.size[view.openings.is_conversation()].sum()) for view in blocks)
    keys = spread([view.block.threads.keys for view in blocks])
    if keys.size == 0:
        return role, total
    found = [(at, view, places(keys, view.block.threads.keys)) for at, view in enumerate(blocks)]
    found = [(at, view, row) for at, view, row in found if (row >= 0).any()]
    alone = [view.openings.taken(row) for _, view, row in found]
    whole, holder = together(alone)
    is_one = whole.is_conversation()
    total += int(whole.size[is_one].sum()) - sum(int(part.size[part.is_conversation()].sum()) for part in alone)
    for turn, (at, view, row) in enumerate(found):
        role[at] = view.roles.copy()
        threads, here = view.block.threads, row >= 0
        starts, stops = threads.starts[row[here]], threads.starts[row[here] + 1]
        role[at][threads.posts[ranges(starts, stops)]] = np.repeat(
            np.where(is_one[here], INSIDE, ALONE), stops - starts
        )
        role[at][whole.first[is_one & (holder == turn)]] = OPENING
    return role, total
