"""Who reaches whom: against the graph library, on any small network."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from graph.measures.components import components, fragmentation
from graph.measures.network import Network
from graph.measures.structure import graph_of
from tests.graph.measures.networks import networks


def labels(network: Network) -> list[int]:
    """The component of everybody."""
    return components(np.arange(network.size), network.low, network.high).tolist()


def test_a_component_is_called_after_its_first_member() -> None:
    assert components(np.arange(4), np.array([1]), np.array([3])).tolist() == [0, 1, 2, 1]


@given(networks())
def test_components_are_those_of_the_library(network: Network) -> None:
    found = labels(network)
    for group in nx.connected_components(graph_of(network, network.strength)):
        assert {found[person] for person in group} == {min(group)}


@given(networks())
def test_ties_that_come_later_change_nothing_in_the_end(network: Network) -> None:
    half = network.low.size // 2
    first = components(np.arange(network.size), network.low[:half], network.high[:half])
    assert components(first, network.low[half:], network.high[half:]).tolist() == labels(network)


def test_fragmentation_by_hand() -> None:
    assert fragmentation(np.array([3, 1, 1])) == pytest.approx(0.7)
    assert fragmentation(np.array([1])) == 0 == fragmentation(np.zeros(0, dtype=np.int64))


@given(networks())
def test_fragmentation_is_the_share_of_pairs_without_a_path(network: Network) -> None:
    graph = graph_of(network, network.strength)
    pairs = [(one, two) for one in graph for two in graph if one < two]
    apart = sum(not nx.has_path(graph, one, two) for one, two in pairs)
    sizes = np.unique(labels(network), return_counts=True)[1]
    assert fragmentation(sizes) == pytest.approx(apart / len(pairs) if pairs else 0)
