"""The dictionary of known topics: longest match, case, languages, names."""

import pytest

from nlp.gazetteer import EMPTY, Alias, Gazetteer, seed_aliases
from nlp.model import Language
from nlp.normalization import topic_key

SEEDS = Gazetteer(seed_aliases())


def an_alias(form: str, *, key: str = "", language: Language | None = None, case_sensitive: bool = False) -> Alias:
    return Alias(form, key or form.lower(), form, language, 1.0, case_sensitive=case_sensitive)


def keys(gazetteer: Gazetteer, text: str, *, language: Language | None = "en") -> list[str | None]:
    return [match.alias.key if match.alias else None for match in gazetteer.find(text, language=language)]


def test_the_longest_form_wins() -> None:
    gazetteer = Gazetteer([an_alias("integration"), an_alias("continuous integration")])
    assert keys(gazetteer, "Our continuous integration and its integration") == [
        "continuous integration",
        "integration",
    ]


def test_matching_does_not_mind_case_accents_or_plurals() -> None:
    gazetteer = Gazetteer([an_alias("base de données", key="database")])
    assert keys(gazetteer, "Les BASES de donnees", language="fr") == ["database"]


def test_words_in_s_that_are_no_plurals_are_words_of_their_own() -> None:
    gazetteer = Gazetteer([an_alias("Repo"), an_alias("fond")])
    assert keys(gazetteer, "un jour de repos, un appel de fonds et un repo", language="fr") == ["repo"]


def test_a_match_says_where_it_stands() -> None:
    (match,) = Gazetteer([an_alias("Node.js")]).find("We run node.js here", language="en")
    assert (match.start, match.end) == (7, 14)


def test_a_form_inside_a_word_is_no_match() -> None:
    assert keys(Gazetteer([an_alias("java")]), "javascript") == []


@pytest.mark.parametrize(("text", "key"), [("C", "c"), ("C++", "c++"), ("C#", "c#"), (".NET", ".net")])
def test_signs_belong_to_names(text: str, key: str) -> None:
    gazetteer = Gazetteer([an_alias("C"), an_alias("C++"), an_alias("C#"), an_alias(".NET")])
    assert keys(gazetteer, f"written in {text}, mostly") == [key]


def test_a_case_sensitive_form_is_matched_with_its_capitals() -> None:
    gazetteer = Gazetteer([an_alias("IT", case_sensitive=True)])
    assert keys(gazetteer, "it works in IT") == ["it"]


def test_one_word_counts_in_its_language_only() -> None:
    gazetteer = Gazetteer([an_alias("formation", key="training", language="fr")])
    assert keys(gazetteer, "une formation", language="fr") == ["training"]
    assert keys(gazetteer, "a rock formation", language="en") == []


def test_several_words_count_in_any_language() -> None:
    gazetteer = Gazetteer([an_alias("machine learning", language="en")])
    assert keys(gazetteer, "du machine learning", language="fr") == ["machine learning"]


def test_the_alias_of_the_text_s_language_is_preferred() -> None:
    aliases = [an_alias("support", key="aide", language="fr"), an_alias("support", key="help", language="en")]
    assert keys(Gazetteer(aliases), "support", language="fr") == ["aide"]
    assert keys(Gazetteer(aliases), "support", language="en") == ["help"]


def test_names_of_people_are_marked_where_they_are_written_as_names() -> None:
    gazetteer = Gazetteer([], names=["Pierre", "Marie Dupont"])
    assert keys(gazetteer, "Pierre et Marie Dupont posent une pierre", language="fr") == [None, None]


def test_a_known_topic_is_preferred_to_a_single_name_and_a_full_name_to_a_topic() -> None:
    gazetteer = Gazetteer([an_alias("Julia"), an_alias("Ada Love")], names=["Julia", "Ada Love", "Toulouse"])
    assert keys(gazetteer, "Julia, Ada Love, Toulouse", language="en") == ["julia", None, None]


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert EMPTY.find("anything at all", language="en") == []


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("notre intégration continue", "fr", "continuous integration"),
        ("our continuous integration", "en", "continuous integration"),
        ("la CI est rouge", "fr", "continuous integration"),
        ("notre CI/CD", "fr", "ci cd"),
        ("un cluster k8s", "fr", "kubernetes"),
        ("la base de données", "fr", "database"),
        ("the databases", "en", "database"),
        ("en C#", "fr", "c#"),
        ("des tests unitaires", "fr", "unit test"),
    ],
)
def test_seeds_join_french_english_and_short_forms(text: str, language: Language, key: str) -> None:
    assert keys(SEEDS, text, language=language) == [key]


def test_seed_keys_are_those_that_english_texts_give() -> None:
    brands = {"wi-fi"}
    labels = {alias.key: alias.label for alias in seed_aliases() if alias.language != "fr"}
    assert {key for key, label in labels.items() if topic_key(label, language="en") != key} == brands
    assert len(labels) >= 150


def test_a_seed_form_means_one_topic() -> None:
    meanings: dict[tuple[str, str | None], set[str]] = {}
    for alias in seed_aliases():
        meanings.setdefault((alias.form.lower(), alias.language), set()).add(alias.key)
    assert [form for form, found in meanings.items() if len(found) > 1] == []


def test_a_form_inside_a_hyphenated_word_is_not_found() -> None:
    gazetteer = Gazetteer([Alias("conformité", "compliance", "conformité", "fr", 1.25)])
    assert gazetteer.find("une non-conformité et une conformité-type", language="fr") == []
    assert len(gazetteer.find("la conformité - la vraie", language="fr")) == 1
