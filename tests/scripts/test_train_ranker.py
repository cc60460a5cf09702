"""What the ranker is learned from beside the gold set."""

from scripts.topics_gold import stemmed
from scripts.train_ranker import listed_posts


def test_each_topic_listed_stands_in_its_post() -> None:
    for post in listed_posts():
        words = f" {stemmed(post.text, language=post.language)} "
        missing = [topic for topic in post.topics if f" {stemmed(topic, language=post.language)} " not in words]
        assert not missing, post.id


def test_no_post_is_listed_twice_and_each_has_at_most_six_topics() -> None:
    posts = list(listed_posts())
    assert len({post.id for post in posts}) == len(posts)
    assert all(0 < len({*post.topics}) == len(post.topics) <= 6 for post in posts)
