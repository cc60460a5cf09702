import numpy as np

from graph.projection.post_interactions import PostInteractions
from tests.graph.projection.worlds import an_interaction_row

AUTHOR = np.full(3, 1)  # of every post here


def test_what_a_post_received_is_counted_by_type() -> None:
    rows = [
        an_interaction_row(1, type="acceptance", post=5),
        an_interaction_row(2, type="thanks", post=5),
        an_interaction_row(3, type="reaction", post=5),
        an_interaction_row(4, type="reaction", post=5, source=3),
        an_interaction_row(5, type="reply", post=5),
    ]
    received = PostInteractions.of(rows).received(np.array([4, 5]), AUTHOR[:2])
    counts = received.acceptances.tolist(), received.thanks.tolist(), received.reactions.tolist()
    assert counts == ([0, 1], [0, 1], [0, 2])


def test_each_endorser_of_a_post_is_named_once() -> None:
    rows = [an_interaction_row(number, type="endorsement", post=5, source=2 + number % 2) for number in range(1, 5)]
    received = PostInteractions.of(rows).received(np.array([5]), AUTHOR[:1])
    assert (received.endorsed.tolist(), received.endorser.tolist()) == ([0, 0], [2, 3])


def test_what_people_do_to_their_own_posts_does_not_count() -> None:
    rows = [an_interaction_row(1, type="thanks", post=5, source=1, target=1)]
    assert PostInteractions.of(rows).received(np.array([5]), AUTHOR[:1]).thanks.tolist() == [0]


def test_what_reached_somebody_else_does_not_count_for_the_author() -> None:
    rows = [an_interaction_row(1, type="thanks", post=5, source=1, target=3)]
    assert PostInteractions.of(rows).received(np.array([5]), AUTHOR[:1]).thanks.tolist() == [0]


def test_a_changed_interaction_replaces_and_a_removed_one_goes() -> None:
    before = PostInteractions.of([an_interaction_row(1, post=5), an_interaction_row(2, post=6)])
    after = before.updated([an_interaction_row(1, post=7)], [2])
    assert after.received(np.array([5, 6, 7]), AUTHOR).thanks.tolist() == [0, 0, 1]
    assert before.received(np.array([5, 6, 7]), AUTHOR).thanks.tolist() == [1, 1, 0]


def test_posts_without_any_received_nothing() -> None:
    received = PostInteractions.empty().received(np.array([1, 2]), AUTHOR[:2])
    assert received.thanks.tolist() == [0, 0]
    assert received.endorsed.size == 0
