"""What the whole network says to people, in French and in English."""

from typing import Final

from app.http.network_words import decimal
from app.http.wording import Text
from app.services.network_structure import Agreement, Endurance, Structure
from graph.model import Language

MUCH, SOME = 0.6, 0.25  # agreement from which found communities follow the declared ones, or do in part

WORDS: Final = {
    "nothing": Text(
        "Trop peu de liens pour qu'une communauté s'en dégage.", "Too few ties for any community to be found."
    ),
    "found": Text(
        "Les liens de {people} personnes dessinent {communities} communautés d'au moins {fewest} personnes "
        "(modularité {modularity}).",
        "The ties of {people} people make {communities} communities of at least {fewest} people "
        "(modularity {modularity}).",
    ),
    "measured": Text(
        "Elles sont tirées de {measured} liens sur {ties}, les plus forts de chacun.",
        "They were found from {measured} of {ties} ties, the strongest of everybody.",
    ),
    "much": Text("Elles suivent {division} (accord {value}).", "They follow {division} (agreement {value})."),
    "some": Text(
        "Elles suivent en partie {division} (accord {value}).", "They follow {division} in part (agreement {value})."
    ),
    "little": Text(
        "Elles ne suivent guère {division} (accord {value}).", "They hardly follow {division} (agreement {value})."
    ),
    "community": Text("les communautés déclarées", "the declared communities"),
    "department": Text("les services", "the departments"),
    "site": Text("les sites", "the sites"),
    "too_small": Text("Ce réseau est trop petit pour le dire.", "This network is too small to tell."),
    "weak": Text(
        "Ce sont les liens faibles qui tiennent le réseau : sans eux, il se défait plus tôt que sans les forts.",
        "The weak ties hold the network together: without them it falls apart sooner than without the strong ones.",
    ),
    "strong": Text(
        "Ce sont les liens forts qui tiennent le réseau : sans eux, il se défait plus tôt que sans les faibles.",
        "The strong ties hold the network together: without them it falls apart sooner than without the weak ones.",
    ),
    "alike": Text(
        "Liens faibles et liens forts tiennent le réseau autant les uns que les autres.",
        "Weak ties and strong ones hold the network together alike.",
    ),
    "curve": Text("Ce qui tient encore quand des liens disparaissent", "What holds together as ties go"),
    "first_weak": Text("les liens faibles d'abord", "weak ties first"),
    "first_strong": Text("les liens forts d'abord", "strong ties first"),
    "removed": Text("part des liens disparus", "share of ties gone"),
    "together": Text("part des personnes encore ensemble", "share of people still together"),
}


def word(code: str, language: Language, **filled: object) -> str:
    """The words of that code."""
    return WORDS[code].say(language).format(**filled)


def structure_meaning(found: Structure, language: Language) -> str:
    """What the communities of a network say."""
    if not found.communities:
        return word("nothing", language)
    counts = {"people": found.people, "communities": len(found.communities), "fewest": found.fewest}
    sentences = [word("found", language, **counts, modularity=decimal(found.modularity, language))]
    if found.measured < found.ties:
        sentences.append(word("measured", language, measured=found.measured, ties=found.ties))
    return " ".join([*sentences, *(_agreeing(one, language) for one in found.agreements if one.value is not None)])


def endurance_meaning(found: Endurance, language: Language) -> str:
    """What a network's resilience says."""
    return word(found.resilience.verdict if found.resilience else "too_small", language)


def _agreeing(agreement: Agreement, language: Language) -> str:
    value = agreement.value or 0.0
    how = "much" if value >= MUCH else "some" if value >= SOME else "little"
    return word(how, language, division=word(agreement.division, language), value=decimal(value, language))
