"""People and communities by their public ids, as the viewer may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

from graph.errors import NotFound
from graph.identity import API
from graph.model import Community, Person, Ref, Viewer, Visibility
from graph.store import Reads

OPENNESS: Final[tuple[Visibility, ...]] = ("secret", "members", "public")


class OpenedFromOutside(Exception):
    """Somebody who is not shown all of a community would have it shown to others."""


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
        if found := self._shown(community, viewer):
            return found
        raise NotFound(community)

    def to_put(self, community: Community, *, viewer: Viewer) -> Community:
        """The community as it is to be put: members may be called by public id, and what the viewer is not shown of it,
        and gives nothing for, stays.

        Opened from outside, which would show everybody what stays, it raises OpenedFromOutside."""
        community = self._with_people(community, viewer)
        numbers = self.store.communities.numbers([community.id])
        inside = Viewer(None, frozenset(numbers.values()))  # who is shown all of it
        there = self.store.communities.find([community.id], viewer=inside).get(community.id)
        shown, blank = self._shown(community.id, viewer), Community(community.id, community.ref)
        if there is None or there == shown:
            return community
        if OPENNESS.index(community.visibility) > OPENNESS.index(there.visibility):
            raise OpenedFromOutside(community.id)
        names = [field.name for field in fields(Community)]
        unseen = [name for name in names if getattr(there, name) != getattr(shown, name, None)]
        kept = [name for name in unseen if getattr(community, name) == getattr(blank, name)]
        return replace(community, **{name: getattr(there, name) for name in kept})

    def communities(self, *, after: str, limit: int, viewer: Viewer) -> list[Community]:
        """The next communities by public id after that one."""
        return self._without_hidden_parents(
            self.store.communities.page(after=after, limit=limit, viewer=viewer), viewer
        )

    def _with_people(self, community: Community, viewer: Viewer) -> Community:
        named = self.store.people.find({member.account.id for member in community.members}, viewer=viewer)
        members = (
            replace(member, account=Ref(API, member.account.id)) if member.account.id in named else member
            for member in community.members
        )
        return replace(community, members=tuple(members))

    def _shown(self, community: str, viewer: Viewer) -> Community | None:
        found = self.store.communities.find([community], viewer=viewer)
        return next(iter(self._without_hidden_parents(list(found.values()), viewer)), None)

    def _without_hidden_parents(self, communities: Sequence[Community], viewer: Viewer) -> list[Community]:
        parents = {community.parent for community in communities if community.parent}
        shown = self.store.communities.names(parents, viewer=viewer) if parents else {}
        return [
            community if community.parent in shown else replace(community, parent=None) for community in communities
        ]
