"""How fast the views of the whole organisation are: the map, the lists of topics, people and communities."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.bootstrap import Services
from graph.changes import Changes, PostRow
from graph.model import Viewer
from nlp.model import PostWords

LIMIT: Final = 20
PER_PAGE: Final = 50
NEW_POST: Final = PostRow(
    number=2**31 - 1,
    id="pst_new",
    author=1,
    community=0,
    thread=None,
    at=0,
    kind="article",
    language="fr",
    format="plain",
    title=None,
    text="fibre",
    is_indexed=True,
    topics=(1, 2, 3),
    strengths=(0.5, 0.5, 0.5),
)
NO_WORDS: Final = PostWords(terms=(), counts=(), first=(), length=0)


def map_figures(services: Services) -> dict[str, dict[str, float]]:
    """Milliseconds of each view on a projection that has just been read, and once more after a post has come."""
    views = _views(services)
    first = _timed(views)
    projection = services.projection
    changes = Changes(projection.seq + 1, posts=(NEW_POST,))
    projection.state = projection.state.updated(changes, lambda rows: [NO_WORDS for _ in rows])
    after = _timed(views)
    return {name: {"first_ms": first[name], "after_a_post_ms": after[name]} for name in views}


def _views(services: Services) -> Mapping[str, Callable[[], Any]]:
    viewer = Viewer(None, services.store.communities.readable_by(None))
    maps, topics, people = services.expertise_maps, services.topics, services.people_search
    return {
        "map, departments × topics": lambda: maps.draw(rows="department", columns="topic", limit=LIMIT),
        "map, sites × topics": lambda: maps.draw(rows="site", columns="topic", limit=LIMIT),
        "map, departments × broader": lambda: maps.draw(rows="department", columns="broader", limit=LIMIT),
        "map, communities × topics": lambda: maps.draw(rows="community", columns="topic", limit=LIMIT),
        "topics": lambda: topics.page(containing="", after="", limit=PER_PAGE, viewer=viewer),
        "topics by name": lambda: topics.page(containing="7", after="", limit=PER_PAGE, viewer=viewer),
        "topics by a name that none has": lambda: topics.page(containing="?", after="", limit=PER_PAGE, viewer=viewer),
        "people by name": lambda: people.find("person 12", after="", limit=PER_PAGE, viewer=viewer),
        "communities": lambda: services.directory.communities(after="", limit=PER_PAGE, viewer=viewer),
    }


def _timed(views: Mapping[str, Callable[[], Any]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, view in views.items():
        started = time.perf_counter()
        view()
        found[name] = round((time.perf_counter() - started) * 1000, 1)
    return found
