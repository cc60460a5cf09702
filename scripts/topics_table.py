"""How well posts become topics, as both READMEs show it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scripts.topics_gold import RETURNED, Half

SHOWN: Final = re.compile(r"^(?:Topics, on|Les sujets, sur) [^\n]*\n\n(?:\|[^\n]*\n)+", re.MULTILINE)
BAND: Final = "4–7"  # words of the sentences whose language is told


@dataclass(frozen=True, slots=True)
class Wording:
    """What one README says around the figures."""

    halves: Mapping[Half, str]
    head: tuple[str, ...]
    rows: Mapping[tuple[str, str], str]  # vocabulary and language
    merges: str
    language: str
    comma: str


WORDINGS: Final = {
    "README.md": Wording(
        halves={
            "development": "Topics, on the half of the gold set that the weights were learned from:",
            "reporting": "Topics, on the half of the gold set that nobody looks at, run once for a report:",
        },
        head=("topics", "precision", "recall", f"F1@{RETURNED}", f"F1@{RETURNED}, as the post writes them"),
        rows={
            ("demo", "fr"): "French, with the demo's glossary",
            ("demo", "en"): "English, with the demo's glossary",
            ("none", "fr"): "French, without it",
            ("none", "en"): "English, without it",
        },
        merges="spellings of one topic that are joined",
        language="the language of sentences of 4 to 7 words",
        comma=".",
    ),
    "README.fr.md": Wording(
        halves={
            "development": "Les sujets, sur la moitié du jeu de référence dont les poids ont été appris :",
            "reporting": "Les sujets, sur la moitié du jeu de référence que personne ne regarde sauf pour un bilan :",
        },
        head=("sujets", "précision", "rappel", f"F1@{RETURNED}", f"F1@{RETURNED}, comme les écrit le message"),
        rows={
            ("demo", "fr"): "français, avec le glossaire de la démo",
            ("demo", "en"): "anglais, avec le glossaire de la démo",
            ("none", "fr"): "français, sans lui",
            ("none", "en"): "anglais, sans lui",
        },
        merges="graphies d’un même sujet réunies",
        language="la langue des phrases de 4 à 7 mots",
        comma=",",
    ),
}


def with_topics_table(text: str, wording: Wording, figures: Mapping[str, Any]) -> str:
    """The README's text with these figures, those that `scripts.evaluate_topics --json` prints."""
    [shown] = SHOWN.findall(text)
    head, *others = [f"| {' | '.join(row)} |\n" for row in (wording.head, *_rows(wording, figures))]
    ruled = f"|---|{'---:|' * (len(wording.head) - 1)}\n"
    return text.replace(shown, f"{wording.halves[figures['half']]}\n\n{head}{ruled}{''.join(others)}")


def _rows(wording: Wording, figures: Mapping[str, Any]) -> Iterator[list[str]]:
    """What stands in each row."""
    vocabularies, languages = figures["vocabularies"], figures["language"]
    for (vocabulary, language), name in wording.rows.items():
        yield [name, *(_number(number, wording) for number in vocabularies[vocabulary][language].values())]
    merges = vocabularies["demo"]["merges"].values()
    yield [wording.merges, *(_number(number, wording) for number in merges), "–"]
    yield [wording.language, _number(languages[BAND]["right"], wording), "–", "–", "–"]


def _number(number: float, wording: Wording) -> str:
    return f"{number:.3f}".replace(".", wording.comma)
