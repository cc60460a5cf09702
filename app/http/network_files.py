"""A network as a file for other programs that draw or measure networks: GraphML and GEXF."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import networkx as nx

from app.http.drawing import NO_CHARACTERS
from app.http.network_words import name_of, title
from app.services.networks import NetworkView
from graph.model import Language

WRITERS: Final[Mapping[str, Callable[["nx.Graph[str]"], Iterator[str]]]] = {
    "graphml": nx.generate_graphml,
    "gexf": nx.generate_gexf,
}


def file_of(view: NetworkView, language: Language, *, form: str) -> str:
    """The network as `graphml` or `gexf`: people by their public ids, ties with their strength as weight."""
    graph: nx.Graph[str] = nx.Graph(name=_plain(title(view, language)))
    for member in view.people:
        group = {} if member.group is None else {"group": _plain(view.groups[member.group].name)}
        graph.add_node(member.person.id, label=_plain(name_of(member.person, language)), **group)
    for tie in view.ties:
        ends = (view.people[end].person.id for end in (tie.one, tie.other))
        graph.add_edge(*ends, **_told(weight=tie.strength, bridgeness=tie.bridgeness, local_bridge=tie.is_local_bridge))
    return "\n".join(WRITERS[form](graph)) + "\n"


def _told(*, local_bridge: bool | None, **numbers: float | None) -> dict[str, Any]:
    """What is told of a tie; whether it is a bridge as 1 or 0, which every program reads alike."""
    known = {**numbers, "local_bridge": None if local_bridge is None else int(local_bridge)}
    return {name: value for name, value in known.items() if value is not None}


def _plain(text: str) -> str:
    return text.translate(NO_CHARACTERS)
