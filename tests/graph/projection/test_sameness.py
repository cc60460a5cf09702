"""Which topics count as one, and for whom."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.changes import PersonRow, TopicRow
from graph.projection.sameness import Sameness
from tests.graph.projection.worlds import World, a_post_row, projected

OPEN = frozenset({0})
ALL = frozenset({0, 1})
SIZE = 5
topic_numbers = st.one_of(st.none(), st.integers(1, SIZE))
rows = st.builds(
    TopicRow,
    number=st.integers(1, SIZE),
    id=st.just(""),
    label_fr=st.sampled_from(("t", None)),
    label_en=st.sampled_from(("t", None)),
    merged_into=topic_numbers,
    merged_by_hand=topic_numbers,
    acronym=topic_numbers,
    long_form=topic_numbers,
    is_sent=st.booleans(),
    apart=st.lists(st.integers(1, SIZE), max_size=1).map(tuple),
)
posts = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 1), st.sets(st.integers(1, SIZE), max_size=3)), min_size=1, max_size=8
)


def a_topic_row(number: int, **fields: Any) -> TopicRow:
    """A topic found in posts, with a French name."""
    said = {"number": number, "id": f"top_{number}", "label_fr": "t", "label_en": None, "merged_into": None}
    return TopicRow(**{**said, **fields})


def a_world() -> World:
    """Three people who may be experts."""
    return World().put(*(PersonRow(number, f"per_{number}", is_expert=True) for number in (1, 2, 3)))


def mentioned(*topics: int, **fields: int) -> dict[str, Any]:
    """What a post that mentions these topics has."""
    return {"topics": topics, "strengths": tuple(0.5 for _ in topics), **fields}


def same(world: World, communities: frozenset[int] = OPEN) -> Sameness:
    """What counts as one for who may read these communities."""
    return projected(world).state.sameness(communities)


def an_acronym(*authors: int, community: int = 0) -> World:
    """Topic 1 is short for topic 2, as posts of these authors define it by mentioning 3."""
    world = a_world().put(a_topic_row(1), a_topic_row(2), a_topic_row(3, label_fr=None, acronym=1, long_form=2))
    for place, author in enumerate(authors, start=1):
        where = community if place > 1 else 0
        world.put(a_post_row(place, **mentioned(1, 2, 3, author=author, community=where)))
    return world


def test_two_authors_make_an_acronym_and_its_long_form_one() -> None:
    assert same(an_acronym(1, 2)).members(1) == (1, 2)
    assert same(an_acronym(1, 1)).members(1) == (1,)


def test_authors_whom_somebody_cannot_read_do_not_count_for_them() -> None:
    world = an_acronym(1, 2, community=1)
    assert same(world).members(1) == (1,)
    assert same(world, ALL).members(1) == (1, 2)


def test_what_was_told_apart_is_never_one_again() -> None:
    assert same(an_acronym(1, 2).put(a_topic_row(2, apart=(1,)))).members(1) == (1,)


def test_a_decision_goes_before_what_posts_agree_on() -> None:
    world = an_acronym(1, 2).put(a_topic_row(4, is_sent=True), a_topic_row(1, merged_by_hand=4))
    assert same(world).root.tolist()[1:3] == [4, 2]


def test_a_topic_has_the_name_that_most_visible_posts_spell() -> None:
    spellings = (a_topic_row(2, merged_into=1), a_topic_row(3, merged_into=1))
    world = a_world().put(a_topic_row(1, label_fr=None), *spellings)
    for place, (topic, community) in enumerate(((2, 0), (3, 1), (3, 1)), start=1):
        world.put(a_post_row(place, **mentioned(topic, community=community)))
    assert (same(world).names(1), same(world, ALL).names(1)) == ((2,), (3,))


@given(given_rows=st.lists(rows, max_size=SIZE), written=posts)
def test_hidden_posts_move_nothing(given_rows: list[TopicRow], written: list[tuple[int, int, set[int]]]) -> None:
    world = a_world().put(*(a_topic_row(number) for number in range(1, SIZE + 1)))
    world.put(*(row._replace(id=f"top_{row.number}") for row in given_rows))
    for place, (author, community, topics) in enumerate(written, start=1):
        said = mentioned(*sorted(topics), author=author, community=community)
        world.put(a_post_row(place, **said))
    assert told(world) == told(world.only(OPEN))


def told(world: World) -> list[object]:
    """All that is said to who may read the open community only."""
    state = projected(world).state
    found, view = state.sameness(OPEN), state.view(OPEN)
    known = [number for number in range(1, SIZE + 1) if found.is_known(number)]
    names = [found.names(int(found.root[number])) for number in known]
    members, labels = [found.members(number) for number in known], found.labels("t")
    return [known, names, found.counts(view).tolist(), members, labels, found.accepted]


def test_a_topic_holds_what_is_narrower_and_what_was_merged_into_that() -> None:
    world = a_world().put(
        a_topic_row(1),
        a_topic_row(2, broader="top_1"),
        a_topic_row(3, broader="top_2"),
        a_topic_row(4, merged_into=3),
        a_topic_row(5, broader="top_unknown"),
    )
    found = same(world)
    assert [found.narrowed(topic) for topic in range(1, 6)] == [(1, 2, 3, 4), (2, 3, 4), (3, 4), (3, 4), (5,)]


def test_topics_that_are_broader_than_each_other_hold_each_other() -> None:
    found = same(a_world().put(a_topic_row(1, broader="top_2"), a_topic_row(2, broader="top_1"), a_topic_row(3)))
    assert found.narrowed(1) == found.narrowed(2) == (1, 2)
