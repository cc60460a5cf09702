"""Draws the rooms of the house and which may import which, from the arrows that a test holds."""

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from scripts.arrows import NEVER, rule_for, within

TARGET: Final = Path(__file__).parents[1] / "pictures" / "architecture.svg"


class Room(NamedTuple):
    """What a room is for, and its seat: columns from the left, floors from the door down."""

    caption: str
    column: float
    floor: int


ROOMS: Final[dict[str, Room]] = {
    "app.cli": Room("the command quisait", 2, 0),
    "app.main": Room("the application", 2, 1),
    "app.importers": Room("files become records", 0, 2),
    "app.routers": Room("parse, one call, present", 1, 2),
    "app.worker": Room("indexes new posts", 2, 2),
    "app.bootstrap": Room("names the adapters", 4, 2),
    "app.services": Room("one file a use case", 1.5, 3),
    "app.refresher": Room("follows the change feed", 3, 3),
    "app.search": Room("from a question to people", 1.5, 4),
    "app.records": Room("lines become values", 0, 4),
    "api_schemas": Room("the wire", 0, 5),
    "nlp": Room("text becomes topics", 1, 5),
    "graph.measures": Room("arithmetic, with sources", 2, 5),
    "graph.projection": Room("arrays that reading uses", 3, 5),
    "graph.adapters.sqlite": Room("the embedded store", 4, 5),
    "graph.adapters.neo4j": Room("the store on a server", 5, 5),
    "graph.store": Room("the port", 4, 6),
}
BOX_WIDTH, BOX_HEIGHT = 176, 50  # pixels, as all that follows
COLUMN, FLOOR, MARGIN = 192, 88, 10
STYLE: Final = """
  svg { color-scheme: light dark }
  rect { fill: #fff; stroke: #54625a }
  text { fill: #16211c; font: 13px system-ui, sans-serif; text-anchor: middle }
  .name { font: 600 12.5px ui-monospace, monospace }
  path { fill: none; stroke: #0d6149; stroke-opacity: .55 }
  marker path { fill: #0d6149; fill-opacity: .8; stroke: none }
  @media (prefers-color-scheme: dark) {
    rect { fill: #171f1b; stroke: #9fada5 }
    text { fill: #e6ece8 }
    path { stroke: #7fd3b4 }
    marker path { fill: #7fd3b4 }
  }
"""
ARROW_HEAD: Final = (
    '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0 8 4 0 8Z"/></marker>'
)


def main() -> None:
    """Write the drawing anew."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(drawing(), encoding="utf-8")


def drawing() -> str:
    """The whole picture as SVG."""
    width = max(map(_middle, ROOMS.values())) + BOX_WIDTH / 2 + MARGIN
    height = max(map(_top, ROOMS.values())) + BOX_HEIGHT + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
        "<title>The rooms of Quisait. An arrow leads from a room to one that it may import.</title>",
        f"<style>{STYLE}</style>",
        f"<defs>{ARROW_HEAD}</defs>",
        *(_arrow(ROOMS[room], ROOMS[other]) for room, other in arrows()),
        *(_box(name, room) for name, room in ROOMS.items()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def arrows() -> list[tuple[str, str]]:
    """Which room may import which on a lower floor, without what other arrows say together."""
    return [
        (room, other)
        for room in ROOMS
        for other in sorted(_below(room))
        if not any(other in _reached(between) for between in _below(room))
    ]


def _below(room: str) -> set[str]:
    """The lower rooms that it may import, even if only a part of them."""
    may = rule_for(room)
    return {
        other
        for other, seat in ROOMS.items()
        if seat.floor > ROOMS[room].floor
        and (within(other, may) or any(within(target, (other,)) for target in may))
        and not within(other, NEVER.get(room, ()))
    }


@cache
def _reached(room: str) -> frozenset[str]:
    """The rooms that arrows lead to from there, by whatever way."""
    return frozenset(_below(room).union(*map(_reached, _below(room))))


def _middle(room: Room) -> float:
    return MARGIN + BOX_WIDTH / 2 + COLUMN * room.column


def _top(room: Room) -> float:
    return MARGIN + FLOOR * room.floor


def _box(name: str, room: Room) -> str:
    x, y = _middle(room), _top(room)
    return (
        f'<rect x="{x - BOX_WIDTH / 2:g}" y="{y:g}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="4"/>'
        f'<text class="name" x="{x:g}" y="{y + 21:g}">{name.replace(".", "/")}</text>'
        f'<text x="{x:g}" y="{y + 39:g}">{room.caption}</text>'
    )


def _arrow(upper: Room, lower: Room) -> str:
    """A curve that leaves and arrives upright."""
    start, end = _top(upper) + BOX_HEIGHT, _top(lower)
    bend = (FLOOR - BOX_HEIGHT) * (lower.floor - upper.floor)
    return (
        f'<path marker-end="url(#head)" d="M{_middle(upper):g} {start:g}C{_middle(upper):g} {start + bend:g} '
        f'{_middle(lower):g} {end - bend:g} {_middle(lower):g} {end:g}"/>'
    )


if __name__ == "__main__":
    main()
