"""Burt's measures by hand, and against networkx on 200 random networks."""

import math
from collections.abc import Mapping

import networkx as nx
import numpy as np
import pytest

from graph.measures.brokerage import EgoNetwork, constraint, effective_size, percentile

WORKED_EXAMPLE = {("a", "b"): 2.0, ("a", "c"): 1.0, ("a", "d"): 1.0, ("b", "c"): 1.0}


def weighted(ties: Mapping[tuple[str, str], float]) -> "nx.Graph[str]":
    network: nx.Graph[str] = nx.Graph()
    network.add_weighted_edges_from((one, two, weight) for (one, two), weight in ties.items())
    return network


def around(network: "nx.Graph[str]", ego: str) -> EgoNetwork:
    """What the measures need of somebody's neighbourhood."""
    near = sorted(network[ego])
    inner = [(a, b) for a in near for b in near if network.has_edge(a, b)]
    return EgoNetwork(
        weight=np.array([network[ego][person]["weight"] for person in near]),
        total=np.array([network.degree(person, weight="weight") for person in near], dtype=np.float64),
        source=np.array([near.index(a) for a, _ in inner], dtype=np.int64),
        target=np.array([near.index(b) for _, b in inner], dtype=np.int64),
        between=np.array([network[a][b]["weight"] for a, b in inner], dtype=np.float64),
    )


@pytest.mark.parametrize(("person", "expected"), [("a", 0.626736), ("b", 0.944444), ("c", 1.256944), ("d", 1.0)])
def test_the_worked_example_of_constraint_comes_out(person: str, expected: float) -> None:
    assert constraint(around(weighted(WORKED_EXAMPLE), person)) == pytest.approx(expected, abs=5e-7)


def test_the_worked_example_of_effective_size_comes_out() -> None:
    assert effective_size(around(weighted(WORKED_EXAMPLE), "a")) == pytest.approx(3 - 2 / 3, abs=1e-9)


@pytest.mark.parametrize("seed", range(200))
def test_both_equal_networkx_on_random_networks(seed: int) -> None:
    random = np.random.default_rng(seed)
    plain = nx.gnp_random_graph(2 + seed % 15, random.random(), seed=seed)
    network = weighted({(str(a), str(b)): float(random.random() * 5 + 1e-6) for a, b in plain.edges})
    network.add_nodes_from(map(str, plain.nodes))
    constraints, sizes = nx.constraint(network, weight="weight"), nx.effective_size(network)
    for person in network:
        found = around(network, person)
        if math.isnan(constraints[person]):
            assert constraint(found) is None and effective_size(found) is None
        else:
            assert constraint(found) == pytest.approx(constraints[person], abs=1e-9)
            assert effective_size(found) == pytest.approx(sizes[person], abs=1e-9)


def test_ties_that_count_nothing_constrain_nobody() -> None:
    silent = weighted({("a", "b"): 0.0, ("b", "c"): 0.0})
    assert constraint(around(silent, "a")) is None
    assert constraint(around(weighted({("a", "b"): 1.0, ("b", "c"): 0.0, ("a", "c"): 0.0}), "a")) == 1


def test_a_percentile_is_the_share_of_peers_above() -> None:
    assert percentile(0.4, np.array([0.2, 0.4, 0.6, 0.8])) == pytest.approx(0.625)
