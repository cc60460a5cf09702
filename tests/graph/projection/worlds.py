"""Small worlds in memory, with the change feed of a store, and what a view says in words that know no numbering."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
from hypothesis import strategies as st

from graph.changes import Changes, InteractionRow, PersonRow, PostRow, Removal, TopicRow
from graph.projection.feed import Projection
from graph.projection.groups import Organisation
from graph.projection.state import State
from graph.projection.views import View

WORDS = ("fibre", "laser", "budget", "poésie")


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of a post."""

    terms: tuple[int, ...]
    counts: tuple[int, ...]
    first: tuple[int, ...]
    length: int


def term(word: str) -> int:
    """The hash of a word."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big", signed=True)


def count_words(rows: Sequence[PostRow]) -> list[Counted]:
    """Words between spaces; the title, else the first line, comes first."""
    return [_counted(row) for row in rows]


def _counted(row: PostRow) -> Counted:
    opening = (row.title or row.text.partition("\n")[0]).split()
    words = [*(row.title or "").split(), *row.text.split()]
    terms = sorted({term(word): word for word in words}.items())
    counts = tuple(words.count(word) for _, word in terms)
    return Counted(tuple(key for key, _ in terms), counts, tuple(opening.count(word) for _, word in terms), len(words))


def a_post_row(number: int = 1, **fields: Any) -> PostRow:
    """A post of person 1 in no community."""
    said = {"author": 1, "community": 0, "thread": None, "at": number * 1_000_000, "kind": None, "language": "fr"}
    unsaid = {"format": "plain", "title": None, "text": "fibre", "is_indexed": True, "topics": (), "strengths": ()}
    return PostRow(**{"number": number, "id": f"pst_{number}", **said, **unsaid, **fields})


def an_interaction_row(number: int = 1, **fields: Any) -> InteractionRow:
    """Person 2 thanks person 1 for post 1."""
    said = {"type": "thanks", "channel": "online", "source": 2, "target": 1, "community": 0, "post": 1, "at": 0}
    return InteractionRow(**{"number": number, **said, **fields})


@dataclass(slots=True)
class World:
    """The present state of everything, each with the number of its last change: a feed."""

    seq: int = 0
    rows: dict[tuple[str, int], tuple[int, Any]] = field(default_factory=dict)

    def put(self, *rows: Any) -> "World":
        """Add or replace things, each taking the next number."""
        for row in rows:
            self.seq += 1
            self.rows[(type(row).__name__, row.number)] = (self.seq, row)
        return self

    def remove(self, kind: str, number: int) -> None:
        """Take a post or interaction away."""
        name = "PostRow" if kind == "post" else "InteractionRow"
        if self.rows.pop((name, number), None):
            self.seq += 1
            self.rows[(f"Removal of {kind}", number)] = (self.seq, Removal(kind, number))  # type: ignore[arg-type]

    def each(self, kind: type) -> list[Any]:
        """All things of a kind, as they are now."""
        return [row for _, row in self.rows.values() if type(row) is kind]

    def head(self) -> int:
        return self.seq

    def directory(self) -> int:
        return self.seq

    def changes(self, *, after: int, upto: int) -> Changes:
        found = sorted((seq, row) for seq, row in self.rows.values() if after < seq <= upto)

        def of(kind: type) -> tuple[Any, ...]:
            return tuple(row for _, row in found if type(row) is kind)

        return Changes(upto, of(PersonRow), of(TopicRow), of(PostRow), of(InteractionRow), of(Removal))

    def only(self, communities: Iterable[int]) -> "World":
        """A world that never held a post or interaction of another community."""
        kept = World()
        for _, row in sorted(self.rows.values()):
            if getattr(row, "community", 0) in communities and type(row) is not Removal:
                kept.put(row)
        return kept


def projected(world: World) -> Projection:
    """A projection that has read all of it."""
    projection = Projection(world, count_words=count_words)
    projection.catch_up()
    return projection


def directory(state: State) -> list[object]:
    """All that a state says of people and topics, by number, up to the last one that ever came."""
    people, topics = state.people, state.topics
    known = slice(max(topics.numbers.values(), default=0) + 1)
    found = Organisation.of(people, {})
    everybody = np.arange(people.ids.size)
    return [
        people.is_expert.tolist(),
        [people.called(name).tolist() for name in ("ana", "bob")],
        [(one.names, one.sizes.tolist(), one.group(everybody).tolist()) for one in (found.departments, found.sites)],
        [getattr(topics, name)[known].tolist() for name in ("ids", "languages", "root", "is_sent", "is_interest")],
        topics.apart.tolist(),
        [topics.called(text).tolist() for text in ("fibre", "ETE", "e", "re de")],
        topics.broadest()[known].tolist(),
    ]


def described(view: View) -> dict[str, Any]:
    """All that a view says, with posts by their public ids."""
    seen = np.concatenate([[], *(offset + np.flatnonzero(block.ok) for offset, block in _blocks(view))]).astype(int)
    ids = view.column("id", seen)
    newer, days = view.ages(seen)
    roles = {ids[at]: int(view.roles[place]) for at, place in enumerate(seen)}
    opening = np.array([place for place in seen if view.roles[place] == 2], dtype=int)
    which, places = view.conversations(opening)
    inside = view.column("id", places)
    openers = view.column("id", opening)
    return {
        "posts": dict(zip(ids, zip(newer.tolist(), days.tolist(), strict=True), strict=True)),
        "roles": roles,
        "conversations": sorted((openers[at], post) for at, post in zip(which, inside, strict=True)),
        "totals": (view.posts, view.words, view.people, view.newest, view.in_conversations),
        "people": {key: (int(n), int(view.words_by[key])) for key, n in enumerate(view.posts_by) if n},
        "words": [_term(view, view.word([term(word)])) for word in WORDS],
        "pair": _term(view, view.word([term(word) for word in WORDS[:2]], community=1)),
        "topics": [_term(view, view.topic([number])) for number in (1, 2)],
        "merged": _term(view, view.topic([1, 2])),
        "other words": [_term(view, view.word([term(word)], topics=[1])) for word in WORDS],
        "topic_posts": [numbers.tolist() for numbers in view.topic_posts()],
    }


def _blocks(view: View) -> Iterable[tuple[int, Any]]:
    return zip(view.offsets.tolist(), view.blocks, strict=False)


def _term(view: View, found: Any) -> Any:
    first = found.first if found.first.size else np.zeros(found.posts.size)
    beside = zip(found.count.round(9).tolist(), first.tolist(), found.length.tolist(), strict=True)
    posts = dict(zip(view.column("id", found.posts), beside, strict=True))
    return posts, dict(zip(found.people.tolist(), found.people_count.round(9).tolist(), strict=True))


Step = Callable[[World], object]
_PEOPLE, _COMMUNITIES = st.integers(1, 4), st.integers(0, 2)
_TEXTS = st.lists(st.sampled_from((*WORDS, "\n")), max_size=8).map(" ".join)
_POSTS = st.builds(
    a_post_row,
    number=st.integers(1, 12),
    author=_PEOPLE,
    community=_COMMUNITIES,
    thread=st.sampled_from((None, 7, 7, 8)),
    at=st.integers(0, 9).map(lambda day: day * 86_400_000_000),
    kind=st.sampled_from((None, "question", "answer")),
    title=st.sampled_from((None, "fibre laser")),
    text=_TEXTS,
    is_indexed=st.sampled_from((True, True, True, False)),
    topics=st.just((1, 2)) | st.just((1,)) | st.just(()),
).map(lambda row: row._replace(strengths=tuple(0.3 * topic for topic in row.topics)))
_INTERACTIONS = st.builds(
    an_interaction_row,
    number=st.integers(1, 6),
    type=st.sampled_from(("acceptance", "thanks", "endorsement", "reaction", "reply")),
    source=_PEOPLE,
    target=_PEOPLE,
    post=st.integers(0, 12),
)
_EXPERTS = st.builds(
    PersonRow,
    number=_PEOPLE,
    id=st.just(""),
    is_expert=st.booleans(),
    name=st.sampled_from((None, "Ana", "Bob")),
    department=st.sampled_from((None, "Achats", "Études")),
    site=st.sampled_from((None, "Lyon")),
)
_TOPICS = st.builds(
    TopicRow,
    number=st.integers(1, 5),
    id=st.just(""),
    label_fr=st.sampled_from((None, "Fibre", "été")),
    label_en=st.sampled_from((None, "laser")),
    merged_into=st.sampled_from((None, None, 1, 3)),
    kind=st.sampled_from(("professional", "professional", "interest")),
    broader=st.sampled_from((None, "top_2", "top_4", "top_9")),
    aliases=st.just(()) | st.just(("Faser", "fibre de verre")),
    merged_by_hand=st.sampled_from((None, None, 2, 4)),
    acronym=st.sampled_from((None, None, 1)),
    long_form=st.sampled_from((None, 5)),
    is_sent=st.booleans(),
    apart=st.just(()) | st.just((2, 3)),
)


def _put(row: Any) -> Step:
    return lambda world: world.put(row)


STEPS: st.SearchStrategy[list[Step]] = st.lists(
    _POSTS.map(_put)
    | _POSTS.map(_put)
    | _INTERACTIONS.map(_put)
    | _EXPERTS.map(lambda row: _put(row._replace(id=f"per_{row.number}")))
    | _TOPICS.map(lambda row: _put(row._replace(id=f"top_{row.number}")))
    | st.integers(1, 12).map(lambda number: lambda world: world.remove("post", number))
    | st.integers(1, 6).map(lambda number: lambda world: world.remove("interaction", number)),
    max_size=40,
)


def a_world() -> World:
    """Four experts and two topics."""
    people = [PersonRow(number, f"per_{number}", True) for number in range(1, 5)]
    topics = [TopicRow(number, f"top_{number}", "t", None, None) for number in (1, 2)]
    return World().put(*people, *topics)
