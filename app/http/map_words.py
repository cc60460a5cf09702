"""What an expertise map says to people, in French and in English."""

from datetime import date
from typing import Final

from app.http.wording import Text
from app.services.expertise_map import Column, ExpertiseMap, Row
from graph.model import Language

WORDS: Final = {
    "department": Text("Service", "Department"),
    "site": Text("Site", "Site"),
    "community": Text("Communauté", "Community"),
    "topic": Text("Sujet", "Topic"),
    "people": Text("Personnes", "People"),
    "half_since": Text("La moitié depuis", "Half of them since"),
    "unknown": Text("(non renseigné)", "(not known)"),
    "withheld": Text("masqué", "withheld"),
    "quarter": Text("T{quarter} {year}", "Q{quarter} {year}"),
    "title": Text("Carte des savoirs : {rows}", "Expertise map: {rows}"),
    "by_department": Text("sujets par service", "topics by department"),
    "by_site": Text("sujets par site", "topics by site"),
    "by_community": Text("sujets par communauté", "topics by community"),
    "cell": Text(
        "{row}, {topic} : {people} personnes, la moitié depuis {since}",
        "{row}, {topic}: {people} people, half of them since {since}",
    ),
    "legend": Text(
        "En haut : personnes qui connaissent le sujet. En bas : la moitié a écrit depuis.",
        "Above: people who know the topic. Below: half of them have written since.",
    ),
    "nothing": Text("Aucune case ne peut être montrée.", "There is no cell that can be shown."),
    "meaning": Text(
        "Une case compte les personnes qui ont écrit sur le sujet autre chose qu'une question, au moins une fois (deux "
        "pour un sujet plus large qui en réunit plusieurs), hors des communautés fermées et de loisirs, et dit depuis "
        "quel trimestre la moitié au moins l'a fait. Les cases de moins de {fewest} personnes sont masquées, et "
        "d'autres qui les laisseraient deviner.",
        "A cell counts the people who wrote about the topic other than to ask, at least once (twice for a broader "
        "topic that unites several), outside closed communities and those of interests, and says since which quarter "
        "at least half of them have. Cells of fewer than {fewest} people are withheld, and others that would give them "
        "away.",
    ),
}


def word(code: str, language: Language, **filled: object) -> str:
    """The words of that code."""
    return WORDS[code].say(language).format(**filled)


def title(found: ExpertiseMap, language: Language) -> str:
    """What the map is called."""
    return word("title", language, rows=word(f"by_{found.row_kind}", language))


def meaning(found: ExpertiseMap, language: Language) -> str:
    """What a cell counts."""
    return word("meaning", language, fewest=found.fewest)


def row_label(row: Row, language: Language) -> str:
    """What a row is called."""
    return row.name or word("unknown", language)


def column_label(column: Column, language: Language) -> str:
    """What a topic is called; in the other language where it has no name in this one."""
    return column.pref_label.get(language) or next(iter(column.pref_label.values()))


def quarter(day: date, language: Language) -> str:
    """The quarter of a day."""
    return word("quarter", language, quarter=(day.month + 2) // 3, year=day.year)
