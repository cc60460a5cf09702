"""What questions say to their people, in French and in English."""

from typing import Final

from app.http.answer_words import day
from app.http.network_words import name_of
from app.http.wording import Text
from app.search.availability import Unavailable
from app.services.questions import ShownQuestion
from graph.model import Language, Person, QuestionOutcome, QuestionRole

NEXT_STEPS: Final[dict[tuple[QuestionRole, QuestionOutcome | None], Text]] = {
    ("asker", None): Text(
        "Avez-vous eu l'aide de {asked} ? Dites ce qu'il en est.",
        "Did {asked} help? Say what came of it.",
    ),
    ("asker", "helped"): Text(
        "Vous avez eu l'aide de {asked}. Plus rien à faire.",
        "{asked} helped you. Nothing more to do.",
    ),
    ("asker", "redirected"): Text(
        "{asked} vous envoie vers {other} : à vous de lui demander.",
        "{asked} sent you to {other}: ask them.",
    ),
    ("asker", "no_answer"): Text(
        "C'est resté sans réponse : demandez à une autre personne.",
        "No answer came: ask another person.",
    ),
    ("asked", None): Text(
        "Répondez, puis dites ce qu'il en est : {asker} le verra.",
        "Answer, then say what came of it: {asker} will see.",
    ),
    ("asked", "helped"): Text(
        "Vous avez aidé {asker}. Plus rien à faire.",
        "You helped {asker}. Nothing more to do.",
    ),
    ("asked", "redirected"): Text(
        "Vous avez envoyé {asker} vers {other}. Plus rien à faire.",
        "You sent {asker} to {other}. Nothing more to do.",
    ),
    ("asked", "no_answer"): Text(
        "C'est resté sans réponse ; si vous pouvez aider après tout, répondez à {asker}, puis dites-le.",
        "No answer came; if you can help after all, answer {asker}, then say so.",
    ),
    ("redirected", "redirected"): Text(
        "{asker} peut vous poser la même question : rien à faire avant.",
        "{asker} may ask you the same: nothing to do before that.",
    ),
}
# … and once the asker has asked whom they were sent to.
PASSED_ON: Final[dict[QuestionRole, Text]] = {
    "asker": Text(
        "{asked} vous a envoyé vers {other}, à qui vous avez demandé depuis. Plus rien à faire ici.",
        "{asked} sent you to {other}, whom you have asked since. Nothing more to do here.",
    ),
    "redirected": Text(
        "{asker} vous a posé une question depuis : c'est à celle-là qu'il faut répondre.",
        "{asker} has asked you since: answer that question.",
    ),
}
# … or while whom they wait for, or were sent to, cannot be asked.
UNAVAILABLE: Final[dict[tuple[QuestionOutcome | None, Unavailable], Text]] = {
    (None, "away"): Text(
        "{asked} est en absence jusqu'au {day} : demandez à une autre personne, ou attendez.",
        "{asked} is away until {day}: ask another person, or wait.",
    ),
    (None, "not_asked"): Text(
        "{asked} ne souhaite pas de question en ce moment : demandez à une autre personne.",
        "{asked} wants no questions at the moment: ask another person.",
    ),
    ("redirected", "away"): Text(
        "{asked} vous envoie vers {other}, en absence jusqu'au {day} : demandez à son retour.",
        "{asked} sent you to {other}, who is away until {day}: ask when they are back.",
    ),
    ("redirected", "not_asked"): Text(
        "{asked} vous envoie vers {other}, qui ne souhaite pas de question en ce moment : demandez à une autre "
        "personne.",
        "{asked} sent you to {other}, who wants no questions at the moment: ask another person.",
    ),
}
# What the asker is told where it was the one asked who said it.
ANSWERED: Final[dict[QuestionOutcome | None, Text]] = {
    "helped": Text(
        "{asked} dit vous avoir répondu : dites si cela vous a aidé.",
        "{asked} says they answered you: say whether it helped.",
    ),
    "no_answer": Text(
        "{asked} ne peut pas répondre : demandez à une autre personne.",
        "{asked} cannot answer: ask another person.",
    ),
}


def next_step(shown: ShownQuestion, language: Language) -> str:
    """What the viewer can do now."""
    people = {"asker": shown.asker, "asked": shown.asked, "other": shown.redirected_to}
    names = {role: name_of(person, language) for role, person in people.items() if person}
    said = NEXT_STEPS[shown.role, shown.outcome]
    if (shown.role, shown.closed_by) == ("asker", "asked"):
        said = ANSWERED.get(shown.outcome, said)
    if shown.is_passed_on:
        said = PASSED_ON.get(shown.role, said)
    if shown.unavailable:
        said = UNAVAILABLE[shown.outcome, shown.unavailable]
    return said.say(language).format(**names, day=_back(shown, language))


def _back(shown: ShownQuestion, language: Language) -> str | None:
    """Until when whom the asker waits for, or was sent to, is away."""
    awaited = shown.redirected_to or shown.asked
    return day(awaited.away_until, language) if isinstance(awaited, Person) and awaited.away_until else None
