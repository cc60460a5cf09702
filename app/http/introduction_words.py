"""What introduction paths say to people, in French and in English."""

from collections.abc import Iterator
from typing import Final

from app.http.network_words import name_of
from app.http.wording import Text
from app.services.introduction_paths import Step
from graph.model import Language

REASONS: Final = {
    "no_path": Text(
        "Personne parmi vos relations n'y mène en trois intermédiaires au plus : écrivez directement.",
        "Nobody you know leads there with at most three people in between: write directly.",
    ),
    "nobody": Text(
        "Personne n'a encore rien écrit sur ce sujet que vous puissiez lire.",
        "Nobody has yet written anything on this topic that you may read.",
    ),
}
PAIR: Final = Text("{one} et {other} : {link}.", "{one} and {other}: {link}.")
YOU: Final = Text("Vous et {other} : {link}.", "You and {other}: {link}.")
STRONG: Final = Text("lien fort", "strong tie")
WEAK: Final = Text("lien faible", "weak tie")
EVENT: Final = Text("un échange", "one exchange")
EVENTS: Final = Text("{n} échanges", "{n} exchanges")
IN_PERSON: Final = Text("dont {n} en personne", "{n} of them in person")
IN: Final = Text("dans {places}", "in {places}")
PLACES: Final = Text("surtout dans {places}", "mostly in {places}")
PLACE: Final = Text("« {place} »", "“{place}”")
AND: Final = Text(" et ", " and ")
ON: Final = Text("le {day:%d/%m/%Y}", "on {day:%Y-%m-%d}")
LAST: Final = Text("le dernier le {day:%d/%m/%Y}", "the last on {day:%Y-%m-%d}")


def no_path(code: str, language: Language) -> str:
    """Why there is no path."""
    return REASONS[code].say(language)


def reason(step: Step, language: Language, *, is_first: bool) -> str:
    """What links the two people of a step."""
    names = {"one": name_of(step.one, language), "other": name_of(step.other, language)}
    return (YOU if is_first else PAIR).say(language).format(**names, link=", ".join(_parts(step, language)))


def _parts(step: Step, language: Language) -> Iterator[str]:
    link = step.link
    yield (STRONG if step.is_strong else WEAK).say(language)
    yield (EVENT if link.events == 1 else EVENTS).say(language).format(n=link.events)
    if link.in_person:
        yield IN_PERSON.say(language).format(n=link.in_person)
    if link.communities:
        places = (PLACE.say(language).format(place=place.name) for place in link.communities)
        yield (IN if link.events == 1 else PLACES).say(language).format(places=AND.say(language).join(places))
    yield (ON if link.events == 1 else LAST).say(language).format(day=link.last)
