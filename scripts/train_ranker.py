"""Learn what makes a phrase a topic from posts whose topics somebody listed, and judge it on posts left out.

    python -m scripts.train_ranker            F1@5 by cross-validation
    python -m scripts.train_ranker --write    and write nlp/data/ranking.json

The posts are those of the development half of the gold set, others of many trades, and English ones of the demo
company, as the gold set has but half as many of them as French ones. A logistic regression on the features of
nlp/features.py: each phrase of a post is an example, right when it is listed. A weight has a part that is learned from
both languages and a part of its own; a post of the gold set counts twice, as it was read with the most care.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.extraction import Seen, TopicExtractor, load_extractor, mentions_of
from nlp.features import FEATURES, features
from nlp.gazetteer import Gazetteer, seed_aliases
from nlp.lexicon import DATA
from nlp.model import Language, Text
from scripts.load_demo import files
from scripts.topics_gold import GOLD, GoldPost, gold_posts, score_topics, stemmed

TRAINING: Final = GOLD.parent / "topics_training"
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
FOLDS: Final = 10
REPEATS: Final = 4
PENALTY: Final = 1.0
OWN_PENALTY: Final = 4.0  # for a language to weigh something in its own way
STEPS: Final = 12
GOLD_COUNTS: Final = 2.0  # times

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A post, what was seen in it, of each phrase a row of features and whether it is listed; how much it counts."""

    post: GoldPost
    seen: Seen
    rows: Weights
    right: Weights
    counts: float = 1.0


def main() -> None:
    """Judge by cross-validation, then learn from all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights learned from all posts")
    given = parser.parse_args()
    extractor = load_extractor(gazetteer=Gazetteer(seed_aliases()))
    judged = examples(extractor, gold_posts(GOLD, half="development"))
    gold = [replace(example, counts=GOLD_COUNTS) for example in judged]
    trades = list(examples(extractor, list(posts_of_trades())))
    others = list(examples(extractor, list(posts_of_the_demo())))
    found = [*gold, *trades]
    unseen = learn([*trades, *others])
    for language in LANGUAGES:
        scores = [score for seed in range(REPEATS) for score in held_out(found, others, language, seed=seed)]
        print(f"{language}: F1@5 {mean(scores):.3f} on posts left out", end=", ")
        print(f"{mean(f1_scores(gold, language, unseen)):.3f} on the gold set by the other posts alone")
    weights = {
        language: {name: round(weight, 3) for name, weight in zip(FEATURES, learned.tolist(), strict=True)}
        for language, learned in learn([*found, *others]).items()
    }
    print(json.dumps(weights, indent=2))
    if given.write:
        (DATA / "ranking.json").write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def posts_of_trades() -> Iterator[GoldPost]:
    """Posts of many trades with their topics."""
    for row in _rows(TRAINING / "trades.jsonl"):
        yield GoldPost(row["id"], row["lang"], row["text"], tuple(row["topics"]))


def posts_of_the_demo() -> Iterator[GoldPost]:
    """Posts of the demo company with their topics."""
    posts = {post["id"]: post for path in files("posts/*.jsonl") for post in _rows(path)}
    for row in _rows(TRAINING / "demo.jsonl"):
        post = posts[row["post"]]
        yield GoldPost(post["id"], post["lang"], post["text"], tuple(row["topics"]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text("utf-8").splitlines())


def examples(extractor: TopicExtractor, posts: Sequence[GoldPost]) -> Iterator[Example]:
    """What is seen in each post."""
    for post, seen in zip(posts, extractor.sight([Text(post.text) for post in posts]), strict=True):
        wanted = {stemmed(topic, language=post.language) for topic in post.topics}
        sightings = seen.sightings.values()
        right = [stemmed(sighting.label, language=post.language) in wanted for sighting in sightings]
        rows = [features(sighting, language=seen.language) for sighting in sightings]
        yield Example(post, seen, np.array(rows), np.array(right, dtype=float))


def learn(found: Sequence[Example]) -> dict[Language, Weights]:
    """The weights of each language that make the topics listed most likely, by Newton's method with a ridge.

    The ridge is on all but the constant; a language's own part has a row of its own (Daumé 2007).
    """
    rows = np.vstack([_parted(example) for example in found])
    right = np.concatenate([example.right for example in found])
    counts = np.concatenate([np.full(len(example.right), example.counts) for example in found])
    own = len(LANGUAGES) * len(FEATURES)
    ridge = np.diag([0.0, *[PENALTY] * (len(FEATURES) - 1), *[OWN_PENALTY] * own])
    weights = np.zeros(len(FEATURES) + own)
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (likely - right)) + ridge @ weights
        curve = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + ridge
        weights -= np.linalg.solve(curve, slope)
    shared, *parts = weights.reshape(-1, len(FEATURES))
    return {language: shared + part for language, part in zip(LANGUAGES, parts, strict=True)}


def _parted(example: Example) -> Weights:
    """The features of each phrase, once for both languages and once for each, where those of the other are 0."""
    own = [example.rows * (example.post.language == language) for language in LANGUAGES]
    return np.hstack([example.rows, *own])


def held_out(found: Sequence[Example], others: Sequence[Example], language: Language, *, seed: int) -> Iterator[float]:
    """The F1@5 of each post in a language, by weights learned without it."""
    folds = np.random.default_rng(seed).permutation(len(found)) % FOLDS
    for fold in range(FOLDS):
        weights = learn([*(example for example, its in zip(found, folds, strict=True) if its != fold), *others])
        left_out = [example for example, its in zip(found, folds, strict=True) if its == fold]
        yield from f1_scores(left_out, language, weights)


def f1_scores(found: Sequence[Example], language: Language, weights: Mapping[Language, Weights]) -> Iterator[float]:
    """The F1@5 of each post in a language."""
    for example in found:
        if example.post.language == language:
            labels = [mention.label for mention in mentions_of(example.seen, weights=weights[language].tolist())]
            yield score_topics(labels, post=example.post).f1


if __name__ == "__main__":
    main()
