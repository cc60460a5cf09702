"""British and American, and plurals of their own."""

import pytest

from nlp.spelling import american, irregular_singular


@pytest.mark.parametrize(
    ("british", "spelled"),
    [
        ("optimisation", "optimization"),
        ("labour", "labor"),
        ("fibre", "fiber"),
        ("modelling", "modeling"),
        ("analysing", "analyzing"),
        ("catalogue", "catalog"),
        ("aluminium", "aluminum"),
        ("defence", "defense"),
        ("centre", "center"),
        ("haematology", "hematology"),
    ],
)
def test_british_words_are_spelled_the_american_way(british: str, spelled: str) -> None:
    assert american(british) == spelled == american(spelled)


@pytest.mark.parametrize("word", ["hour", "contour", "expertise", "noise", "fire", "filling", "dialogue", "sequence"])
def test_words_that_only_look_british_stay(word: str) -> None:
    assert american(word) == word


def test_plurals_without_a_rule_are_known() -> None:
    assert irregular_singular("baux", is_french=True) == "bail"
    assert irregular_singular("axes", is_french=False) == "axis"
    assert irregular_singular("axes", is_french=True) == "axes"
