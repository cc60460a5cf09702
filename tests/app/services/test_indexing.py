"""Posts that wait become searchable, by one worker at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from app.services.indexing import LEASE, Indexer
from graph.identity import Identity
from graph.model import Post, Viewer
from graph.store import GraphStore, Transaction
from nlp.extraction import load_extractor
from nlp.model import Extraction, Text
from tests.builders import NOON, a_community, a_placeholder, a_post, a_topic

IDENTITY = Identity(b"test")
EVERYTHING = Viewer(None, frozenset({0, 1}))
FIRST = a_post("p1", text="Nous déployons nos conteneurs avec Kubernetes, la base de données suit.")
SECOND = a_post("p2", text="Kubernetes again: our deployment pipeline and the database are ready.")


@cache
def extract(texts: tuple[Text, ...]) -> list[Extraction]:
    return load_extractor().extract(texts)


def indexer(store: GraphStore, *, holder: str = "one", now: datetime = NOON) -> Indexer:
    return Indexer(store, IDENTITY, lambda texts: extract(tuple(texts)), holder=holder, clock=lambda: now)


def wrote(store: GraphStore, *posts: Post) -> None:
    def work(tx: Transaction) -> None:
        tx.people.put([a_placeholder("ana")])
        tx.posts.put(posts, job="j1")

    store.write(work)


def labels(store: GraphStore) -> Sequence[str]:
    topics = store.topics.find({known.topic for known in store.people.knows("per_ana", viewer=EVERYTHING)})
    return [label for topic in topics.values() for label in topic.pref_label.values()]


def test_a_waiting_post_gets_its_topics(store: GraphStore) -> None:
    wrote(store, FIRST)
    assert indexer(store).process_next() == 1
    assert store.posts.waiting(limit=9) == []
    assert "Kubernetes" in labels(store)


def test_nothing_waits_twice(store: GraphStore) -> None:
    wrote(store, FIRST)
    indexer(store).process_next()
    head = store.feed.head()
    assert indexer(store).process_next() == 0
    assert store.feed.head() == head


def test_two_posts_mean_the_same_topic(store: GraphStore) -> None:
    wrote(store, FIRST, SECOND)
    assert indexer(store).process_next() == 2
    counts = [known.count for known in store.people.knows("per_ana", viewer=EVERYTHING)]
    assert max(counts) == 2


def test_a_form_that_a_topic_holds_means_that_topic(store: GraphStore) -> None:
    key = next(mention.key for mention in extract((Text(FIRST.text),))[0].mentions if mention.label == "Kubernetes")
    store.write(lambda tx: tx.topics.put([a_topic("k8s", forms=(key,), pref_label={"fr": "orchestration"})]))
    wrote(store, FIRST)
    indexer(store).process_next()
    assert "top_k8s" in {known.topic for known in store.people.knows("per_ana", viewer=EVERYTHING)}


def test_only_one_worker_is_at_it_until_its_lease_expires(store: GraphStore) -> None:
    wrote(store, FIRST)
    indexer(store).process_next()
    wrote(store, SECOND)
    assert indexer(store, holder="two").process_next() == 0
    assert indexer(store, holder="two", now=NOON + LEASE + timedelta(seconds=1)).process_next() == 1


def test_a_lease_given_back_is_free_at_once(store: GraphStore) -> None:
    wrote(store, FIRST)
    first = indexer(store)
    first.process_next()
    first.release()
    wrote(store, SECOND)
    assert indexer(store, holder="two").process_next() == 1


def test_a_post_edited_meanwhile_goes_on_waiting(store: GraphStore) -> None:
    wrote(store, FIRST)

    def edit_meanwhile(texts: Sequence[Text]) -> list[Extraction]:
        wrote(store, a_post("p1", text="Une autre histoire de sauvegarde."))
        return extract(tuple(texts))

    assert Indexer(store, IDENTITY, edit_meanwhile, holder="one", clock=lambda: NOON).process_next() == 0
    [waiting] = store.posts.waiting(limit=9)
    assert waiting.post.text.startswith("Une autre")


def test_the_language_found_is_kept_and_the_one_sent_is_not_overruled(store: GraphStore) -> None:
    store.write(lambda tx: tx.communities.put([a_community()]))
    wrote(store, FIRST, a_post("p2", text=SECOND.text, language="fr"))
    indexer(store).process_next()
    rows = store.feed.changes(after=0, upto=store.feed.head()).posts
    assert [row.language for row in sorted(rows)] == ["fr", "fr"]
