"""Posts that wait become searchable: their topics are found and written down, by one worker at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from graph.identity import EXTRACTED, Identity
from graph.model import Indexing, Mention, Ref, StoredPost, Topic
from graph.store import GraphStore, Transaction
from nlp.model import Extraction, Text, TopicMention

LEASE = timedelta(seconds=30)
TAKEN = 1024  # posts from the queue at once
WRITTEN = 256  # posts in one transaction


@dataclass(frozen=True, slots=True)
class Indexer:
    """Indexes waiting posts while it holds the lease; `holder` names this worker."""

    store: GraphStore
    identity: Identity
    extract: Callable[[Sequence[Text]], Iterable[Extraction]]
    holder: str
    clock: Callable[[], datetime]

    def process_next(self) -> int:
        """Index the posts that have waited longest; how many, 0 when none waits or another worker is at it.

        The next ones are extracted while the first are written. A post that was edited meanwhile goes on waiting."""
        if not self._holds_lease():
            return 0
        waiting = self.store.posts.waiting(limit=TAKEN)
        found = zip(waiting, self.extract([_text(stored) for stored in waiting]), strict=True)
        indexed = 0
        while batch := list(islice(found, WRITTEN)):
            if not self._holds_lease():
                break
            indexed += self.store.write(partial(self._record, found=batch))
        return indexed

    def release(self) -> None:
        """Give the lease back, so that another worker need not wait for it to expire."""
        now = self.clock()
        self.store.write(lambda tx: tx.jobs.take_lease(holder=self.holder, now=now, until=now))

    def _holds_lease(self) -> bool:
        now = self.clock()
        return self.store.write(lambda tx: tx.jobs.take_lease(holder=self.holder, now=now, until=now + LEASE))

    def _record(self, tx: Transaction, found: Sequence[tuple[StoredPost, Extraction]]) -> int:
        topics = self._topics(tx, found)
        return tx.posts.record_mentions(
            [
                Indexing(
                    post=stored.post.id,
                    seq=stored.seq,
                    language=stored.post.language or extraction.language,
                    version=extraction.version,
                    mentions=_mentions(extraction.mentions, topics),
                )
                for stored, extraction in found
            ]
        )

    def _topics(self, tx: Transaction, found: Sequence[tuple[StoredPost, Extraction]]) -> dict[str, str]:
        """Form → topic, for all forms found; a new form becomes a topic."""
        forms = {mention.key: (mention, extraction) for _, extraction in found for mention in extraction.mentions}
        topics = {form: topic.id for form, topic in tx.topics.by_forms(forms).items()}
        new = [
            Topic(
                id=self.identity.public_id("topic", Ref(EXTRACTED, form)),
                ref=Ref(EXTRACTED, form),
                pref_label={extraction.language or "en": mention.label},
                forms=(form,),
            )
            for form, (mention, extraction) in forms.items()
            if form not in topics
        ]
        tx.topics.put(new)
        return topics | {topic.forms[0]: topic.id for topic in new}


def _text(stored: StoredPost) -> Text:
    post = stored.post
    return Text(body=post.text, title=post.title, format=post.format, language=post.language)


def _mentions(found: Iterable[TopicMention], topics: dict[str, str]) -> tuple[Mention, ...]:
    """One mention a topic, the strongest."""
    strongest: dict[str, float] = {}
    for mention in found:
        topic = topics[mention.key]
        strongest[topic] = max(mention.strength, strongest.get(topic, 0.0))
    return tuple(Mention(topic, strength) for topic, strength in strongest.items())
