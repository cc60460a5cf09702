"""Posts that wait become searchable: their topics are found and written down; and found anew by better readers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from app.leases import Lease
from app.topic_forms import answering, put_topics
from graph.identity import EXTRACTED, Identity
from graph.model import Indexing, Language, Mention, Reader, Ref, StoredPost, Topic
from graph.store import GraphStore, Transaction
from nlp.model import Extraction, Text

TAKEN = 1024  # posts from the queue at once
WRITTEN = 256  # posts in one transaction
DEFINED = 0.1  # the strength of what a post defines, where it says no more about it


class Spelling(NamedTuple):
    """One way in which posts in a language write a form."""

    form: str
    language: Language
    label: str


@dataclass(frozen=True, slots=True)
class Indexer:
    """Indexes waiting posts while it holds the lease; `holder` names this worker.

    `labels` gives the names of the topics that the program knows from the start, by form."""

    store: GraphStore
    identity: Identity
    extract: Callable[[Sequence[Text]], Iterable[Extraction]]
    holder: str
    clock: Callable[[], datetime]
    labels: Mapping[str, Mapping[Language, str]]

    def process_next(self) -> int:
        """Index the posts that have waited longest; how many, 0 when none waits or another worker is at it.

        The next ones are extracted while the first are written. A post that was edited meanwhile goes on waiting."""
        if not self._lease.hold():
            return 0
        found = self._read(self.store.posts.waiting(limit=TAKEN))
        indexed = 0
        while batch := list(islice(found, WRITTEN)):
            indexed += self.store.write(partial(self._record, found=batch))
            if not self._lease.hold():
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
        self._lease.release()

    @property
    def _lease(self) -> Lease:
        return Lease(self.store, "indexing", holder=self.holder, clock=self.clock)

    def _read(self, posts: Sequence[StoredPost]) -> Iterator[tuple[StoredPost, Extraction]]:
        return zip(posts, self.extract([_text(stored) for stored in posts]), strict=True)

    def _record(self, tx: Transaction, found: Sequence[tuple[StoredPost, Extraction]]) -> int:
        extractions = [extraction for _, extraction in found]
        topics = self._topics(tx, extractions)
        spellings = self._spellings(tx, extractions, topics)
        definitions = self._definitions(tx, extractions, topics)
        return tx.posts.record_mentions(
            [
                Indexing(
                    post=stored.post.id,
                    seq=stored.seq,
                    language=stored.post.language or extraction.language,
                    reader=Reader(extraction.tier, extraction.version),
                    mentions=(
                        *_mentions(extraction, spellings),
                        *(Mention(definitions[pair], DEFINED) for pair in _pairs(extraction, topics)),
                    ),
                    is_degraded=extraction.degraded,
                )
                for stored, extraction in found
            ]
        )

    def _topics(self, tx: Transaction, found: Sequence[Extraction]) -> dict[str, Topic]:
        """Form → the topic that answers for it, for all forms found; a new form becomes a topic."""
        forms = dict.fromkeys(spelling.form for extraction in found for spelling in _strengths(extraction))
        topics = answering(chain.from_iterable(tx.topics.by_forms(forms).values()))
        new = {
            form: replace(self._found(form), forms=(form,), pref_label=self.labels.get(form, {}))
            for form in forms
            if form not in topics
        }
        put_topics(tx, new.values())
        return topics | new

    def _spellings(
        self, tx: Transaction, found: Sequence[Extraction], topics: Mapping[str, Topic]
    ) -> dict[Spelling, str]:
        """Spelling → what posts that write it so mention: it, or the topic where that has a name of its own."""
        spelt = {spelling: None for extraction in found for spelling in _strengths(extraction)}
        nameless = [spelling for spelling in spelt if not topics[spelling.form].pref_label]
        new = {
            spelling: replace(
                self._found(*spelling),
                pref_label={spelling.language: spelling.label},
                merged_into=topics[spelling.form].id,
            )
            for spelling in nameless
        }
        self._put_new(tx, new.values())
        return {spelling: (new.get(spelling) or topics[spelling.form]).id for spelling in spelt}

    def _definitions(
        self, tx: Transaction, found: Sequence[Extraction], topics: Mapping[str, Topic]
    ) -> dict[tuple[str, str], str]:
        """Acronym and long form → what posts that define it so mention."""
        pairs = dict.fromkeys(pair for extraction in found for pair in _pairs(extraction, topics))
        new = {pair: replace(self._found(*pair), defines=(topics[pair[0]].id, topics[pair[1]].id)) for pair in pairs}
        self._put_new(tx, new.values())
        return {pair: topic.id for pair, topic in new.items()}

    def _found(self, *parts: str) -> Topic:
        """The topic that is found in posts as that form, that spelling of it, or that definition."""
        ref = Ref(EXTRACTED, "\n".join(parts))
        return Topic(id=self.identity.public_id("topic", ref), ref=ref)

    @staticmethod
    def _put_new(tx: Transaction, topics: Collection[Topic]) -> None:
        known = tx.reads.topics.find({topic.id for topic in topics})
        tx.topics.put([topic for topic in topics if topic.id not in known])


def _text(stored: StoredPost) -> Text:
    post = stored.post
    return Text(body=post.text, title=post.title, format=post.format, language=post.language)


def _strengths(extraction: Extraction) -> dict[Spelling, float]:
    """The spellings in a post, each with its strength; what a definition names is mentioned in any case."""
    language = extraction.language or "en"
    found = {Spelling(one.key, language, one.label): one.strength for one in extraction.mentions}
    forms = {spelling.form for spelling in found}
    for one in extraction.definitions:
        named = (one.acronym, one.acronym_label), (one.long_form, one.long_form_label)
        found |= {Spelling(form, language, label): DEFINED for form, label in named if form not in forms}
    return found


def _pairs(extraction: Extraction, topics: Mapping[str, Topic]) -> list[tuple[str, str]]:
    """The definitions of different topics, each once."""
    pairs = [(one.acronym, one.long_form) for one in extraction.definitions]
    return [pair for pair in pairs if topics[pair[0]].id != topics[pair[1]].id]


def _mentions(extraction: Extraction, spellings: Mapping[Spelling, str]) -> Iterator[Mention]:
    """One mention a topic, the strongest."""
    strongest: dict[str, float] = {}
    for spelling, strength in _strengths(extraction).items():
        topic = spellings[spelling]
        strongest[topic] = max(strength, strongest.get(topic, 0.0))
    return (Mention(topic, strength) for topic, strength in strongest.items())
