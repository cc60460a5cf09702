"""Detection of the language: sure where it can be, silent where it cannot."""

import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.language import detect
from nlp.model import Language

FILES: dict[str, Language] = {"en_ewt-ud-test": "en", "fr_gsd-ud-test": "fr", "fr_sequoia-ud-test": "fr"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le serveur de la base de données est tombé ce matin.", "fr"),
        ("The database server went down this morning.", "en"),
        ("le worker celery a une memory leak, il faut revoir les readiness probes", "fr"),
        ("quelqu'un a deja deploye sur kubernetes ?", "fr"),
        ("i don't get why it's slow", "en"),
    ],
)
def test_a_sentence_has_a_language(text: str, language: Language) -> None:
    assert detect(text)[0] == language


@pytest.mark.parametrize("text", ["", "404", "zzxq wvqk"])
def test_where_nothing_tells_the_hint_is_taken_without_confidence(text: str) -> None:
    assert detect(text) == (None, 0.0)
    assert detect(text, hint="fr") == ("fr", 0.0)


def test_a_single_clear_word_tells_less_than_the_hint() -> None:
    assert detect("Kafka rocks")[0] == "en"
    assert detect("Kafka rocks", hint="fr") == ("fr", 0.0)


def test_a_text_outweighs_the_hint() -> None:
    assert detect("This is the way that we have always done it.", hint="fr")[0] == "en"


def test_other_alphabets_have_no_language_whatever_the_hint() -> None:
    assert detect("Как развернуть кластер?", hint="en") == (None, 0.0)


def test_more_words_give_more_confidence() -> None:
    assert detect("le chat")[1] < detect("le chat est sur la table de la cuisine avec nous")[1] <= 1


@pytest.mark.shared
def test_sentences_of_four_words_or_more_are_told_apart(shared_data: Path) -> None:
    right = [detect(text)[0] == language for text, language in sentences(shared_data / "ud")]
    assert sum(right) / len(right) >= 0.99


def sentences(folder: Path) -> Iterator[tuple[str, Language]]:
    for name, language in FILES.items():
        with lzma.open(folder / f"{name}.conllu.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# text = ") and len(line.split()) >= 7:
                    yield line.removeprefix("# text = "), language
