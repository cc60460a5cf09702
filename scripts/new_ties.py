"""Whether people are proposed whom one really meets: hides the ties of the last year, and counts how many are named."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import networkx as nx
import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import track

from app.bootstrap import Services
from app.services.recommendations import Proposal
from graph.model import Viewer
from graph.projection.neighbourhoods import EPOCH, Neighbourhoods
from scripts.ablation import imported, paired
from scripts.archive import Archive

FIRST: Final = 10  # people proposed
ASKED_FOR: Final = 50  # of whom those whom one knows already are left out
HIDDEN: Final = timedelta(days=365)

Row = dict[str, Any]
Names = Sequence[int]  # people by number, the best first
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cut:
    """The network of a collection a year before its end, and whom everybody met since then for the first time."""

    services: Services
    at: datetime
    before: "nx.Graph[int]"
    met: Mapping[int, set[int]]

    @classmethod
    def of(cls, services: Services) -> "Cut":
        """New ties count between people who both had ties before."""
        end = EPOCH + timedelta(microseconds=max(view.newest for view in _view(services).blocks))
        before, after = (_network(services, at) for at in (end - HIDDEN, end))
        met: dict[int, set[int]] = defaultdict(set)
        for one, other in after.edges:
            if one in before and other in before and not before.has_edge(one, other):
                met[one].add(other)
                met[other].add(one)
        return cls(services, end - HIDDEN, before, met)

    def strangers(self, person: int) -> list[int]:
        """With whom somebody could have a new tie, by number."""
        return sorted(set(self.before) - set(self.before[person]) - {person})

    def proposed(self, person: int) -> list[Proposal]:
        """Whom the service proposes to somebody who does not know them yet."""
        viewer = Viewer(self.services.projection.state.people.id(person), self.readable)
        found = self.services.recommendations.of(viewer=viewer, at=self.at, limit=ASKED_FOR)
        return [proposal for proposal in found.proposals if not proposal.strength][:FIRST]

    @property
    def readable(self) -> frozenset[int]:
        """What everybody may read."""
        return self.services.store.communities.readable_by(None)


def recommend(archive: Archive, *, console: Console) -> Row:
    """The figures of one collection."""
    with imported(archive) as collection:
        cut = Cut.of(collection.services)
        people = sorted(cut.met)
        told = {person: cut.proposed(person) for person in track(people, "proposing", console=console)}
        lists: dict[str, dict[int, Names]] = {
            "Quisait": {person: [one.person.number for one in found] for person, found in told.items()}
        }
        for name, score in BASELINES.items():
            ranked = ((person, _ranked(cut, person, score)) for person in track(people, name, console=console))
            lists[name] = dict(ranked)
    return {"archive": archive.folder.name, **dict(_figures(cut, lists))}


def _figures(cut: Cut, lists: Mapping[str, Mapping[int, Names]]) -> Iterator[Any]:
    people = sorted(cut.met)
    yield "people with a new tie", len(people)
    yield "new ties", sum(map(len, cut.met.values())) // 2
    yield "hidden since", cut.at.date().isoformat()
    own = _recalls(cut, lists["Quisait"])
    for name, found in lists.items():
        recall = _recalls(cut, found)
        yield f"{name}: recall@{FIRST}", round(float(recall.mean()), 4)
        yield f"{name}: precision@{FIRST}", round(float(_hits(cut, found).mean()) / FIRST, 4)
        if name != "Quisait":
            mean, low, high = paired(own - recall)
            yield "… Quisait's recall to it", f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]"
    expected = lists["common neighbours"]
    surprising = [set(lists["Quisait"][person]) - set(expected[person]) for person in people]
    found = [len(cut.met[person] & some) for person, some in zip(people, surprising, strict=True)]
    yield f"serendipity@{FIRST}", round(sum(found) / (FIRST * len(people)), 4)


def _hits(cut: Cut, found: Mapping[int, Names]) -> Scores:
    return np.array([len(cut.met[person].intersection(found[person])) for person in sorted(cut.met)], dtype=np.float64)


def _recalls(cut: Cut, found: Mapping[int, Names]) -> Scores:
    return _hits(cut, found) / [len(cut.met[person]) for person in sorted(cut.met)]


Score = Callable[["nx.Graph[int]", int, int], float]


def _common(graph: "nx.Graph[int]", one: int, other: int) -> float:
    return len(list(nx.common_neighbors(graph, one, other)))


def _adamic_adar(graph: "nx.Graph[int]", one: int, other: int) -> float:
    return next(iter(nx.adamic_adar_index(graph, [(one, other)])))[2]


def _by_lot(_graph: "nx.Graph[int]", one: int, other: int) -> float:
    return float(np.random.default_rng((one, other)).random())


BASELINES: Final[Mapping[str, Score]] = {
    "common neighbours": _common,
    "Adamic–Adar": _adamic_adar,
    "by lot": _by_lot,
}


def _ranked(cut: Cut, person: int, score: Score) -> list[int]:
    """The strangers with the highest scores."""
    scored = [(-score(cut.before, person, other), other) for other in cut.strangers(person)]
    return [other for _, other in sorted(scored)[:FIRST]]


def _view(services: Services) -> Any:
    return services.projection.state.view(services.store.communities.readable_by(None))


def _network(services: Services, at: datetime) -> "nx.Graph[int]":
    """Who had met whom by then."""
    viewer = Viewer(None, services.store.communities.readable_by(None))
    ties = Neighbourhoods.of(services.projection.state, viewer=viewer, at=at).ties()
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(np.column_stack(ties).tolist())
    return graph
