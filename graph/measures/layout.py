"""Layout: where people stand in a picture of their network, so that who is close stands close and names can be read."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import networkx as nx
import numpy as np

from graph.arrays import FloatArray
from graph.measures.network import Network
from graph.measures.structure import SEED, graph_of

GRID: Final = 10.0  # how finely free spots are looked for
BATCH: Final = 100  # spots looked at together
MORE: Final = 1.1  # times as high is the sheet on which there was no room
STRETCH: Final = 0.7  # how much of the layout's own distances is given up for filling the sheet evenly


class Sheet(NamedTuple):
    """Where boxes stand on a sheet: the centre of each, and how large the sheet is."""

    centres: list[tuple[float, float]]
    width: float
    height: float


def laid_out(
    network: Network, boxes: Sequence[tuple[float, float]], *, width: float, height: float, centre: int | None = None
) -> Sheet:
    """A sheet that is as wide as asked and about as high, with everybody in a box of their size.

    Whose ties are strong stand close; no box overlaps another, and every box is narrower than the sheet."""
    return spread(springs(network, centre=centre), np.array(boxes).reshape(-1, 2), width=width, height=height)


def springs(network: Network, *, centre: int | None = None) -> FloatArray:
    """Places in [-1, 1] × [-1, 1], a row a person; ties pull by their strength, and people push each other away.

    The same network has the same layout every time; who is the centre stands in the middle. After Fruchterman &
    Reingold (1991)."""
    if network.size == 0:
        return np.zeros((0, 2))
    graph = graph_of(network, network.strength)
    first = nx.circular_layout(graph)
    if centre is not None:
        first[centre] = np.zeros(2)
    held = None if centre is None else [centre]
    found = nx.spring_layout(graph, pos=first, fixed=held, weight="weight", seed=SEED, iterations=200, method="force")
    places = np.array([found[person] for person in range(network.size)]).reshape(-1, 2)
    return places / max(float(np.abs(places).max(initial=0.0)), 1e-9)


def spread(places: FloatArray, boxes: FloatArray, *, width: float, height: float) -> Sheet:
    """A sheet on which boxes of these sizes stand about where these places are, and none overlaps another.

    It is as wide as asked, and as high, or higher where there is no room, but for what stays empty above and below;
    every box is narrower than it."""
    while True:
        centres = _placed(places, boxes, np.array([width, height]))
        if centres is not None:
            top, bottom = _edges(centres, boxes)
            return Sheet([(x, y - top) for x, y in centres.tolist()], width, bottom - top)
        height *= MORE


def _edges(centres: FloatArray, boxes: FloatArray) -> tuple[float, float]:
    """Where the highest box begins and the lowest one ends."""
    y, half = centres[:, 1], boxes[:, 1] / 2
    return (float((y - half).min()), float((y + half).max())) if y.size else (0.0, 0.0)


def _placed(places: FloatArray, boxes: FloatArray, size: FloatArray) -> FloatArray | None:
    """The centres of the boxes: each on the free spot next to its place, the inner ones first; None without room."""
    wanted, found = _filling(places, boxes, size), np.zeros_like(places)
    x, y = (np.arange(0, length + GRID, GRID) for length in size)
    grid = np.stack(np.meshgrid(x, y), axis=2).reshape(-1, 2)
    done: list[int] = []
    for person in np.argsort(np.square(wanted - size / 2).sum(axis=-1), kind="stable").tolist():
        spots = np.vstack((wanted[person], grid))
        spots = spots[(np.abs(spots - size / 2) <= (size - boxes[person]) / 2).all(axis=-1)]
        spots = spots[np.argsort(np.square(spots - wanted[person]).sum(axis=-1), kind="stable")]
        spot = _first_free(spots, found[done], (boxes[person] + boxes[done]) / 2)
        if spot is None:
            return None
        found[person] = spot
        done.append(person)
    return found


def _first_free(spots: FloatArray, taken: FloatArray, apart: FloatArray) -> FloatArray | None:
    """The first of the spots that is so far, along x or y, from each of those taken."""
    for start in range(0, len(spots), BATCH):
        batch = spots[start : start + BATCH]
        is_free = (np.abs(batch[:, None] - taken) >= apart).any(axis=-1).all(axis=-1)
        if is_free.any():
            return batch[is_free.argmax()]
    return None


def _filling(places: FloatArray, boxes: FloatArray, size: FloatArray) -> FloatArray:
    """The places on the sheet: partly where they are, partly by their rank alone, so that crowds thin out."""
    ranks = places.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = 2 * (ranks + 0.5) / max(len(places), 1) - 1
    mixed = (1 - STRETCH) * places + STRETCH * even
    return size / 2 + mixed * (size - boxes) / 2
