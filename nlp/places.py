"""Spans of a text, of which those near another one are found without looking at all."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

Span = tuple[int, int]


class Places:
    """Spans in the order of the text; they may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._longest = max((end - start for start, end in self._spans), default=0)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def near(self, span: Span) -> list[Span]:
        """Return those that share a character with a span."""
        if not self._spans:
            return []
        first = bisect_left(self._spans, (span[0] - self._longest,))
        last = bisect_left(self._spans, (span[1],))
        return [(start, end) for start, end in self._spans[first:last] if end > span[0]]

    def around(self, span: Span) -> bool:
        """Say whether one of them holds all of a span."""
        return any(start <= span[0] and span[1] <= end for start, end in self.near(span))
