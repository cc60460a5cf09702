"""Layouts: nothing overlaps, nothing leaves the sheet, and the same network always looks the same."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.measures.layout import Sheet, laid_out
from graph.measures.network import Network
from tests.graph.measures.networks import a_network, networks

Box = tuple[float, float]


def faults(sheet: Sheet, boxes: list[Box]) -> list[tuple[int, ...]]:
    """The boxes that leave the sheet, and the pairs that overlap."""
    edges = [(x - w / 2, y - h / 2, x + w / 2, y + h / 2) for (x, y), (w, h) in zip(sheet.centres, boxes, strict=True)]
    outside = [
        (n,)
        for n, (left, top, right, bottom) in enumerate(edges)
        if min(left, top) < -1e-6 or right > sheet.width + 1e-6 or bottom > sheet.height + 1e-6
    ]
    return outside + [
        (n, m)
        for n, a in enumerate(edges)
        for m, b in enumerate(edges[:n])
        if min(a[2], b[2]) - max(a[0], b[0]) > 1e-6 and min(a[3], b[3]) - max(a[1], b[1]) > 1e-6
    ]


@given(networks(), st.data())
def test_no_box_overlaps_another_or_leaves_the_sheet(network: Network, data: st.DataObject) -> None:
    box = st.tuples(st.integers(10, 120).map(float), st.integers(10, 60).map(float))
    boxes = data.draw(st.lists(box, min_size=network.size, max_size=network.size))
    centre = data.draw(st.sampled_from([None, 0]))
    assert not faults(laid_out(network, boxes, width=200, height=100, centre=centre), boxes)


def test_forty_people_find_room_on_a_phone() -> None:
    star = a_network({(0, other): 0.5 for other in range(1, 40)})
    boxes = [(100.0, 52.0)] * 40
    sheet = laid_out(star, boxes, width=312, height=960, centre=0)
    assert not faults(sheet, boxes) and sheet.height < 1500


def test_the_same_network_always_looks_the_same() -> None:
    network = a_network({(0, 1): 0.9, (1, 2): 0.2, (2, 3): 0.9})
    sheets = [laid_out(network, [(60.0, 40.0)] * 4, width=400, height=200) for _ in range(2)]
    assert sheets[0] == sheets[1]


def test_who_is_the_centre_stands_in_the_middle_and_strong_ties_draw_close() -> None:
    network = a_network({(0, 1): 1.0, (0, 2): 0.05, (1, 2): 0.05})
    first, strong, weak = np.array(laid_out(network, [(4.0, 4.0)] * 3, width=400, height=400).centres)
    assert np.hypot(*(first - strong)) < np.hypot(*(first - weak))
    star = a_network({(0, other): 0.5 for other in range(1, 9)})
    sheet = laid_out(star, [(40.0, 20.0)] * 9, width=400, height=400, centre=0)
    x, y = sheet.centres[0]
    assert abs(x - 200) < 60 and abs(y - sheet.height / 2) < 60


def test_a_sheet_is_no_higher_than_its_boxes_need() -> None:
    assert laid_out(a_network({}, size=1), [(30.0, 20.0)], width=100, height=500).height == 20
    assert laid_out(a_network({}), [], width=100, height=500) == Sheet([], 100, 0)
