"""Spellings of one topic meet, look-alikes stay apart: hundreds of pairs by kind, beside those of the gold set."""

from pathlib import Path
from typing import Final

import pytest

from nlp.extraction import key_of
from nlp.gazetteer import Gazetteer, seed_aliases
from scripts.topics_gold import SpellingPair, score_merges, spelling_pairs

TRAINING: Final = Path(__file__).parents[1] / "data" / "topics_training"


@pytest.fixture(scope="module")
def pairs() -> list[SpellingPair]:
    return spelling_pairs(TRAINING, half="development")


@pytest.fixture(scope="module")
def merged(pairs: list[SpellingPair]) -> frozenset[str]:
    known = Gazetteer(seed_aliases())
    return frozenset(pair.id for pair in pairs if key_of(pair.a, gazetteer=known) == key_of(pair.b, gazetteer=known))


def test_hardly_any_look_alike_is_merged(pairs: list[SpellingPair], merged: frozenset[str]) -> None:
    wrong = [f"{pair.a.body} | {pair.b.body}" for pair in pairs if pair.id in merged and not pair.is_same]
    assert wrong == ["PET | pet"]  # case never parts two topics


def test_precision_and_recall_of_merges(pairs: list[SpellingPair], merged: frozenset[str]) -> None:
    score = score_merges(pairs, merged=merged)
    assert score.precision >= 0.99
    assert score.recall >= 0.85


def test_there_are_hundreds_of_pairs_each_once(pairs: list[SpellingPair]) -> None:
    assert len({(pair.a.body, pair.b.body) for pair in pairs}) == len({pair.id for pair in pairs}) == len(pairs)
    assert 2 * sum(pair.is_same for pair in pairs) < len(pairs) > 300
