"""Posts that wait become searchable, by one worker at a time; and are read anew by better readers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from app.leases import LENGTH
from app.services.indexing import Indexer
from graph.identity import Identity
from graph.model import Post, Reader, Viewer
from graph.store import GraphStore, Transaction
from nlp.extraction import describe_pipelines, load_extractor, unread
from nlp.gazetteer import seed_labels
from nlp.model import Extraction, Text
from tests.builders import NOON, a_community, a_placeholder, a_post, a_topic

LABELS = seed_labels()
IDENTITY = Identity(b"test")
EVERYTHING = Viewer(None, frozenset({0, 1}))
FIRST = a_post("p1", text="Nous déployons nos conteneurs avec Kubernetes, la base de données suit.")
SECOND = a_post("p2", text="Kubernetes again: our deployment pipeline and the database are ready.")


@cache
def extract(texts: tuple[Text, ...]) -> list[Extraction]:
    return load_extractor().extract(texts)


def indexer(store: GraphStore, *, holder: str = "one", now: datetime = NOON) -> Indexer:
    return Indexer(
        store, IDENTITY, lambda texts: extract(tuple(texts)), holder=holder, clock=lambda: now, labels=LABELS
    )


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
    assert indexer(store, holder="two", now=NOON + LENGTH + timedelta(seconds=1)).process_next() == 1


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

    assert Indexer(store, IDENTITY, edit_meanwhile, holder="one", clock=lambda: NOON, labels={}).process_next() == 0
    [waiting] = store.posts.waiting(limit=9)
    assert waiting.post.text.startswith("Une autre")


def test_the_language_found_is_kept_and_the_one_sent_is_not_overruled(store: GraphStore) -> None:
    store.write(lambda tx: tx.communities.put([a_community()]))
    wrote(store, FIRST, a_post("p2", text=SECOND.text, language="fr"))
    indexer(store).process_next()
    rows = store.feed.changes(after=0, upto=store.feed.head()).posts
    assert [row.language for row in sorted(rows)] == ["fr", "fr"]


BUNDLED = {Reader("bundled", pipeline.release) for pipeline in describe_pipelines().values()}
LEXICAL = {Reader("lexical", pipeline.release) for pipeline in describe_pipelines(fr="lexical", en="lexical").values()}


def read_without_a_model(texts: Sequence[Text]) -> list[Extraction]:
    return load_extractor(fr="lexical", en="lexical").extract(texts)


def lexical(store: GraphStore) -> Indexer:
    return Indexer(store, IDENTITY, read_without_a_model, holder="lexical", clock=lambda: NOON, labels=LABELS)


def counted(store: GraphStore) -> int:
    """How many mentions are counted; as many as a recount finds."""
    count = sum(known.count for known in store.people.knows("per_ana", viewer=EVERYTHING))
    assert count == sum(len(row.topics) for row in store.feed.changes(after=0, upto=store.feed.head()).posts)
    return count


def test_posts_that_another_pipeline_has_read_are_read_anew_once(store: GraphStore) -> None:
    wrote(store, FIRST, SECOND)
    lexical(store).process_next()
    assert store.posts.readers().keys() == LEXICAL
    assert sum(indexer(store).reindex(readers=BUNDLED)) == 2
    assert store.posts.readers().keys() == BUNDLED
    head = store.feed.head()
    assert list(indexer(store).reindex(readers=BUNDLED)) == []
    assert store.feed.head() == head


def test_what_is_read_anew_is_what_would_have_been_read_at_once(store: GraphStore) -> None:
    wrote(store, FIRST, SECOND)
    indexer(store).process_next()
    indexer(store).release()
    at_once, before = counted(store), sorted(labels(store))
    assert at_once > 0
    wrote(store, FIRST, SECOND)
    lexical(store).process_next()
    list(indexer(store).reindex(readers=BUNDLED))
    assert (counted(store), sorted(labels(store))) == (at_once, before)


def test_only_what_the_changed_pipeline_has_read_is_read_anew(store: GraphStore) -> None:
    wrote(store, FIRST, SECOND)
    indexer(store).process_next()
    better = {Reader("external", "fr_core_news_md 3.8.0"), Reader("bundled", "quisait_en_tiny 0.1.0")}
    assert [post.post.id for post in store.posts.outdated(readers=better, after=0, limit=9)] == [FIRST.id]


def test_what_waits_goes_first(store: GraphStore) -> None:
    wrote(store, FIRST)
    lexical(store).process_next()
    lexical(store).release()
    wrote(store, SECOND)
    order: list[str] = []

    def note(texts: Sequence[Text]) -> list[Extraction]:
        order.extend(text.body for text in texts)
        return extract(tuple(texts))

    assert (
        sum(Indexer(store, IDENTITY, note, holder="one", clock=lambda: NOON, labels=LABELS).reindex(readers=BUNDLED))
        == 1
    )
    assert order == [SECOND.text, FIRST.text]


def test_a_post_edited_while_it_is_read_anew_waits_for_whoever_indexes(store: GraphStore) -> None:
    wrote(store, FIRST, SECOND)
    lexical(store).process_next()

    def edit_meanwhile(texts: Sequence[Text]) -> list[Extraction]:
        if texts:
            wrote(store, a_post("p1", text="Une autre histoire de sauvegarde."))
        return extract(tuple(texts))

    meanwhile = Indexer(store, IDENTITY, edit_meanwhile, holder="one", clock=lambda: NOON, labels=LABELS)
    assert sum(meanwhile.reindex(readers=BUNDLED)) == 1
    assert [stored.post.text for stored in store.posts.waiting(limit=9)] == ["Une autre histoire de sauvegarde."]
    counted(store)


def test_a_post_whose_author_moves_while_it_is_read_anew_is_tried_again(store: GraphStore) -> None:
    wrote(store, FIRST)
    lexical(store).process_next()
    moved = a_placeholder("ana", person="per_bob")

    def move_once(texts: Sequence[Text]) -> list[Extraction]:
        if moved not in store.write(lambda tx: tx.people.accounts([moved.ref])).values():
            store.write(lambda tx: tx.people.put([moved]))
        return extract(tuple(texts))

    moving = Indexer(store, IDENTITY, move_once, holder="one", clock=lambda: NOON, labels=LABELS)
    assert list(moving.reindex(readers=BUNDLED)) == [0, 1]
    assert store.posts.readers().keys() < BUNDLED


def test_what_was_forgotten_is_read_anew_by_the_same_pipeline(store: GraphStore) -> None:
    wrote(store, FIRST, SECOND)
    indexer(store).process_next()
    store.write(lambda tx: tx.posts.forget_readers())
    assert sum(indexer(store).reindex(readers=BUNDLED)) == 2
    assert list(indexer(store).reindex(readers=BUNDLED)) == []
    counted(store)


def test_a_post_that_could_not_be_read_is_kept_and_flagged_until_its_pipeline_changes(store: GraphStore) -> None:
    wrote(store, FIRST)
    lost = [unread(Text(FIRST.text), pipelines=describe_pipelines())]
    Indexer(store, IDENTITY, lambda _: lost, holder="one", clock=lambda: NOON, labels=LABELS).process_next()
    assert (store.posts.degraded(), store.posts.waiting(limit=9)) == (1, [])
    assert list(indexer(store).reindex(readers=BUNDLED)) == []
    assert sum(lexical(store).reindex(readers=LEXICAL)) == 1
    assert store.posts.degraded() == 0
