"""What viewers see, by example; the property tests of the feed hold it in general."""

import numpy as np

from graph.changes import PersonRow, PostRow, TopicRow
from graph.projection.threads import ALONE, INSIDE, MOST_POSTS, OPENING
from graph.projection.views import View
from tests.graph.projection.worlds import World, a_post_row, a_world, projected, term

EVERYBODY = frozenset({0, 1, 2})


def a_view(*rows: PostRow, communities: frozenset[int] = EVERYBODY) -> View:
    return projected(a_world().put(*rows)).state.view(communities)


def roles(view: View) -> dict[bytes, int]:
    places = np.arange(view.offsets[-1])
    return dict(zip(view.column("id", places), view.roles.tolist(), strict=True))


def test_totals_are_taken_after_the_mask() -> None:
    rows = a_post_row(1, text="fibre laser"), a_post_row(2, community=1, author=2, text="fibre laser budget")
    assert (a_view(*rows).posts, a_view(*rows).words, a_view(*rows).people) == (2, 5, 2)
    masked = a_view(*rows, communities=frozenset({0}))
    assert (masked.posts, masked.words, masked.people) == (1, 2, 1)


def test_posts_of_who_is_no_expert_are_outside_the_mask() -> None:
    world = a_world().put(a_post_row(1), PersonRow(1, "per_1", False))
    projection = projected(world)
    assert projection.state.view(EVERYBODY).posts == 0
    world.put(PersonRow(1, "per_1", True))
    projection.catch_up()
    assert projection.state.view(EVERYBODY).posts == 1


def test_newer_posts_are_strictly_later() -> None:
    view = a_view(a_post_row(1, at=5), a_post_row(2, at=5), a_post_row(3, at=6))
    newer, days = view.ages(np.arange(3))
    assert newer.tolist() == [1, 1, 0]
    assert (days * 86_400_000_000).round().tolist() == [1, 1, 0]


def test_two_stems_of_a_word_count_as_one() -> None:
    view = a_view(a_post_row(1, text="fibre laser laser"), a_post_row(2, text="laser"), a_post_row(3, text="budget"))
    found = view.word([term("fibre"), term("laser")])
    assert found.count.tolist() == [3, 1]
    assert (found.people.tolist(), found.people_count.tolist()) == ([1], [4])


def test_a_post_about_a_topic_and_what_was_merged_into_it_counts_once_as_its_strongest() -> None:
    view = a_view(a_post_row(1, topics=(1, 2), strengths=(0.2, 0.8)))
    assert view.topic([1, 2]).count.round(2).tolist() == [0.8]


def test_a_community_narrows_the_posts_but_not_what_people_wrote() -> None:
    found = a_view(a_post_row(1, community=1), a_post_row(2, community=2)).word([term("fibre")], community=1)
    assert (found.posts.size, found.people_count.tolist()) == (1, [2])


def test_a_post_about_a_topic_counts_as_holding_its_name_once() -> None:
    rows = (
        a_post_row(1, text="laser", topics=(1,), strengths=(0.2,)),
        a_post_row(2, text="fibre fibre", topics=(1,), strengths=(0.9,)),
        a_post_row(3, text="budget"),
    )
    found = a_view(*rows).word([term("fibre")], topics=[1])
    assert (found.count.tolist(), found.first.tolist()) == ([1, 2], [0, 2])
    assert found.people_count.tolist() == [3]


def test_only_topics_with_a_visible_post_are_counted() -> None:
    rows = a_post_row(1, topics=(1,), strengths=(0.5,)), a_post_row(2, community=1, topics=(1, 2), strengths=(0.5, 0.5))
    assert [column.tolist() for column in a_view(*rows).topic_posts()] == [[1, 2], [2, 1]]
    masked = a_view(*rows, communities=frozenset({0}))
    assert [column.tolist() for column in masked.topic_posts()] == [[1], [1]]


def test_a_thread_of_two_authors_is_a_conversation_opened_by_its_first_post() -> None:
    view = a_view(a_post_row(1, thread=7), a_post_row(2, author=2, thread=7), a_post_row(3))
    assert roles(view) == {b"pst_1": OPENING, b"pst_2": INSIDE, b"pst_3": ALONE}
    assert view.in_conversations == 2


def test_at_the_same_time_the_first_public_id_opens() -> None:
    view = a_view(a_post_row(1, id="pst_b", thread=7, at=1), a_post_row(2, id="pst_a", author=2, thread=7, at=1))
    assert roles(view) == {b"pst_b": INSIDE, b"pst_a": OPENING}


def test_a_thread_of_one_author_is_none() -> None:
    view = a_view(a_post_row(1, thread=7), a_post_row(2, thread=7))
    assert set(roles(view).values()) == {ALONE}


def test_a_thread_whose_other_author_is_hidden_is_none() -> None:
    view = a_view(a_post_row(1, thread=7), a_post_row(2, author=2, thread=7))
    assert view.in_conversations == 2
    world = a_world().put(a_post_row(1, thread=7), a_post_row(2, author=2, thread=7), PersonRow(2, "per_2", False))
    assert projected(world).state.view(EVERYBODY).in_conversations == 0


def test_a_thread_is_taken_within_one_community() -> None:
    view = a_view(a_post_row(1, thread=7), a_post_row(2, author=2, thread=7, community=1))
    assert set(roles(view).values()) == {ALONE}


def test_an_endless_thread_is_no_conversation() -> None:
    rows = [a_post_row(number, author=number % 2 + 1, thread=7) for number in range(1, MOST_POSTS + 2)]
    assert a_view(*rows[:-1]).in_conversations == MOST_POSTS
    assert a_view(*rows).in_conversations == 0


def test_a_conversation_goes_on_in_a_later_block() -> None:
    world = a_world().put(*(a_post_row(number) for number in range(10, 20)), a_post_row(1, thread=7))
    projection = projected(world)
    world.put(a_post_row(2, author=2, thread=7))
    projection.catch_up()
    view = projection.state.view(EVERYBODY)
    assert len(view.blocks) == 2
    assert (roles(view)[b"pst_1"], roles(view)[b"pst_2"], view.in_conversations) == (OPENING, INSIDE, 2)
    opening = np.flatnonzero(view.roles == OPENING)
    which, inside = view.conversations(opening)
    assert which.tolist() == [0, 0]
    assert view.column("id", inside).tolist() == [b"pst_1", b"pst_2"]


def test_merged_topics_count_as_what_they_were_merged_into() -> None:
    world = World().put(*(TopicRow(number, f"top_{number}", "t", None, into) for number, into in _MERGES.items()))
    topics = projected(world).state.sameness(EVERYBODY)
    assert topics.members(1) == topics.members(2) == topics.members(3) == (1, 2, 3)
    assert topics.members(4) == (4,)


def test_topics_merged_in_a_circle_are_still_found() -> None:
    world = World().put(TopicRow(1, "top_1", "t", None, 2), TopicRow(2, "top_2", "t", None, 1))
    assert 1 in projected(world).state.sameness(EVERYBODY).members(1)


_MERGES: dict[int, int | None] = {1: 2, 2: 3, 3: None, 4: None}


def test_views_of_the_same_communities_are_worked_out_once() -> None:
    state = projected(a_world().put(a_post_row(1))).state
    assert state.view(frozenset({0})) is state.view(frozenset({0}))


def test_what_a_viewer_sees_of_an_unchanged_block_is_kept() -> None:
    world = a_world().put(*(a_post_row(number) for number in range(1, 10)))
    projection = projected(world)
    before = projection.state.view(EVERYBODY).blocks[0]
    world.put(a_post_row(10))
    projection.catch_up()
    assert projection.state.view(EVERYBODY).blocks[0] is before
