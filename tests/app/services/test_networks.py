"""Networks of random people in either store, against a recount of what each viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from app.services.community_names import CommunityNames
from app.services.networks import MOST_PEOPLE, Networks, NetworkView, Outsider
from app.services.social_ties import SocialTies
from app.services.ties import Ties, Wanted
from graph.errors import NotFound
from graph.measures.tie_strength import TieSetting
from graph.model import Interaction, Viewer
from graph.projection.feed import Projection
from graph.store import GraphStore
from tests.builders import NOON, a_community, an_account, an_interaction, later, put
from tests.graph.projection.worlds import count_words

NAMES = [f"p{number:02d}" for number in range(12)]
MIDNIGHT = later(800).replace(hour=0, minute=0, second=0, microsecond=0)  # when ages are taken as they are
MEMBERS = NAMES[:6]  # of the secret community


@dataclass(frozen=True, slots=True)
class World:
    """A store with people and interactions, and what was put there."""

    store: GraphStore
    interactions: Sequence[Interaction]

    def networks(self) -> Networks:
        social = SocialTies(TieSetting(), lambda: MIDNIGHT)
        return Networks(self.store, self.projection(), social, CommunityNames(self.store))

    def projection(self) -> Projection:
        projection = Projection(self.store.feed, count_words=count_words)
        projection.catch_up()
        return projection

    def viewer(self, name: str) -> Viewer:
        return Viewer(f"per_{name}", self.store.communities.readable_by(f"per_{name}"))

    def pairs(self, *, seen_by: str, community: str | None = "any") -> set[frozenset[str]]:
        """Who has a tie with whom, by what that person may see, anywhere or in that community."""
        return {
            frozenset((f"per_{one.source.id}", f"per_{one.target.id}"))
            for one in self.interactions
            if (seen_by in MEMBERS or one.community != "com_secret") and community in ("any", one.community)
        }


@pytest.fixture
def world(store: GraphStore) -> World:
    """Twelve people in a public, a secret and no community."""
    random = np.random.default_rng(5)
    put(store, *(an_account(name, department=f"D{at % 3}") for at, name in enumerate(NAMES)))
    put(store, a_community("tech", members={NAMES[-1]: "member"}))
    put(store, a_community("secret", members=dict.fromkeys(MEMBERS, "member"), visibility="secret"))
    interactions = [
        an_interaction(
            f"i{number}",
            source=NAMES[one],
            target=NAMES[two],
            origin=f"e{number}",
            community=("com_tech", "com_secret", None)[number % 3],
            at=later(float(random.integers(700))),
        )
        for number in range(60)
        for one, two in [random.choice(len(NAMES) - 1, 2, replace=False).tolist()]
    ]
    put(store, *interactions)
    return World(store, interactions)


def ids(view: NetworkView) -> list[str]:
    return [member.person.id for member in view.people]


def pairs(view: NetworkView) -> set[frozenset[str]]:
    people = ids(view)
    return {frozenset((people[tie.one], people[tie.other])) for tie in view.ties}


def overlap(of: set[frozenset[str]], pair: frozenset[str]) -> float:
    """Common neighbours of the two over all others that either has."""
    one, other = pair
    around = [{name for tie in of if end in tie for name in tie} - pair for end in (one, other)]
    return len(around[0] & around[1]) / len(around[0] | around[1]) if around[0] | around[1] else 0.0


@pytest.mark.parametrize("name", [NAMES[0], NAMES[8]])
def test_around_somebody_are_those_they_have_a_tie_with_and_the_ties_between_them(world: World, name: str) -> None:
    view, met = world.networks().around(viewer=world.viewer(name)), world.pairs(seen_by=name)
    around = {other for pair in met if f"per_{name}" in pair for other in pair}
    assert ids(view) == sorted(around)
    assert pairs(view) == {pair for pair in met if pair <= around}
    assert view.centre is not None and ids(view)[view.centre] == f"per_{name}"
    assert (view.left_out, view.day) == (0, MIDNIGHT.date())


def test_one_s_own_ties_have_their_numbers_and_those_of_others_none(world: World) -> None:
    viewer, people = world.viewer(NAMES[0]), "per_p00"
    view, own = (
        world.networks().around(viewer=viewer),
        Ties(world.store, world.projection(), TieSetting(), lambda: NOON),
    )
    listed = own.of(Wanted(), viewer=viewer, at=MIDNIGHT, limit=50).ties
    expected = {tie.person.id: (tie.strength, tie.bridge.bridgeness, tie.bridge.is_local_bridge) for tie in listed}
    told = {
        ids(view)[end]: (tie.strength, tie.bridgeness, tie.is_local_bridge)
        for tie in view.ties
        for end in (tie.one, tie.other)
        if view.centre in (tie.one, tie.other) and end != view.centre
    }
    assert told == expected and people not in told
    others = [tie for tie in view.ties if view.centre not in (tie.one, tie.other)]
    assert others and {(tie.strength, tie.bridgeness, tie.is_local_bridge) for tie in others} == {(None, None, None)}


@pytest.mark.parametrize(("community", "name"), [("tech", NAMES[1]), ("secret", NAMES[0])])
def test_a_community_s_network_is_what_happened_in_it(world: World, community: str, name: str) -> None:
    view = world.networks().within(f"com_{community}", viewer=world.viewer(name))
    met = world.pairs(seen_by=name, community=f"com_{community}")
    assert ids(view) == sorted({end for pair in met for end in pair})
    assert pairs(view) == met
    for tie in view.ties:
        pair = frozenset((ids(view)[tie.one], ids(view)[tie.other]))
        assert tie.bridgeness == pytest.approx(1 - overlap(met, pair), abs=1e-6)
    assert {group.name for group in view.groups} == {"D0", "D1", "D2"}
    assert all(view.groups[member.group or 0].name == member.person.department for member in view.people)


def test_all_who_take_part_see_the_same(world: World) -> None:
    networks = world.networks()
    views = [networks.within("com_tech", viewer=world.viewer(name)) for name in (NAMES[0], NAMES[9], NAMES[-1])]
    assert [(view.people, view.ties) for view in views[1:]] == [(views[0].people, views[0].ties)] * 2


def test_who_takes_no_part_sees_nothing_and_a_secret_is_unknown(world: World) -> None:
    networks = world.networks()
    put(world.store, an_account("eve"))
    for viewer in (world.viewer("eve"), Viewer(None, frozenset({0}))):
        with pytest.raises(Outsider):
            networks.within("com_tech", viewer=viewer)
        for community in ("com_secret", "com_unknown"):
            with pytest.raises(NotFound):
                networks.within(community, viewer=viewer)
    with pytest.raises(NotFound):
        networks.around(viewer=Viewer("per_nobody", frozenset({0})))


def test_people_meet_where_most_of_their_events_lie(world: World) -> None:
    view = world.networks().around(viewer=world.viewer(NAMES[8]))
    assert [group.name for group in view.groups] == ["Tech"]
    mine = [one for one in world.interactions if NAMES[8] in (one.source.id, one.target.id)]
    in_tech = {end for one in mine if one.community == "com_tech" for end in (one.source.id, one.target.id)}
    grouped = {member.person.id for member in view.people if member.group is not None}
    assert grouped == {f"per_{name}" for name in in_tech if name != NAMES[8]}


def test_of_many_people_the_strongest_ties_stay(store: GraphStore) -> None:
    names = [f"q{number:02d}" for number in range(50)]
    put(store, *(an_account(name) for name in ["ana", *names]))
    put(
        store,
        *(an_interaction(name, source="ana", target=name, origin=name, at=later(n)) for n, name in enumerate(names)),
    )
    world = World(store, ())
    view = world.networks().around(viewer=world.viewer("ana"))
    assert ids(view) == ["per_ana", *(f"per_{name}" for name in names[51 - MOST_PEOPLE :])]
    assert view.left_out == 51 - MOST_PEOPLE


def test_who_has_no_tie_is_alone(store: GraphStore) -> None:
    put(store, an_account("ana"))
    world = World(store, ())
    view = world.networks().around(viewer=world.viewer("ana"))
    assert (ids(view), view.ties, view.left_out) == (["per_ana"], (), 0)
