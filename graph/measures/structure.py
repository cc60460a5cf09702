"""Structure: the communities that ties make, whatever anybody called them."""

from typing import Final

import networkx as nx
import numpy as np

from graph.arrays import FloatArray, IntArray
from graph.measures.network import Network

SEED: Final = 1  # the same network has the same communities every time
UNITS: Final = 2**25  # all ties together: whole numbers that sum to such a power of two make all sums below exact


def graph_of(network: Network, weights: FloatArray | IntArray) -> "nx.Graph[int]":
    """The network as the graph library takes it: people by place, ties with these weights."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(network.size))
    ties = zip(network.low.tolist(), network.high.tolist(), weights.tolist(), strict=True)
    graph.add_weighted_edges_from(ties)
    return graph


def found_communities(network: Network) -> IntArray:
    """For each of the people the number of their community, the largest being 0, by Louvain's method.

    Ties within communities weigh as much more as can be than they would if everybody chose theirs by chance (Blondel,
    Guillaume, Lambiotte & Lefebvre 2008). Example: two triangles with one tie between them: 0, 0, 0, 1, 1, 1.
    Where no tie has any strength, everybody is alone.
    """
    if not network.strength.any():
        return np.arange(network.size)
    # Over fractions the library can go in a circle for ever, each step of which gains no more than was rounded.
    graph = graph_of(network, _in_units(network.strength))
    groups = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    found = np.zeros(network.size, dtype=np.int64)
    for number, group in enumerate(sorted(groups, key=lambda group: (-len(group), min(group)))):
        found[list(group)] = number
    return found


def _in_units(strength: FloatArray) -> IntArray:
    """Whole numbers that sum to UNITS, each within one of its share."""
    shares = np.cumsum(strength) / strength.sum() * UNITS
    return np.diff(np.rint(shares), prepend=0).astype(np.int64)


def modularity(network: Network, groups: IntArray) -> float:
    """Σ (w_in / w - (w_group / 2 w)²): the share of strength within groups, over what chance would give; below 1.

    w_in is the strength of the ties within a group, w_group of all ends in it. 0 without ties. After Newman (2004).
    Example: two triangles with one tie between them, all alike: 2 · (3/7 - (7/14)²) = .357143.
    """
    total = float(network.strength.sum())
    if total == 0:
        return 0.0
    within = network.strength[groups[network.low] == groups[network.high]].sum() / total
    return float(within - ((np.bincount(groups, network.standing()) / (2 * total)) ** 2).sum())
