"""The refresher, over a feed of rows made by hand."""

import time
from pathlib import Path

from app.refresher import Refresher
from tests.graph.projection.worlds import a_post_row, a_world, projected

PATIENCE_SECONDS = 30


def test_late_posts_join_the_first_ones_once_it_is_quiet(tmp_path: Path) -> None:
    world = a_world().put(*map(a_post_row, range(1, 9)))
    projection = projected(world)
    world.put(a_post_row(9))
    projection.catch_up()
    assert len(projection.state.parts) == 2
    failures: list[Exception] = []
    refresher = Refresher(projection, tmp_path, failures.append)
    refresher.start()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(projection.state.parts) > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    refresher.stop()
    assert (len(projection.state.parts), projection.state.posts(), failures) == (1, 9, [])
