"""Names in questions: who is called by them, and when nobody is."""

import pytest

from app.name_reader import names_in
from graph.changes import PersonRow
from graph.projection.directory import People
from nlp.words import read_question

NAMES = (
    "Claire Guérin",
    "Awa Diop",
    "Fábio da Silva",
    "Anne de Vries",
    "Marie Dupont",
    "Paul Petit",
    "Paul Rossi",
    "Jean Martin",
    "Jean Moreau",
    "Jean Leroy",
    "Jean Blanc",
    "Anne-Marie Roussel",
    "Minh Anh Le",
    "Owen Owen",
)
PEOPLE = People.nobody().updated([PersonRow(at, f"per_{at}", True, name) for at, name in enumerate(NAMES)], size=0)


def called(question: str) -> list[str]:
    """The names of the people whom a question calls by name."""
    names = names_in(read_question(question), PEOPLE)
    return [NAMES[number] for name in names for number in sorted(name.people)]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Claire Guérin", "Claire Guérin"),
        ("qui est claire guerin", "Claire Guérin"),
        ("GUÉRIN Claire", "Claire Guérin"),
        ("Guérin, Claire", "Claire Guérin"),
        ("Est-ce que CLAIRE GUERIN sait souder ?", "Claire Guérin"),
        ("who is Awa Diop", "Awa Diop"),
        ("L'avis d'Anne de Vries sur la fibre", "Anne de Vries"),
        ("is owen owen here?", "Owen Owen"),
        ("le minh anh", "Minh Anh Le"),
    ],
)
def test_a_whole_name_counts_in_either_order_whatever_its_case_and_accents(question: str, name: str) -> None:
    assert called(question) == [name]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Qui connaît Guérin ?", ["Claire Guérin"]),
        ("guérin", ["Claire Guérin"]),
        ("QUI CONNAIT GUERIN ?", ["Claire Guérin"]),
        ("Sur la ligne 4, Guérin a-t-elle des vues ?", ["Claire Guérin"]),
        ("Ask M. Guérin or Mrs Diop about welding", ["Claire Guérin", "Awa Diop"]),
        ("le rapport de Vries sur la soudure", ["Anne de Vries"]),
        ("Contacter Silva pour la fibre", ["Fábio da Silva"]),
        ("Qu'en pense Fabio Silva ?", ["Fábio da Silva"]),
        ("Qu'en pense Paul pour la soudure ?", ["Paul Petit", "Paul Rossi"]),
        ("Que disent Anne-Marie Roussel et Marie Dupont ?", ["Anne-Marie Roussel", "Marie Dupont"]),
    ],
)
def test_a_part_of_a_name_counts_alone_or_as_it_is_written(question: str, names: list[str]) -> None:
    assert called(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "une guérin à la soudure",
        "Guérin à la soudure ?",
        "Un défaut. Guérin à la soudure ?",
        "QUI CONNAIT GUERIN A LYON ?",
        "Qui connaît Jean ?",
        "Un petit poste, le Petit neuf",
        "Who knows Marie Curie and her work?",
        "Marie Guérin",
        "le pont de Guérin-Dupuis",
        "Qui sait souder la fibre ?",
        "?",
    ],
    ids=[
        "no capital",
        "the first word",
        "the first of a sentence",
        "nothing but capitals",
        "more than three are called so",
        "a common word",
        "somebody else",
        "two people's",
        "a longer name",
        "no name",
        "no word",
    ],
)
def test_what_may_mean_something_else_calls_nobody(question: str) -> None:
    assert called(question) == []
