"""A network as a picture: an SVG that needs nothing else, in light and dark, wide for a desk or tall for a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self

from app.http.drawing import LETTER, escaped, picture, shortened, text
from app.http.network_words import description, name_of, tie_words, title, word
from app.services.networks import NetworkTie, NetworkView
from graph.measures.layout import Sheet, laid_out
from graph.model import Language

Shape = Literal["wide", "tall"]

WIDTHS: Final = {"wide": 960, "tall": 340}
HEIGHTS: Final = {"wide": 15, "tall": 24}  # a person
LOWEST: Final = 240
TOP: Final = 44  # of the title
MARGIN: Final = 14
LINE: Final = 15  # from one line of text to the next
HEAD: Final = 22  # of a box, where the mark is
GAP: Final = 8  # between the names of two boxes that touch
LONGEST: Final = 17  # letters in a line of a name …
LONGEST_LABEL: Final = 36  # … and in the legend
TITLE_LETTER: Final = 9  # its mean width
SAMPLE: Final = 32  # the width of a sample in the legend
LEGEND_LINE: Final = 24
THINNEST, BROADEST = 1.2, 6  # lines, by strength from 0 to 1
SAMPLES: Final = {
    "weak": NetworkTie(0, 0, 0.15, 0.0, False),
    "strong": NetworkTie(0, 0, 0.75, 0.0, False),
    "bridge": NetworkTie(0, 0, 0.4, 1.0, True),
    "others": NetworkTie(0, 0, None, None, None),
}
# Told apart by shape, and by colour: the outlines are drawn around the origin.
MARKS: Final = {
    "self": "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z",
    "g0": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0z",
    "g1": "M-6.5 -6.5h13v13h-13z",
    "g2": "M0 -8.5l8 14h-16z",
    "g3": "M0 -9l9 9l-9 9l-9 -9z",
    "g4": "M-8 -5.5h16l-8 14z",
    "g5": "M-3 -8h6v5h5v6h-5v5h-6v-5h-5v-6h5z",
    "none": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
}


STYLE: Final = """
svg { font: 13px system-ui, sans-serif; background: #fff }
text { fill: #1c2b29; paint-order: stroke; stroke: #fff; stroke-width: 3.5px; stroke-linejoin: round }
.title { font-size: 17px; font-weight: 600 }
.centre { font-weight: 700 }
.soft { fill: #56666a; font-size: 12px }
line { stroke: #93a39d; stroke-linecap: round }
.other { stroke: #d6ddd8 }
.bridge { stroke: #b3480f; stroke-dasharray: 7 5; stroke-linecap: butt }
path { stroke: #fff; stroke-width: 1.5 }
.g0 { fill: #0d6149 } .g1 { fill: #3f5fc0 } .g2 { fill: #8a6400 } .g3 { fill: #93318f } .g4 { fill: #1d6f99 }
.g5 { fill: #7d4427 } .self { fill: #1c2b29 } .none { fill: #fff; stroke: #56666a; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  svg { background: #141a1b }
  text { fill: #e4ecea; stroke: #141a1b }
  .soft { fill: #a3b2b0 }
  line { stroke: #6b7d77 }
  .other { stroke: #2c3735 }
  .bridge { stroke: #f2a36b }
  path { stroke: #141a1b }
  .g0 { fill: #7fd3b4 } .g1 { fill: #a5b9ff } .g2 { fill: #e3c25c } .g3 { fill: #e3a0df } .g4 { fill: #83c9ef }
  .g5 { fill: #e0ab8c } .self { fill: #e4ecea } .none { fill: #141a1b; stroke: #a3b2b0 }
}
"""


def picture_of(view: NetworkView, language: Language, *, shape: Shape) -> str:
    """The network as SVG: lines as broad as ties are strong, bridges dashed, groups told by shape and colour."""
    drawing = _Drawing.of(view, language, shape)
    legend = drawing.legend()
    return picture(
        language=language,
        width=drawing.width,
        height=drawing.bottom + LEGEND_LINE * len(legend),
        title=title(view, language),
        description=description(view, language),
        style=STYLE,
        content="\n".join([drawing.heading(), *drawing.lines(), *drawing.people(), *legend]),
    )


def boxes(names: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """The width and height of everybody's mark with their name, in lines, below."""
    return [(LETTER * max(map(len, lines)) + GAP, HEAD + LINE * len(lines)) for lines in names]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Where things lie on the picture of a network."""

    view: NetworkView
    language: Language
    width: int
    names: list[list[str]]
    sheet: Sheet

    @classmethod
    def of(cls, view: NetworkView, language: Language, shape: Shape) -> Self:
        """The drawing with everybody in their place."""
        names = [_lines(name_of(member.person, language)) for member in view.people]
        width, height = WIDTHS[shape], max(LOWEST, HEIGHTS[shape] * len(names))
        sheet = laid_out(view.network, boxes(names), width=width - 2 * MARGIN, height=height, centre=view.centre)
        return cls(view, language, width, names, sheet)

    @property
    def bottom(self) -> int:
        """Where the legend begins."""
        return int(TOP + self.sheet.height) + 2 * MARGIN

    def heading(self) -> str:
        """The title."""
        return text(MARGIN, 28, shortened(title(self.view, self.language), self.width // TITLE_LETTER), "title")

    def lines(self) -> Iterator[str]:
        """The ties: first those of which nothing is told, at last the bridges, so that they are seen."""
        for tie in sorted(self.view.ties, key=lambda tie: (tie.strength is not None, tie.is_local_bridge or False)):
            (x1, y1), (x2, y2) = self._place(tie.one), self._place(tie.other)
            said = escaped(tie_words(self.view, tie, self.language))
            ends = f'x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"'
            yield f"<line {_stroke(tie)} {ends}><title>{said}</title></line>"

    def people(self) -> Iterator[str]:
        """Everybody's mark, with their name below."""
        for place, (member, lines) in enumerate(zip(self.view.people, self.names, strict=True)):
            x, y = self._place(place)
            style, mark = ("centre", "self") if place == self.view.centre else ("", _style(member.group))
            yield _mark(x, y, mark)
            yield from (text(x, y + HEAD + LINE * n, line, style, anchor="middle") for n, line in enumerate(lines))

    def legend(self) -> list[str]:
        """What lines and marks mean, in as many rows as it takes; without ties, that there are none."""
        if not self.view.ties:
            return [text(MARGIN, self.bottom, description(self.view, self.language), "soft")]
        rows, x = [""], MARGIN
        for sample, label in (*self._line_samples(), *self._mark_samples()):
            label = shortened(label, LONGEST_LABEL)
            width = SAMPLE + int(LETTER * len(label)) + MARGIN
            if x + width > self.width and rows[-1]:
                rows, x = [*rows, ""], MARGIN
            y = self.bottom + LEGEND_LINE * (len(rows) - 1)
            rows[-1] += f'<g transform="translate({x} {y})">{sample}{text(SAMPLE, 4, label, "soft")}</g>'
            x += width
        return rows

    def _line_samples(self) -> Iterator[tuple[str, str]]:
        told = [tie for tie in self.view.ties if tie.strength is not None]
        is_shown = {
            "weak": bool(told),
            "strong": bool(told),
            "bridge": any(tie.is_local_bridge for tie in told),
            "others": len(told) < len(self.view.ties),
        }
        for code, tie in SAMPLES.items():
            if is_shown[code]:
                yield f'<line {_stroke(tie)} x1="0" y1="0" x2="24" y2="0"/>', word(code, self.language)

    def _mark_samples(self) -> Iterator[tuple[str, str]]:
        for place, group in enumerate(self.view.groups):
            yield _mark(12, 0, _style(place)), group.name
        others = {place for place, member in enumerate(self.view.people) if member.group is None}
        if self.view.groups and others - {self.view.centre}:
            yield _mark(12, 0, _style(None)), word(f"elsewhere_{self.view.kind}", self.language)

    def _place(self, place: int) -> tuple[float, float]:
        """The middle of somebody's mark, which is at the top of their box."""
        x, y = self.sheet.centres[place]
        return x + MARGIN, y - (HEAD + LINE * len(self.names[place])) / 2 + TOP + HEAD / 2


def _stroke(tie: NetworkTie) -> str:
    """How a tie is drawn."""
    if tie.strength is None:
        return 'class="other" stroke-width="1"'
    style = "bridge" if tie.is_local_bridge else "tie"
    return f'class="{style}" stroke-width="{THINNEST + (BROADEST - THINNEST) * tie.strength:.1f}"'


def _style(group: int | None) -> str:
    return "none" if group is None else f"g{group}"


def _mark(x: float, y: float, style: str) -> str:
    return f'<path class="{style}" transform="translate({x:.0f} {y:.0f})" d="{MARKS[style]}"/>'


def _lines(name: str) -> list[str]:
    """A name in one line or two: the first word, and the rest."""
    return [shortened(part, LONGEST) for part in name.split(maxsplit=1)]
