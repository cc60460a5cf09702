"""What views of the whole organisation are taken over: the same people, groups and posts for everybody who asks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graph.model import Community, Viewer
from graph.projection.cache import Cache
from graph.projection.directory import People
from graph.projection.groups import Organisation
from graph.projection.state import State
from graph.store import GraphStore

Communities = tuple[tuple[int, Community], ...]

PAGE: Final = 1000  # communities read at a time
NOBODY: Final = Viewer(None, frozenset())  # is told of communities that are not secret


@dataclass(frozen=True, slots=True)
class Organisations:
    """Knows departments, sites and communities, and remembers them until people or communities change.

    Only public communities count, and none of interests, which never reach the views of HR. So no two people's views
    differ, and none can be set against another to learn what is said behind closed doors."""

    store: GraphStore
    _communities: Cache[int, Communities] = field(default_factory=lambda: Cache(1), init=False)
    _known: Cache[tuple[People, Communities], Organisation] = field(default_factory=lambda: Cache(1), init=False)

    def of(self, state: State) -> Organisation:
        """The organisation of the people in that state."""
        communities = self._communities.get(self.store.feed.directory(), self._counted)
        return self._known.get((state.people, communities), lambda: Organisation.of(state.people, dict(communities)))

    def _counted(self) -> Communities:
        """The communities that count, with their numbers, by name."""
        open_ones = [one for one in self._each() if one.visibility == "public" and one.kind != "interest"]
        numbers = self.store.communities.numbers([one.id for one in open_ones])
        return tuple((numbers[one.id], one) for one in sorted(open_ones, key=lambda one: (one.name or "", one.id)))

    def _each(self) -> Iterator[Community]:
        after = ""
        while page := self.store.communities.page(after=after, limit=PAGE, viewer=NOBODY):
            after = page[-1].id
            yield from page
