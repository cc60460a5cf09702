"""What an answer says about itself, in French and in English: who is away, whom to ask, and what changed the order."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.http.wording import Text
from app.search.answers import Absent, Answer
from graph.model import Language, Person

MONTHS: Final = (
    Text("janvier", "January"),
    Text("février", "February"),
    Text("mars", "March"),
    Text("avril", "April"),
    Text("mai", "May"),
    Text("juin", "June"),
    Text("juillet", "July"),
    Text("août", "August"),
    Text("septembre", "September"),
    Text("octobre", "October"),
    Text("novembre", "November"),
    Text("décembre", "December"),
)
AWAY: Final = Text(
    "{who} s'y connaît et est en absence jusqu'au {day}.",
    "{who} knows this and is away until {day}.",
)
INSTEAD: Final = Text(
    "{who} s'y connaît le mieux et est en absence jusqu'au {day} : d'ici là, demandez à {instead}.",
    "{who} knows this best and is away until {day}: meanwhile ask {instead}.",
)
SPREAD: Final = Text(
    "Entre ceux qui s'y connaissent à peu près autant, qui a moins de questions en cours passe devant.",
    "Of those who know about as much, who has fewer questions to answer comes first.",
)


def notes(found: Answer, language: Language) -> Iterator[tuple[str, str]]:
    """The code and the sentence of all there is to say."""
    best = max(found.experts, key=lambda one: one.score, default=None)
    instead = best.person if best and best.confidence != "low" else None
    for absent in found.absent:
        if best is None or absent.score >= best.score:
            yield "away", _away(absent, instead, language)
    if found.is_spread:
        yield "spread", SPREAD.say(language)


def day(date: date, language: Language) -> str:
    """A day in words.

    Example: 1 December 2026, le 1er décembre 2026."""
    number = "1er" if date.day == 1 and language == "fr" else date.day
    return f"{number} {MONTHS[date.month - 1].say(language)} {date.year}"


def _away(absent: Absent, instead: Person | None, language: Language) -> str:
    sentence = (INSTEAD if instead else AWAY).say(language)
    until = day(absent.away_until, language)
    return sentence.format(who=_name(absent.person), day=until, instead=instead and _name(instead))


def _name(person: Person) -> str:
    return person.name or person.id
