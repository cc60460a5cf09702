"""The posts that the ranking is learned from keep the guidelines of the gold set, as far as a machine can tell."""

from collections import Counter

import pytest

from scripts.topics_gold import GoldPost, stemmed
from scripts.train_ranker import posts_of_the_demo, posts_of_trades


@pytest.fixture(scope="module")
def posts() -> list[GoldPost]:
    return [*posts_of_the_demo(), *posts_of_trades()]


def test_there_are_hundreds_of_posts_in_each_language(posts: list[GoldPost]) -> None:
    assert Counter(post.language for post in posts) == {"fr": 151, "en": 227}


def test_each_topic_stands_in_its_post(posts: list[GoldPost]) -> None:
    for post in posts:
        words = f" {stemmed(post.text, language=post.language)} "
        missing = [topic for topic in post.topics if f" {stemmed(topic, language=post.language)} " not in words]
        assert not missing, post.id


def test_no_post_has_more_than_six_topics_or_one_twice(posts: list[GoldPost]) -> None:
    for post in posts:
        keys = {stemmed(topic, language=post.language) for topic in post.topics}
        assert len(keys) == len(post.topics) <= 6, post.id


def test_all_texts_are_different(posts: list[GoldPost]) -> None:
    assert len({post.text for post in posts}) == len(posts)
