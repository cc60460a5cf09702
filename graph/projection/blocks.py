"""A block: some posts for ever, with all that is looked up about them; what comes later is in another block."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from graph.arrays import BoolArray, IntArray, run_starts
from graph.changes import PostRow
from graph.projection.cache import Cache
from graph.projection.postings import Contents, Postings, topic_codes, word_codes
from graph.projection.posts import Posts, Words
from graph.projection.threads import Threads

VIEWS: Final = 12  # that are remembered; about 17 bytes a post each, and what is counted from them
TABLES: Final = 4  # counted from a part alone that are remembered; some megabytes each


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """At least one post, and what follows from these posts; nothing in it ever changes."""

    posts: Posts
    words: Postings
    topics: Postings
    threads: Threads
    people: IntArray  # the authors, ascending
    starts: IntArray  # where the posts of each begin, and at last their number
    times: IntArray  # of all posts, ascending
    until: IntArray  # by post: how many in all are as old as it, or older
    about: Contents  # the topics of each post, as rows of `topics`

    @classmethod
    def of(cls, rows: Sequence[PostRow], words: Sequence[Words]) -> Self:
        """The block of these posts, given their words."""
        posts = Posts.of(rows, words)
        order = posts.order()
        rows, words = [rows[at] for at in order], [words[at] for at in order]
        word_terms, word_posts, count, first = _flat([(post.terms, post.counts, post.first) for post in words])
        topic_terms, topic_posts, strength = _flat([(row.topics, row.strengths) for row in rows])
        words_found = Postings.of(word_terms, word_posts, word_codes(count, first))
        topics_found = Postings.of(topic_terms, topic_posts, topic_codes(strength))
        return cls.over(posts.taken(order), words=words_found, topics=topics_found)

    @classmethod
    def over(cls, posts: Posts, *, words: Postings, topics: Postings) -> Self:
        """The block of posts that are in order already."""
        starts = run_starts(posts.author)
        times = np.sort(posts.at)
        return cls(
            posts=posts,
            words=words,
            topics=topics,
            threads=Threads.of(posts),
            people=posts.author[starts],
            starts=np.append(starts, posts.author.size),
            times=times,
            until=np.searchsorted(times, posts.at, side="right").astype(np.int32),
            about=topics.contents(posts.number.size),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A block as it counts now: posts may be gone, and authors no experts any more."""

    block: Block
    is_alive: BoolArray
    is_shown: BoolArray  # alive, and by an expert
    views: Cache[frozenset[int], Any] = field(default_factory=lambda: Cache(VIEWS), repr=False)
    tables: Cache[Hashable, Any] = field(default_factory=lambda: Cache(TABLES), repr=False)

    @classmethod
    def of(cls, block: Block, *, is_expert: BoolArray) -> Self:
        """The block with all its posts alive."""
        is_alive = np.ones(block.posts.number.size, dtype=np.bool_)
        return cls(block, is_alive, is_expert[block.posts.author])

    def without(self, numbers: IntArray) -> Self:
        """The part in which the posts with these numbers are gone."""
        number = self.block.posts.number
        if numbers.size == 0 or numbers.min() > number.max():
            return self
        is_gone = np.isin(number, numbers) & self.is_alive
        if not is_gone.any():
            return self
        return type(self)(self.block, self.is_alive & ~is_gone, self.is_shown & ~is_gone)

    def with_experts(self, is_expert: BoolArray) -> Self:
        """The part after these people became or ceased to be experts."""
        return type(self)(self.block, self.is_alive, self.is_alive & is_expert[self.block.posts.author])


def merged(parts: Sequence[Part], *, is_expert: BoolArray) -> list[Part]:
    """One part with the living posts of all of these; none where nothing lives."""
    posts = Posts.joined([part.block.posts.taken(part.is_alive) for part in parts])
    if posts.number.size == 0:
        return []
    order = posts.order()
    place = np.empty(order.size, dtype=np.int64)
    place[order] = np.arange(order.size)
    places = _new_places(parts, place)
    words = Postings.merged([part.block.words for part in parts], places)
    topics = Postings.merged([part.block.topics for part in parts], places)
    return [Part.of(Block.over(posts.taken(order), words=words, topics=topics), is_expert=is_expert)]


def _new_places(parts: Sequence[Part], place: IntArray) -> list[IntArray]:
    """For each part the new place of each of its posts, -1 for the dead, given the new places of the living in turn."""
    found, begin = [], 0
    for part in parts:
        new = np.full(part.is_alive.size, -1)
        end = begin + int(np.count_nonzero(part.is_alive))
        new[part.is_alive] = place[begin:end]
        found.append(new)
        begin = end
    return found


def _flat(posts: Sequence[tuple[Sequence[int], *tuple[Sequence[float], ...]]]) -> list[npt.NDArray[Any]]:
    """Terms, places of their posts, and what stands beside each, post after post."""
    terms, *beside = zip(*posts, strict=True)
    place = np.repeat(np.arange(len(posts)), [len(found) for found in terms])
    flat = [np.fromiter(chain.from_iterable(terms), dtype=np.int64, count=place.size), place]
    return flat + [np.array(list(chain.from_iterable(column))) for column in beside]
