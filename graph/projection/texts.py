"""Texts by number: those that many numbers share, and those that are looked through for a part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from graph.arrays import BytesArray, IntArray

_END: Final = b"\n"


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A text of each number, of which there are few different ones."""

    texts: BytesArray
    places: IntArray  # by number: where its text stands among these, -1 for none

    @classmethod
    def none(cls) -> Self:
        """No texts."""
        return cls(np.zeros(0, dtype="S1"), np.zeros(0, dtype=np.int32))

    def updated(self, at: Sequence[int], texts: Sequence[str | None], *, size: int) -> Self:
        """The same after these numbers, below `size`, got these texts."""
        place = {text.decode(): number for number, text in enumerate(self.texts.tolist())}
        places = np.full(size, -1, dtype=np.int32)
        places[: self.places.size] = self.places
        places[at] = [-1 if text is None else place.setdefault(text, len(place)) for text in texts]
        is_same = len(place) == self.texts.size
        return type(self)(self.texts if is_same else np.array([text.encode() for text in place]), places)


@dataclass(frozen=True, slots=True, eq=False)
class Searchable:
    """A text of each number from 0 on, in one run of bytes: a line for each."""

    lines: IntArray

    @classmethod
    def none(cls) -> Self:
        """No texts."""
        return cls(np.zeros(0, dtype=np.uint8))

    def updated(self, at: Sequence[int], texts: Sequence[str], *, size: int) -> Self:
        """The same after these numbers, below `size`, got these texts, that are one line each."""
        lines = self._lines()
        lines += [b""] * (size - len(lines))
        for number, text in zip(at, texts, strict=True):
            lines[number] = text.encode()
        return type(self)(np.frombuffer(b"".join(line + _END for line in lines), dtype=np.uint8))

    def holding(self, *parts: str) -> IntArray:
        """The numbers of the texts that hold one of these parts, ascending."""
        text = self.lines.tobytes()
        rests = (re.escape(part.encode()) + b"[^\n]*\n" for part in parts)  # one find a line
        places = [found.start() for rest in rests for found in re.finditer(rest, text)]
        return np.unique(self._ends().searchsorted(places))

    def at(self, numbers: IntArray) -> list[str]:
        """The texts of these numbers."""
        text, ends = self.lines.tobytes(), self._ends()
        starts = np.append(0, ends[:-1] + 1)
        return [text[start:end].decode() for start, end in zip(starts[numbers], ends[numbers], strict=True)]

    def _ends(self) -> IntArray:
        return np.flatnonzero(self.lines == ord(_END))

    def _lines(self) -> list[bytes]:
        return self.lines.tobytes().split(_END)[:-1]
