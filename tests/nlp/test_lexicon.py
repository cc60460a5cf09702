"""What is known of single words."""

import pytest

from nlp.lexicon import UNSEEN, actionality, background, is_inflected_verb, rarity, stop_words, vague_words


def test_accents_do_not_make_a_word_rare() -> None:
    assert rarity("hôtel", "en") == pytest.approx(rarity("hotel", "en"), abs=0.5)


def test_an_unknown_language_takes_the_commoner() -> None:
    assert rarity("maison", None) == rarity("maison", "fr") < rarity("maison", "en")


def test_an_unseen_word_is_as_rare_as_can_be() -> None:
    assert rarity("zzxq", "fr") > 14
    assert min(background("fr").values()) > UNSEEN


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_background_holds_most_of_what_is_said(language: str) -> None:
    shares = background("fr" if language == "fr" else "en")
    assert 29_000 < len(shares) <= 30_000
    assert 0.85 < sum(shares.values()) < 1.1


@pytest.mark.parametrize(("word", "verb"), [("filmez", True), ("meurt", True), ("serveur", False), ("réserves", False)])
def test_a_verb_is_told_by_its_dictionary_form(word: str, verb: bool) -> None:
    assert is_inflected_verb(word) == verb


def test_what_is_done_is_told_from_what_one_has() -> None:
    assert actionality("install") > 1 > actionality("valve") == 0


def test_the_lists_hold_what_their_names_say() -> None:
    assert {"le", "avec"} <= stop_words("fr")
    assert {"the", "with"} <= stop_words("en")
    assert {"nouveau", "several"} <= vague_words()
