"""People to meet in random organisations in either store, against a recount of what each viewer may see."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import exp, log2
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from app.meeting.circle import NEAR
from app.meeting.ground import MOST_SHARED
from app.services.recommendations import ProposalList, Recommendations
from app.services.topic_names import TopicNames
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import NotFound
from graph.measures.recommendation import RecommendationSetting
from graph.measures.tie_strength import TieSetting
from graph.model import Account, Interaction, Post, Viewer
from graph.projection.feed import Projection
from graph.store import GraphStore
from tests.app.services.test_ties import ends, events, graph_of
from tests.builders import a_community, a_post, a_topic, an_account, an_interaction, index, later, put
from tests.graph.measures.tie_recount import state_of, strength_of
from tests.graph.projection.worlds import count_words

NAMES = [f"p{number:02d}" for number in range(14)]
TOPICS = [f"t{number}" for number in range(9)]
SECRET = NAMES[:5]  # members of the secret community
NOW = later(400)
SETTING = RecommendationSetting()


@dataclass(frozen=True, slots=True)
class World:
    """What is put into a store."""

    accounts: Sequence[Account]
    posts: Sequence[tuple[Post, dict[str, float]]]
    interactions: Sequence[Interaction]

    def seen_by(self, name: str, *, at: datetime = NOW) -> "World":
        """The world without what is hidden from that person, or had not happened by then."""

        def is_seen(community: str | None, moment: datetime) -> bool:
            return moment <= at and (name in SECRET or community != "com_secret")

        return replace(
            self,
            posts=[pair for pair in self.posts if is_seen(pair[0].community, pair[0].created_at)],
            interactions=[one for one in self.interactions if is_seen(one.community, one.at)],
        )

    def within(self, store: GraphStore) -> Recommendations:
        """What proposes people in that store, which holds the world from here on."""
        put(store, *self.accounts, a_community("tech"), *map(a_topic, TOPICS))
        put(store, a_community("secret", members=dict.fromkeys(SECRET, "member"), visibility="secret"))
        put(store, *self.interactions)
        for post, mentions in self.posts:
            put(store, post)
            index(store, post.ref.id, **mentions)
        projection = Projection(store.feed, count_words=count_words)
        projection.catch_up()
        return Recommendations(store, projection, TopicNames(store), TieSetting(), SETTING, lambda: NOW)


def a_world(seed: int = 3) -> World:
    """Fourteen people who write and exchange in a public, a secret and no community; some want to be left alone."""
    random = np.random.default_rng(seed)
    places = ("tech", "secret", None)
    unlike: dict[str, Any] = {
        NAMES[9]: {"is_active": False},
        NAMES[10]: {"away_until": NOW.date().replace(day=28)},
        NAMES[11]: {"most_questions": 0},
        NAMES[12]: {"is_bot": True},
        NAMES[13]: {"away_until": date(2026, 2, 1)},
    }
    return World(
        accounts=[an_account(name, **unlike.get(name, {})) for name in NAMES],
        posts=list(_posts(random, places)),
        interactions=list(_interactions(random, places)),
    )


def _posts(random: np.random.Generator, places: Sequence[str | None]) -> Iterator[tuple[Post, dict[str, float]]]:
    for number in range(50):
        post = a_post(
            f"q{number}",
            author=NAMES[number % len(NAMES)],
            community=places[int(random.integers(3))],
            kind=("question", "answer", None)[int(random.integers(3))],
            created_at=later(float(random.integers(390))),
        )
        chosen = random.choice(TOPICS, 3, replace=False).tolist()
        yield post, {topic: round(float(random.uniform(0.1, 0.9)), 2) for topic in chosen}


def _interactions(random: np.random.Generator, places: Sequence[str | None]) -> Iterator[Interaction]:
    for number in range(34):
        one, two = random.choice(len(NAMES), 2, replace=False).tolist()
        place = places[int(random.integers(3))]
        yield an_interaction(
            f"i{number}",
            source=NAMES[one],
            target=NAMES[two],
            origin=f"e{number}",
            type="reply",
            community=place and f"com_{place}",
            at=later(float(random.integers(390))),
        )


@pytest.fixture(scope="module")
def world() -> World:
    return a_world()


@pytest.fixture
def recommendations(world: World, store: GraphStore) -> Recommendations:
    return world.within(store)


def asked(by: Recommendations, name: str, *, at: datetime = NOW, **terms: Any) -> ProposalList:
    viewer = Viewer(f"per_{name}", by.store.communities.readable_by(f"per_{name}"))
    return by.of(viewer=viewer, at=at, **{"limit": 20, **terms})


def told(found: ProposalList) -> list[dict[str, Any]]:
    """The proposals without numbers that a store gives."""
    return [
        {
            "who": one.person.id,
            "numbers": (one.score, one.common_ground, one.distance, one.novelty, one.shared_weight, one.closeness),
            "tie": (one.strength, one.state, one.contacts, one.contact_strength),
            "via": [person.id for person in one.via],
            "new": [topic.id for topic in one.new],
            "shared": [replace(shared, topic=shared.topic.id) for shared in one.shared],
        }
        for one in found.proposals
    ]


def depth(posts: Sequence[tuple[Post, dict[str, float]]], name: str, topic: str, *, asking: bool) -> float:
    """How deep somebody is in a topic, post by post."""
    total = 0.0
    for post, mentions in posts:
        if post.author.id == name and topic in mentions and (asking or post.kind != "question"):
            age = (NOW - post.created_at).total_seconds() / 86_400
            total += max(round(mentions[topic] * 255), 1) / 255 * 2 ** (-age / SETTING.half_life_days)
    return 1 - exp(-total)


def recounted(world: World, name: str) -> dict[str, tuple[float, float, float]]:
    """Common ground, closeness and distance of everybody whom somebody could meet, without arrays."""
    seen = world.seen_by(name)
    there = [account.ref.id for account in world.accounts if account.is_active and not account.is_bot]
    exchanged = [one for one in seen.interactions if ends(one) <= set(there)]
    graph: nx.Graph[str] = graph_of(exchanged, at=NOW)
    strength = {other: round(strength_of(events(exchanged, name, other, at=NOW)), 6) for other in graph[name]}
    found = {}
    for other in there:
        deep = {topic: depth(seen.posts, other, topic, asking=False) for topic in TOPICS}
        weight = sum(
            depth(seen.posts, name, topic, asking=True)
            * deep[topic]
            / log2(1 + sum(depth(seen.posts, one, topic, asking=False) > 0 for one in there))
            for topic in TOPICS
            if deep[topic]
        )
        state = state_of(events(exchanged, name, other, at=NOW)) if other in strength else None
        if other != name and weight and state not in NEAR:
            contacts = sum(strength[one] for one in nx.common_neighbors(graph, name, other))
            closeness = contacts / (contacts + SETTING.circle)
            distance = (1 - ((closeness - 0.4) / 0.6) ** 2) * (1 - strength.get(other, 0.0))
            found[f"per_{other}"] = (weight / (weight + SETTING.bond), closeness, distance)
    return found


ALONE = {f"per_{name}" for name in NAMES[10:12]}  # away, and wanting no questions


def test_everybody_is_proposed_who_should_be_with_the_numbers_of_a_recount(
    world: World, recommendations: Recommendations
) -> None:
    for name in NAMES[:9]:
        found = {one.person.id: one for one in asked(recommendations, name).proposals}
        expected = recounted(world, name)
        assert found.keys() == expected.keys() - ALONE
        for other, one in found.items():
            assert (one.common_ground, one.closeness, one.distance) == pytest.approx(expected[other], abs=2e-6)
            assert one.score == pytest.approx(one.common_ground * one.distance * (1 + one.novelty) / 2, abs=2e-6)


def test_the_best_come_first_and_some_of_them_are_the_first_of_all(recommendations: Recommendations) -> None:
    whole = told(asked(recommendations, NAMES[0]))
    assert [one["numbers"][0] for one in whole] == sorted((one["numbers"][0] for one in whole), reverse=True)
    assert told(asked(recommendations, NAMES[0], limit=2)) == whole[:2] and len(whole) > 2


def test_topics_in_common_make_the_common_ground(recommendations: Recommendations) -> None:
    for one in asked(recommendations, NAMES[1]).proposals:
        if len(one.shared) < MOST_SHARED:
            assert one.shared_weight == pytest.approx(sum(shared.weight for shared in one.shared), abs=1e-5)
        assert one.common_ground == pytest.approx(one.shared_weight / (one.shared_weight + SETTING.bond), abs=2e-6)
        for shared in one.shared:
            assert shared.weight == pytest.approx(shared.own * shared.other / log2(1 + shared.holders), abs=2e-6)


@pytest.mark.parametrize("at", [NOW, later(250)])
@pytest.mark.parametrize("name", [NAMES[0], NAMES[7]])
def test_an_answer_is_the_one_on_what_is_seen_and_had_happened_alone(
    world: World, recommendations: Recommendations, name: str, at: datetime, tmp_path: Path
) -> None:
    with closing(SqliteGraphStore(tmp_path / "alone.db")) as alone:
        alone.prepare()
        without = world.seen_by(name, at=at).within(alone)
        assert told(asked(recommendations, name, at=at)) == told(asked(without, name, at=at)) != []


def test_members_of_a_secret_community_are_proposed_others_than_who_is_outside(
    world: World, recommendations: Recommendations
) -> None:
    outside = {one["who"]: one["numbers"] for one in told(asked(recommendations, NAMES[7]))}
    everything = {one["who"]: one["numbers"] for one in told(asked(recommendations, NAMES[0]))}
    assert outside != everything


def test_who_is_near_is_never_proposed(recommendations: Recommendations) -> None:
    for name in NAMES[:9]:
        for one in asked(recommendations, name).proposals:
            assert one.person.id != f"per_{name}" and one.state in (None, "weak", "dormant")
            assert (one.strength > 0) == (one.state is not None)


def test_who_is_gone_away_or_wants_no_questions_is_never_proposed(recommendations: Recommendations) -> None:
    named = {one.person.id for name in NAMES[:9] for one in asked(recommendations, name).proposals}
    assert named.isdisjoint({f"per_{name}" for name in NAMES[9:13]}) and f"per_{NAMES[13]}" in named


def test_the_peak_moves_who_comes_first(recommendations: Recommendations) -> None:
    far, near = (asked(recommendations, NAMES[2], peak=peak).proposals for peak in (0, 1))
    assert {one.person.id for one in far} == {one.person.id for one in near}
    for found, sign in ((far, -1), (near, 1)):
        strangers = [one for one in found if one.state is None]
        by_distance = sorted(strangers, key=lambda one: sign * one.closeness)
        assert [one.distance for one in by_distance] == sorted(one.distance for one in strangers)


def test_people_of_a_community_are_those_who_write_in_it(world: World, recommendations: Recommendations) -> None:
    writing, left_out = {f"per_{post.author.id}" for post, _ in world.posts if post.community == "com_secret"}, 0
    for name in SECRET:
        whole = [one.person.id for one in asked(recommendations, name).proposals]
        inside = [one.person.id for one in asked(recommendations, name, community="com_secret").proposals]
        assert inside == [person for person in whole if person in writing] != []
        left_out += len(whole) - len(inside)
    assert left_out > 0
    for community in ("com_secret", "com_unknown"):
        with pytest.raises(NotFound):
            asked(recommendations, NAMES[7], community=community)


def test_over_whom_one_could_meet_is_a_neighbour_of_both(world: World, recommendations: Recommendations) -> None:
    seen = world.seen_by(NAMES[0]).interactions
    for one in asked(recommendations, NAMES[0]).proposals:
        for person in one.via:
            handle, other = person.accounts[0].id, one.person.accounts[0].id
            assert {NAMES[0], handle} in map(ends, seen) and {handle, other} in map(ends, seen)
        assert len(one.via) == min(one.contacts, 3)


def test_what_is_new_nobody_around_writes_about(world: World, recommendations: Recommendations) -> None:
    seen = world.seen_by(NAMES[6])
    around = {NAMES[6]} | {name for one in seen.interactions if NAMES[6] in ends(one) for name in ends(one)}
    around -= {NAMES[9], NAMES[12]}  # who has left, and the bot
    written = {topic for post, mentions in seen.posts if post.author.id in around for topic in mentions}
    for one in asked(recommendations, NAMES[6]).proposals:
        assert {topic.ref.id for topic in one.new}.isdisjoint(written) and (one.novelty > 0) == bool(one.new)


def test_who_has_written_nothing_is_told_so(store: GraphStore) -> None:
    accounts = [an_account(name) for name in ("ana", "bob", *SECRET)]
    recommendations = World(accounts, [(a_post("q1", author="bob"), {"t1": 0.5})], []).within(store)
    assert (asked(recommendations, "ana").reason, asked(recommendations, "bob").reason) == ("no_topics", "nobody")
    with pytest.raises(NotFound):
        recommendations.of(viewer=Viewer(None, frozenset({0})), limit=1)
