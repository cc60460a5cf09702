"""People by their names."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Person, Viewer
from graph.projection.feed import Projection
from graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class Named:
    """Some people in order of their names, and where the next ones begin: None when these were the last."""

    people: Sequence[Person]
    following: str | None


@dataclass(frozen=True, slots=True)
class PeopleSearch:
    """Finds people who are active, and no bots."""

    store: GraphStore
    projection: Projection

    def find(self, asked: str, *, after: str, limit: int, viewer: Viewer) -> Named:
        """The next people after that position whose name has, for each word asked, a word that begins so.

        Case and accents do not count. Who has gone since the names were read is left out."""
        everybody = self.projection.state.people
        numbers = everybody.called(asked)
        rest = numbers[bisect_right(numbers, after, key=everybody.position) :]
        shown = self.store.people.by_numbers(rest[:limit].tolist(), viewer=viewer)
        return Named(
            [shown[number] for number in rest[:limit].tolist() if number in shown and shown[number].is_active],
            everybody.position(rest[limit - 1]) if rest.size > limit else None,
        )
