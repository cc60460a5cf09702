import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.projection.postings import MOST, Postings, topic_codes, topic_strengths, word_codes, word_counts

POSTS = st.lists(st.sets(st.integers(-3, 3)), max_size=6)


def build(posts: list[set[int]]) -> Postings:
    pairs = [(term, place) for place, terms in enumerate(posts) for term in sorted(terms)]
    terms, places = (np.array([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))
    return Postings.of(terms, places, (terms + 10 * places).astype(np.uint8))


def listed(found: Postings) -> list[list[int]]:
    return [column.tolist() for column in (found.terms, found.starts, found.posts, found.codes)]


def test_every_pair_of_counts_that_are_told_apart_comes_back() -> None:
    pairs = [(count, first) for count in range(MOST + 1) for first in range(count + 1)]
    count, first = np.array(pairs).T
    found = word_counts(word_codes(count, first))
    assert [column.tolist() for column in found] == [count.tolist(), first.tolist()]


def test_larger_counts_come_back_as_the_largest() -> None:
    found = word_counts(word_codes(np.array([22, 1000]), np.array([3, 900])))
    assert [column.tolist() for column in found] == [[21, 21], [3, 21]]


def test_strengths_come_back_nearly_and_never_as_nothing() -> None:
    (found,) = topic_strengths(topic_codes(np.array([0.0, 0.5, 0.999])))
    assert found == pytest.approx([1 / 255, 0.5, 0.999], abs=1 / 510 + 1e-9)


def test_a_term_finds_its_posts_and_an_unknown_one_nothing() -> None:
    found = build([{1}, {1, 2}]).find([1, 3])
    assert (found.posts.tolist(), found.codes.tolist()) == ([0, 1], [1, 11])


def test_several_terms_find_their_posts_one_after_the_other() -> None:
    found = build([{1}, {1, 2}]).find([2, 1])
    assert (found.posts.tolist(), found.codes.tolist()) == ([1, 0, 1], [12, 1, 11])
    assert build([{1}]).find([2]).posts.size == 0


@pytest.mark.parametrize("chunk", [1, 4_000_000])
@given(one=POSTS, other=POSTS, gone=st.sets(st.integers(0, 11)))
def test_merging_equals_building_at_once(
    chunk: int, one: list[set[int]], other: list[set[int]], gone: set[int]
) -> None:
    whole = [*one, *other]
    kept = [at for at in range(len(whole)) if at not in gone]
    new = np.array([kept.index(at) if at in kept else -1 for at in range(len(whole))], dtype=np.int64)
    places = new[: len(one)], new[len(one) :]
    found = Postings.merged([build(one), build(other)], places, chunk=chunk)
    expected = build([whole[at] for at in kept])
    assert listed(found)[:3] == listed(expected)[:3]


def test_merged_codes_stay_beside_their_posts() -> None:
    found = Postings.merged([build([{1}, {2}]), build([{1}])], [np.array([0, 2]), np.array([1])])
    assert listed(found) == [[1, 2], [0, 2, 3], [0, 1, 2], [1, 1, 12]]
