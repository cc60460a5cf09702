"""A house for tests of expert search: what is written in it, and who knows."""

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from app.question_reader import QuestionReader
from app.search.answers import Answer
from app.search.terms import Wanted, gathered
from app.services.expert_search import ExpertSearch
from app.services.topic_names import TopicNames
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.identity import Identity
from graph.measures.setting import RankingSetting
from graph.model import Mention, Post, Viewer
from graph.projection.feed import Projection
from graph.projection.sameness import Sameness
from tests.app.services.ranking_reference import Done, Written
from tests.builders import (
    NOON,
    a_community,
    a_post,
    a_topic,
    a_viewer,
    an_account,
    an_indexing,
    an_interaction,
    put,
)
from tests.graph.projection.worlds import count_words, term

PEOPLE: Final = ("ana", "bob", "cem", "dia")
COMMUNITIES: Final = ("", "tech", "board")
TOPICS: Final = ("DWDM",)
STOP_WORDS: Final = {"le", "who"}


def spellings(word: str) -> frozenset[str]:
    """A word of a question stands for two stems."""
    return frozenset({word, f"{word}s"})


class Reader(QuestionReader):
    """Reads the words between spaces; one in capitals stands for the topic of that name, too."""

    def read(self, question: str, same: Sameness) -> list[Wanted]:
        words = [word for word in question.split() if word not in STOP_WORDS]
        return gathered(Wanted(word, stems(word), named(word, same)) for word in words)


def stems(word: str) -> tuple[int, ...]:
    return tuple(sorted(term(stem) for stem in spellings(word.lower())))


def named(word: str, same: Sameness) -> tuple[int, ...]:
    number = same.topics.numbers.get(f"top_{word.lower()}") if word.isupper() else None
    return () if number is None else same.narrowed(number)


def excerpt(post: Post, words: Collection[str]) -> str:
    return f"{post.text[:20]} (words: {len(words)})"


@dataclass(frozen=True)
class House:
    """A store with its projection and a search over them."""

    store: SqliteGraphStore
    search: ExpertSearch

    def see(self, *communities: str) -> Viewer:
        """Somebody who reads what is in none and in these communities."""
        numbers = self.store.communities.numbers([f"com_{key}" for key in communities]).values()
        return a_viewer(communities={0, *numbers})

    def ask(
        self, question: str = "fibre", *, viewer: Viewer | None = None, asker: str | None = None, **fields: Any
    ) -> Answer:
        """An answer from all that is written."""
        return self.search.find(question, viewer=viewer or self.see("tech", "board"), asker=asker, **fields)

    def names(self, question: str = "fibre", **fields: Any) -> list[str]:
        """The keys of the people found."""
        return [one.person.id.removeprefix("per_") for one in self.ask(question, **fields).experts]


def settle(
    store: SqliteGraphStore,
    posts: Sequence[Written],
    done: Sequence[Done] = (),
    *,
    setting: RankingSetting | None = None,
    mentions: dict[str, dict[str, float]] | None = None,
    away: Collection[str] = (),
    reach: Any = None,
) -> House:
    """Write all that into the store, index it, and read it into a projection."""
    absent = {key: (NOON + timedelta(days=3)).date() for key in away}
    people = [an_account(key, away_until=absent.get(key)) for key in PEOPLE]
    put(store, *people, *(a_community(key) for key in COMMUNITIES if key), a_topic("dwdm"), a_topic("wdm"))
    put(store, *(_post(post) for post in posts))
    written = {post.id: post for post in posts}
    put(store, *(_interaction(at, act, written[act.post]) for at, act in enumerate(done)))
    found = {waiting.post.id: waiting.seq for waiting in store.posts.waiting(limit=1000)}
    indexings = [
        replace(
            an_indexing(key, seq=found[f"pst_{key}"]),
            mentions=tuple(
                Mention(f"top_{topic}", strength) for topic, strength in (mentions or {}).get(key, {}).items()
            ),
        )
        for key in written
    ]
    store.write(lambda tx: tx.posts.record_mentions(indexings))
    projection = Projection(store.feed, count_words=count_words)
    projection.catch_up()
    chosen = setting or RankingSetting()
    reader = Reader(store, Identity(b"test"), chosen, TopicNames(store))
    return House(store, ExpertSearch(store, projection, reader, excerpt, chosen, lambda: NOON, reach))


def _post(post: Written) -> Post:
    return a_post(
        post.id,
        author=post.author,
        community=post.community or None,
        created_at=post.at,
        text=post.text,
        title=post.title,
        kind=post.kind,
        thread=None if post.thread is None else term(post.thread),
    )


def _interaction(at: int, act: Done, post: Written) -> Any:
    where = f"com_{post.community}" if post.community else None
    fields = {"type": act.type, "post": f"pst_{post.id}", "community": where, "origin": f"e{at}"}
    return an_interaction(f"i{at}", source=act.by, target=post.author, **fields)


@contextmanager
def a_store() -> Iterator[SqliteGraphStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteGraphStore(Path(folder) / "quisait.db")
        store.prepare()
        yield store
        store.close()


def written(key: str, author: str, text: str = "fibre", *, day: float = 0, **fields: Any) -> Written:
    return Written(
        **{"id": key, "author": author, "community": "", "at": NOON + timedelta(days=day), "text": text, **fields}
    )
