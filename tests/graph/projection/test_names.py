"""Names: found by how their words begin, in an order that everybody shares."""

import pytest

from graph.changes import PersonRow
from graph.projection.names import LONGEST, sort_key, words_of
from tests.graph.projection.worlds import a_world, projected

NAMES = ("Zoé Brun", "Élodie Brunet", "Jean-Pierre d'Œuvre", "Łukasz Øster", "Ana Brun", None)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Élodie Brunet", ["elodie", "brunet"]),
        ("JEAN-PIERRE d’Œuvre", ["jean", "pierre", "d", "oeuvre"]),
        ("Łukasz Øster", ["lukasz", "oster"]),
        ("Straße", ["strasse"]),
        ("Юлия 李", ["юлия", "李"]),
        ("?!", []),
        ("Yıldız Đặng Þóra", ["yildiz", "dang", "thora"]),
    ],
)
def test_case_accents_and_ligatures_do_not_count(name: str, words: list[str]) -> None:
    assert words_of(name) == words


def test_a_long_name_is_cut_between_two_letters() -> None:
    key = sort_key("é李" * 100)
    assert len(key.encode()) <= LONGEST
    assert (" e" + "李e" * 100).startswith(key)


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("brun", [5, 2, 1]),
        ("BRUN ÉL", [2]),
        ("brunet brun", [2]),
        ("pie", [3]),
        ("d'oeu", [3]),
        ("os luk", [4]),
        ("run", []),
        ("-", []),
    ],
)
def test_people_are_found_by_how_words_of_their_name_begin(asked: str, numbers: list[int]) -> None:
    world = a_world().put(*(PersonRow(at, f"per_{at}", True, name) for at, name in enumerate(NAMES, start=1)))
    people = projected(world).state.people
    found = people.called(asked).tolist()
    assert found == numbers
    assert [people.position(number) for number in found] == sorted(people.position(number) for number in found)


def test_words_of_the_names_of_experts_are_found_by_any_part() -> None:
    rows = (PersonRow(1, "per_1", True, "Maëlle Le-Bihan"), PersonRow(2, "per_2", False, "Bihan bot"))
    people = projected(a_world().put(*rows)).state.people
    assert people.words("mae", "zz") == people.words("zz", "han") == {"maelle", "le", "bihan"}
    assert people.words("zz") == set()


def test_namesakes_stand_in_the_order_of_their_ids() -> None:
    world = a_world().put(PersonRow(1, "per_z", True, "Ana Brun"), PersonRow(2, "per_a", True, "ANA BRUN"))
    assert projected(world).state.people.called("ana").tolist() == [2, 1]


def test_who_is_no_expert_any_more_is_not_found() -> None:
    world = a_world().put(PersonRow(1, "per_1", True, "Ana"))
    projection = projected(world)
    world.put(PersonRow(1, "per_1", False, "Ana"))
    projection.catch_up()
    assert projection.state.people.called("ana").tolist() == []


def test_a_new_name_takes_the_place_of_the_old_one() -> None:
    world = a_world().put(PersonRow(1, "per_1", True, "Ana"))
    projection = projected(world)
    world.put(PersonRow(1, "per_1", True, "Maximiliane Überschuss"))
    projection.catch_up()
    assert projection.state.people.called("ana").tolist() == []
    assert projection.state.people.called("uber").tolist() == [1]


def test_who_bears_a_word_follows_who_comes_and_goes() -> None:
    world = a_world().put(PersonRow(1, "per_1", True, "Anne Brun"), PersonRow(2, "per_2", True, "Brun Léa Brun"))
    people = projected(world).state.people
    assert people.bearers(["brun", "lea", "zoe", "li"]) == {"brun": {1, 2}, "lea": {2}}
    assert (people.length(1), people.length(2)) == (2, 3)
    gone = people.updated([PersonRow(1, "per_1", False, "Anne Brun"), PersonRow(3, "per_3", True, "李 Zoé")], size=0)
    assert gone.bearers(["brun", "anne", "zoe", "李"]) == {"brun": {2}, "zoe": {3}, "李": {3}}
    assert type(people).nobody().bearers(["brun"]) == {}
