"""The gold set for topics keeps its own guidelines, as far as a machine can tell."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from Stemmer import Stemmer

from nlp.folding import fold
from nlp.words import WORD

TESTS: Final = Path(__file__).parents[1]
GOLD: Final = TESTS / "data" / "topics_gold" / "posts.jsonl"
DEMO: Final = TESTS.parent / "scripts" / "demo"

NOT_THE_AUTHOR: Final = re.compile(r"^```.*?^```|^>.*?$|https?://\S+", re.MULTILINE | re.DOTALL)
HASHTAG: Final = re.compile(r"#(\w+)")
INSIDE_CAMEL_CASE: Final = re.compile(r"(?<=[^\W\d_A-ZÉ])(?=[A-ZÉ])")
STEMMERS: Final = {"fr": "french", "en": "english"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPost:
    """A post with its topics, the most important first; a sparse one is mostly chat."""

    id: str
    lang: str
    kind: str
    half: str
    text: str
    topics: list[str]
    sparse: bool = False


@pytest.fixture(scope="module")
def posts() -> list[GoldPost]:
    return [GoldPost(**json.loads(line)) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def stems(text: str, *, lang: str) -> list[str]:
    """The words of a text, folded and stemmed in order, stop words and all."""
    stemmer = Stemmer(STEMMERS[lang])
    words = [fold(match.group()) for match in WORD.finditer(text)]
    return [stemmer.stemWord(word) if word.isalpha() else word for word in words]


def own_words(post: GoldPost) -> str:
    """The text without code, quotes and addresses, and its hashtags once more in words."""
    text = NOT_THE_AUTHOR.sub(" ", post.text)
    return " ".join([text, *(INSIDE_CAMEL_CASE.sub(" ", tag) for tag in HASHTAG.findall(text))])


def missing_topics(post: GoldPost) -> list[str]:
    """The topics that do not stand in the post in one piece."""
    words = f" {' '.join(stems(own_words(post), lang=post.lang))} "
    return [topic for topic in post.topics if f" {' '.join(stems(topic, lang=post.lang))} " not in words]


def test_there_are_200_french_and_100_english_posts_in_equal_halves(posts: list[GoldPost]) -> None:
    assert Counter((post.lang, post.half) for post in posts) == {
        ("fr", "development"): 100,
        ("fr", "reporting"): 100,
        ("en", "development"): 50,
        ("en", "reporting"): 50,
    }


def test_both_halves_hold_as_many_posts_of_a_kind(posts: list[GoldPost]) -> None:
    counts = Counter((post.lang, post.kind, post.half) for post in posts)
    for lang, kind in {(post.lang, post.kind) for post in posts}:
        assert abs(counts[lang, kind, "development"] - counts[lang, kind, "reporting"]) <= 1


def test_a_post_has_three_to_six_topics_a_sparse_one_one_or_two(posts: list[GoldPost]) -> None:
    allowed = {True: range(1, 3), False: range(3, 7)}
    assert [post.id for post in posts if len(post.topics) not in allowed[post.sparse]] == []


def test_a_tenth_of_the_posts_is_sparse(posts: list[GoldPost]) -> None:
    assert Counter(post.lang for post in posts if post.sparse) == {"fr": 20, "en": 10}


def test_each_topic_stands_in_its_post(posts: list[GoldPost]) -> None:
    assert {post.id: missing for post in posts if (missing := missing_topics(post))} == {}


def test_no_post_has_a_topic_twice(posts: list[GoldPost]) -> None:
    for post in posts:
        keys = [tuple(stems(topic, lang=post.lang)) for topic in post.topics]
        assert len(set(keys)) == len(keys), post.id


def test_ids_and_texts_are_all_different(posts: list[GoldPost]) -> None:
    assert len({post.id for post in posts}) == len({fold(post.text) for post in posts}) == len(posts)


def test_no_post_is_one_of_the_demo_company(posts: list[GoldPost]) -> None:
    lines = [line for file in DEMO.glob("posts*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    assert {fold(json.loads(line)["text"]) for line in lines}.isdisjoint(fold(post.text) for post in posts)
