"""The READMEs' table of topics is written from the figures alone, and both show the same."""

import re

import pytest

from scripts.refresh_readme import ROOT
from scripts.topics_table import SHOWN, WORDINGS, with_topics_table

SCORE = {"precision": 0.5, "recall": 0.25, "f1": 1 / 3, "f1_as_written": 0.4}
VOCABULARY = {"fr": SCORE, "en": {**SCORE, "recall": 0.75}, "merges": {"precision": 1.0, "recall": 0.9, "f1": 0.947}}
FIGURES = {
    "half": "reporting",
    "vocabularies": {"demo": VOCABULARY, "none": VOCABULARY},
    "language": {"4–7": {"right": 0.9926, "sentences": 951}},
}


@pytest.mark.parametrize("name", WORDINGS)
def test_the_table_is_found_in_the_readme_and_stays_where_it_is(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    once = with_topics_table(text, WORDINGS[name], FIGURES)
    assert once.count("\n## ") == text.count("\n## ")
    assert with_topics_table(once, WORDINGS[name], FIGURES) == once


def test_each_figure_stands_in_its_row() -> None:
    shown = with_topics_table("Topics, on a half:\n\n| | a |\n", WORDINGS["README.md"], FIGURES)
    assert shown.startswith(WORDINGS["README.md"].halves["reporting"])
    assert "| English, without it | 0.500 | 0.750 | 0.333 | 0.400 |" in shown
    assert "| 1.000 | 0.900 | 0.947 | – |" in shown and "| 0.993 | – | – | – |" in shown


def test_both_readmes_show_the_same_figures() -> None:
    tables = [SHOWN.findall((ROOT / name).read_text(encoding="utf-8")) for name in WORDINGS]
    english, french = [re.findall(r"\d[.,]\d{3}|–(?= \|)", table) for [table] in tables]
    assert english == [number.replace(",", ".") for number in french]
    assert len(english) == 24
