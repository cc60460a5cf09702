"""Resilience: the example by hand, and a recount that removes tie after tie."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.network import Network
from graph.measures.resilience import resilience
from graph.measures.structure import graph_of
from tests.graph.measures.networks import a_network, networks

TRIANGLES = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9, (2, 3): 0.2, (3, 4): 0.9, (3, 5): 0.9, (4, 5): 0.9}


def test_two_triangles_fall_apart_without_the_weak_tie_between_them() -> None:
    found = resilience(a_network(TRIANGLES), steps=7)
    assert found.weak.round(3).tolist() == [1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.333, 0.167]
    assert found.strong[1] == 1 and found.verdict == "weak"


def test_strong_ties_may_hold_it_together() -> None:
    turned = {ends: 0.95 if ends == (2, 3) else 0.1 for ends in TRIANGLES}
    assert resilience(a_network(turned)).verdict == "strong"
    assert resilience(a_network({(0, 1): 0.5})).verdict == "alike"


def recounted(network: Network, *, steps: int, is_weak_first: bool) -> list[float]:
    """The largest component after each step, in a graph from which ties are taken one after the other."""
    ends = list(zip(network.low.tolist(), network.high.tolist(), strict=True))
    strongest = [ends[tie] for tie in network.strongest_first().tolist()]
    order, found = strongest[::-1] if is_weak_first else strongest, []
    for step in range(steps + 1):
        graph = graph_of(network, network.strength)
        graph.remove_edges_from(order[: len(order) * step // steps])
        found.append(max(map(len, nx.connected_components(graph))) / network.size)
    return found


@given(networks(), st.integers(1, 6))
def test_both_curves_equal_a_recount(network: Network, steps: int) -> None:
    found = resilience(network, steps=steps)
    assert found.of("weak").tolist() == pytest.approx(recounted(network, steps=steps, is_weak_first=True))
    assert found.of("strong").tolist() == pytest.approx(recounted(network, steps=steps, is_weak_first=False))
