"""How a network bears the loss of its ties, as a picture of two curves: an SVG in light and dark."""

from collections.abc import Iterator
from typing import Final, Literal

from app.http.drawing import picture, text
from app.http.structure_words import endurance_meaning, word
from app.services.network_structure import Endurance
from graph.model import Language

Removal = Literal["weak", "strong"]

LEFT, TOP, WIDTH, HEIGHT = 56, 76, 520, 260  # of the field, in pixels
KEY: Final = 22  # from one line of the legend to the next
QUARTERS: Final = (0, 25, 50, 75, 100)

STYLE: Final = """
svg { font: 13px system-ui, sans-serif; background: #fff }
text { fill: #1c2b29 }
.title { font-size: 17px; font-weight: 600 }
.soft { fill: #56666a; font-size: 12px }
.grid { stroke: #e3e9e5 }
polyline, .key { fill: none; stroke: #93a39d; stroke-width: 2.5; stroke-linejoin: round; stroke-dasharray: 7 5 }
.asked { stroke: #0d6149; stroke-width: 3.5; stroke-dasharray: none }
@media (prefers-color-scheme: dark) {
  svg { background: #141a1b }
  text { fill: #e4ecea }
  .soft { fill: #a3b2b0 }
  .grid { stroke: #2a3432 }
  polyline, .key { stroke: #6b7d77 }
  .asked { stroke: #7fd3b4 }
}
"""


def picture_of(found: Endurance, language: Language, *, remove: Removal) -> str:
    """The two curves as SVG: the one asked for drawn through, the other dashed."""
    return picture(
        language=language,
        width=LEFT + WIDTH + 24,
        height=TOP + HEIGHT + 60,
        title=word("curve", language),
        description=endurance_meaning(found, language),
        style=STYLE,
        content="\n".join([*_frame(language), *_curves(found, language, remove=remove)]),
    )


def _frame(language: Language) -> Iterator[str]:
    yield text(12, 26, word("curve", language), "title")
    yield text(12, TOP - 18, word("together", language), "soft")
    for percent in QUARTERS:
        x, y = _point(percent / 100, percent / 100)
        yield f'<path class="grid" d="M{LEFT} {y:.0f}h{WIDTH}"/>'
        yield text(LEFT - 8, y + 4, f"{percent} %", "soft", anchor="end")
        yield text(x, TOP + HEIGHT + 18, f"{percent} %", "soft", anchor="middle")
    yield text(LEFT + WIDTH, TOP + HEIGHT + 42, word("removed", language), "soft", anchor="end")


def _curves(found: Endurance, language: Language, *, remove: Removal) -> Iterator[str]:
    points = list(found.points(remove))
    if not points:
        yield text(LEFT + 16, TOP + HEIGHT / 2, word("too_small", language), "soft")
        return
    removed, together, otherwise = zip(*points, strict=True)
    other = "strong" if remove == "weak" else "weak"
    for place, (style, name, shares) in enumerate((("rest", other, otherwise), ("asked", remove, together))):
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_point, removed, shares))
        yield f'<polyline class="{style}" points="{line}"/>'
        y = TOP + HEIGHT - 20 - KEY * place
        yield f'<path class="key {style}" d="M{LEFT + 16} {y}h28"/>'
        yield text(LEFT + 54, y + 4, word(f"first_{name}", language))


def _point(removed: float, together: float) -> tuple[float, float]:
    return LEFT + WIDTH * removed, TOP + HEIGHT * (1 - together)
