"""Bridgeness by hand, and against a recount of random networks."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
import pytest

from graph.arrays import IntArray
from graph.measures.bridgeness import bridgeness, set_distance
from graph.measures.sharing import has, shared
from graph.measures.simmelian import is_mutual, simmelian_counts

A, B, C, D, E = range(1, 6)
TIES = [(A, B), (A, C), (A, D), (B, C), (B, E), (C, D)]
Network = "nx.Graph[int]"


def both_ends(pairs: list[tuple[int, int]]) -> dict[str, IntArray]:
    """Everybody's neighbours, in order of both."""
    rows = np.array(sorted([*pairs, *((b, a) for a, b in pairs)]), dtype=np.int64).reshape(-1, 2)
    return {"person": rows[:, 0], "other": rows[:, 1]}


def ends(pairs: list[tuple[int, int]]) -> tuple[IntArray, IntArray]:
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def test_the_worked_example_comes_out() -> None:
    found = bridgeness(ends([(A, B), (A, C), (B, E)]), **both_ends(TIES))
    assert found.overlap == pytest.approx([1 / 3, 1, 0], abs=1e-9)
    assert found.common.tolist() == [1, 2, 0]


def test_a_pair_without_other_neighbours_is_a_local_bridge() -> None:
    found = bridgeness(ends([(A, B)]), **both_ends([(A, B)]))
    assert (found.overlap.tolist(), found.common.tolist()) == ([0], [0])


@pytest.mark.parametrize("seed", range(200))
def test_overlap_and_simmelian_triads_are_those_of_a_recount(seed: int) -> None:
    answers = nx.gnp_random_graph(3 + seed % 12, 0.1 + seed % 7 / 10, seed=seed, directed=True)
    ties, mutual = answers.to_undirected(), answers.to_undirected(reciprocal=True)
    pairs = [(int(a), int(b)) for a, b in ties.edges]
    near = {person: set(ties[person]) for person in ties}
    around = [(near[a] | near[b]) - {a, b} for a, b in pairs]
    common = [near[a] & near[b] for a, b in pairs]
    found = bridgeness(ends(pairs), **both_ends(pairs))
    expected = [len(both) / len(all_of) if all_of else 0 for both, all_of in zip(common, around, strict=True)]
    assert found.overlap == pytest.approx(expected, abs=1e-9)
    triads = [len(set(mutual[a]) & set(mutual[b])) if mutual.has_edge(a, b) else 0 for a, b in pairs]
    answered = both_ends([(int(a), int(b)) for a, b in mutual.edges])
    assert simmelian_counts(ends(pairs), **answered).tolist() == triads


def test_communities_are_as_far_apart_as_few_are_shared() -> None:
    things: Mapping[str, IntArray] = {"person": np.array([A, A, B, B, C]), "thing": np.array([1, 2, 2, 3, 3])}
    distance = set_distance(ends([(A, B), (A, C), (B, B), (A, D)]), **things)
    assert distance[:3] == pytest.approx([2 / 3, 1, 0], abs=1e-9)
    assert np.isnan(distance[3])


def test_three_who_answer_each_other_form_a_triad_and_a_fourth_does_not() -> None:
    answered = both_ends([(A, B), (A, C), (B, C)])
    assert simmelian_counts(ends([(A, B), (A, C), (B, C), (A, D)]), **answered).tolist() == [1, 1, 1, 0]


def test_a_tie_is_mutual_when_events_go_both_ways_and_a_meeting_does() -> None:
    starts, direction = np.array([0, 2, 4, 5]), np.array([1, 1, 1, -1, 0, -1])
    assert is_mutual(starts, direction).tolist() == [False, True, True, False]
    assert is_mutual(starts[:0], direction[:0]).tolist() == []


def test_things_are_shared_pair_by_pair() -> None:
    things = {"person": np.array([A, A, B, B, B]), "thing": np.array([1, 2, 2, 3, 4])}
    assert [column.tolist() for column in shared(ends([(A, B), (B, A), (A, C)]), **things)] == [
        [1, 1, 0],
        [2, 3, 2],
        [3, 2, 0],
    ]
    nothing = np.zeros(0, dtype=np.int64)
    assert has(np.array([A]), np.array([1]), person=nothing, thing=nothing).tolist() == [False]
