"""Availability: whether somebody can be asked on a day, and if not, why."""

from datetime import date
from typing import Literal

from app.search.choice import is_away
from graph.model import Person

Unavailable = Literal["away", "not_asked"]


def unavailable(person: Person, today: date) -> Unavailable | None:
    """Why somebody cannot be asked: they have asked to be left alone, or are not there."""
    if person.most_questions == 0:
        return "not_asked"
    return "away" if is_away(person, today) else None
