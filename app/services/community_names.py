"""What communities are called, by their numbers: ties and posts in the projection know nothing else of theirs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.model import Viewer
from graph.projection.cache import Cache
from graph.store import GraphStore

PAGE: Final = 200  # communities read at a time
REMEMBERED: Final = 64  # viewers whose communities are


@dataclass(frozen=True, slots=True)
class CommunityNames:
    """Reads the communities that a viewer may be told of, and remembers them until communities change."""

    store: GraphStore
    _known: Cache[tuple[int, frozenset[int]], Mapping[int, str]] = field(
        default_factory=lambda: Cache(REMEMBERED), init=False
    )

    def __call__(self, numbers: Collection[int], *, viewer: Viewer) -> dict[int, tuple[str, str]]:
        """Number → public id and name; those left out that have no name, or none that the viewer may be told."""
        key = self.store.feed.directory(), viewer.communities
        known = self._known.get(key, lambda: self._read(viewer))
        ids = {number: known[number] for number in numbers if number in known}
        named = self.store.communities.names(ids.values(), viewer=viewer)
        return {number: (community, named[community]) for number, community in ids.items() if community in named}

    def _read(self, viewer: Viewer) -> dict[int, str]:
        found: list[str] = []
        while page := self.store.communities.page(after=found[-1] if found else "", limit=PAGE, viewer=viewer):
            found += [community.id for community in page]
        return {number: community for community, number in self.store.communities.numbers(found).items()}
