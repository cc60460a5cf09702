"""Sentences are judged by their length, on what the treebanks keep for tests."""

from pathlib import Path

import pytest

from scripts.language_accuracy import BANDS, band_of, language_accuracy


@pytest.mark.parametrize(("words", "band"), [(1, "1–3"), (3, "1–3"), (4, "4–7"), (8, "8–15"), (16, "16+"), (90, "16+")])
def test_a_sentence_falls_into_the_band_of_its_words(words: int, band: str) -> None:
    assert band_of("mot " * words) == band


@pytest.mark.shared
def test_languages_are_judged_on_the_test_sentences_of_the_treebanks(shared_data: Path) -> None:
    figures = language_accuracy(shared_data / "ud")
    assert {band: found["sentences"] for band, found in figures.items()} == dict(
        zip(BANDS, (862, 951, 1352, 1279), strict=True)
    )
    assert all(0.5 < found["right"] <= 1.0 for found in figures.values())
