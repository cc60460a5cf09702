"""Topics of several lists that share a name or another form: who answers, and which of them are one."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.topic_forms import answering, forms_of, put_topics, taken_back
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.identity import EXTRACTED
from graph.model import Language, Ref, Topic
from graph.store import GraphStore, Transaction

FORMS = ("amdec", "fmea", "banc", "bench")
ESCO = "http://data.europa.eu/esco/skill/1"


def called(source: str, key: str = "1", *, fr: str = "", en: str = "", alt: Sequence[str] = (), uri: str = "") -> Topic:
    """The topic that a list calls so; `alt` are other French names."""
    said: dict[Language, str] = {"fr": fr} if fr else {}
    if en:
        said["en"] = en
    topic = Topic(f"top_{source}{key}", Ref(source, key), said, {"fr": tuple(alt)} if alt else {}, uri=uri or None)
    return replace(topic, forms=forms_of(topic))


FOUND = Topic("top_found", Ref(EXTRACTED, "amdec"), forms=("amdec",))


def send(store: GraphStore, *topics: Topic) -> None:
    """Writes topics, as they are sent by then."""

    def work(tx: Transaction) -> None:
        before = tx.reads.topics.find({topic.id for topic in topics})
        put_topics(tx, topics, before=before.values())

    store.write(work)


def heirs(store: GraphStore, *topics: Topic) -> list[str | None]:
    """What each of these counts as."""
    found = store.topics.find([topic.id for topic in topics])
    return [found[topic.id].merged_into for topic in topics]


def answerers(store: GraphStore) -> dict[str, str]:
    """Who answers for each form."""
    going_by = store.write(lambda tx: tx.topics.by_forms(FORMS))
    answers = answering(chain.from_iterable(going_by.values()))
    return {form: answers[form].id for form in FORMS if form in answers}


@pytest.mark.parametrize(
    ("better", "other"),
    [
        (called("z", fr="AMDEC", en="FMEA"), called("a", fr="AMDEC")),  # named in more languages
        (called("z", fr="AMDEC"), called("a", fr="AMDEC", en="FMEA", uri=ESCO)),
        (called("a", fr="AMDEC"), called("z", fr="AMDEC")),
        (called("a", fr="AMDEC", en="FMEA"), called("b", fr="Analyse", en="FMEA", alt=["AMDEC"])),
    ],
)
def test_topics_of_two_lists_are_one_by_their_name(sqlite_store: SqliteGraphStore, better: Topic, other: Topic) -> None:
    send(sqlite_store, other, FOUND)
    send(sqlite_store, better)
    assert heirs(sqlite_store, better, other, FOUND) == [None, better.id, better.id]


@pytest.mark.parametrize(
    "topics",
    [
        (
            called("a", fr="AMDEC", en="FMEA"),
            called("b", fr="AMDEC", en="hazard"),
        ),  # the other language tells them apart
        (called("a", fr="AMDEC"), called("b", fr="analyse", alt=["AMDEC"])),  # it is no name of one of them
        (called("a", "1", fr="AMDEC"), called("a", "2", fr="AMDEC")),
        (called("a", "1", fr="AMDEC"), called("a", "2", fr="AMDEC"), called("b", fr="AMDEC")),  # means two things there
        (called("a", fr="AMDEC"), called("b", en="AMDEC")),
    ],
)
def test_others_stay_for_themselves(sqlite_store: SqliteGraphStore, topics: Sequence[Topic]) -> None:
    send(sqlite_store, *topics)
    assert heirs(sqlite_store, *topics) == [None] * len(topics)
    assert answerers(sqlite_store)["amdec"] == "top_a1"


def test_a_name_answers_before_another_name_whatever_the_list(sqlite_store: SqliteGraphStore) -> None:
    send(sqlite_store, called("a", fr="analyse", en="FMEA", alt=["AMDEC"]), FOUND)
    assert heirs(sqlite_store, FOUND) == ["top_a1"]
    send(sqlite_store, called("z", fr="AMDEC", uri=ESCO))
    assert heirs(sqlite_store, FOUND) == ["top_z1"]
    assert answerers(sqlite_store) == {"amdec": "top_z1", "fmea": "top_a1"}


def test_a_list_that_uses_a_name_twice_from_now_on_parts_what_was_one(sqlite_store: SqliteGraphStore) -> None:
    one, other = called("a", fr="AMDEC"), called("b", fr="AMDEC")
    send(sqlite_store, one, other)
    send(sqlite_store, called("b", "2", fr="AMDEC"))
    assert heirs(sqlite_store, one, other) == [None, None]
    send(sqlite_store, called("b", "2", fr="banc"))
    assert heirs(sqlite_store, one, other) == [None, "top_a1"]


def test_what_was_told_apart_stays_so_over_what_is_one_with_the_other(sqlite_store: SqliteGraphStore) -> None:
    one, between, other = called("a", fr="AMDEC"), called("b", fr="AMDEC"), called("c", fr="AMDEC")
    send(sqlite_store, one, replace(other, apart=(one.id,)), between)
    assert heirs(sqlite_store, one, between, other) == [None, one.id, None]


def test_what_counts_as_a_topic_by_hand_is_not_what_that_counts_as(sqlite_store: SqliteGraphStore) -> None:
    one, other = called("a", fr="AMDEC"), called("b", fr="AMDEC")
    send(sqlite_store, replace(one, merged_by_hand=other.id), other)
    assert heirs(sqlite_store, one, other) == [None, None]


def test_what_was_taken_back_counts_as_who_answers_for_its_name(store: GraphStore) -> None:
    one, other = called("a", fr="AMDEC", en="FMEA"), called("b", fr="AMDEC", alt=["banc"])
    send(store, one, other)
    for gone in (one, other):
        send(store, taken_back(Topic(gone.id, gone.ref), store.topics.find([gone.id])[gone.id]))
        assert heirs(store, gone) == ["top_b1" if gone is one else None]
    send(store, FOUND)
    assert heirs(store, one, other, FOUND) == ["top_found", "top_found", None]
    send(store, one)
    assert heirs(store, one, other, FOUND) == [None, "top_a1", "top_a1"]
    assert answerers(store) == {"amdec": "top_a1", "fmea": "top_a1"}


names = st.sampled_from(("", *FORMS[:3]))
some = st.builds(
    called,
    st.sampled_from("abc"),
    st.sampled_from("12"),
    fr=st.sampled_from(FORMS[:2]),
    en=names,
    alt=st.lists(st.sampled_from(FORMS), max_size=2),
    uri=st.sampled_from(("", ESCO)),
)


@settings(max_examples=40)
@given(topics=st.lists(some, max_size=7, unique_by=lambda topic: topic.id), data=st.data())
def test_no_order_of_arrival_changes_what_is_one_and_who_answers(topics: list[Topic], data: st.DataObject) -> None:
    there = {topic.id for topic in topics}
    earlier = [one for one in data.draw(st.lists(some, max_size=3)) if one.id in there]
    said = []
    for story in ([[*topics, FOUND]], [[one] for one in (*earlier, *data.draw(st.permutations([*topics, FOUND])))]):
        with TemporaryDirectory() as folder, closing(SqliteGraphStore(Path(folder) / "quisait.db")) as store:
            store.prepare()
            for batch in story:
                send(store, *batch)
            said.append((heirs(store, *topics, FOUND), answerers(store)))
    assert said[0] == said[1]
