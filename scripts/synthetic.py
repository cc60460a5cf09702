"""A synthetic organisation of any size, the same every time: who writes what, where, about what, and who meets whom.

Power-law authors in communities of very different sizes; two thirds of the posts in threads of 2 to 30; topics, words
and communities after Zipf; three years. Words are made of syllables and mean nothing; mentions come with the posts.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from graph.model import (
    Account,
    Community,
    Indexing,
    Interaction,
    InteractionType,
    Job,
    Language,
    Member,
    Mention,
    Post,
    PostKind,
    Reader,
    Ref,
    Topic,
)
from graph.store import GraphStore, Transaction

IntArray = npt.NDArray[np.integer[Any]]
FloatArray = npt.NDArray[np.floating[Any]]

T = TypeVar("T")

SOURCE: Final = "synthetic"
READER: Final = Reader("synthetic", "1")
BATCH: Final = 100
BEGIN: Final = datetime(2023, 10, 1, tzinfo=UTC)
YEARS_IN_MICROSECONDS: Final = 3 * 365 * 86_400_000_000
COMMONEST_WORDS: Final = 200  # nobody asks with them

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
ABOUT: Final[tuple[InteractionType, ...]] = ("reaction", "thanks", "address", "endorsement", "meeting")
ABOUT_SHARES: Final = (0.62, 0.2, 0.12, 0.02, 0.04)  # an endorsement on every tenth post


@dataclass(frozen=True, slots=True)
class Scale:
    """How large an organisation is; the last three are means a post."""

    people: int
    communities: int
    topics: int
    posts: int
    vocabulary: int = 100_000
    mentions: float = 18.0
    words: float = 50.0
    interactions: float = 5.0


SCALES: Final = {
    "1k": Scale(people=100, communities=10, topics=500, posts=1_000),
    "100k": Scale(people=10_000, communities=50, topics=20_000, posts=100_000),
    "1m": Scale(people=100_000, communities=500, topics=50_000, posts=1_000_000),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks: topics by public id, words, and who asks, where that is said."""

    topics: tuple[str, ...]
    words: str
    asker: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Posts with what follows from them."""

    posts: tuple[Post, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    interactions: tuple[Interaction, ...]


class Organisation:
    """People, communities, topics and posts of a scale, made from a seed."""

    def __init__(self, scale: Scale, *, seed: int = 1) -> None:
        self.scale, self._seed = scale, seed
        self._words = [_word(rank) for rank in range(scale.vocabulary)]
        self._word_shares = _cumulated(_zipf(scale.vocabulary, 1.0))
        self._topic_shares = _cumulated(_zipf(scale.topics, 0.62))
        random = np.random.default_rng(seed)
        self._settle(random)
        self._converse(random)

    def accounts(self) -> Iterator[Account]:
        """Everybody, with a department and a site."""
        for person in range(self.scale.people):
            department, site = f"Department {person % 40}", f"Site {person % 12}"
            yield Account(_ref(person), person_id(person), name=f"Person {person}", department=department, site=site)

    def communities(self) -> Iterator[Community]:
        """All communities with their members; all are public, a benchmark hides what it wants by the viewer's mask."""
        for number in range(self.scale.communities):
            members = self._member[self._first_member[number] : self._first_member[number + 1]].tolist()
            yield Community(
                community_id(number),
                Ref(SOURCE, str(number)),
                name=f"Community {number}",
                visibility="public",
                members=tuple(Member(_ref(person)) for person in members),
            )

    def topics(self) -> Iterator[Topic]:
        """All topics, the commonest first."""
        for number in range(self.scale.topics):
            label = f"{_word(number)}-{number}"
            yield Topic(topic_id(number), Ref(SOURCE, str(number)), pref_label={"en": label}, forms=(label,))

    def batches(self, *, size: int = BATCH) -> Iterator[Batch]:
        """All posts by and by, older threads first, with their mentions and what was done about them."""
        for first in range(0, self.scale.posts, size):
            yield self._batch(np.arange(first, min(first + size, self.scale.posts)))

    def questions(self, count: int, *, words: int = 4) -> list[Question]:
        """Questions of three topics, each asked for as often as it is mentioned, and some words but the commonest."""
        random = np.random.default_rng([self._seed, 1])
        common = self._word_shares[COMMONEST_WORDS - 1]
        topics = _drawn(self._topic_shares, random.random((count, 3)))
        asked = _drawn(self._word_shares, common + (1 - common) * random.random((count, words)))
        askers = random.integers(self.scale.people, size=count)
        return [
            Question(
                tuple(map(topic_id, dict.fromkeys(topics[i].tolist()))),
                " ".join(self._words[word] for word in asked[i]),
                person_id(int(askers[i])),
            )
            for i in range(count)
        ]

    def _settle(self, random: np.random.Generator) -> None:
        """Give everybody an activity and some communities, and every community at least three members."""
        people, communities = self.scale.people, self.scale.communities
        activity = random.pareto(1.25, people) + 1
        self._community_shares = _cumulated(_zipf(communities, 0.8))
        person = np.repeat(np.arange(people), 1 + random.poisson(1.5, people))
        community = _drawn(self._community_shares, random.random(person.size))
        least = np.repeat(np.arange(communities), 3)
        joined = np.unique(
            np.concatenate((community, least)) * people
            + np.concatenate((person, random.choice(people, (communities, 3)).ravel()))
        )
        self._member = joined % people
        self._first_member = np.searchsorted(joined // people, np.arange(communities + 1))
        self._activity_before = np.append(0, np.cumsum(activity[self._member]))

    def _converse(self, random: np.random.Generator) -> None:
        """Lay out single posts and threads in time, each in a community, its posts by members as they are active."""
        posts = self.scale.posts
        sizes = np.where(random.random(posts) < 2 / 7, 1 + np.minimum(random.geometric(0.25, posts), 29), 1)
        sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), posts)) + 1]
        self._unit = np.repeat(np.arange(sizes.size), sizes)[:posts]
        self._place = (np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes))[:posts]
        self._is_thread = sizes > 1
        self._community = _drawn(self._community_shares, random.random(sizes.size))[self._unit]
        start = np.sort(random.random(sizes.size)) * YEARS_IN_MICROSECONDS
        self._at = (start[self._unit] + self._place * 3_600_000_000 * (0.5 + random.random(posts))).astype(np.int64)
        self._author = self._members(self._community, random.random(posts))

    def _members(self, community: IntArray, chance: FloatArray) -> IntArray:
        first, last = (self._activity_before[self._first_member[community + side]] for side in (0, 1))
        place = np.searchsorted(self._activity_before, first + chance * (last - first), side="right") - 1
        return self._member[np.minimum(place, self._member.size - 1)]

    def _batch(self, numbers: IntArray) -> Batch:
        random = np.random.default_rng([self._seed, 2, int(numbers[0])])
        posts = tuple(self._posts(numbers, random))
        counts = random.poisson(self.scale.mentions, numbers.size)
        topics = _drawn(self._topic_shares, random.random(counts.sum()))
        strengths = np.round(0.05 + 0.9 * random.random(topics.size), 2)
        ends = np.cumsum(counts)[:-1]
        found = zip(np.split(topics, ends), np.split(strengths, ends), strict=True)
        mentions = tuple(_mentions(topic.tolist(), strength.tolist()) for topic, strength in found)
        return Batch(posts, mentions, tuple(self._interactions(numbers, random)))

    def _posts(self, numbers: IntArray, random: np.random.Generator) -> Iterator[Post]:
        lengths = 1 + random.poisson(self.scale.words, numbers.size)
        words = _drawn(self._word_shares, random.random(int(lengths.sum()) + 5 * numbers.size)).tolist()
        answers = random.random(numbers.size) < 0.5
        for row, number in enumerate(numbers.tolist()):
            length = int(lengths[row])
            text, words = words[:length], words[length:]
            title, words = words[:5], words[5:]
            in_thread, opens = bool(self._is_thread[self._unit[number]]), self._place[number] == 0
            parent = self._parent(number)
            yield Post(
                id=post_id(number),
                ref=Ref(SOURCE, str(number)),
                author=_ref(int(self._author[number])),
                community=community_id(int(self._community[number])),
                text=self._text(text),
                created_at=self._time(number),
                thread=int(self._unit[number]) + 1 if in_thread else None,
                reply_to=None if parent is None else post_id(parent),
                kind=_kind(in_thread=in_thread, opens=bool(opens), answers=bool(answers[row])),
                title=self._text(title) if opens else None,
                language=LANGUAGES[number % 2],
            )

    def _interactions(self, numbers: IntArray, random: np.random.Generator) -> Iterator[Interaction]:
        for number in numbers.tolist():
            parent = self._parent(number)
            if parent is not None:
                yield from self._interaction(number, "reply", int(self._author[number]), int(self._author[parent]))
        counts = random.poisson(self.scale.interactions - 0.5, numbers.size)  # replies are the rest
        about = np.repeat(numbers, counts)
        others = self._members(self._community[about], random.random(about.size))
        kinds = random.choice(len(ABOUT), about.size, p=ABOUT_SHARES)
        for number, other, kind in zip(about.tolist(), others.tolist(), kinds.tolist(), strict=True):
            yield from self._interaction(number, ABOUT[kind], other, int(self._author[number]))

    def _interaction(self, number: int, kind: InteractionType, source: int, target: int) -> Iterator[Interaction]:
        if source == target:
            return
        is_meeting = kind == "meeting"
        yield Interaction(
            key=f"{kind}-{number}-{source}",
            origin=post_id(number),
            type=kind,
            source=_ref(source),
            target=_ref(target),
            at=self._time(number) + timedelta(minutes=7 if kind != "reply" else 0),
            channel="in_person" if is_meeting else "online",
            community=community_id(int(self._community[number])),
            post=None if is_meeting else post_id(number),
        )

    def _parent(self, number: int) -> int | None:
        """The opener of the thread for every other post, else the post before."""
        place = int(self._place[number])
        if place == 0:
            return None
        return number - place if place % 2 else number - 1

    def _time(self, number: int) -> datetime:
        return BEGIN + timedelta(microseconds=int(self._at[number]))

    def _text(self, words: Sequence[int]) -> str:
        return " ".join([self._words[word] for word in words])


def fill(store: GraphStore, organisation: Organisation, *, on_batch: Callable[[Batch], None]) -> float:
    """Write the organisation into an empty store, in batches as ingestion does it; the seconds that posts took."""
    _write_directory(store, organisation)
    seconds = 0.0
    for batch in organisation.batches():
        started = time.perf_counter()
        _write_batch(store, batch)
        seconds += time.perf_counter() - started
        on_batch(batch)
    return seconds


def person_id(number: int) -> str:
    """The public id of that person."""
    return f"per_{number:07d}"


def community_id(number: int) -> str:
    """The public id of that community."""
    return f"com_{number:05d}"


def topic_id(number: int) -> str:
    """The public id of that topic."""
    return f"top_{number:06d}"


def post_id(number: int) -> str:
    """The public id of that post."""
    return f"pst_{number:08d}"


def _write_directory(store: GraphStore, organisation: Organisation) -> None:
    """Write people, communities and topics."""
    for accounts in _chunks(organisation.accounts()):
        store.write(lambda tx, rows=accounts: tx.people.put(rows))
    for communities in _chunks(organisation.communities(), size=20):
        store.write(lambda tx, rows=communities: tx.communities.put(rows))
    for topics in _chunks(organisation.topics()):
        store.write(lambda tx, rows=topics: tx.topics.put(rows))


def _write_batch(store: GraphStore, batch: Batch) -> None:
    """Accept the posts with their interactions in one write, then record their mentions in another."""
    job = Job(f"job_{batch.posts[0].ref.id}", batch.posts[0].created_at, len(batch.posts), {}, posts=len(batch.posts))
    found = dict(zip((post.id for post in batch.posts), batch.mentions, strict=True))

    def accept(tx: Transaction) -> None:
        tx.jobs.put(job)
        tx.posts.put(batch.posts, job=job.id)
        tx.interactions.replace(list(found), batch.interactions)

    store.write(accept)
    indexings = [
        Indexing(one.post.id, one.seq, one.post.language, READER, found[one.post.id])
        for one in store.posts.waiting(limit=len(batch.posts))
    ]
    store.write(lambda tx: tx.posts.record_mentions(indexings))


def _ref(person: int) -> Ref:
    return Ref(SOURCE, f"u{person}")


def _kind(*, in_thread: bool, opens: bool, answers: bool) -> PostKind | None:
    if not in_thread:
        return "article" if answers else None
    if opens:
        return "question"
    return "answer" if answers else "comment"


def _mentions(topics: list[int], strengths: list[float]) -> tuple[Mention, ...]:
    found = dict(zip(topics, strengths, strict=True))
    return tuple(Mention(topic_id(topic), found[topic]) for topic in sorted(found))


def _word(rank: int) -> str:
    """A word of three syllables or more, another one for every rank."""
    syllables = []
    while len(syllables) < 3 or rank:
        rank, syllable = divmod(rank, 80)
        syllables.append("bdfghjklmnprstvz"[syllable % 16] + "aeiou"[syllable // 16])
    return "".join(syllables) + "k"


def _zipf(count: int, exponent: float) -> FloatArray:
    return np.arange(1, count + 1) ** -exponent


def _cumulated(shares: FloatArray) -> FloatArray:
    return np.cumsum(shares) / shares.sum()


def _drawn(cumulated: FloatArray, chance: FloatArray) -> IntArray:
    return np.minimum(np.searchsorted(cumulated, chance, side="right"), cumulated.size - 1)


def _chunks(rows: Iterator[T], *, size: int = 1_000) -> Iterator[list[T]]:
    chunk: list[T] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    yield chunk
