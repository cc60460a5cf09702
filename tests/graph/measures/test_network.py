"""A network: what it keeps when it is put together, narrowed and thinned."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.network import Network
from tests.graph.measures.networks import a_network, networks


def ties(network: Network) -> dict[tuple[int, int], float]:
    """The ties by the numbers of their people, the lower first."""
    ends = (network.people[side].tolist() for side in (network.low, network.high))
    return {(min(pair), max(pair)): value for *pair, value in zip(*ends, network.strength.tolist(), strict=True)}


def test_a_tie_seen_from_both_ends_is_one_and_strangers_do_not_count() -> None:
    person, other = np.array([7, 5, 5]), np.array([5, 7, 9])
    found = Network.of(np.array([7, 5]), person=person, other=other, strength=np.array([0.4, 0.4, 0.9]))
    assert (found.low.tolist(), found.high.tolist(), found.strength.tolist()) == ([0], [1], [0.4])


def test_nobody_has_no_ties() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert Network.of(nothing, person=nothing, other=nothing, strength=np.zeros(0)).size == 0


def test_standing_is_the_sum_of_strengths() -> None:
    assert a_network({(0, 1): 0.5, (0, 2): 0.25}, size=4).standing().tolist() == [0.75, 0.5, 0.25, 0]


def test_thinning_keeps_the_strongest_of_everybody() -> None:
    assert ties(a_network({(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.1}).thinned(2)) == {(0, 1): 0.9, (0, 2): 0.8}


@given(networks(), st.integers(0, 40))
def test_thinning_keeps_no_more_than_asked_and_no_tie_before_a_better_ranked_one(network: Network, most: int) -> None:
    order = network.strongest_first().tolist()
    ends = [(network.low[tie], network.high[tie]) for tie in range(len(order))]
    seen = dict.fromkeys(range(network.size), 0)
    rank = {}
    for tie in order:
        rank[ends[tie]] = min(seen[end] for end in ends[tie])
        for end in ends[tie]:
            seen[end] += 1
    kept = set(ties(network.thinned(most)))
    assert len(kept) <= most
    highest = max((rank[tie] for tie in kept), default=-1)
    if len(kept) < len(ends):
        assert kept == {tie for tie in rank if rank[tie] <= highest}
        assert sum(value <= highest + 1 for value in rank.values()) > most


@given(networks(), st.data())
def test_among_some_people_are_the_ties_between_them(network: Network, data: st.DataObject) -> None:
    which = np.array(data.draw(st.lists(st.booleans(), min_size=network.size, max_size=network.size)), dtype=np.bool_)
    expected = {pair: value for pair, value in ties(network).items() if which[list(pair)].all()}
    assert ties(network.among(which)) == expected
