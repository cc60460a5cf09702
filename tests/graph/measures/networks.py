"""Networks for tests: written by their ties, and drawn at random."""

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st

from graph.measures.network import Network

Ties = Mapping[tuple[int, int], float]


def a_network(ties: Ties, *, size: int = 0) -> Network:
    """The network of these ties between places; at least so many people."""
    known = sorted(ties)
    low, high = (np.array([ends[side] for ends in known], dtype=np.int64) for side in (0, 1))
    size = max([size, *(high + 1).tolist()])
    return Network(np.arange(size), low, high, np.array([ties[ends] for ends in known]))


@st.composite
def networks(draw: st.DrawFn, *, people: int = 9) -> Network:
    """Any small network; strengths are often equal."""
    size = draw(st.integers(1, people))
    pairs = [(low, high) for high in range(size) for low in range(high)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return a_network({ends: draw(st.sampled_from([0.1, 0.3, 0.3, 0.5, 0.9])) for ends in chosen}, size=size)
