"""The one door: what is acknowledged is durable, counted once, and the same in whatever order it came."""

import random
from typing import Any

import pytest

from app.services.ingestion import Ingestion, Receipt
from graph.identity import EXTRACTED
from graph.model import Community, Ref, Topic, Viewer
from graph.store import GraphStore
from nlp.normalization import topic_key
from tests.app.services.sending import (
    ACCEPT,
    COMMUNITY,
    FEBRUARY,
    IDENTITY,
    THREAD,
    Send,
    delete,
    everything,
    id_of,
    person,
    post,
    seen,
)


def outcomes(receipt: Receipt) -> list[str]:
    return [result.outcome for result in receipt.results]


def ties(store: GraphStore) -> set[tuple[str, str, str, bool]]:
    """Type, ends and whether it is about a post, of every interaction."""
    changes = everything(store)
    people = {row.number: row.id for row in changes.people}
    return {(row.type, people[row.source], people[row.target], row.post > 0) for row in changes.interactions}


def test_a_batch_becomes_a_job_that_waits_for_its_posts(store: GraphStore, send: Send, ingestion: Ingestion) -> None:
    receipt = send(*THREAD)
    assert outcomes(receipt) == ["created"] * 7
    job = ingestion.job(receipt.job.id)
    assert (job.received, job.posts, job.waiting, job.state) == (7, 2, 2, "queued")
    assert [waiting.post.ref.id for waiting in store.posts.waiting(limit=9)] == ["q", "a"]


def test_the_same_batch_again_changes_nothing(store: GraphStore, send: Send) -> None:
    send(*THREAD)
    head, before = store.feed.head(), everything(store)
    receipt = send(*THREAD)
    assert set(outcomes(receipt)) == {"unchanged"}
    assert receipt.job.state == "done"
    assert (store.feed.head(), everything(store)) == (head, before)


def test_a_bad_line_never_spoils_the_good_ones(store: GraphStore, send: Send) -> None:
    receipt = send(post("1"), b"{oops", post("3"))
    assert outcomes(receipt) == ["created", "rejected", "created"]
    assert [(problem.line, problem.code) for problem in receipt.job.problems] == [(2, "json_invalid")]
    assert len(everything(store).posts) == 2


def test_a_batch_of_bad_lines_has_failed(send: Send) -> None:
    assert send(b"{}", b"[]").job.state == "failed"


def test_interactions_follow_from_the_records(store: GraphStore, send: Send) -> None:
    send(*THREAD)
    ana, bob, eve = id_of("ana"), id_of("bob"), id_of("eve")
    assert ties(store) == {
        ("reply", bob, ana, True),
        ("address", bob, ana, True),
        ("address", bob, eve, True),
        ("thanks", ana, bob, True),
        ("acceptance", ana, bob, True),
        ("meeting", ana, bob, False),
        ("meeting", ana, eve, False),
        ("meeting", bob, eve, False),
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_records_does_not_matter(store: GraphStore, send: Send, seed: int) -> None:
    shuffled = random.Random(seed).sample(THREAD, len(THREAD))
    for record in shuffled[:3]:
        send(record)
    send(*shuffled[3:])
    assert len(ties(store)) == 8
    assert seen(store, "ana").name == "Ana"


def test_deleting_a_post_takes_what_was_said_about_it(store: GraphStore, send: Send) -> None:
    send(*THREAD)
    assert outcomes(send(delete("post", "a"))) == ["retracted"]
    assert {kind for kind, *_ in ties(store)} == {"meeting"}
    assert outcomes(send(post("a", author="bob"))) == ["superseded"]
    assert len(everything(store).posts) == 1


def test_a_later_copy_of_a_deleted_post_comes_back_with_its_thanks(store: GraphStore, send: Send) -> None:
    send(*THREAD, delete("post", "a"))
    send(post("a", author="bob", community="c", edited_at="2026-02-02T08:00:00Z"))
    assert ("thanks", id_of("ana"), id_of("bob"), True) in ties(store)


def test_a_deletion_may_come_before_the_post(store: GraphStore, send: Send) -> None:
    send(delete("post", "a"))
    assert outcomes(send(post("a"))) == ["superseded"]
    assert everything(store).posts == ()


def test_an_older_copy_never_replaces_a_later_one(store: GraphStore, send: Send) -> None:
    send(post("a", text="later", edited_at=FEBRUARY))
    assert outcomes(send(post("a", text="older"))) == ["superseded"]
    assert everything(store).posts[0].text == "later"


def test_the_last_word_in_a_batch_counts(store: GraphStore, send: Send) -> None:
    assert outcomes(send(post("a", text="one"), post("a", text="two"))) == ["created", "changed"]
    assert [row.text for row in everything(store).posts] == ["two"]


def test_an_acceptance_that_changes_replaces_the_first(store: GraphStore, send: Send) -> None:
    send(*THREAD, post("b", author="eve", community="c"))
    send(ACCEPT | {"answer": "b", "at": FEBRUARY})
    assert {found for found in ties(store) if found[0] == "acceptance"} == {
        ("acceptance", id_of("ana"), id_of("eve"), True)
    }


def test_a_reaction_can_be_taken_back(store: GraphStore, send: Send) -> None:
    send(*THREAD, delete("reaction", '["a","ana","thanks"]'))
    assert "thanks" not in {kind for kind, *_ in ties(store)}


def test_an_unknown_community_stays_closed_until_its_record_comes(store: GraphStore, send: Send) -> None:
    send(post("a", community="c"))
    assert store.communities.readable_by(None) == {0}
    send(COMMUNITY)
    assert len(store.communities.readable_by(None)) == 2


def test_a_deleted_community_is_closed_and_a_deleted_person_is_no_expert(store: GraphStore, send: Send) -> None:
    send(*THREAD, delete("community", "c"), delete("person", "ana"))
    assert store.communities.readable_by(None) == {0}
    assert {row.id: row.is_expert for row in everything(store).people}[id_of("ana")] is False


def test_a_person_may_be_taken_back_before_anybody_names_them(store: GraphStore, send: Send) -> None:
    send(delete("person", "ana"))
    send(post("a"))
    assert [row.is_expert for row in everything(store).people] == [False]


def test_an_unknown_author_is_completed_later(store: GraphStore, send: Send) -> None:
    send(post("a"))
    assert seen(store, "ana").name is None
    send(person("ana", site="Lyon"))
    assert (seen(store, "ana").name, seen(store, "ana").site) == ("Ana", "Lyon")


def test_putting_a_community_again_keeps_what_its_source_calls_it(
    store: GraphStore, send: Send, ingestion: Ingestion
) -> None:
    send(COMMUNITY, post("a", community="c"))
    public_id = IDENTITY.public_id("community", Ref("chat", "c"))
    ingestion.put_community(
        public_id, community=lambda ref, _: Community(public_id, ref, name="Réseau", visibility="public")
    )
    viewer = Viewer(None, store.communities.readable_by(None))
    found = store.communities.find([public_id], viewer=viewer)[public_id]
    assert (found.name, found.ref) == ("Réseau", Ref("chat", "c"))


def test_a_topic_that_somebody_names_answers_for_what_was_found_under_that_name(store: GraphStore, send: Send) -> None:
    topic = {"kind": "topic", "source": "host", "id": "db", "pref_label": {"fr": "base de données", "en": "database"}}
    send(topic)
    found = {form: held.ref.id for held in store.topics.named() for form in held.forms}
    assert set(found.values()) == {"db"}
    assert topic_key("bases de données", language="fr") in found


TOPIC = {"kind": "topic", "source": "host", "id": "db", "pref_label": {"en": "database", "fr": "base de données"}}


@pytest.fixture
def found_in_texts(store: GraphStore) -> Topic:
    """A topic that is named in a post before any source sends one of that name."""
    form = topic_key("database", language="en")
    ref = Ref(EXTRACTED, form)
    found = Topic(IDENTITY.public_id("topic", ref), ref, pref_label={"en": "Databases"}, forms=(form,))
    store.write(lambda tx: tx.topics.put([found]))
    return found


def heir(store: GraphStore, topic: Topic) -> str | None:
    return store.topics.find([topic.id])[topic.id].merged_into


def test_what_was_found_in_texts_counts_for_the_topic_that_was_sent(
    store: GraphStore, send: Send, found_in_texts: Topic
) -> None:
    send(TOPIC)
    assert heir(store, found_in_texts) == IDENTITY.public_id("topic", Ref("host", "db"))


@pytest.mark.parametrize(
    "end", [delete("topic", "db", source="host"), TOPIC | {"pref_label": {"fr": "base de données"}}]
)
def test_it_counts_for_itself_again_when_that_is_taken_back_or_called_otherwise(
    store: GraphStore, send: Send, found_in_texts: Topic, end: dict[str, Any]
) -> None:
    send(TOPIC)
    send(end)
    assert store.topics.find([found_in_texts.id]) == {found_in_texts.id: found_in_texts}
    numbers = {row.id: row.merged_into for row in everything(store).topics}
    assert numbers[found_in_texts.id] is None


def test_of_two_topics_sent_the_last_one_answers_for_what_was_found(
    store: GraphStore, send: Send, found_in_texts: Topic
) -> None:
    send(TOPIC, TOPIC | {"id": "storage"})
    send(delete("topic", "db", source="host"))
    assert heir(store, found_in_texts) == IDENTITY.public_id("topic", Ref("host", "storage"))
    send(delete("topic", "storage", source="host"))
    assert heir(store, found_in_texts) is None
