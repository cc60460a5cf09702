"""Introduction paths against brute force, and by hand."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.paths import LONGEST, Mode, Path, Ties, introduction_paths, paths_by_first_step

Network = Mapping[tuple[int, int], float]


class KnownTies:
    """A network of few ties, given by pair."""

    def __init__(self, network: Network) -> None:
        self._rows = sorted({(a, b, s) for (x, y), s in network.items() for a, b in ((x, y), (y, x))})

    def of(self, people: npt.NDArray[Any]) -> Ties:
        return self._ties([row for row in self._rows if row[0] in people])

    def cost(self, people: npt.NDArray[Any]) -> int:
        return len(self.of(people).source)

    def met_by(self, people: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.unique([other for one, other, *_ in self._rows if one in people]).astype(np.int64)

    def between(self, sources: npt.NDArray[Any], targets: npt.NDArray[Any]) -> Ties:
        return self._ties([row for row in self._rows if row[0] in sources and row[1] in targets])

    @staticmethod
    def _ties(rows: list[tuple[int, int, float]]) -> Ties:
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        return Ties(np.array(columns[0], dtype=np.int32), np.array(columns[1], dtype=np.int32), np.array(columns[2]))


def paths(network: Network, asker: int, targets: list[int], mode: Mode) -> dict[int, Path]:
    return introduction_paths(asker, targets, ties=KnownTies(network), order=lambda number: f"per_{-number}", mode=mode)


def brute_force(network: Network, asker: int, targets: list[int], mode: Mode) -> dict[int, Path]:
    graph = nx.Graph()
    graph.add_edges_from(network)
    best: dict[int, Path] = {}
    for target in set(targets) - {asker}:
        if asker not in graph or target not in graph:
            continue
        ranked = []
        for people in nx.all_simple_paths(graph, asker, target, cutoff=LONGEST):
            width = min(network[min(pair), max(pair)] for pair in pairwise(people))
            ids = [f"per_{-number}" for number in people]
            key = (len(people), -width, ids) if mode == "search" else (-width, len(people), ids)
            ranked.append((key, Path(width / (len(people) - 1), tuple(people))))
        if ranked:
            best[target] = min(ranked)[1]
    return best


networks = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.0, 0.1, 0.3, 0.7, 1.0]),
    max_size=16,
)


@given(networks, st.sampled_from(["search", "transfer"]))
def test_paths_are_those_that_brute_force_finds(network: Network, mode: Mode) -> None:
    everybody = list(range(1, 11))
    assert paths(network, 1, everybody, mode) == brute_force(network, 1, everybody, mode)


def test_search_goes_straight_and_transfer_over_strong_ties() -> None:
    network = {(1, 2): 0.2, (1, 3): 0.8, (2, 3): 0.5}
    assert paths(network, 1, [2], "search") == {2: Path(0.2, (1, 2))}
    assert paths(network, 1, [2], "transfer") == {2: Path(0.25, (1, 3, 2))}


def test_among_equals_the_first_public_ids_win() -> None:
    network = {(1, 2): 0.5, (1, 3): 0.5, (2, 4): 0.5, (3, 4): 0.5}
    assert paths(network, 1, [4], "search")[4].people == (1, 2, 4)


@pytest.mark.parametrize("mode", ["search", "transfer"])
def test_three_people_may_introduce_and_four_may_not(mode: Mode) -> None:
    chain = {(number, number + 1): 0.4 for number in range(1, 7)}
    assert paths(chain, 1, [5, 6], mode) == {5: Path(0.1, (1, 2, 3, 4, 5))}


@pytest.mark.parametrize("mode", ["search", "transfer"])
def test_nobody_is_introduced_to_themselves_or_over_no_ties(mode: Mode) -> None:
    assert paths({}, 1, [1, 2], mode) == {}
    assert paths({(1, 2): 0.4}, 1, [1], mode) == {}


def over_each(network: Network, target: int, limit: int) -> list[Path]:
    others = KnownTies({pair: strength for pair, strength in network.items() if 1 not in pair})
    near = KnownTies(network).of(np.array([1]))
    return paths_by_first_step(1, target, near=near, ties=others, order=lambda number: f"per_{-number}", limit=limit)


def brute_force_over_each(network: Network, target: int) -> list[Path]:
    """The best path over each first step, of all there are."""
    firsts = {one if two == 1 else two for one, two in network if 1 in (one, two)}
    found = []
    for first in firsts:
        near = {(1, first): network[min(1, first), max(1, first)]}
        rest = {pair: strength for pair, strength in network.items() if 1 not in pair}
        found += brute_force(near | rest, 1, [target], "transfer").values()
    return found


@given(networks, st.integers(2, 9), st.integers(1, 4))
def test_paths_over_each_first_step_are_those_that_brute_force_finds(network: Network, target: int, limit: int) -> None:
    def place(path: Path) -> tuple[float, int, list[str]]:
        width = min(network[min(pair), max(pair)] for pair in pairwise(path.people))
        return -width, len(path.people), [f"per_{-number}" for number in path.people]

    assert over_each(network, target, limit) == sorted(brute_force_over_each(network, target), key=place)[:limit]


def test_who_is_asked_first_is_another_one_each_time() -> None:
    network = {(1, 2): 0.2, (1, 3): 0.8, (2, 3): 0.5}
    assert over_each(network, 2, 5) == [Path(0.25, (1, 3, 2)), Path(0.2, (1, 2))]
    assert over_each(network, 2, 1) == [Path(0.25, (1, 3, 2))]
