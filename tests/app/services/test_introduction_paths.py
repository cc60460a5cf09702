"""Introduction paths among random people in either store: each viewer's are those of the visible records alone."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.search.answers import Answer
from app.services.community_names import CommunityNames
from app.services.exchange import Exchanges
from app.services.introduction_paths import FoundPaths, IntroductionPaths
from app.services.reach import Reaching
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.measures.tie_strength import TieSetting
from graph.model import Interaction, Viewer
from graph.projection.feed import Projection
from graph.store import GraphStore
from tests.builders import a_community, an_account, an_interaction, later, put
from tests.graph.projection.worlds import count_words

NAMES = [f"p{number:02d}" for number in range(14)]
MEMBERS = NAMES[:5]  # of the secret community
NOW = later(400)


def interactions(seed: int) -> list[Interaction]:
    """What happened among them in a year, a third of it in secret or among members."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(70):
        where = random.choice(["com_open", "com_open", "com_secret"])
        one, other = random.choice(MEMBERS if where == "com_secret" else NAMES, 2, replace=False).tolist()
        fields = {"origin": "e1", "community": str(where), "at": later(float(random.integers(0, 365)))}
        made.append(an_interaction(f"i{number:02d}", source=one, target=other, **fields))
    return made


def filled(store: GraphStore, *, with_secret: bool, events: Sequence[Interaction]) -> GraphStore:
    """The store with these people and what happened; without the secret as if there were none."""
    put(store, *map(an_account, NAMES), a_community("open"))
    if with_secret:
        put(store, a_community("secret", members=dict.fromkeys(MEMBERS, "member"), visibility="secret"))
    put(store, *(event for event in events if with_secret or event.community == "com_open"))
    return store


def found(store: GraphStore, *, asker: str, to: str) -> FoundPaths:
    """What somebody is told."""
    projection = Projection(store.feed, count_words=count_words)
    projection.catch_up()
    load = Exchanges(store, recent_days=28, most_open=5, introduction_days=14, clock=lambda: NOW).load
    paths = IntroductionPaths(
        store,
        projection,
        seen_ties=Reaching(lambda: NOW, TieSetting()).seen_by,
        load=load,
        names=CommunityNames(store),
        experts=lambda topic, **_: Answer((), "nobody", topic),
        setting=TieSetting(),
        clock=lambda: NOW,
    )
    viewer = Viewer(f"per_{asker}", store.communities.readable_by(f"per_{asker}"))
    return paths.to_person(f"per_{to}", viewer=viewer, limit=4)


def told(paths: FoundPaths) -> list[object]:
    """All that is said, without the numbers that a store gives."""
    return [
        [(step.one.id, step.other.id, step.strength, step.is_strong, step.link) for step in path.steps]
        for path in paths.items
    ]


@pytest.mark.parametrize("seed", range(3))
def test_who_may_not_see_the_secret_is_told_what_is_true_without_it(
    store: GraphStore, tmp_path: Path, seed: int
) -> None:
    events = interactions(seed)
    filled(store, with_secret=True, events=events)
    with closing(SqliteGraphStore(tmp_path / "visible.db")) as visible:
        visible.prepare()
        filled(visible, with_secret=False, events=events)
        for asker in NAMES[5:8]:
            for to in {*NAMES} - {asker}:
                assert told(found(store, asker=asker, to=to)) == told(found(visible, asker=asker, to=to))


def test_members_are_led_by_what_is_secret_too(store: GraphStore) -> None:
    filled(store, with_secret=True, events=interactions(0))
    places = {
        place.name
        for to in NAMES[1:]
        for path in found(store, asker=NAMES[0], to=to).items
        for step in path.steps
        for place in step.link.communities
    }
    assert places == {"Open", "Secret"}
