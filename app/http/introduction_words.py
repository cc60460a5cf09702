"""What introductions and the paths to them say to people, in French and in English."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.http.answer_words import day
from app.http.network_words import name_of
from app.http.wording import Text
from app.services.introduction_paths import Step
from app.services.introductions import Role, ShownIntroduction, State
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
    "away": Text(
        "Cette personne est en absence jusqu'au {day} : demandez à son retour.",
        "This person is away until {day}: ask when they are back.",
    ),
    "not_asked": Text(
        "Cette personne n'est pas à solliciter.",
        "This person is not to be asked.",
    ),
    "experts_away": Text(
        "Quiconque connaît ce sujet est en absence : demandez au premier retour, prévu le {day}.",
        "Whoever knows this topic is away: ask when the first of them is back, on {day}.",
    ),
    "experts_not_asked": Text(
        "Quiconque connaît ce sujet n'est pas à solliciter.",
        "Whoever knows this topic is not to be asked.",
    ),
}
# Who asked reads the same of a refusal and of silence: each of their sentences is true of both.
NEXT_STEPS: Final[dict[tuple[Role, State], Text]] = {
    ("asker", "requested"): Text(
        "C'est demandé à {intermediary}, qui peut accepter avant le {end:%d/%m/%Y} ; sans cet accord, {target} n'en "
        "saura rien.",
        "{intermediary} has been asked and can accept before {end:%Y-%m-%d}; unless they do, {target} hears nothing "
        "of it.",
    ),
    ("asker", "accepted"): Text(
        "Écrivez maintenant à {target}, qui peut lire que {intermediary} vous présente.",
        "Write to {target} now: they can read that {intermediary} introduces you.",
    ),
    ("asker", "expired"): Text(
        "C'est resté sans suite : cherchez un autre chemin vers {target}.",
        "Nothing came of it: look for another way to {target}.",
    ),
    ("intermediary", "requested"): Text(
        "Acceptez ou refusez avant le {end:%d/%m/%Y} : {target} n'en saura rien si vous n'acceptez pas, et un refus "
        "n'est dit à personne.",
        "Accept or decline before {end:%Y-%m-%d}: {target} hears nothing of it unless you accept, and a refusal is "
        "told to nobody.",
    ),
    ("intermediary", "accepted"): Text(
        "Plus rien à faire : {asker} et {target} peuvent lire que vous les présentez.",
        "Nothing more to do: {asker} and {target} can read that you introduce them.",
    ),
    ("intermediary", "declined"): Text(
        "Personne n'apprend votre refus ; avant le {end:%d/%m/%Y}, vous pouvez encore accepter.",
        "Nobody is told that you declined; before {end:%Y-%m-%d} you can still accept.",
    ),
    ("intermediary", "expired"): Text(
        "Il est trop tard pour répondre ; {asker} peut redemander.",
        "It is too late to answer; {asker} may ask again.",
    ),
    ("target", "accepted"): Text(
        "{asker} souhaite échanger avec vous, et {intermediary} fait les présentations : écrivez à {asker}, ou "
        "attendez son message.",
        "{asker} would like to talk to you, and {intermediary} introduces you: write to {asker}, or wait for their "
        "message.",
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


def no_path(code: str, language: Language, *, away_until: date | None) -> str:
    """Why there is no path."""
    return REASONS[code].say(language).format(day=away_until and day(away_until, language))


def next_step(shown: ShownIntroduction, language: Language) -> str:
    """What the viewer can do now."""
    people = {"asker": shown.asker, "intermediary": shown.intermediary, "target": shown.target}
    names = {role: name_of(person, language) for role, person in people.items()}
    state = "expired" if shown.state == "declined" and shown.has_expired else shown.state
    return NEXT_STEPS[shown.role, state].say(language).format(**names, end=shown.expires_at)


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
