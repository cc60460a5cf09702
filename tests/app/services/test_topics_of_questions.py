"""Topics as what is asked for: merged, narrower, named in other words."""

from dataclasses import replace

import pytest

from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import NotFound
from tests.app.services.expert_house import settle, written
from tests.builders import a_topic, a_viewer, put


@pytest.fixture
def store(sqlite_store: SqliteGraphStore) -> SqliteGraphStore:
    """A store on disk."""
    return sqlite_store


def test_a_topic_is_known_by_who_wrote_about_it_and_about_what_was_merged_into_it(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", "a"), written("p2", "bob", "b"), written("p3", "cem", "c")]
    house = settle(store, posts, mentions={"p1": {"dwdm": 0.9}, "p2": {"wdm": 0.4}})
    put(store, replace(a_topic("wdm"), merged_into="top_dwdm"))
    house.search.projection.catch_up()
    found = [house.search.about_topic(topic, viewer=a_viewer(), asker=None) for topic in ("top_dwdm", "top_wdm")]
    assert [[expert.person.id for expert in answer.experts] for answer in found] == [["per_ana", "per_bob"]] * 2


def test_who_wrote_about_a_narrower_topic_knows_of_the_broader_one(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", "a"), written("p2", "bob", "b"), written("p3", "cem", "c")]
    house = settle(store, posts, mentions={"p1": {"dwdm": 0.9}, "p2": {"wdm": 0.4}})
    put(store, replace(a_topic("dwdm"), broader="top_wdm"))
    house.search.projection.catch_up()
    found = [house.search.about_topic(topic, viewer=a_viewer(), asker=None) for topic in ("top_wdm", "top_dwdm")]
    assert [[expert.person.id for expert in answer.experts] for answer in found] == [
        ["per_ana", "per_bob"],
        ["per_ana"],
    ]
    assert sorted(house.names("WDM")) == ["ana", "bob"]


def test_excerpts_look_for_the_names_of_what_is_asked_for_too(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana", "multiplexage")], mentions={"p1": {"dwdm": 0.9}})
    put(store, replace(a_topic("dwdm"), pref_label={"en": "dense wavelength"}))
    house.search.projection.catch_up()
    [ana] = house.ask("DWDM").experts
    assert ana.evidence[0].excerpt == "multiplexage (4 stems)"  # two of the question's word, one of each of the name's


def test_of_many_topics_excerpts_look_for_the_names_of_those_with_most_posts(store: SqliteGraphStore) -> None:
    rare, *common = topics = [f"t{number}" for number in range(31)]
    put(store, *map(a_topic, common), replace(a_topic(rare), pref_label={"en": "seldom written"}))
    mentions = {"p1": dict.fromkeys(topics, 0.9), "p2": dict.fromkeys(common, 0.9)}
    house = settle(store, [written("p1", "ana"), written("p2", "ana")], mentions=mentions)
    [ana] = house.ask("", topics=[f"top_{key}" for key in topics]).experts
    assert ana.evidence[0].excerpt == "fibre (30 stems)"  # one of each common name


def test_a_word_that_names_a_topic_finds_who_wrote_about_it_in_other_words(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", "multiplexage"), written("p2", "bob", "dwdm budget"), written("p3", "cem", "budget")]
    house = settle(store, posts, mentions={"p1": {"dwdm": 0.9}, "p2": {"dwdm": 0.9}})
    assert house.names("DWDM") == ["bob", "ana"]  # the word itself also stands in a first line


@pytest.mark.parametrize("topic", ["top_nothing", "top_dwdm", "top_wdm"])
def test_a_topic_without_a_visible_post_is_not_told_from_an_unknown_one(store: SqliteGraphStore, topic: str) -> None:
    house = settle(store, [written("p1", "ana", community="board")], mentions={"p1": {"dwdm": 0.9}})
    with pytest.raises(NotFound):
        house.search.about_topic(topic, viewer=house.see("tech"), asker=None)


def test_a_topic_that_lost_its_labels_is_shown_nowhere(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana")], mentions={"p1": {"dwdm": 0.9}})
    put(store, replace(a_topic("dwdm"), pref_label={}, forms=()))
    house.search.projection.catch_up()
    with pytest.raises(NotFound):
        house.search.about_topic("top_dwdm", viewer=a_viewer(), asker=None)
