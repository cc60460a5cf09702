"""The port's promises about topics, on every store."""

from graph.changes import TopicRow
from graph.identity import EXTRACTED
from graph.model import Ref, Topic
from graph.store import GraphStore, Transaction
from tests.builders import a_post, a_topic, an_account, index, put


class TestTopics:
    def test_a_topic_comes_back_as_it_was_put_last(self, store: GraphStore) -> None:
        full = a_topic(
            pref_label={"fr": "multiplexage", "en": "multiplexing"},
            alt_labels={"fr": ("mux", "DWDM")},
            forms=("dwdm", "multiplexage"),
            broader="top_optics",
            related=("top_ospf", "top_bgp"),
            uri="https://example.org/dwdm",
            kind="interest",
        )
        put(store, a_topic())
        put(store, full)
        assert store.topics.find(["top_dwdm", "top_unknown"]) == {"top_dwdm": full}

    def test_all_topics_that_go_by_a_form_are_told_in_order(self, store: GraphStore) -> None:
        wdm, dwdm = a_topic("wdm", forms=("wdm",)), a_topic("dwdm", forms=("dwdm", "wdm"))
        put(store, wdm, dwdm)
        assert store.topics.find(["top_dwdm"])["top_dwdm"] == dwdm
        held = store.write(lambda tx: tx.topics.by_forms(["dwdm", "wdm", "unknown"]))
        assert held == {"dwdm": [dwdm], "wdm": [wdm, dwdm]}
        put(store, a_topic("wdm", forms=("mux",)))
        assert store.write(lambda tx: tx.topics.by_forms(["wdm"])) == {"wdm": [dwdm]}

    def test_a_write_finds_topics_as_they_are_by_then(self, store: GraphStore) -> None:
        def work(tx: Transaction) -> dict[str, Topic]:
            tx.topics.put([a_topic("dwdm", forms=()), a_topic("wdm")])
            return tx.reads.topics.find(["top_wdm", "top_unknown", "top_dwdm"])

        put(store, a_topic("dwdm"))
        found = store.write(work)
        assert list(found.items()) == [("top_dwdm", a_topic("dwdm", forms=())), ("top_wdm", a_topic("wdm"))]

    def test_topics_that_have_a_name_and_a_form_are_told_in_order(self, store: GraphStore) -> None:
        found = a_topic("found", ref=Ref(EXTRACTED, "found"))
        put(store, a_topic("z"), a_topic("a"), a_topic("empty", forms=()), a_topic("gone", pref_label={}), found)
        assert list(store.topics.named()) == [a_topic("z"), a_topic("a")]

    def test_all_of_many_topics_are_told(self, store: GraphStore) -> None:
        put(store, *(a_topic(f"t{number}") for number in range(2500)))
        assert [topic.id for topic in store.topics.named()] == [f"top_t{number}" for number in range(2500)]

    def test_a_retracted_topic_keeps_its_number_and_mentions(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_topic("dwdm"), a_post("p1"))
        index(store, "p1", dwdm=0.5)
        put(store, a_topic("dwdm", pref_label={}, forms=()))
        changes = store.feed.changes(after=0, upto=store.feed.head())
        assert changes.topics == (TopicRow(1, "top_dwdm", None, None, None, is_sent=True),)
        assert changes.posts[0].topics == (1,)
        assert list(store.topics.named()) == []

    def test_the_feed_tells_labels_and_what_a_topic_was_merged_into(self, store: GraphStore) -> None:
        put(store, a_topic("dwdm", pref_label={"fr": "multiplexage"}), a_topic("wdm"))
        put(store, a_topic("wdm", merged_into="top_dwdm"))
        assert store.feed.changes(after=0, upto=3).topics == (
            TopicRow(1, "top_dwdm", "multiplexage", None, None, is_sent=True),
            TopicRow(2, "top_wdm", None, "wdm", 1, is_sent=True),
        )

    def test_the_feed_tells_other_labels_the_kind_and_what_is_broader_even_if_unknown(self, store: GraphStore) -> None:
        aliases = {"fr": ("multiplexage", "DWDM"), "en": ("wavelength division",)}
        put(store, a_topic("dwdm", alt_labels=aliases, kind="interest", broader="top_optics"))
        assert store.feed.changes(after=0, upto=1).topics == (
            TopicRow(
                1,
                "top_dwdm",
                None,
                "dwdm",
                None,
                kind="interest",
                broader="top_optics",
                aliases=(*aliases["fr"], *aliases["en"]),
                is_sent=True,
            ),
        )

    def test_the_same_topic_again_changes_nothing(self, store: GraphStore) -> None:
        put(store, a_topic("dwdm", forms=("b", "a")))
        put(store, a_topic("dwdm", forms=("a", "b", "a")))
        assert store.feed.head() == 1
