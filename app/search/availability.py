"""Availability: whether somebody can be asked on a day, and if not, why."""

from datetime import date
from typing import Literal

from graph.model import Person

Unavailable = Literal["away", "not_asked"]


def is_away(person: Person, today: date) -> bool:
    """Whether somebody is not there on that day."""
    return person.away_until is not None and person.away_until > today


def unavailable(person: Person, today: date) -> Unavailable | None:
    """Why somebody cannot be asked: they have asked to be left alone, or are not there."""
    if person.most_questions == 0:
        return "not_asked"
    return "away" if is_away(person, today) else None
