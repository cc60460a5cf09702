"""The synthetic organisation is what its description says."""

from collections import Counter
from itertools import chain

import numpy as np
import pytest

from graph.adapters.sqlite.store import SqliteGraphStore
from graph.changes import Changes
from scripts.synthetic import Batch, Organisation, Scale, fill

SCALE = Scale(people=60, communities=5, topics=80, posts=950, vocabulary=2_000, mentions=6, words=12, interactions=3)


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    return Organisation(SCALE, seed=7)


@pytest.fixture(scope="module")
def batches(organisation: Organisation) -> list[Batch]:
    return list(organisation.batches())


def test_the_same_seed_gives_the_same_organisation_and_another_seed_another(batches: list[Batch]) -> None:
    assert list(Organisation(SCALE, seed=7).batches()) == batches
    assert list(Organisation(SCALE, seed=8).batches()) != batches
    assert Organisation(SCALE, seed=7).questions(5) == Organisation(SCALE, seed=7).questions(5)


def test_all_posts_come_once_in_batches(batches: list[Batch]) -> None:
    ids = [post.id for batch in batches for post in batch.posts]
    assert len(set(ids)) == len(ids) == SCALE.posts
    assert [len(batch.posts) for batch in batches] == [100] * 9 + [50]


def test_two_thirds_of_the_posts_are_in_threads_of_one_community(batches: list[Batch]) -> None:
    posts = [post for batch in batches for post in batch.posts]
    in_threads = [post for post in posts if post.thread is not None]
    assert len(in_threads) / len(posts) == pytest.approx(2 / 3, abs=0.08)
    assert len({(post.thread, post.community) for post in in_threads}) == len({post.thread for post in in_threads})
    assert max(Counter(post.thread for post in in_threads).values()) <= 30


def test_a_reply_answers_an_earlier_post_of_its_thread(batches: list[Batch]) -> None:
    thread_of = {post.id: post.thread for batch in batches for post in batch.posts}
    replies = [post for batch in batches for post in batch.posts if post.reply_to]
    assert replies
    assert all(post.reply_to < post.id and thread_of[post.reply_to] == post.thread for post in replies if post.reply_to)


def test_few_people_write_much_and_write_where_they_are_members(
    organisation: Organisation, batches: list[Batch]
) -> None:
    members = {one.id: {member.account for member in one.members} for one in organisation.communities()}
    posts = [post for batch in batches for post in batch.posts]
    assert all(post.author in members[post.community or ""] for post in posts)
    by_author = sorted(Counter(post.author for post in posts).values(), reverse=True)
    assert sum(by_author[:6]) > 0.25 * len(posts)


def test_there_are_as_many_mentions_and_interactions_as_were_asked_for(batches: list[Batch]) -> None:
    mentions = [len(found) for batch in batches for found in batch.mentions]
    assert np.mean(mentions) == pytest.approx(SCALE.mentions, abs=0.6)
    assert sum(len(batch.interactions) for batch in batches) / SCALE.posts == pytest.approx(SCALE.interactions, abs=0.6)


def test_questions_have_three_topics_and_four_words_of_the_posts(
    organisation: Organisation, batches: list[Batch]
) -> None:
    written = set(chain.from_iterable(post.text.split() for batch in batches for post in batch.posts))
    asked = organisation.questions(20)
    assert all(len(question.words.split()) == 4 and 1 <= len(question.topics) <= 3 for question in asked)
    assert sum(word in written for question in asked for word in question.words.split()) > 40


def test_a_store_is_filled_with_all_of_it(organisation: Organisation, sqlite_store: SqliteGraphStore) -> None:
    written: list[Batch] = []
    fill(sqlite_store, organisation, on_batch=written.append)
    feed = sqlite_store.feed
    changes: Changes = feed.changes(after=0, upto=feed.head())
    assert sum(len(batch.posts) for batch in written) == SCALE.posts == len(changes.posts)
    assert all(post.is_indexed for post in changes.posts)
    assert sum(len(post.topics) for post in changes.posts) == sum(len(m) for batch in written for m in batch.mentions)
    assert len(changes.people) == SCALE.people
    assert len(changes.topics) == SCALE.topics
    assert sqlite_store.posts.waiting(limit=1) == []
