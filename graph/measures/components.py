"""Components: who reaches whom at all."""

import numpy as np

from graph.arrays import IntArray


def components(labels: IntArray, one: IntArray, other: IntArray) -> IntArray:
    """The component of each when these ties come to those that made the labels; at first everybody is their own.

    A component is called after its first member. Labels sink to the lower end of each tie, and from there to what that
    was called, until nothing moves (Shiloach & Vishkin 1982).
    Example: of 0, 1, 2, 3 with a tie between 1 and 3: 0, 1, 2, 1.
    """
    while True:
        one, other = labels[one], labels[other]
        is_apart = one != other
        if not is_apart.any():
            return labels
        one, other = one[is_apart], other[is_apart]
        labels = labels.copy()
        np.minimum.at(labels, np.maximum(one, other), np.minimum(one, other))
        while ((below := labels[labels]) != labels).any():
            labels = below


def fragmentation(sizes: IntArray) -> float:
    """Share of the pairs of people who do not reach each other, 1 - Σ s (s - 1) / n (n - 1), s the sizes of components.

    0 when all are one, 1 when each is alone; 0 for fewer than two people. After Borgatti (2006).
    Example: components of 3, 1 and 1: 1 - 6 / 20 = .7.
    """
    people = int(sizes.sum())
    return 1 - float((sizes * (sizes - 1)).sum()) / (people * (people - 1)) if people > 1 else 0.0
