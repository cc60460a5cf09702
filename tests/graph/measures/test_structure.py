"""Communities by structure: found where they lie, the same every time, and measured as the library does."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from graph.measures.network import Network
from graph.measures.structure import found_communities, graph_of, modularity
from tests.graph.measures.networks import a_network, networks

TRIANGLES = dict.fromkeys([(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)], 1.0)


def test_two_triangles_are_two_communities() -> None:
    network = a_network(TRIANGLES)
    found = found_communities(network)
    assert found.tolist() == [0, 0, 0, 1, 1, 1]
    assert modularity(network, found) == pytest.approx(0.357143, abs=1e-6)


def test_without_ties_everybody_is_alone() -> None:
    network = a_network({}, size=3)
    assert sorted(found_communities(network).tolist()) == [0, 1, 2] and modularity(network, np.arange(3)) == 0


def test_among_ties_without_strength_everybody_is_alone() -> None:
    assert sorted(found_communities(a_network({(0, 1): 0.0, (1, 2): 0.0})).tolist()) == [0, 1, 2]


@pytest.mark.timeout(20)  # hundreds of times what it takes: only a circle fails
def test_gains_that_are_only_rounded_send_nobody_in_a_circle() -> None:
    strong, weak = 0.219436, 0.070449  # for these the library alone never ends
    teams = (0, 2, 4, 10, 11, 12), (1, 3, 6), (7, 9, 13, 14, 15, 19, 20)
    ties = {pair: strong for team in teams for pair in combinations(team, 2)}
    ties |= dict.fromkeys([(1, 13), (2, 9), (5, 16), (5, 18), (8, 16), (17, 18)], weak)
    found = found_communities(a_network(dict(sorted(ties.items()))))
    assert [len(set(found[list(team)].tolist())) for team in teams] == [1, 1, 1]


@given(networks())
def test_the_largest_comes_first_and_modularity_is_that_of_the_library(network: Network) -> None:
    found = found_communities(network)
    sizes = np.bincount(found)
    assert (np.diff(sizes) <= 0).all()
    assert (found_communities(network) == found).all()
    if network.low.size:
        graph = graph_of(network, network.strength)
        groups = [set(np.flatnonzero(found == group).tolist()) for group in range(sizes.size)]
        assert modularity(network, found) == pytest.approx(nx.community.modularity(graph, groups))
