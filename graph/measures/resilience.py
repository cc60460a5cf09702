"""Resilience: how long a network holds together when its ties go, the weak ones or the strong ones first."""

from typing import Final, Literal, NamedTuple

import numpy as np

from graph.arrays import FloatArray, IntArray
from graph.measures.components import components
from graph.measures.network import Network

Removal = Literal["weak", "strong"]
Verdict = Literal["weak", "strong", "alike"]

STEPS: Final = 20
ALIKE: Final = 0.02  # what two curves may differ by, in the mean, without one being said to fall sooner


class Resilience(NamedTuple):
    """What is left together, by what went first: one entry for no ties removed, and one after each step."""

    removed: FloatArray  # share of the ties
    weak: FloatArray  # share of the people who are in the largest component
    strong: FloatArray

    def of(self, removal: Removal) -> FloatArray:
        """What is left together when those went first."""
        return self.weak if removal == "weak" else self.strong

    @property
    def verdict(self) -> Verdict:
        """Which ties hold the network together: those without which it falls apart sooner."""
        lead = float(self.strong.mean() - self.weak.mean())
        return "alike" if abs(lead) < ALIKE else "weak" if lead > 0 else "strong"


def resilience(network: Network, *, steps: int = STEPS) -> Resilience:
    """Share of people in the largest component as ties are removed in the order of their strength, in equal steps.

    After Onnela et al. (2007), who found that a network of phone calls bears the loss of its strong ties and falls
    apart without the weak ones. Removing is counted as adding from the other end, so all steps cost as much as one.
    Example: triangles abc and def of strength .9 and between them a tie cd of .2, in 7 steps: without the weakest tie
    3 of 6 are together, without the strongest one still all: weak 1, .5, .5, .5, .5, .5, .333, .167.
    """
    strongest = network.strongest_first()
    removed = np.arange(steps + 1) / steps
    return Resilience(removed, _kept(network, strongest, steps), _kept(network, strongest[::-1], steps))


def _kept(network: Network, order: IntArray, steps: int) -> FloatArray:
    """The share of the largest component when the last ones in that order are removed."""
    labels, found, before = np.arange(network.size), np.zeros(steps + 1), 0
    for step in range(steps, -1, -1):
        kept = order.size - order.size * step // steps
        added = order[before:kept]
        labels, before = components(labels, network.low[added], network.high[added]), kept
        found[step] = np.bincount(labels, minlength=1).max() / max(network.size, 1)
    return found
