"""What questions say to their people, in French and in English."""

from typing import Final

from app.http.network_words import name_of
from app.http.wording import Text
from app.services.questions import ShownQuestion
from graph.model import Language, QuestionOutcome, QuestionRole

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
    return said.say(language).format(**names)
