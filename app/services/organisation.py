"""What views of the whole organisation are taken over: the same people, groups and posts for everybody who asks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graph.model import Community, Person, Viewer
from graph.projection.cache import Cache
from graph.projection.directory import People
from graph.projection.groups import Organisation
from graph.projection.state import State
from graph.store import GraphStore

BATCH: Final = 5_000  # people read at a time
PAGE: Final = 200  # communities read at a time
NOBODY: Final = Viewer(None, frozenset())  # sees the records of people, and communities that are not closed


@dataclass(frozen=True, slots=True)
class Organisations:
    """Reads departments, sites and communities, and remembers them until people or communities change.

    Only public communities count, and none of interests, which never reach the views of HR. So no two people's views
    differ, and none can be set against another to learn what is said behind closed doors."""

    store: GraphStore
    _known: Cache[tuple[int, People], Organisation] = field(default_factory=lambda: Cache(1), init=False)

    def of(self, state: State) -> Organisation:
        """The organisation of the people in that state."""
        return self._known.get((self.store.feed.directory(), state.people), lambda: self._read(state.people))

    def _read(self, people: People) -> Organisation:
        departments: dict[int, str | None] = {}
        sites: dict[int, str | None] = {}
        for person in self._people(sorted(people.numbers.values())):
            departments[person.number], sites[person.number] = person.department, person.site
        communities = sorted(self._communities(), key=lambda community: (community.name or "", community.id))
        numbers = self.store.communities.numbers([community.id for community in communities])
        return Organisation.of(departments, sites, [(numbers[one.id], one) for one in communities])

    def _people(self, numbers: list[int]) -> Iterator[Person]:
        for start in range(0, len(numbers), BATCH):
            found = self.store.people.by_numbers(numbers[start : start + BATCH], viewer=NOBODY).values()
            yield from (person for person in found if person.is_active and not person.is_bot)

    def _communities(self) -> Iterator[Community]:
        after = ""
        while page := self.store.communities.page(after=after, limit=PAGE, viewer=NOBODY):
            after = page[-1].id
            yield from (one for one in page if one.visibility == "public" and one.kind != "interest")
