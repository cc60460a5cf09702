"""What is shipped with the weights and the word lists: licences, credits, and only allowed treebanks."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NLP = ROOT / "nlp"
ALLOWED = ("en_ewt-", "fr_gsd-", "fr_rhapsodie-", "fr_parisstories-")


@pytest.fixture(scope="module")
def script() -> dict[str, object]:
    return runpy.run_path(str(ROOT / "scripts" / "train_pipelines.py"))


def test_training_names_only_allowed_treebanks(script: dict) -> None:
    files = [file for recipe in script["RECIPES"].values() for file in (*recipe.train, recipe.dev)]
    assert files
    assert [file for file in files if not file.startswith(ALLOWED)] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_weights_carry_their_licence_and_credits(script: dict, language: str) -> None:
    folder = NLP / "models" / f"quisait_{language}_tiny"
    assert "Attribution-ShareAlike 4.0 International" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert (folder / "ATTRIBUTION").read_text(encoding="utf-8") == script["attribution"](language)


def test_the_word_lists_carry_their_licence_and_credits() -> None:
    folder = NLP / "data" / "background"
    assert "Attribution-ShareAlike 4.0 International" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert "wordfreq 3.1.1 by Robyn Speer" in (folder / "ATTRIBUTION.md").read_text(encoding="utf-8")


def test_the_stop_words_carry_their_notice() -> None:
    assert "The MIT License" in (NLP / "data" / "stop_words" / "LICENSE").read_text(encoding="utf-8")


def test_nothing_in_the_models_names_the_machine_that_made_them() -> None:
    for config in (NLP / "models").rglob("config.cfg"):
        assert "train = null" in config.read_text(encoding="utf-8")
