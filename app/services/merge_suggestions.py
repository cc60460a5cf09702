"""Pairs of topics that look like one, for somebody to decide."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Final, Literal, NamedTuple, get_args

from app.topic_forms import answering
from graph.arrays import IntArray
from graph.model import Language, Topic, TopicKind, Viewer
from graph.projection.cache import Cache
from graph.projection.feed import Projection
from graph.projection.sameness import Defined, NameTopics, Sameness
from graph.projection.state import State
from graph.projection.views import View
from graph.store import GraphStore

Reason = Literal["same_uri", "shared_name", "acronym", "same_letters", "one_edit"]  # the surest first
FindAlike = Callable[[Collection[str], Collection[str]], Iterable[tuple[str, str, Reason]]]

REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
BATCH: Final = 500
ESTABLISHED: Final = 2  # posts
CROWD: Final = 10  # topics with one name: more are no pairs to look at
EVIDENCE: Final = 3
RAREST: Final = 10**12
REMEMBERED: Final = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One of two topics, and how many posts that the viewer may read are about it."""

    id: str
    pref_label: Mapping[Language, str]
    kind: TopicKind
    posts: int


@dataclass(frozen=True, slots=True)
class MergeSuggestion:
    """Two topics that look like one; of the posts that define an acronym, those that the viewer may read count."""

    topic: Side
    into: Side
    reason: Reason
    authors: int | None
    evidence: tuple[str, ...]
    position: str  # where it stands in the list: sorts as text


class Pair(NamedTuple):
    """Two topics by number, of which the first would be merged into the second."""

    position: str
    topic: int
    into: int
    reason: Reason
    authors: int | None
    evidence: tuple[str, ...]


class Found(NamedTuple):
    """All pairs in order, and the visible posts of each topic."""

    pairs: Sequence[Pair]
    posts: IntArray


@dataclass(frozen=True, slots=True)
class MergeSuggestions:
    """Finds topics that look like one among those that the viewer may know of, and nobody has told apart."""

    store: GraphStore
    projection: Projection
    name: NameTopics
    find_alike: FindAlike
    _found: Cache[tuple[int, frozenset[int]], Found] = field(default_factory=lambda: Cache(REMEMBERED), init=False)

    def page(self, *, after: str, limit: int, viewer: Viewer) -> list[MergeSuggestion]:
        """The next pairs after that position, the surest reason first, then most posts, then by id."""
        state = self.projection.state
        pairs, posts = self._found.get((state.seq, viewer.communities), lambda: self._find(state, viewer))
        shown = [pair for pair in pairs if pair.position > after][:limit]
        numbers = {number for pair in shown for number in (pair.topic, pair.into)}
        named = self.name(state.sameness(viewer.communities), numbers)
        sides = {
            number: Side(topic.id, topic.pref_label, topic.kind, int(posts[number])) for number, topic in named.items()
        }
        return [
            MergeSuggestion(
                sides[pair.topic], sides[pair.into], pair.reason, pair.authors, pair.evidence, pair.position
            )
            for pair in shown
            if pair.topic in sides and pair.into in sides
        ]

    def _find(self, state: State, viewer: Viewer) -> Found:
        same, view = state.sameness(viewer.communities), state.view(viewer.communities)
        posts = same.counts(view)
        known: dict[int, list[Topic]] = defaultdict(list)
        for topic in self._each(same):
            known[int(same.root[state.topics.numbers[topic.id]])].append(topic)
        apart = {frozenset(same.root[pair].tolist()) for pair in state.topics.apart}
        pairs: dict[frozenset[int], Pair] = {}
        for one, other, reason, defined in self._alike(same, known, posts):
            both = frozenset((one, other))
            if len(both) == 2 and both not in apart and both not in pairs:
                pairs[both] = _pair(state, one, other, reason, posts, defined and _evidence(view, defined))
        return Found(sorted(pairs.values()), posts)

    def _each(self, same: Sameness) -> Iterator[Topic]:
        """The topics that the viewer can know of, but for their spellings."""
        numbers = [number for number in same.candidates() if same.is_known(number)]
        for start in range(0, len(numbers), BATCH):
            found = self.store.topics.find([same.topics.id(number) for number in numbers[start : start + BATCH]])
            yield from found.values()

    def _alike(
        self, same: Sameness, known: Mapping[int, Sequence[Topic]], posts: IntArray
    ) -> Iterator[tuple[int, int, Reason, Defined | None]]:
        """Pairs of topics with what makes them alike, the surest first."""
        for one, other in _sharing(known, _uris):
            yield one, other, "same_uri", None
        for one, other in _sharing(known, _names):
            yield one, other, "shared_name", None
        for defined in same.defined:
            acronym, long_form = int(same.root[defined.acronym]), int(same.root[defined.long_form])
            yield acronym, long_form, "acronym", defined
        answers = answering(chain.from_iterable(known.values()))
        holder = {form: int(same.root[same.topics.numbers[topic.id]]) for form, topic in answers.items()}
        established = [form for form, number in holder.items() if int(posts[number]) >= ESTABLISHED]
        for form, other, reason in self.find_alike(holder.keys(), established):
            yield holder[form], holder[other], reason, None


def _sharing(
    known: Mapping[int, Sequence[Topic]], names: Callable[[Topic], Iterable[str]]
) -> Iterator[tuple[int, int]]:
    """The pairs of topics that share one of these names."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, topics in known.items():
        for name in (name for topic in topics for name in names(topic)):
            holders[name].add(number)
    for numbers in holders.values():
        if len(numbers) <= CROWD:
            yield from combinations(sorted(numbers), 2)


def _uris(topic: Topic) -> Iterable[str]:
    return {*topic.exact_match, *([topic.uri] if topic.uri else ())}


def _names(topic: Topic) -> Iterable[str]:
    labels = (*topic.pref_label.values(), *chain.from_iterable(topic.alt_labels.values()))
    return {label.casefold() for label in labels}


def _evidence(view: View, defined: Defined) -> tuple[int, tuple[str, ...]]:
    """How many people wrote posts that define the acronym, and some of these posts, by id."""
    ids = sorted(public_id.decode() for public_id in view.column("id", defined.posts).tolist())
    return defined.authors, tuple(ids[:EVIDENCE])


def _pair(
    state: State,
    one: int,
    other: int,
    reason: Reason,
    posts: IntArray,
    evidence: tuple[int, tuple[str, ...]] | None,
) -> Pair:
    """The pair, to be merged into the topic that a source sent, else into the long form or the one mentioned more."""
    is_sent, ids = state.topics.is_sent, state.topics.id

    def standing(number: int) -> tuple[bool, bool, int, str]:
        return bool(is_sent[number]), reason == "acronym" and number == other, int(posts[number]), ids(number)

    topic, into = sorted((one, other), key=standing)
    together = int(posts[one] + posts[other])
    position = f"{REASONS.index(reason)} {RAREST - together:012d} {ids(topic)} {ids(into)}"
    authors, found = evidence or (None, ())
    return Pair(position, topic, into, reason, authors, found)
