"""Topic keys: where spellings of the same topic meet, and where they must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.folding import fold
from nlp.model import Language
from nlp.normalization import topic_key


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("bases de données", "Base de donnée", "fr"),
        ("Intégrations continues", "l’intégration continue", "fr"),
        ("unit tests", "Unit Test", "en"),
        ("libraries", "library", "en"),
        ("cœur de réseau", "coeur des réseaux", "fr"),
        ("appel d'offres", "appels d’offre", "fr"),
        ("roue dentée", "roues dentées", "fr"),
        ("main-d'œuvre", "main d'oeuvre", "fr"),
        ("photo-voltaïque", "photovoltaïque", "fr"),
        ("e-mail", "email", "en"),
        ("set-up time", "setup time", "en"),
        ("real-time monitoring", "real time monitoring", "en"),
        ("Pareto's chart", "Pareto chart", "en"),
        ("labour costs", "labor cost", "en"),
        ("retour au client", "retours aux clients", "fr"),
        ("cost of a part", "cost of parts", "en"),
    ],
)
def test_inflections_and_spellings_meet(one: str, other: str, language: Language) -> None:
    assert topic_key(one, language=language) == topic_key(other, language=language)


@pytest.mark.parametrize(
    ("surface", "key"),
    [("C++", "c++"), ("C#", "c#"), (".NET", ".net"), ("Node.js", "node.js"), ("CI/CD", "ci cd"), ("k8s", "k8s")],
)
def test_technical_names_keep_their_signs(surface: str, key: str) -> None:
    assert topic_key(surface, language="fr") == topic_key(surface, language="en") == key


def test_english_in_a_french_post_is_not_read_as_french_verbs() -> None:
    assert topic_key("unit tests", language="fr") == "unit test"
    assert topic_key("data", language="fr") == "data"


def test_a_noun_in_ing_is_not_read_as_a_verb() -> None:
    assert topic_key("machine learning", language="en") == "machine learning"


@pytest.mark.parametrize(
    ("one", "other"), [("R", "R&D"), ("type A", "type"), ("C", "C++"), ("vitamine D", "vitamine"), ("Go", "Goa")]
)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert topic_key(one, language="fr") != topic_key(other, language="fr")


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("repos", "repo", "fr"),
        ("temps", "temp", "fr"),
        ("customs", "custom", "en"),
        ("goods", "good", "en"),
        ("Windows", "window", "en"),
        ("lighter", "light", "en"),
        ("ground fault", "grind fault", "en"),
        ("best practice", "good practice", "en"),
        ("tasse à café", "tasse de café", "fr"),
        ("request for change", "request of change", "en"),
        ("re-sign", "resign", "en"),
        ("HTTPS", "HTTP", "fr"),
    ],
)
def test_words_that_only_look_like_a_form_of_another_stay_apart(word: str, other: str, language: Language) -> None:
    assert topic_key(word, language=language) != topic_key(other, language=language)


@pytest.mark.parametrize(
    ("plural", "singular"), [("teeth", "tooth"), ("bacteria", "bacterium"), ("half-lives", "half-life")]
)
def test_irregular_english_plurals_meet_their_singular(plural: str, singular: str) -> None:
    assert topic_key(plural, language="en") == topic_key(singular, language="en")


def test_linking_words_alone_are_kept() -> None:
    assert topic_key("en", language="fr") == "en"


@pytest.mark.parametrize("surface", ["", " ", "!?", "😀"])
def test_without_a_word_there_is_no_key(surface: str) -> None:
    assert topic_key(surface, language=None) == ""


def test_folding_drops_case_accents_and_ligatures() -> None:
    assert fold("Cœur DÉJÀ Straße") == "coeur deja strasse"


@given(surface=st.text(max_size=60), language=st.sampled_from([None, "fr", "en"]))
def test_a_key_is_folded_and_single_spaced(surface: str, language: Language | None) -> None:
    key = topic_key(surface, language=language)
    assert key == " ".join(key.split())
