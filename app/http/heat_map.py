"""An expertise map as a picture: an SVG that needs nothing else, in light and dark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from app.http.drawing import escaped, picture, shortened, text
from app.http.map_words import column_label, meaning, quarter, row_label, title, word
from app.services.expertise_map import Cell, ExpertiseMap
from graph.model import Language

WIDTH, HEIGHT, GAP = 58, 38, 2  # of a cell, in pixels
LEGEND: Final = 76  # its height
MARGIN_RIGHT: Final = 120  # for the last topic's name, which is slanted
NARROWEST: Final = 560
LETTER: Final = 7.2  # mean width
LONGEST: Final = 28  # letters of a name that are shown
SLANT: Final = 40  # degrees
SLANT_RISE: Final = 0.64  # its sine
SHADES: Final = 5

STYLE: Final = """
svg { max-width: 100%; height: auto; font: 13px system-ui, sans-serif; background: #fff }
text { fill: #1c2b29 }
.title { font-size: 17px; font-weight: 600 }
.small { font-size: 10px }
.soft { fill: #56666a; font-size: 12px }
.withheld { fill: url(#hatch) }
.hatch { stroke: #b9c4c4; stroke-width: 1.5 }
.s1 { fill: #e2f0ed } .s2 { fill: #bfded8 } .s3 { fill: #8cc5ba } .s4 { fill: #23776a } .s5 { fill: #0c4d44 }
.t4, .t5 { fill: #fff }
@media (prefers-color-scheme: dark) {
  svg { background: #141a1b }
  text { fill: #e4ecea }
  .soft { fill: #a3b2b0 }
  .hatch { stroke: #46534f }
  .s1 { fill: #1b3330 } .s2 { fill: #234741 } .s3 { fill: #2c6158 } .s4 { fill: #7cc7ba } .s5 { fill: #c0ebe3 }
  .t4, .t5 { fill: #10201d }
}
"""
HATCH: Final = """<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>"""


def picture_of(found: ExpertiseMap, language: Language) -> str:
    """The map as SVG; cells that are withheld are hatched."""
    sheet = _Sheet.of(found, language)
    return picture(
        language=language,
        width=max(sheet.left + WIDTH * len(found.columns) + MARGIN_RIGHT, NARROWEST),
        height=sheet.bottom + LEGEND,
        title=title(found, language),
        description=meaning(found, language),
        style=STYLE,
        content="\n".join([HATCH, *sheet.heading(), *sheet.lines(), *sheet.legend()]),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where things lie on the picture of a map."""

    found: ExpertiseMap
    language: Language
    rows: list[str]
    columns: list[str]
    left: int  # where the first column begins
    top: int  # where the first row does
    most: int  # people in a cell

    @classmethod
    def of(cls, found: ExpertiseMap, language: Language) -> Self:
        """The sheet with as much room for names as they need."""
        rows = [row_label(row, language) for row in found.rows]
        columns = [column_label(column, language) for column in found.columns]
        return cls(
            found=found,
            language=language,
            rows=rows,
            columns=columns,
            left=24 + int(LETTER * _longest(rows)),
            top=60 + int(LETTER * SLANT_RISE * _longest(columns)),
            most=max((cell.people for cells in found.cells for cell in cells if cell), default=found.fewest),
        )

    @property
    def bottom(self) -> int:
        """Where the last row ends, or would."""
        return self.top + HEIGHT * max(len(self.rows), 1)

    def heading(self) -> Iterator[str]:
        """The title and the slanted names of the topics."""
        yield text(12, 28, title(self.found, self.language), "title")
        for number, name in enumerate(self.columns):
            place = f"translate({self.left + WIDTH * number + WIDTH // 2} {self.top - 8}) rotate(-{SLANT})"
            yield f'<g transform="{place}">{text(0, 0, _short(name))}</g>'
        if not self.columns:
            yield text(self.left, self.top + 23, word("nothing", self.language), "soft")

    def lines(self) -> Iterator[str]:
        """The rows with their names and cells."""
        for number, (name, cells) in enumerate(zip(self.rows, self.found.cells, strict=True)):
            y = self.top + HEIGHT * number
            yield text(12, y + 23, _short(name))
            for place, (topic, cell) in enumerate(zip(self.columns, cells, strict=True)):
                yield self._cell(cell, self.left + WIDTH * place, y, row=name, topic=topic)

    def legend(self) -> Iterator[str]:
        """A sample of every shade that can occur and of what is withheld, and what the figures mean."""
        x, y = 12, self.bottom + 18
        for shade in range(1, SHADES + 1):
            low = max(self.most * (shade - 1) // SHADES + 1, self.found.fewest)
            high = self.most * shade // SHADES
            if low <= high:
                label = f"{low}–{high}" if low < high else str(low)
                yield _sample(x, y, f"s{shade}", label)
                x += 48 + int(LETTER * len(label))
        yield _sample(x, y, "withheld", word("withheld", self.language))
        yield text(12, y + 42, word("legend", self.language), "soft")

    def _cell(self, cell: Cell | None, x: int, y: int, *, row: str, topic: str) -> str:
        box = f'x="{x}" y="{y}" width="{WIDTH - GAP}" height="{HEIGHT - GAP}" rx="3"'
        if cell is None:
            said = escaped(f"{row}, {topic}: {word('withheld', self.language)}")
            return f'<g><title>{said}</title><rect class="withheld" {box}/></g>'
        since, shade, middle = quarter(cell.half_since, self.language), self._shade(cell), x + (WIDTH - GAP) // 2
        said = escaped(word("cell", self.language, row=row, topic=topic, people=cell.people, since=since))
        people = text(middle, y + 17, str(cell.people), f"t{shade}", anchor="middle")
        recency = text(middle, y + 30, since, f"small t{shade}", anchor="middle")
        return f'<g><title>{said}</title><rect class="s{shade}" {box}/>{people}{recency}</g>'

    def _shade(self, cell: Cell) -> int:
        return -(-cell.people * SHADES // self.most)


def _sample(x: int, y: int, style: str, label: str) -> str:
    return f'<rect class="{style}" x="{x}" y="{y}" width="22" height="16" rx="3"/>{text(x + 28, y + 13, label, "soft")}'


def _short(name: str) -> str:
    return shortened(name, LONGEST)


def _longest(names: Sequence[str]) -> int:
    """How many letters the longest of these names has as it is shown."""
    return max((len(_short(name)) for name in names), default=0)
