"""Topics as what is asked for: merged, narrower, named in other words."""

from dataclasses import replace
from typing import Any, Final

import pytest

from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import NotFound
from tests.app.services.expert_house import settle, written
from tests.builders import a_topic, a_viewer, put

TOPICS: Final = ("dwdm", "wdm")


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
    assert ana.evidence[0].excerpt == "multiplexage (words: 3)"  # the question's word, and the two of the name


def test_of_many_topics_excerpts_look_for_the_names_of_those_with_most_posts(store: SqliteGraphStore) -> None:
    rare, *common = topics = [f"t{number}" for number in range(31)]
    put(store, *map(a_topic, common), replace(a_topic(rare), pref_label={"en": "seldom written"}))
    mentions = {"p1": dict.fromkeys(topics, 0.9), "p2": dict.fromkeys(common, 0.9)}
    house = settle(store, [written("p1", "ana"), written("p2", "ana")], mentions=mentions)
    [ana] = house.ask("", topics=[f"top_{key}" for key in topics]).experts
    assert ana.evidence[0].excerpt == "fibre (words: 30)"  # one of each common name


def test_a_word_that_names_a_topic_finds_who_wrote_about_it_in_other_words(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", "multiplexage"), written("p2", "bob", "dwdm budget"), written("p3", "cem", "budget")]
    house = settle(store, posts, mentions={"p1": {"dwdm": 0.9}, "p2": {"dwdm": 0.9}})
    assert house.names("DWDM") == ["bob", "ana"]  # the word itself also stands in a first line


@pytest.mark.parametrize(
    "links",
    [{"dwdm": {"related": ("top_wdm",)}}, {"wdm": {"related": ("top_dwdm",)}}, {"dwdm": {"broader": "top_wdm"}}],
)
def test_where_nobody_wrote_about_a_topic_who_wrote_about_a_close_one_knows_something_near(
    store: SqliteGraphStore, links: dict[str, dict[str, Any]]
) -> None:
    posts = [written("p1", "ana", "a"), written("p2", "ana", "b"), written("p3", "bob", "budget")]
    house = settle(store, posts, mentions={"p1": {"wdm": 0.9}, "p2": {"wdm": 0.9}})
    assert house.names("DWDM") == []
    put(store, *(replace(a_topic(key), pref_label={"en": f"{key} name"}, **links.get(key, {})) for key in TOPICS))
    house.search.projection.catch_up()
    answer = house.ask("DWDM")
    assert [(one.person.id, one.match, one.words) for one in answer.experts] == [("per_ana", "near", ("wdm name",))]
    assert (answer.reason, answer.experts[0].confidence, answer.experts[0].certainty.known) == ("near_only", "low", 0)
    explained = house.search.explain("DWDM", person="per_ana", viewer=a_viewer(), asker=None)
    assert (explained.standing, explained.score) == ("named", 1.0) and explained.working
    assert [(one.text, one.is_asked) for one in explained.working.terms] == [("DWDM", True), ("wdm name", False)]


def test_close_topics_are_called_in_the_language_of_the_question_or_else_of_the_answer(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana", "a")], mentions={"p1": {"wdm": 0.9}})
    put(store, a_topic("wdm", pref_label={"fr": "à longueurs d'onde", "en": "by wavelengths"}))
    put(store, replace(a_topic("dwdm"), related=("top_wdm",)))
    house.search.projection.catch_up()
    asked = ("DWDM", "en"), ("DWDM", "fr"), ("qui est le meilleur pour nous en DWDM", "en")
    found = [house.ask(question, language=language).experts[0].words for question, language in asked]
    assert found == [("by wavelengths",), ("à longueurs d'onde",), ("à longueurs d'onde",)]


def test_close_topics_that_count_as_one_count_once_and_by_its_name(store: SqliteGraphStore) -> None:
    put(store, a_topic("cwdm"))
    house = settle(store, [written("p1", "ana", "a")], mentions={"p1": {"wdm": 0.9, "cwdm": 0.9}})
    put(store, replace(a_topic("cwdm"), merged_into="top_wdm"))
    put(store, replace(a_topic("dwdm"), related=("top_wdm", "top_cwdm")))
    house.search.projection.catch_up()
    assert [one.words for one in house.ask("DWDM").experts] == [("wdm",)]


def test_of_a_broader_topic_who_wrote_about_its_other_branches_is_not_near(store: SqliteGraphStore) -> None:
    put(store, a_topic("cwdm"))
    posts = [written("p1", "ana", "a"), written("p2", "bob", "b")]
    house = settle(store, posts, mentions={"p1": {"wdm": 0.9}, "p2": {"cwdm": 0.9}})
    put(store, *(replace(a_topic(key), broader="top_wdm") for key in ("dwdm", "cwdm")))
    house.search.projection.catch_up()
    assert house.names("DWDM") == ["ana"]


def test_many_close_topics_weigh_no_more_than_a_word(store: SqliteGraphStore) -> None:
    close = [f"t{number}" for number in range(6)]
    put(store, *map(a_topic, close))
    posts = [written("p1", "ana", "a"), *(written(f"s{at}", "bob", "soldering") for at in range(20))]
    house = settle(store, posts, mentions={"p1": dict.fromkeys(close, 0.9)})
    put(store, replace(a_topic("dwdm"), related=tuple(f"top_{key}" for key in close)))
    house.search.projection.catch_up()
    assert house.names("DWDM soldering") == ["bob", "ana"]


@pytest.mark.parametrize("text", ["b", "dwdm"])
def test_close_topics_add_nothing_where_somebody_wrote_about_the_topic_itself(
    store: SqliteGraphStore, text: str
) -> None:
    posts = [written("p1", "ana", "a"), written("p2", "bob", text)]
    about = {} if text == "dwdm" else {"p2": {"dwdm": 0.9}}  # else in the word alone, which no topic was found for
    house = settle(store, posts, mentions={"p1": {"wdm": 0.9}, **about})
    put(store, replace(a_topic("dwdm"), related=("top_wdm",)))
    house.search.projection.catch_up()
    assert house.names("DWDM") == ["bob"]


def test_a_close_topic_of_hidden_posts_is_as_if_nobody_wrote_about_it(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", "a", community="board"), written("p2", "bob", "budget")]
    house = settle(store, posts, mentions={"p1": {"wdm": 0.9}})
    put(store, replace(a_topic("dwdm"), related=("top_wdm",)))
    house.search.projection.catch_up()
    answer = house.ask("DWDM", viewer=house.see("tech"))
    assert (answer.experts, answer.reason) == ((), "nobody")


def test_of_many_close_topics_those_with_most_posts_count(store: SqliteGraphStore) -> None:
    rare, *common = [f"t{number}" for number in range(11)]
    put(store, *map(a_topic, (rare, *common)))
    mentions = {"p1": dict.fromkeys((rare, *common), 0.9), "p2": dict.fromkeys(common, 0.9)}
    house = settle(store, [written("p1", "ana", "a"), written("p2", "ana", "b")], mentions=mentions)
    put(store, replace(a_topic("dwdm"), related=tuple(f"top_{key}" for key in (rare, *common))))
    house.search.projection.catch_up()
    [ana] = house.ask("DWDM").experts
    assert sorted(ana.words) == sorted(a_topic(key).pref_label["en"] for key in common)


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
