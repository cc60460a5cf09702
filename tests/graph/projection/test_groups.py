"""Departments, sites and communities by number."""

from collections.abc import Mapping

import numpy as np

from graph.changes import PersonRow
from graph.projection.directory import People
from graph.projection.groups import Groups, Organisation
from tests.builders import a_community


def people(departments: Mapping[int, str | None]) -> People:
    """Named people in these departments, by number."""
    rows = [PersonRow(number, f"per_{number}", True, "Ana", name) for number, name in departments.items()]
    return People.nobody().updated(rows, size=0)


def groups(departments: Mapping[int, str | None]) -> Groups:
    """The departments of these people."""
    return Organisation.of(people(departments), {}).departments


def test_everybody_is_in_one_group_and_strangers_in_the_one_without_a_name() -> None:
    found = groups({1: "Étude", 2: None, 3: "achats", 5: "Étude", 6: ""})
    assert found.names == ("achats", "Étude", None)
    assert found.sizes.tolist() == [1, 2, 2]
    assert found.group(np.array([0, 1, 2, 3, 4, 5, 6, 7, 99])).tolist() == [2, 1, 2, 0, 2, 1, 2, 2, 2]


def test_who_is_no_expert_or_has_no_name_does_not_count() -> None:
    gone = PersonRow(2, "per_2", False, "Bob", "Achats")
    unknown = PersonRow(3, "per_3", True)
    found = Organisation.of(people({1: "Études"}).updated([gone, unknown], size=0), {}).departments
    assert (found.names, found.sizes.tolist()) == (("Études", None), [1, 0])
    assert found.group(np.array([1, 2, 3])).tolist() == [0, 1, 1]


def test_a_department_that_everybody_has_left_is_none() -> None:
    moved = people({1: "Études", 2: "Achats"}).updated([PersonRow(1, "per_1", True, "Ana", "Achats")], size=0)
    found = Organisation.of(moved, {}).departments
    assert (found.names, found.sizes.tolist()) == (("Achats", None), [2, 0])


def test_people_are_counted_by_line_and_group() -> None:
    found = groups({1: "a", 2: "b", 3: "a"})
    assert found.counts(np.array([0, 0, 2]), np.array([1, 3, 2]), size=3).tolist() == [[2, 0, 0], [0, 0, 0], [0, 1, 0]]


def test_nobody_is_in_the_group_without_a_name() -> None:
    assert groups({}).group(np.array([0, 7])).tolist() == [0, 0]


def test_communities_have_a_place_and_others_none() -> None:
    organisation = Organisation.of(People.nobody(), {4: a_community("a"), 2: a_community("b")})
    assert organisation.place(np.array([0, 2, 3, 4, 9])).tolist() == [-1, 1, -1, 0, -1]
    assert organisation.readable == {0, 2, 4}
