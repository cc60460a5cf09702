"""Departments, sites and communities by number."""

import numpy as np

from graph.projection.groups import Groups, Organisation
from tests.builders import a_community


def test_everybody_is_in_one_group_and_strangers_in_the_one_without_a_name() -> None:
    groups = Groups.of({1: "Étude", 2: None, 3: "achats", 5: "Étude", 6: ""})
    assert groups.names == ("achats", "Étude", None)
    assert groups.sizes.tolist() == [1, 2, 2]
    assert groups.group(np.array([0, 1, 2, 3, 4, 5, 6, 7, 99])).tolist() == [2, 1, 2, 0, 2, 1, 2, 2, 2]


def test_people_are_counted_by_line_and_group() -> None:
    groups = Groups.of({1: "a", 2: "b", 3: "a"})
    assert groups.counts(np.array([0, 0, 2]), np.array([1, 3, 2]), size=3).tolist() == [[2, 0, 0], [0, 0, 0], [0, 1, 0]]


def test_nobody_is_in_the_group_without_a_name() -> None:
    assert Groups.of({}).group(np.array([0, 7])).tolist() == [0, 0]


def test_communities_have_a_place_and_others_none() -> None:
    organisation = Organisation.of({}, {}, [(4, a_community("a")), (2, a_community("b"))])
    assert organisation.place(np.array([0, 2, 3, 4, 9])).tolist() == [-1, 1, -1, 0, -1]
    assert organisation.readable == {0, 2, 4}
