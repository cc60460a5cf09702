"""Ratings in, weights of tie strength out: a table to judge them by, and the setting that would make them count."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from app.bootstrap import Services
from app.services.tie_calibration import FEWEST, Fit, Rating

SETTING: Final = "QUISAIT_TIE_WEIGHTS"
COLUMNS: Final = ["person", "other", "rating"]
DECIMALS: Final = 4


def calibrate(services: Services, path: Path, *, accept: Path | None) -> None:
    """Fit weights to the ratings in that file, show what they are worth, and write them where they were accepted."""
    services.projection.load(services.settings.snapshot_dir)
    services.projection.catch_up()
    fit = services.tie_calibration.fit(list(read(path)))
    console = Console(stderr=True)
    console.print(f"{fit.used} of {fit.rated} ratings are of people with a tie", markup=False)
    if fit.calibration is None:
        raise SystemExit(f"quisait: no weights: it takes {FEWEST} ratings of ties that differ, and a part that helps")
    weights = rounded(fit.calibration.weights)
    console.print(_table(fit, weights))
    line = f"{SETTING}={','.join(f'{weight:g}' for weight in weights)}"
    typer.echo(line)
    if accept is None:
        console.print("Nothing has changed: set this, or ask again with --accept FILE", markup=False)
    else:
        write(accept, line)
        console.print(f"Written to {accept}: it counts once the service starts with it", markup=False, soft_wrap=True)


def read(path: Path) -> Iterator[Rating]:
    """The ratings in that file; ends the program at the first line that is none, and names it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != COLUMNS:
            raise SystemExit(f"quisait: {path.name}:1: the first line has to be {','.join(COLUMNS)}")
        for line in lines:
            if len(line) != len(COLUMNS) or line[2] not in ("1", "2", "3", "4", "5") or line[0] == line[1]:
                raise SystemExit(f"quisait: {path.name}:{lines.line_num}: two public ids and a rating from 1 to 5")
            yield Rating(line[0], line[1], float(line[2]))


def rounded(weights: tuple[float, ...]) -> list[float]:
    """The weights with four decimals; the largest takes what they would then miss to 1."""
    shown = [round(weight, DECIMALS) for weight in weights]
    largest = shown.index(max(shown))
    shown[largest] = round(shown[largest] + 1 - sum(shown), DECIMALS)
    return shown


def write(path: Path, line: str) -> None:
    """Put that setting into an environment file, in place of the one that is there."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [other for other in lines if not other.startswith(f"{SETTING}=")]
    path.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")


def _table(fit: Fit, weights: list[float]) -> Table:
    """Old and new weights, and how well each puts ties in the order of their ratings."""
    table = Table("", "now", "fitted", box=SIMPLE, pad_edge=False)
    for name, before, after in zip(fit.components, fit.before, weights, strict=True):
        table.add_row(name.replace("_", " "), f"{before:g}", f"{after:g}")
    if fit.calibration:
        now, then = fit.calibration.accuracy_before, fit.calibration.accuracy
        table.add_row("pairs in the right order, held out", f"{now:.1%}", f"{then:.1%}")
    return table
