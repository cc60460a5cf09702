"""People and communities by their public ids, as the viewer may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.errors import NotFound
from graph.model import Community, Person, Viewer
from graph.store import Reads


@dataclass(frozen=True, slots=True)
class Directory:
    """Looks people and communities up, in a store or inside a write; raises NotFound alike for absent and hidden."""

    store: Reads

    def person(self, person: str, *, viewer: Viewer) -> Person:
        """The person with this public id; who is inactive is there for themselves only."""
        found = self.store.people.find([person], viewer=viewer).get(person)
        if found is None or not (found.is_active or viewer.person == person):
            raise NotFound(person)
        return found

    def oneself(self, viewer: Viewer) -> Person | None:
        """Who the viewer is; None for nobody in particular, or somebody of whom nothing is known."""
        return self.store.people.find([viewer.person], viewer=viewer).get(viewer.person) if viewer.person else None

    def community(self, community: str, *, viewer: Viewer) -> Community:
        """The community with this public id."""
        found = self.store.communities.find([community], viewer=viewer)
        if community not in found:
            raise NotFound(community)
        return self._without_hidden_parents([found[community]], viewer)[0]

    def communities(self, *, after: str, limit: int, viewer: Viewer) -> list[Community]:
        """The next communities by public id after that one."""
        return self._without_hidden_parents(
            self.store.communities.page(after=after, limit=limit, viewer=viewer), viewer
        )

    def _without_hidden_parents(self, communities: Sequence[Community], viewer: Viewer) -> list[Community]:
        parents = {community.parent for community in communities if community.parent}
        shown = self.store.communities.names(parents, viewer=viewer) if parents else {}
        return [
            community if community.parent in shown else replace(community, parent=None) for community in communities
        ]
