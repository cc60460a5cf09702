"""Learn what makes a phrase a topic from the development half of the gold set, and judge it on posts left out.

    python -m scripts.train_ranker            F1@5 by cross-validation
    python -m scripts.train_ranker --write    and write nlp/data/ranking.json

A logistic regression on the features of nlp/ranking.py: each phrase of a post is an example, right when the gold set
lists it.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.extraction import Seen, TopicExtractor, load_extractor, mentions_of
from nlp.gazetteer import Gazetteer, seed_aliases
from nlp.lexicon import DATA
from nlp.model import Text
from nlp.ranking import FEATURES, features
from scripts.topics_gold import GOLD, GoldPost, gold_posts, score_topics, stemmed

FOLDS: Final = 10
REPEATS: Final = 4
PENALTY: Final = 1.0
STEPS: Final = 25

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A post, what was seen in it, and of each phrase a row of features and whether the gold set lists it."""

    post: GoldPost
    seen: Seen
    rows: Weights
    right: Weights


def main() -> None:
    """Judge by cross-validation, then learn from all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights learned from all posts")
    given = parser.parse_args()
    extractor = load_extractor(gazetteer=Gazetteer(seed_aliases()))
    found = list(examples(extractor, gold_posts(GOLD, half="development")))
    for language in ("fr", "en"):
        scores = [score for seed in range(REPEATS) for score in held_out(found, language, seed=seed)]
        print(f"{language}: F1@5 {mean(scores):.3f} on posts left out")
    weights = {name: round(weight, 3) for name, weight in zip(FEATURES, learn(found).tolist(), strict=True)}
    print(json.dumps(weights, indent=2))
    if given.write:
        (DATA / "ranking.json").write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def examples(extractor: TopicExtractor, posts: Sequence[GoldPost]) -> Iterator[Example]:
    """What is seen in each post."""
    for post, seen in zip(posts, extractor.sight([Text(post.text) for post in posts]), strict=True):
        wanted = {stemmed(topic, language=post.language) for topic in post.topics}
        sightings = seen.sightings.values()
        right = [stemmed(sighting.label, language=post.language) in wanted for sighting in sightings]
        rows = [features(sighting, language=seen.language) for sighting in sightings]
        yield Example(post, seen, np.array(rows), np.array(right, dtype=float))


def learn(found: Sequence[Example]) -> Weights:
    """The weights that make the gold topics most likely, by Newton's method with a ridge on all but the constant."""
    rows = np.vstack([example.rows for example in found])
    right = np.concatenate([example.right for example in found])
    ridge = np.diag([0.0, *[PENALTY] * (len(FEATURES) - 1)])
    weights = np.zeros(len(FEATURES))
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - right) + ridge @ weights
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def held_out(found: Sequence[Example], language: str, *, seed: int) -> Iterator[float]:
    """The F1@5 of each post in a language, by weights learned without it."""
    folds = np.random.default_rng(seed).permutation(len(found)) % FOLDS
    for fold in range(FOLDS):
        weights = learn([example for example, its in zip(found, folds, strict=True) if its != fold])
        for example, its in zip(found, folds, strict=True):
            if its == fold and example.post.language == language:
                labels = [mention.label for mention in mentions_of(example.seen, weights=weights.tolist())]
                yield score_topics(labels, post=example.post).f1


if __name__ == "__main__":
    main()
