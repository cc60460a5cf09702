"""The drawing of the rooms is the one that the arrows give."""

from scripts.draw_architecture import ROOMS, TARGET, arrows, drawing
from tests.architecture.source import is_module


def test_the_drawing_is_made_from_the_arrows_as_they_are() -> None:
    assert TARGET.read_text(encoding="utf-8") == drawing(), "run: python -m scripts.draw_architecture"


def test_every_room_of_the_drawing_is_there_and_reached_by_an_arrow() -> None:
    assert [room for room in ROOMS if not is_module(room) and not is_folder(room)] == []
    assert ROOMS.keys() == {room for arrow in arrows() for room in arrow}


def test_an_arrow_that_others_say_together_is_left_out() -> None:
    assert ("app.search", "graph.projection") in arrows()
    assert ("graph.projection", "graph.store") in arrows()
    assert ("app.search", "graph.store") not in arrows()


def is_folder(room: str) -> bool:
    """Whether that is a folder of ours that has no face."""
    return (TARGET.parents[1] / room.replace(".", "/")).is_dir()
