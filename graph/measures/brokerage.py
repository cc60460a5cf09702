"""Brokerage: how far somebody stands between people who do not meet each other."""

from typing import NamedTuple

import numpy as np

from graph.arrays import FloatArray, IntArray


class EgoNetwork(NamedTuple):
    """Somebody's neighbours, 0 to k - 1, and the ties among them, each once from either end.

    A weight is what the events of the two count together by their ages."""

    weight: FloatArray  # of the tie to each neighbour
    total: FloatArray  # of all ties of each neighbour together
    source: IntArray  # of the ties among neighbours
    target: IntArray
    between: FloatArray  # their weights


def constraint(network: EgoNetwork) -> float | None:
    """Burt's constraint (1992): how far somebody's ties lead to people who meet; None without any that count.

    c = Σ_j (p_ij + Σ_q p_iq · p_qj)², where p_ij is the weight of the tie to j among all ties of i, and j and q are
    neighbours of i. It is small where ties lead to people who do not meet, and says nothing about their strength.
    Example: ties ab of weight 2, ac, ad and bc of 1. p_ab = .5, p_ac = p_ad = .25, p_bc = 1/3, p_cb = .5; of a:
    (.5 + .25 · .5)² + (.25 + .5/3)² + .25² = .626736.
    """
    if not network.weight.any():
        return None
    share = network.weight / network.weight.sum()
    total = np.where(network.total > 0, network.total, 1.0)
    onwards = share[network.source] * network.between / total[network.source]
    indirect = np.bincount(network.target, onwards, minlength=share.size)
    return float(np.square(share + indirect).sum())


def effective_size(network: EgoNetwork) -> float | None:
    """How many separate contacts somebody's neighbours are worth, k - 2t/k with t ties among the k; None without ties.

    After Burt (1992), in the form of Borgatti (1997) for ties without weights.
    Example: three neighbours, two of whom meet: 3 - 2/3 = 2.333333.
    """
    size = network.weight.size
    return size - network.source.size / size if size else None


def percentile(value: float, peers: FloatArray) -> float:
    """The share of peers whose value is larger, in [0, 1]; who has the same counts half.

    Example: .4 among .2, .4, .6, .8: .625."""
    return float((np.count_nonzero(peers > value) + np.count_nonzero(peers == value) / 2) / peers.size)
