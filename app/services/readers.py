"""What reads posts: a pipeline a language; what others have read before, and what they failed on."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Reader
from graph.store import GraphStore
from nlp.model import Language, Pipeline


@dataclass(frozen=True, slots=True)
class Readers:
    """The pipelines that the settings name, `neither` for texts in neither language."""

    store: GraphStore
    pipelines: Mapping[Language, Pipeline]
    neither: Pipeline

    def current(self) -> frozenset[Reader]:
        """Who reads posts now."""
        return frozenset(Reader(one.tier, one.release) for one in (*self.pipelines.values(), self.neither))

    def counts(self) -> dict[Reader | None, int]:
        """How many posts each has read; None stands for those to be read anew, whoever has read them."""
        return self.store.posts.readers()

    def outdated(self) -> int:
        """How many posts were read by another one, or are to be read anew."""
        current = self.current()
        return sum(count for reader, count in self.counts().items() if reader not in current)

    def forget(self) -> None:
        """Let all posts be read anew; where that has begun before and is not done, it goes on."""
        if None not in self.counts():
            self.store.write(lambda tx: tx.posts.forget_readers())

    def degraded(self) -> int:
        """How many posts their reader failed on."""
        return self.store.posts.degraded()
