"""The projection after any changes equals one built from scratch, and a view one of the visible records alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.changes import Changes, PersonRow
from graph.errors import Unavailable
from graph.projection.feed import Projection
from graph.projection.state import State
from tests.graph.projection.worlds import (
    STEPS,
    Step,
    World,
    a_post_row,
    a_world,
    count_words,
    described,
    directory,
    projected,
    term,
)

VIEWERS = [frozenset({0, 1, 2}), frozenset({0, 1}), frozenset({0}), frozenset()]


def everything(state: State) -> list[object]:
    received = state.post_interactions.received(np.repeat(np.arange(20), 5), np.tile(np.arange(5), 20))
    return [
        [described(state.view(communities)) for communities in VIEWERS],
        [column.tolist() for column in received],
        directory(state),
    ]


@settings(max_examples=150)
@given(steps=STEPS, reads=st.sets(st.integers(0, 40)), compacts=st.sets(st.integers(0, 40)))
def test_it_equals_one_built_from_scratch_after_any_changes(
    steps: list[Step], reads: set[int], compacts: set[int]
) -> None:
    world = a_world()
    projection = projected(world)
    for at, step in enumerate(steps):
        step(world)
        if at in reads:
            projection.catch_up()
        if at in compacts:
            projection.compact(beyond=0)
    projection.catch_up()
    assert everything(projection.state) == everything(projected(world).state)


@settings(max_examples=150)
@given(steps=STEPS, communities=st.sampled_from(VIEWERS[1:]))
def test_a_view_equals_the_one_on_the_visible_records_alone(steps: list[Step], communities: frozenset[int]) -> None:
    world = a_world()
    projection = projected(world)
    for step in steps:
        step(world)
        projection.catch_up()
    alone = projected(world.only(communities))
    assert described(projection.state.view(communities)) == described(alone.state.view(communities))
    assert described(alone.state.view(communities)) == described(alone.state.view(VIEWERS[0] | communities))


@settings(max_examples=50)
@given(steps=STEPS)
def test_the_same_changes_again_change_nothing(steps: list[Step]) -> None:
    world = a_world()
    for step in steps:
        step(world)
    state = projected(world).state
    again = state.updated(world.changes(after=0, upto=world.seq), count_words)
    assert everything(again) == everything(state)


def test_catching_up_tells_how_many_numbers_passed() -> None:
    world = a_world().put(a_post_row(1), a_post_row(2))
    projection = projected(World())
    assert (projection.catch_up(), projection.seq) == (0, 0)
    projection = projected(world)
    world.put(a_post_row(3))
    assert (projection.catch_up(), projection.seq) == (1, world.seq)


def test_more_changes_than_a_window_holds_are_all_read() -> None:
    world = a_world().put(*(a_post_row(number) for number in range(1, 10_100)))
    assert projected(world).state.view(frozenset({0})).posts == 10_099


def test_a_reader_keeps_the_state_it_took() -> None:
    world = a_world().put(a_post_row(1))
    projection = projected(world)
    before = projection.state
    world.put(a_post_row(2))
    world.remove("post", 1)
    projection.catch_up()
    assert list(described(before.view(frozenset({0})))["posts"]) == [b"pst_1"]
    assert list(described(projection.state.view(frozenset({0})))["posts"]) == [b"pst_2"]


def test_later_blocks_stay_few_and_each_larger_than_all_after_it() -> None:
    world = a_world()
    projection = projected(world)
    for number in range(1, 200):
        world.put(a_post_row(number, author=number % 4 + 1))
        projection.catch_up()
        sizes = [part.is_alive.size for part in projection.state.parts]
        assert all(size > 4 * sum(sizes[at + 1 :]) for at, size in enumerate(sizes))
    assert len(projection.state.parts) <= 4


def test_compacting_waits_until_it_is_worth_it() -> None:
    world = a_world().put(*map(a_post_row, range(1, 6)))
    projection = projected(world)
    world.put(a_post_row(6))
    projection.catch_up()
    assert not projection.compact(beyond=1)
    assert projection.compact(beyond=0)
    assert len(projection.state.parts) == 1


def test_posts_stand_in_order_of_author_time_and_id() -> None:
    rows = [
        a_post_row(number, author=number % 2 + 1, at=number // 4, id=f"pst_{99 - number}") for number in range(1, 20)
    ]
    projection = projected(a_world().put(*rows))
    posts = projection.state.parts[0].block.posts
    order = list(zip(posts.author.tolist(), posts.at.tolist(), posts.id.tolist(), strict=True))
    assert all(one < other for one, other in pairwise(order))


def test_a_post_that_waits_to_be_indexed_is_not_read() -> None:
    world = a_world().put(a_post_row(1))
    projection = projected(world)
    world.put(a_post_row(1, text="edited", is_indexed=False))
    projection.catch_up()
    assert projection.state.view(frozenset({0})).posts == 0


def test_an_author_who_is_known_later_is_an_expert_from_then_on() -> None:
    world = World().put(a_post_row(1, author=9))
    projection = projected(world)
    assert projection.state.view(frozenset({0})).posts == 0
    world.put(PersonRow(9, "per_9", True))
    projection.catch_up()
    assert projection.state.view(frozenset({0})).posts == 1


def test_words_are_counted_up_to_the_number_that_is_told_apart() -> None:
    world = a_world().put(a_post_row(1, text="fibre " * 500))
    found = projected(world).state.view(frozenset({0})).word([term("fibre")])
    assert (found.count.tolist(), found.first.tolist(), found.length.tolist()) == ([21.0], [21.0], [500])


def test_what_was_read_before_an_error_stays() -> None:
    world = a_world().put(*(a_post_row(number) for number in range(1, 10_100)))
    failing = FailingAfter(world, windows=1)
    projection = Projection(failing, count_words=count_words)
    with pytest.raises(Unavailable):
        projection.catch_up()
    assert projection.seq == 10_000
    failing.windows = 9
    projection.catch_up()
    assert projection.state.view(frozenset({0})).posts == 10_099


@dataclass
class FailingAfter:
    """A feed that gives some windows, then cannot be reached."""

    world: World
    windows: int

    def head(self) -> int:
        return self.world.head()

    def directory(self) -> int:
        return self.world.directory()

    def changes(self, *, after: int, upto: int) -> Changes:
        self.windows -= 1
        if self.windows < 0:
            raise Unavailable
        return self.world.changes(after=after, upto=upto)


def test_readers_see_whole_states_while_a_writer_goes_on() -> None:
    world = a_world()
    projection = projected(world)
    stopped = threading.Event()

    def read() -> bool:
        while not stopped.is_set():
            view = projection.state.view(VIEWERS[0])
            found = view.word([term("fibre")])
            if not found.posts.size == view.posts == view.words == int(view.posts_by.sum()):
                return False
        return True

    with ThreadPoolExecutor(4) as readers:
        answers = [readers.submit(read) for _ in range(4)]
        for number in range(1, 150):
            world.put(a_post_row(number, author=number % 4 + 1))
            world.remove("post", number // 3)
            projection.catch_up()
            projection.compact(beyond=20)
        stopped.set()
        assert all(answer.result() for answer in answers)
