"""Who reaches whom, and over whom, as a viewer may see it."""

from collections.abc import Collection

import pytest

from app.services.reach import Reaching
from graph.changes import Changes, InteractionRow, PersonRow
from graph.measures.paths import Mode, Reach
from graph.measures.tie_strength import TieSetting
from graph.model import InteractionType, Viewer
from graph.projection.state import State
from tests.builders import NOON

TODAY = int(NOON.timestamp() * 1_000_000)
OPEN, CLOSED = 1, 2
NAMES = ("ana", "ben", "cem", "dia")
NUMBERS = {name: number for number, name in enumerate(NAMES, start=1)}


def an_event(
    number: int, source: str, target: str, kind: InteractionType = "reply", community: int = OPEN
) -> InteractionRow:
    channel = "in_person" if kind == "meeting" else "online"
    return InteractionRow(number, kind, channel, NUMBERS[source], NUMBERS[target], community, 0, TODAY)


def reach(
    *events: InteractionRow,
    target: str,
    mode: Mode = "search",
    communities: Collection[int] = (0, OPEN),
    bots: Collection[str] = (),
) -> Reach | None:
    people = tuple(PersonRow(number, f"per_{name}", name not in bots) for name, number in NUMBERS.items())
    state = State.empty().updated(Changes(1, people=people, interactions=events), lambda rows: [])
    find = Reaching(lambda: NOON, TieSetting())
    viewer = Viewer("per_ana", frozenset(communities))
    return find(state, viewer, NUMBERS["ana"], [NUMBERS[target]], mode).get(NUMBERS[target])


def test_one_meeting_reaches_directly_as_far_as_its_strength() -> None:
    found = reach(an_event(1, "ana", "ben", "meeting"), target="ben")
    assert found == Reach(0.357793, "direct", ("per_ana", "per_ben"))


def test_an_introduction_counts_half_of_its_weakest_tie() -> None:
    events = an_event(1, "ana", "ben", "meeting"), an_event(2, "cem", "ben", "meeting")
    found = reach(*events, target="cem")
    assert found is not None
    assert (found.kind, found.path) == ("introduction", ("per_ana", "per_ben", "per_cem"))
    assert found.score == pytest.approx(0.357793 / 2, abs=1e-6)


def test_transfer_prefers_strong_ties_to_a_short_way() -> None:
    events = [an_event(1, "ana", "cem")]
    events += [an_event(10 + n, *ends) for n in range(9) for ends in [("ana", "ben") if n % 2 else ("ben", "ana")]]
    events += [an_event(30 + n, *ends) for n in range(9) for ends in [("cem", "ben") if n % 2 else ("ben", "cem")]]
    search, transfer = (reach(*events, target="cem", mode=mode) for mode in ("search", "transfer"))
    assert search is not None and search.kind == "direct"
    assert transfer is not None and transfer.path == ("per_ana", "per_ben", "per_cem")


def test_a_longer_way_is_a_path() -> None:
    events = an_event(1, "ana", "ben"), an_event(2, "ben", "cem"), an_event(3, "cem", "dia")
    found = reach(*events, target="dia")
    assert found is not None
    assert (found.kind, found.path) == ("path", ("per_ana", "per_ben", "per_cem", "per_dia"))


def test_what_a_viewer_may_not_see_leads_nowhere() -> None:
    event = an_event(1, "ana", "ben", community=CLOSED)
    assert reach(event, target="ben") is None
    assert reach(event, target="ben", communities=(0, OPEN, CLOSED)) is not None


def test_nobody_is_introduced_by_a_bot() -> None:
    events = an_event(1, "ana", "ben"), an_event(2, "ben", "cem")
    assert reach(*events, target="cem", bots=["ben"]) is None
    assert reach(*events, target="cem") is not None
