"""Which topics count as one for a viewer: spellings, what was merged, acronyms and their long forms.

A merge by hand counts for those only who can know of the topic that it leads to; acronyms count as the long form that
the posts they may read agree on. So nothing hidden moves anything.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Self

import numpy as np

from graph.arrays import BoolArray, IntArray, order_of, ranges, run_starts
from graph.model import Topic
from graph.projection.cache import Cache
from graph.projection.directory import LANGUAGES, Topics, roots
from graph.projection.views import View

AGREEING: Final = 2  # authors who give the same long form of an acronym


NameTopics = Callable[["Sameness", Collection[int]], Mapping[int, Topic]]  # labelled for whom it is made; no nameless


class Defined(NamedTuple):
    """An acronym and a long form that some visible posts give it, as what they count as by hand or by themselves."""

    acronym: int
    long_form: int
    authors: int
    posts: IntArray  # places in the view


@dataclass(frozen=True, slots=True, eq=False)
class Sameness:
    """What each topic counts as; `accepted` are acronyms that count as a long form, `defined` all that posts define."""

    topics: Topics
    root: IntArray
    posts: IntArray  # visible ones that mention each topic, by itself
    is_mentioned: BoolArray  # by itself, or in a spelling
    accepted: Mapping[int, int]
    defined: Sequence[Defined]
    _by_root: Cache[None, tuple[IntArray, IntArray]] = field(default_factory=lambda: Cache(1), init=False, repr=False)
    _below: Cache[None, Mapping[int, set[int]]] = field(default_factory=lambda: Cache(1), init=False, repr=False)
    _joined: Cache[None, tuple[int, ...]] = field(default_factory=lambda: Cache(1), init=False, repr=False)
    _spelt: Cache[None, Sequence[IntArray]] = field(default_factory=lambda: Cache(1), init=False, repr=False)

    @classmethod
    def of(cls, topics: Topics, view: View) -> Self:
        """What the topics count as for whom this is the view."""
        numbers, sizes = view.topic_posts()
        posts = np.zeros(topics.ids.size, dtype=np.int64)
        posts[numbers] = sizes
        root = _by_hand(topics, posts)
        defined = list(_defined(topics, root, posts, view))
        accepted: dict[int, int] = {}
        for acronym, long_form in _agreed(topics, root, defined):
            if root[acronym] == acronym and root[long_form] != acronym:
                root[root == acronym] = root[long_form]
                accepted[acronym] = long_form
        is_mentioned = posts + np.bincount(topics.merged_into, posts, minlength=posts.size) > 0
        return cls(topics, root, posts, is_mentioned, accepted, defined)

    def members(self, topic: int) -> tuple[int, ...]:
        """All topics that count as the same as that one, itself included."""
        return self._counting_as([int(self.root[topic])])

    def narrowed(self, topic: int) -> tuple[int, ...]:
        """The same, and all that count as a narrower topic: who knows these knows of it. A circle is all of it."""
        below = self._below.get(None, self._find_below)
        found = {int(self.root[topic])}
        waiting = [*found]
        while waiting:
            fresh = below.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return self._counting_as(sorted(found))

    def is_known(self, topic: int) -> bool:
        """Whether a source sent the topic, or visible posts mention it or a spelling of it; definitions never are."""
        is_sent = self.topics.is_sent[topic] and self.topics.languages[topic]
        return bool(is_sent or self.is_mentioned[topic]) and bool(self.names(int(self.root[topic])))

    def _counting_as(self, roots: Sequence[int]) -> tuple[int, ...]:
        order, root = self._by_root.get(None, self._sort_by_root)
        rows = ranges(root.searchsorted(roots), root.searchsorted(roots, "right"))
        return tuple(np.sort(order[rows]).tolist())

    def _sort_by_root(self) -> tuple[IntArray, IntArray]:
        order = self.root.argsort()
        return order, self.root[order]

    def _find_below(self) -> Mapping[int, set[int]]:
        """By what they count as: topics, and those that name them as the broader one."""
        below: dict[int, set[int]] = defaultdict(set)
        lower, above = (self.root[numbers].tolist() for numbers in self.topics.narrower())
        for one, other in zip(lower, above, strict=True):
            below[other].add(one)
        return below

    def joined(self) -> tuple[int, ...]:
        """The visible spellings of topics that are one by a decision or a definition, not by their forms alone."""
        return self._joined.get(None, self._find_joined)

    def _find_joined(self) -> tuple[int, ...]:
        groups = np.unique(self.root[self.topics.root != self.root])
        is_spelling = (self.posts > 0) & (self.topics.languages > 0) & (self.topics.acronym == 0)
        return tuple(np.flatnonzero(is_spelling & np.isin(self.root, groups)).tolist())

    def candidates(self) -> list[int]:
        """The topics to decide about: those that were sent or mentioned, no spellings, no definitions."""
        is_spelling = (self.topics.merged_into > 0) & (self.topics.languages > 0) & ~self.topics.is_sent
        is_one = (self.topics.is_sent | self.is_mentioned) & ~is_spelling & (self.topics.acronym == 0)
        return np.flatnonzero(is_one).tolist()

    def counts(self, view: View) -> IntArray:
        """By number the visible posts of each topic that counts as itself and can be named, 0 for all others."""
        found = np.bincount(self.root, self.posts, minlength=self.root.size).astype(np.int64)
        mixed = self.root[(self.posts > 0) & (self.topics.root != self.root)]
        for root in np.unique(mixed).tolist():  # here a post may mention several
            found[root] = view.topic(self.members(root)).posts.size
        return found * self.is_named()

    def called(self, asked: str) -> IntArray:
        """The topics one of whose names, as they are named here, holds this text."""
        is_found = np.zeros(self.root.size, dtype=np.bool_)
        is_found[self.topics.called(asked)] = True
        by_spelling = np.logical_or.reduce([is_found[spelt] & (spelt > 0) for spelt in self._spellings()])
        return np.flatnonzero(is_found | (by_spelling & (self.topics.languages == 0)))

    def labels(self, *parts: str) -> dict[int, str]:
        """By number all labels, as `names.plain` writes them, of the topics of visible posts where one holds a part."""
        is_seen = (self.posts > 0) | (self.topics.is_sent & self.is_mentioned)
        found = self.topics.labels.holding(*parts)
        found = found[is_seen[found]]
        return dict(zip(found.tolist(), self.topics.labels.at(found), strict=True))

    def names(self, root: int) -> tuple[int, ...]:
        """The topics whose labels name it: its own, else the commonest visible spelling in each language."""
        if self.topics.languages[root]:
            return (root,)
        found = (int(spelt[root]) for spelt in self._spellings())
        return tuple(dict.fromkeys(name for name in found if name))

    def is_named(self) -> BoolArray:
        """Which topics have a name, by number."""
        return np.logical_or.reduce([self.topics.languages > 0, *(spelt > 0 for spelt in self._spellings())])

    def _spellings(self) -> Sequence[IntArray]:
        return self._spelt.get(None, lambda: list(self._find_spellings()))

    def _find_spellings(self) -> Iterator[IntArray]:
        """For each language the commonest spelling of each topic, 0 without any; its own before what was merged."""
        for bit, _ in enumerate(LANGUAGES):
            commonest = np.zeros(self.root.size, dtype=np.int64)
            spelt = np.flatnonzero((self.topics.languages >> bit & 1).astype(np.bool_) & (self.posts > 0))
            root, is_other = self.root[spelt], self.topics.root[spelt] != self.root[spelt]
            order = order_of(self.topics.ids[spelt], root, is_other, -self.posts[spelt])
            first = order[run_starts(root[order])]
            commonest[root[first]] = spelt[first]
            yield commonest


def _by_hand(topics: Topics, posts: IntArray) -> IntArray:
    """What each topic counts as before acronyms are looked at: a decision goes before what follows from forms."""
    is_mentioned = np.bincount(topics.root, posts, minlength=posts.size) > 0
    is_known = np.where(topics.is_sent, topics.languages > 0, is_mentioned)
    chosen = topics.merged_by_hand
    is_followed = (chosen > 0) & is_known[topics.root[chosen]]
    return roots(np.where(is_followed, chosen, topics.merged_into))


def _defined(topics: Topics, root: IntArray, posts: IntArray, view: View) -> Iterator[Defined]:
    """What visible posts define, in order of ids, each pair once; an acronym that was merged by hand is decided."""
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number in np.flatnonzero((topics.acronym > 0) & (posts > 0)).tolist():
        acronym, long_form = int(topics.root[topics.acronym[number]]), int(root[topics.long_form[number]])
        if root[acronym] == acronym != long_form:
            pairs[acronym, long_form].append(number)
    for pair in sorted(pairs, key=lambda pair: (topics.ids[pair[0]], topics.ids[pair[1]])):
        term = view.topic(pairs[pair])
        yield Defined(*pair, authors=term.people.size, posts=term.posts)


def _agreed(topics: Topics, root: IntArray, defined: Sequence[Defined]) -> Iterator[tuple[int, int]]:
    """What counts as what: acronyms with a single long form that several authors give, and nobody said is another.

    An acronym that a source sent takes the long form instead, unless that was sent, too."""
    apart = {frozenset(root[pair].tolist()) for pair in topics.apart}
    agreed: dict[int, list[int]] = defaultdict(list)
    for pair in defined:
        if pair.authors >= AGREEING:
            agreed[pair.acronym].append(pair.long_form)
    for acronym, long_forms in agreed.items():
        if len(long_forms) == 1 and {acronym, *long_forms} not in apart:
            is_turned = topics.is_sent[acronym] and not topics.is_sent[long_forms[0]]
            yield (long_forms[0], acronym) if is_turned else (acronym, long_forms[0])
