"""Mentions by cell equal a plain recount, over whatever blocks the posts lie in."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.changes import PersonRow, PostRow
from graph.projection.mentions import mentions
from graph.projection.posts import KINDS
from tests.graph.projection.worlds import STEPS, Step, World, a_post_row, a_world, projected

COUNTED = np.array([kind != "question" for kind in KINDS])
SEEN = frozenset({0, 1})
PLACES = np.array([-1, 1, 0, -1])


def found(world: World, columns: list[int], places: np.ndarray, *, chunk: int = 1) -> Counter[tuple[int, ...]]:
    """How often each column, place and author comes."""
    view = projected(world).state.view(SEEN)
    rows: Counter[tuple[int, ...]] = Counter()
    for piece in mentions(view, np.array(columns), kinds=COUNTED, places=places, chunk=chunk):
        assert (np.diff(piece.keys) >= 0).all()
        cells, authors = piece.picked(np.ones(piece.keys.size, dtype=np.bool_))
        assert (piece.lines == cells // piece.width).all()
        rows.update(
            (piece.low + cell // piece.width, cell % piece.width, author)
            for cell, author in zip(cells.tolist(), authors.tolist(), strict=True)
        )
    return rows


def recounted(world: World, columns: list[int], places: np.ndarray) -> Counter[tuple[int, ...]]:
    """The same, post by post."""
    experts = {row.number: row.is_expert for row in world.each(PersonRow)}
    return Counter(
        (column, int(places[post.community]), post.author)
        for post in world.each(PostRow)
        for column in {columns[topic] for topic in post.topics}
        if post.is_indexed and post.community in SEEN and experts[post.author] and post.kind != "question"
        if column >= 0 and places[post.community] >= 0
    )


@given(
    STEPS,
    st.lists(st.integers(-1, 3), min_size=3, max_size=3),
    st.sampled_from((np.zeros(4, dtype=int), PLACES)),
    st.integers(1, 9),
)
def test_mentions_equal_a_recount(steps: list[Step], columns: list[int], places: np.ndarray, chunk: int) -> None:
    world = a_world()
    for step in steps:
        step(world)
    assert found(world, columns, places, chunk=chunk) == recounted(world, columns, places)


def test_a_post_about_two_topics_of_a_column_is_one_mention() -> None:
    world = a_world().put(a_post_row(1, topics=(1, 2), strengths=(0.5, 0.5)))
    assert found(world, [-1, 0, 0], np.zeros(1, dtype=int)) == {(0, 0, 1): 1}


def test_a_later_community_has_the_last_place() -> None:
    world = a_world().put(a_post_row(1, community=1, topics=(1,), strengths=(0.5,)))
    assert found(world, [-1, 0, -1], np.array([0, -1])) == {}
    assert found(world, [-1, 0, -1], np.array([-1, 0])) == {(0, 0, 1): 1}


def test_nothing_is_found_where_nothing_is() -> None:
    assert found(World(), [-1], np.zeros(1, dtype=int)) == {}
