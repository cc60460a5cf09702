"""Ties, brokerage and history of random networks in either store, against a recount of what each viewer may see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy import stats

from app.services.brokerage import Broker, Brokerage
from app.services.granovetter_check import GranovetterCheck
from app.services.organisation import Organisations
from app.services.tie_history import TieHistory
from app.services.ties import Order, Tie, Ties, Wanted
from graph.errors import NotFound
from graph.measures.tie_state import TieState
from graph.measures.tie_strength import TieSetting
from graph.model import Interaction, InteractionType, Viewer
from graph.projection.feed import Projection
from graph.store import GraphStore
from tests.builders import NOON, a_community, a_post, an_account, an_interaction, index, later, put
from tests.graph.measures.tie_events import Happened
from tests.graph.measures.tie_recount import state_of, strength_of
from tests.graph.projection.worlds import count_words

NAMES = [f"p{number:02d}" for number in range(14)]
KINDS: Sequence[InteractionType] = ("reply", "thanks", "meeting", "referral")
NOW = later(1000)
SETTING = TieSetting()
SECRET = NAMES[:5]  # members of the secret community


@dataclass(frozen=True, slots=True)
class Network:
    """A store with people, posts and interactions, and what was put there."""

    store: GraphStore
    interactions: Sequence[Interaction]
    wrote: Mapping[str, set[str]]

    def projection(self) -> Projection:
        projection = Projection(self.store.feed, count_words=count_words)
        projection.catch_up()
        return projection

    def viewer(self, name: str) -> Viewer:
        return Viewer(f"per_{name}", self.store.communities.readable_by(f"per_{name}"))

    def seen(self, name: str, *, at: datetime = NOW) -> list[Interaction]:
        """What that person may see of what had happened by then."""
        is_member = name in SECRET
        return [one for one in self.interactions if one.at <= at and (is_member or one.community != "com_secret")]

    def ties(self) -> Ties:
        return Ties(self.store, self.projection(), SETTING, lambda: NOW)


@pytest.fixture
def network(store: GraphStore) -> Network:
    """Fourteen people in three communities, one of them secret, and no community at all."""
    random = np.random.default_rng(11)
    places = ("tech", "ops", "secret", None)
    put(store, *(an_account(name, department=f"D{at % 2}", site=f"S{at % 3}") for at, name in enumerate(NAMES)))
    put(store, a_community("tech"), a_community("ops"))
    put(store, a_community("secret", members=dict.fromkeys(SECRET, "member"), visibility="secret"))
    interactions = list(_interactions(random, 160, places))
    put(store, *interactions)
    wrote: dict[str, set[str]] = {name: set() for name in NAMES}
    for number in range(20):
        name, place = NAMES[int(random.integers(10))], places[int(random.integers(4))]
        put(store, a_post(f"q{number}", author=name, community=place, created_at=later(number)))
        index(store, f"q{number}")
        wrote[name] |= {place} if place else set()
    return Network(store, interactions, wrote)


def _interactions(random: np.random.Generator, count: int, places: Sequence[str | None]) -> Iterator[Interaction]:
    for number in range(count):
        one, two = random.choice(len(NAMES), 2, replace=False).tolist()
        kind, place = KINDS[int(random.integers(4))], places[int(random.integers(4))]
        yield an_interaction(
            f"i{number}",
            source=NAMES[one],
            target=NAMES[two],
            origin=f"e{number}",
            type=kind,
            channel="in_person" if kind == "meeting" else "online",
            community=place and f"com_{place}",
            at=later(float(random.integers(900))),
        )


def ends(one: Interaction) -> set[str]:
    return {one.source.id, one.target.id}


def events(seen: Sequence[Interaction], name: str, other: str, *, at: datetime = NOW) -> list[Happened]:
    """What happened between the two, by age."""
    return [
        Happened(
            age=(at - one.at).total_seconds() / 86_400,
            direction=0 if one.type == "meeting" else 1 if one.source.id == name else -1,
            type=one.type,
            community=hash(one.community),
            in_person=one.channel == "in_person",
        )
        for one in seen
        if ends(one) == {name, other}
    ]


def graph_of(seen: Sequence[Interaction], *, at: datetime = NOW) -> "nx.Graph[str]":
    """Who has a tie with whom, weighted by what their events count."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(NAMES)
    for one, two in combinations(NAMES, 2):
        if happened := events(seen, one, two, at=at):
            graph.add_edge(one, two, weight=sum(2 ** (-event.age / 180) for event in happened))
    return graph


def overlap_of(graph: "nx.Graph[str]", one: str, two: str) -> float:
    """The share of the two's neighbours that both have."""
    around = (set(graph[one]) | set(graph[two])) - {one, two}
    return len(set(graph[one]) & set(graph[two])) / len(around) if around else 0.0


def recount(network: Network, name: str, other: str, *, at: datetime = NOW) -> dict[str, Any]:
    """A tie told without arrays."""
    seen = network.seen(name, at=at)
    graph, happened = graph_of(seen, at=at), events(seen, name, other, at=at)
    hidden = set() if name in SECRET else {"secret"}
    mine, theirs = network.wrote[name] - hidden, network.wrote[other] - hidden
    return {
        "strength": strength_of(happened),
        "state": state_of(happened),
        "bridgeness": 1 - overlap_of(graph, name, other),
        "common": len(set(graph[name]) & set(graph[other])),
        "events": len(happened),
        "first": min(one.at for one in seen if ends(one) == {name, other}).isoformat(),
        "places": 1 - len(mine & theirs) / len(mine | theirs) if mine and theirs else None,
    }


def told(tie: Tie) -> dict[str, Any]:
    """The same of an answer."""
    return {
        "strength": tie.strength,
        "state": tie.state,
        "bridgeness": tie.bridge.bridgeness,
        "common": tie.bridge.common_neighbours,
        "events": tie.events,
        "first": tie.first.isoformat(),
        "places": tie.bridge.community_distance,
    }


@pytest.mark.parametrize("at", [NOW, later(300)])
def test_every_tie_is_that_of_a_recount_of_what_the_viewer_may_see(network: Network, at: datetime) -> None:
    ties = network.ties()
    for name in (NAMES[0], NAMES[4], NAMES[9], NAMES[13]):
        found = ties.of(Wanted(), viewer=network.viewer(name), at=at, limit=200).ties
        graph = graph_of(network.seen(name, at=at), at=at)
        assert {tie.person.accounts[0].id for tie in found} == set(graph[name])
        for tie in found:
            expected = recount(network, name, tie.person.accounts[0].id, at=at)
            assert told(tie) == pytest.approx(expected, abs=1e-6)
        assert [tie.strength for tie in found] == sorted((tie.strength for tie in found), reverse=True)


def test_ties_come_in_pages_of_one_moment(network: Network) -> None:
    ties, viewer = network.ties(), network.viewer(NAMES[0])
    orders: list[Order] = ["strength", "bridgeness"]
    for order in orders:
        whole = ties.of(Wanted(), viewer=viewer, order=order, limit=200)
        shown, after = [], ""
        while after is not None:
            part = ties.of(Wanted(), viewer=viewer, order=order, after=after, limit=2)
            shown += part.ties
            after = part.following
        assert shown == list(whole.ties)
    values = [tie.bridge.bridgeness for tie in ties.of(Wanted(), viewer=viewer, order="bridgeness", limit=200).ties]
    assert values == sorted(values, reverse=True) and len(set(values)) > 1


def test_ties_are_narrowed_by_what_they_are(network: Network) -> None:
    ties, viewer = network.ties(), network.viewer(NAMES[0])
    whole = ties.of(Wanted(), viewer=viewer, limit=200).ties
    states: list[TieState] = ["new", "growing", "dormant", "strong", "weak"]

    def narrowed(wanted: Wanted) -> list[Tie]:
        return list(ties.of(wanted, viewer=viewer, limit=200).ties)

    assert narrowed(Wanted(strength="strong")) == [tie for tie in whole if tie.strength >= 0.5]
    assert narrowed(Wanted(strength="weak")) == [tie for tie in whole if tie.strength < 0.5]
    assert narrowed(Wanted(site="S1")) == [tie for tie in whole if tie.person.site == "S1"]
    assert narrowed(Wanted(channel="both")) == [tie for tie in whole if tie.channel == "both"]
    for state in states:
        assert narrowed(Wanted(state=state)) == [tie for tie in whole if tie.state == state]
    in_secret = {name for one in network.interactions if one.community == "com_secret" for name in ends(one)}
    inside = narrowed(Wanted(community="com_secret"))
    assert 0 < len(inside) < len(whole)
    assert {tie.person.accounts[0].id for tie in inside} <= in_secret
    with pytest.raises(NotFound):
        ties.of(Wanted(community="com_secret"), viewer=network.viewer(NAMES[9]), limit=1)


def test_a_tie_shows_the_events_behind_it(network: Network) -> None:
    ties, seen = network.ties(), network.seen(NAMES[0])
    for other in graph_of(seen)[NAMES[0]]:
        found = ties.with_person(f"per_{other}", viewer=network.viewer(NAMES[0]))
        behind = sorted((one for one in seen if ends(one) == {NAMES[0], other}), key=lambda one: one.at, reverse=True)
        assert sorted((event.date, event.type) for event in found.evidence) == sorted(
            (one.at, one.type) for one in behind
        )
        named = {(event.date, event.community.id) for event in found.evidence if event.community}
        assert named == {(one.at, one.community) for one in behind if one.community}


def test_who_is_unknown_or_no_neighbour_has_no_tie(network: Network) -> None:
    ties, viewer = network.ties(), network.viewer(NAMES[13])
    strangers = set(NAMES) - set(graph_of(network.seen(NAMES[13]))[NAMES[13]])
    for other in (*strangers, "nobody"):
        with pytest.raises(NotFound):
            ties.with_person(f"per_{other}", viewer=viewer)
    with pytest.raises(NotFound):
        ties.of(Wanted(), viewer=Viewer(None, viewer.communities), limit=1)


@pytest.mark.parametrize("at", [NOW, later(300)])
def test_brokerage_is_that_of_networkx_over_what_the_viewer_may_see(network: Network, at: datetime) -> None:
    store, projection = network.store, network.projection()
    brokerage = Brokerage(store, projection, Organisations(store), SETTING, lambda: NOW)
    for name in (NAMES[0], NAMES[4], NAMES[9], NAMES[13]):
        found = brokerage.of(viewer=network.viewer(name), at=at)
        seen = network.seen(name, at=at)
        graph = graph_of(seen, at=at)
        constraints = nx.constraint(graph, weight="weight")
        assert found.ties == len(graph[name])
        assert found.constraint == pytest.approx(constraints[name], abs=1e-6)
        assert found.effective_size == pytest.approx(nx.effective_size(graph, [name])[name], abs=1e-6)
        assert found.communities == len({one.community for one in seen if name in ends(one) and one.community})
        peers = [constraints[other] for other in NAMES[NAMES.index(name) % 2 :: 2] if other != name and graph[other]]
        assert found.peers == len(peers)
        assert found.percentile == pytest.approx(np.mean([peer > constraints[name] for peer in peers]), abs=1e-6)
        assert _simmelian(found) == _triads(seen, graph, name)


def _simmelian(found: Broker) -> dict[str, int]:
    assert len(found.simmelian) == found.simmelian_ties
    return {tie.person.accounts[0].id: tie.triads for tie in found.simmelian}


def _triads(seen: Sequence[Interaction], graph: "nx.Graph[str]", name: str) -> dict[str, int]:
    mutual: nx.Graph[str] = nx.Graph()
    mutual.add_nodes_from(NAMES)
    for one, two in graph.edges:
        ways = {event.direction for event in events(seen, one, two)}
        if 0 in ways or ways == {1, -1}:
            mutual.add_edge(one, two)
    return {other: count for other in mutual[name] if (count := len(set(mutual[name]) & set(mutual[other])))}


def test_the_check_of_granovetter_correlates_all_visible_ties(network: Network) -> None:
    run = GranovetterCheck(network.projection(), SETTING, lambda: NOW).run
    for name in (NAMES[0], NAMES[9]):
        found, seen = run(viewer=network.viewer(name)), network.seen(name)
        graph = graph_of(seen)
        pairs = [(strength_of(events(seen, one, two)), overlap_of(graph, one, two)) for one, two in graph.edges]
        ranks = [stats.rankdata(column) for column in np.round(pairs, 6).T]
        assert found.rho == pytest.approx(np.corrcoef(*ranks)[0, 1], abs=1e-6)
        assert (found.ties, found.measured) == (len(pairs), len(pairs))
        assert found.interval is not None and found.interval.low <= (found.rho or 0) <= found.interval.high


def test_a_sample_of_ties_is_always_the_same(network: Network) -> None:
    check = GranovetterCheck(network.projection(), SETTING, lambda: NOW, sample=40)
    found = check.run(viewer=network.viewer(NAMES[0]))
    assert (found.measured, found.is_sample) == (40, True)
    assert check.run(viewer=network.viewer(NAMES[0])) == found


def test_the_history_of_ties_ends_with_their_states(network: Network) -> None:
    history = TieHistory(network.store, network.projection(), SETTING, lambda: NOW)
    viewer = network.viewer(NAMES[0])
    whole = history.of(viewer=viewer, limit=200).turns
    last = {turn.person.id: turn.after for turn in reversed(whole)}
    assert last == {tie.person.id: tie.state for tie in network.ties().of(Wanted(), viewer=viewer, limit=200).ties}
    assert [turn.date for turn in whole] == sorted((turn.date for turn in whole), reverse=True)
    shown, after = [], ""
    while after is not None:
        part = history.of(viewer=viewer, after=after, limit=3)
        shown += part.turns
        after = part.following
    assert shown == list(whole)
    early = history.of(viewer=viewer, at=later(300), limit=200).turns
    assert early == [turn for turn in whole if turn.date <= later(300).date()]
    assert NOON.date() <= whole[-1].date
