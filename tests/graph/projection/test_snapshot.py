from pathlib import Path

import numpy as np
import pytest

from graph.changes import PersonRow, TopicRow
from graph.projection.feed import Projection
from graph.projection.snapshot import NAME
from tests.graph.projection.worlds import (
    World,
    a_post_row,
    a_world,
    an_interaction_row,
    count_words,
    described,
    directory,
    projected,
)

EVERYBODY = frozenset({0, 1, 2})


def a_busy_world() -> World:
    posts = [
        a_post_row(number, author=number % 4 + 1, thread=7, topics=(1,), strengths=(0.5,)) for number in range(1, 9)
    ]
    return a_world().put(*posts, an_interaction_row(1, type="endorsement", post=3, source=3, target=4))


def another(world: World, *, fingerprint: str = "") -> Projection:
    return Projection(world, count_words=count_words, fingerprint=fingerprint)


def test_what_is_loaded_equals_what_was_saved(tmp_path: Path) -> None:
    world = a_busy_world()
    before = projected(world)
    world.put(a_post_row(20, community=1), PersonRow(9, "per_9", True, "Ana", "Études", "Lyon"))
    world.put(TopicRow(3, "top_3", "fibre", None, None, "interest", "top_1", ("Faser",)))
    world.remove("post", 2)
    before.catch_up()
    before.save(tmp_path)
    after = another(world)
    assert after.load(tmp_path)
    assert after.seq == before.seq
    assert described(after.state.view(EVERYBODY)) == described(before.state.view(EVERYBODY))
    assert after.state.people.numbers == before.state.people.numbers
    assert directory(after.state) == directory(before.state)
    assert after.state.people.called("ana").tolist() == [9]
    assert after.state.topics.called("faser").tolist() == [3]
    assert after.state.sameness(EVERYBODY).members(1) == before.state.sameness(EVERYBODY).members(1)
    found, expected = (
        state.post_interactions.received(np.arange(9), np.full(9, 1)) for state in (after.state, before.state)
    )
    assert [column.tolist() for column in found] == [column.tolist() for column in expected]


def test_what_is_loaded_goes_on_with_the_feed(tmp_path: Path) -> None:
    world = a_busy_world()
    projected(world).save(tmp_path)
    world.put(a_post_row(3, text="edited"), a_post_row(21))
    world.remove("post", 4)
    after = another(world)
    after.load(tmp_path)
    after.catch_up()
    assert described(after.state.view(EVERYBODY)) == described(projected(world).state.view(EVERYBODY))


def test_an_empty_projection_is_saved_and_loaded_too(tmp_path: Path) -> None:
    projected(World()).save(tmp_path)
    assert another(World()).load(tmp_path)


def test_arrays_are_mapped_not_copied(tmp_path: Path) -> None:
    projected(a_busy_world()).save(tmp_path)
    after = another(a_busy_world())
    after.load(tmp_path)
    base = after.state.parts[0].block.words.posts
    while isinstance(base.base, np.ndarray):
        base = base.base
    assert isinstance(base, np.memmap)


def test_without_a_snapshot_nothing_is_loaded(tmp_path: Path) -> None:
    assert not another(a_busy_world()).load(tmp_path / "missing")


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "text"])
def test_a_damaged_snapshot_is_ignored(tmp_path: Path, damage: str) -> None:
    projected(a_busy_world()).save(tmp_path)
    path = tmp_path / NAME
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    damaged = {"cut": path.read_bytes()[:-50], "bit": bytes(data), "empty": b"", "text": b"no snapshot at all"}
    path.write_bytes(damaged[damage])
    after = another(a_busy_world())
    assert not after.load(tmp_path)
    after.catch_up()
    assert after.state.view(EVERYBODY).posts == 8


def test_a_snapshot_of_another_instance_is_foreign(tmp_path: Path) -> None:
    projected(a_busy_world()).save(tmp_path)
    assert not another(a_busy_world(), fingerprint="other").load(tmp_path)


def test_a_snapshot_from_the_future_is_foreign(tmp_path: Path) -> None:
    projected(a_busy_world()).save(tmp_path)
    assert not another(a_world()).load(tmp_path)


def test_a_new_snapshot_takes_the_place_of_the_old_one_while_that_is_read(tmp_path: Path) -> None:
    world = a_busy_world()
    projection = projected(world)
    projection.save(tmp_path)
    reader = another(world)
    reader.load(tmp_path)
    before = described(reader.state.view(EVERYBODY))
    projection.compact(beyond=-1)
    world.put(a_post_row(30))
    projection.catch_up()
    projection.save(tmp_path)
    assert described(reader.state.view(EVERYBODY)) == before
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
