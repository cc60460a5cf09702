"""Who may be proposed, in an organisation so large that most people are never looked at closely."""

from datetime import timedelta

import numpy as np
import pytest

from app.meeting.circle import Circle
from app.meeting.ground import Ground
from app.meeting.pool import LIKELY, MOST, Candidates, Pool
from graph.changes import PersonRow, TopicRow
from graph.measures.recommendation import RecommendationSetting
from graph.measures.tie_strength import TieSetting
from graph.model import Viewer
from graph.projection.neighbourhoods import EPOCH, Neighbourhoods
from graph.projection.state import State
from graph.projection.subjects import Subjects
from tests.graph.projection.worlds import World, a_post_row, an_interaction_row, projected

PEOPLE = LIKELY + 200
TOPICS = 12
NOW = EPOCH + timedelta(days=300)
DAY = 86_400_000_000


@pytest.fixture(scope="module")
def state() -> State:
    """Everybody writes about a few topics, and meets a few people; number 1 meets many."""
    random = np.random.default_rng(5)
    world = World().put(*(PersonRow(number, f"per_{number}", True) for number in range(1, PEOPLE + 1)))
    world.put(*(TopicRow(number, f"top_{number}", f"Topic {number}", None, None) for number in range(1, TOPICS + 1)))
    for number in range(1, PEOPLE + 1):
        topics = sorted(random.choice(TOPICS, 4, replace=False) + 1)
        said = {
            "at": int(random.integers(300)) * DAY,
            "topics": topics,
            "strengths": random.uniform(0.1, 1, 4).tolist(),
        }
        world.put(a_post_row(number, author=number, kind="answer", **said))
    pairs = [(1, other) for other in range(2, 60)] + [
        tuple(random.choice(PEOPLE, 2, replace=False) + 1) for _ in range(3000)
    ]
    for number, (one, other) in enumerate(pairs):
        world.put(an_interaction_row(number, source=int(one), target=int(other), at=int(random.integers(300)) * DAY))
    return projected(world).state


@pytest.mark.parametrize("peak", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("ego", [1, 2, 99])
def test_who_is_not_looked_at_closely_would_not_be_among_the_best(state: State, ego: int, peak: float) -> None:
    viewer, setting = Viewer(f"per_{ego}", frozenset({0})), RecommendationSetting(peak=peak)
    here, same = Neighbourhoods.of(state, viewer=viewer, at=NOW), state.sameness(viewer.communities)
    subjects = Subjects.of(state.view(viewer.communities), same, until=here.until)
    circle, ground = Circle.of(here, ego, ties=TieSetting()), Ground.of(subjects, ego, same.topics.ids, setting)
    everybody = np.flatnonzero((ground.shared > 0) & circle.is_open())
    expected = Candidates.of(everybody, circle, ground, setting).best()
    found = Pool.of(circle, ground, subjects, within=None, setting=setting).found
    assert everybody.size > LIKELY and expected.people.size >= MOST
    assert found.people.tolist() == expected.people.tolist()
    assert found.score.tolist() == expected.score.tolist()
