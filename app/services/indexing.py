"""Posts that wait become searchable: their topics are found and written down; and found anew by better readers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from graph.identity import EXTRACTED, Identity
from graph.model import Indexing, Mention, Reader, Ref, StoredPost, Topic
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
        found = self._read(self.store.posts.waiting(limit=TAKEN))
        indexed = 0
        while batch := list(islice(found, WRITTEN)):
            indexed += self.store.write(partial(self._record, found=batch))
            if not self._holds_lease():
                break
        return indexed

    def reindex(self, *, readers: Collection[Reader]) -> Iterator[int]:
        """Find anew the topics of posts that none of these has read; yields how many, batch by batch.

        Whatever waits goes first, before every batch. What was killed goes on where it was: a post is outdated until it
        is written. The lease is not asked for, so that another worker can go on with new posts."""
        after, missed = 0, False
        while outdated := self.store.posts.outdated(readers=readers, after=after, limit=WRITTEN):
            while self.process_next():
                pass
            done = self.store.write(partial(self._record, found=list(self._read(outdated))))
            yield done
            after, missed = outdated[-1].number, missed or done < len(outdated)
        if missed:  # something about a post changed between reading and writing
            yield from self.reindex(readers=readers)

    def release(self) -> None:
        """Give the lease back, so that another worker need not wait for it to expire."""
        now = self.clock()
        self.store.write(lambda tx: tx.jobs.take_lease(holder=self.holder, now=now, until=now))

    def _read(self, posts: Sequence[StoredPost]) -> Iterator[tuple[StoredPost, Extraction]]:
        return zip(posts, self.extract([_text(stored) for stored in posts]), strict=True)

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
                    reader=Reader(extraction.tier, extraction.version),
                    mentions=_mentions(extraction.mentions, topics),
                    is_degraded=extraction.degraded,
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
