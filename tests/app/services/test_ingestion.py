"""The one door: what is acknowledged is durable, counted once, and the same in whatever order it came."""

import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from api_schemas.records import PersonFields
from app.records import account_of, parse_line
from app.services.ingestion import Ingestion, Receipt
from graph.identity import API, Identity
from graph.model import Changes, Community, Person, Ref, Viewer
from graph.store import GraphStore
from nlp.normalization import topic_key

NOW = datetime(2026, 3, 1, tzinfo=UTC)
IDENTITY = Identity(b"test")
JANUARY, FEBRUARY = "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z"

Send = Callable[..., Receipt]


def person(key: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "person", "source": "chat", "id": key, "name": key.capitalize(), **fields}


def post(key: str, **fields: Any) -> dict[str, Any]:
    said = {"author": "ana", "community": None, "text": "Bonjour", "created_at": JANUARY}
    return {"kind": "post", "source": "chat", "id": key, **said, **fields}


def delete(target: str, key: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "delete", "source": "chat", "target": target, "id": key, "at": FEBRUARY, **fields}


COMMUNITY = {"kind": "community", "source": "chat", "id": "c", "name": "Tech", "visibility": "public"}
THANKS = {"kind": "reaction", "source": "chat", "post": "a", "author": "ana", "type": "thanks", "at": JANUARY}
ACCEPT = {"kind": "accept", "source": "chat", "question": "q", "answer": "a", "at": JANUARY}
MEETING = {
    "kind": "interaction",
    "source": "chat",
    "id": "m",
    "type": "meeting",
    "people": ["ana", "bob", "eve"],
    "at": JANUARY,
}
THREAD = [
    COMMUNITY,
    person("ana"),
    post("q", community="c", post_kind="question"),
    post("a", author="bob", community="c", reply_to="q", addressed=["ana", "eve"]),
    THANKS,
    ACCEPT,
    MEETING,
]


@pytest.fixture
def ingestion(store: GraphStore) -> Ingestion:
    return Ingestion(
        store,
        IDENTITY,
        topic_form=lambda label, language: topic_key(label, language=language),
        trusted_sources=frozenset({"chat", "forum"}),
        clock=lambda: NOW,
    )


@pytest.fixture
def send(ingestion: Ingestion) -> Send:
    def send_records(*records: dict[str, Any] | bytes) -> Receipt:
        lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
        parse = [parse_line(line, number=number, identity=IDENTITY, now=NOW) for number, line in enumerate(lines, 1)]
        return ingestion.accept(parse)

    return send_records


def outcomes(receipt: Receipt) -> list[str]:
    return [result.outcome for result in receipt.results]


def everything(store: GraphStore) -> Changes:
    return store.feed.changes(after=0, upto=store.feed.head())


def ties(store: GraphStore) -> set[tuple[str, str, str, bool]]:
    """Type, ends and whether it is about a post, of every interaction."""
    changes = everything(store)
    people = {row.number: row.id for row in changes.people}
    return {(row.type, people[row.source], people[row.target], row.post > 0) for row in changes.interactions}


def id_of(key: str, *, source: str = "chat") -> str:
    return IDENTITY.public_id("person", Ref(source, key))


def seen(store: GraphStore, key: str, **where: str) -> Person:
    public_id = id_of(key, **where) if not key.startswith("per_") else key
    return store.people.find([public_id], viewer=Viewer(None, store.communities.readable_by(None)))[public_id]


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


def test_verified_addresses_of_trusted_sources_join_accounts(store: GraphStore, send: Send) -> None:
    address = {"email": "Ana@ex.fr", "email_verified": True}
    send(person("ana", **address))
    send(
        person("a.diop", source="forum", **address | {"email": "ana@ex.fr"}), post("f", source="forum", author="a.diop")
    )
    assert seen(store, "ana").accounts == (Ref("chat", "ana"), Ref("forum", "a.diop"))


def test_joined_accounts_stay_one_person_when_they_are_sent_again(store: GraphStore, send: Send) -> None:
    address = {"email": "ana@ex.fr", "email_verified": True}
    send(person("ana", **address), person("zoe", source="forum", **address))
    send(person("zoe", source="forum", site="Lyon", **address), person("ana", site="Lyon", **address))
    assert seen(store, "ana").accounts == (Ref("chat", "ana"), Ref("forum", "zoe"))


@pytest.mark.parametrize(
    "fields",
    [{"email_verified": False}, {"source": "elsewhere"}, {"email": "eve@ex.fr"}, {"name": "Ana", "email": None}],
)
def test_nothing_less_joins_accounts(store: GraphStore, send: Send, fields: dict[str, Any]) -> None:
    said = {"source": "forum", "email": "ana@ex.fr", "email_verified": True}
    send(person("ana", email="ana@ex.fr", email_verified=True), person("a.diop", **said | fields))
    assert seen(store, "ana").accounts == (Ref("chat", "ana"),)


def put(ingestion: Ingestion, public_id: str, *, accounts: Sequence[Ref] | None) -> None:
    fields = PersonFields(name="Ana Diop")
    ingestion.put_person(account_of(fields, ref=Ref(API, public_id), person=public_id), accounts=accounts)


def test_putting_a_person_names_them_and_moves_accounts_with_their_posts(
    store: GraphStore, send: Send, ingestion: Ingestion
) -> None:
    send(*THREAD)
    put(ingestion, "per_diop", accounts=[Ref("chat", "ana"), Ref("chat", "bob")])
    assert (seen(store, "per_diop").name, len(seen(store, "per_diop").accounts)) == ("Ana Diop", 2)
    numbers = {row.id: row.number for row in everything(store).people}
    assert {row.author for row in everything(store).posts} == {numbers["per_diop"]}


def test_a_dropped_account_gets_a_person_of_its_own_again(store: GraphStore, send: Send, ingestion: Ingestion) -> None:
    send(*THREAD)
    put(ingestion, "per_diop", accounts=[Ref("chat", "ana"), Ref("chat", "bob")])
    put(ingestion, "per_diop", accounts=[Ref("chat", "ana")])
    assert seen(store, "per_diop").accounts == (Ref("chat", "ana"),)
    assert seen(store, "bob").accounts == (Ref("chat", "bob"),)


def test_dropping_the_first_account_of_a_person_makes_another_person(
    store: GraphStore, send: Send, ingestion: Ingestion
) -> None:
    send(*THREAD)
    put(ingestion, id_of("ana"), accounts=[])
    assert seen(store, id_of("ana")).accounts == ()
    assert len({row.id for row in everything(store).people}) == 4


def test_putting_a_community_again_keeps_what_its_source_calls_it(
    store: GraphStore, send: Send, ingestion: Ingestion
) -> None:
    send(COMMUNITY, post("a", community="c"))
    public_id = IDENTITY.public_id("community", Ref("chat", "c"))
    ingestion.put_community(
        public_id, community=lambda ref: Community(public_id, ref, name="Réseau", visibility="public")
    )
    viewer = Viewer(None, store.communities.readable_by(None))
    found = store.communities.find([public_id], viewer=viewer)[public_id]
    assert (found.name, found.ref) == ("Réseau", Ref("chat", "c"))


def test_a_topic_that_somebody_names_answers_for_what_was_found_under_that_name(store: GraphStore, send: Send) -> None:
    topic = {"kind": "topic", "source": "host", "id": "db", "pref_label": {"fr": "base de données", "en": "database"}}
    send(topic)
    found = {form: held.ref.id for held in store.topics.each() for form in held.forms}
    assert set(found.values()) == {"db"}
    assert topic_key("bases de données", language="fr") in found
