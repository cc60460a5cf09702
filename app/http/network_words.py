"""What networks say to people, in French and in English."""

from collections.abc import Iterable, Sequence
from typing import Final

from app.asking import Nameless
from app.http.wording import Text
from app.services.networks import NetworkTie, NetworkView
from graph.model import Language, Person

MOST_NAMED: Final = 5

WORDS: Final = {
    "person": Text("Le réseau de {name}", "The network of {name}"),
    "community": Text("Le réseau de {name}", "The network of {name}"),
    "account": Text("{id} ({source})", "{id} ({source})"),
    "one": Text("Une personne, sans lien qui puisse être montré.", "One person, without a tie that can be shown."),
    "none": Text("Aucun lien ne peut être montré.", "There is no tie that can be shown."),
    "many": Text("{people} personnes et {ties} liens entre elles.", "{people} people and {ties} ties between them."),
    "strongest_person": Text("Les liens les plus forts : {names}.", "The strongest ties: {names}."),
    "strongest_community": Text("Les liens les plus forts : {names}.", "The strongest ties: {names}."),
    "bridges": Text("Ponts, sans aucune relation en commun : {names}.", "Bridges, with nobody in common: {names}."),
    "groups_person": Text("On s'y retrouve surtout dans : {names}.", "They mostly meet in: {names}."),
    "groups_community": Text("Services les plus présents : {names}.", "Most present departments: {names}."),
    "left_out_1": Text("Une personne de plus, aux liens plus faibles.", "One more person, whose ties are weaker."),
    "left_out": Text(
        "{people} personnes de plus, aux liens plus faibles, n'y figurent pas.",
        "{people} more people, whose ties are weaker, are not shown.",
    ),
    "weak": Text("lien faible", "weak tie"),
    "strong": Text("lien fort", "strong tie"),
    "bridge": Text("pont : aucune relation en commun", "bridge: nobody in common"),
    "others": Text("lien entre deux autres", "tie between two others"),
    "elsewhere_person": Text("ailleurs", "elsewhere"),
    "elsewhere_community": Text("autres services", "other departments"),
    "tie": Text("{one} – {other} : force {strength}", "{one} – {other}: strength {strength}"),
    "tie_bridge": Text("{one} – {other} : force {strength}, pont", "{one} – {other}: strength {strength}, bridge"),
}


def word(code: str, language: Language, **filled: object) -> str:
    """The words of that code."""
    return WORDS[code].say(language).format(**filled)


def name_of(person: Person | Nameless, language: Language) -> str:
    """What somebody is called; who is known by their posts only, by their account."""
    if person.name or not person.accounts:
        return person.name or person.id
    return word("account", language, id=person.accounts[0].id, source=person.accounts[0].source)


def title(view: NetworkView, language: Language) -> str:
    """What a network is called."""
    name = view.name or (view.id if view.centre is None else name_of(view.people[view.centre].person, language))
    return word(view.kind, language, name=name)


def description(view: NetworkView, language: Language) -> str:
    """What is to be seen in a network, for who does not see it."""
    return " ".join(_sentences(view, language))


def tie_words(view: NetworkView, tie: NetworkTie, language: Language) -> str:
    """A tie in words; of one that nothing is told of, only whose it is."""
    one, other = (name_of(view.people[end].person, language) for end in (tie.one, tie.other))
    if tie.strength is None:
        return f"{one} – {other}"
    code = "tie_bridge" if tie.is_local_bridge else "tie"
    return word(code, language, one=one, other=other, strength=decimal(tie.strength, language))


def decimal(value: float, language: Language) -> str:
    """A number with two decimals."""
    return f"{value:.2f}".replace(".", "," if language == "fr" else ".")


def _sentences(view: NetworkView, language: Language) -> Iterable[str]:
    if not view.ties:
        yield word("one" if view.people else "none", language)
        return
    yield word("many", language, people=len(view.people), ties=len(view.ties))
    told = sorted((tie for tie in view.ties if tie.strength is not None), key=lambda tie: -(tie.strength or 0))
    for code, ties in (
        (f"strongest_{view.kind}", told[:MOST_NAMED]),
        ("bridges", [tie for tie in told if tie.is_local_bridge][:MOST_NAMED]),
    ):
        if ties:
            yield word(code, language, names=_listed([_ends(view, tie, language) for tie in ties]))
    if view.groups:
        yield word(f"groups_{view.kind}", language, names=_listed([group.name for group in view.groups]))
    if view.left_out:
        yield word("left_out_1" if view.left_out == 1 else "left_out", language, people=view.left_out)


def _ends(view: NetworkView, tie: NetworkTie, language: Language) -> str:
    """Whom a tie is between; around somebody only the other one."""
    names = [name_of(view.people[end].person, language) for end in (tie.one, tie.other) if end != view.centre]
    return " – ".join(names)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
