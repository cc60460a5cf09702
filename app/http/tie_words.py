"""What the check of Granovetter's hypothesis says to people, in French and in English."""

from typing import Final

from app.http.wording import Text
from app.services.granovetter_check import NetworkCheck
from graph.model import Language

VERDICTS: Final = {
    "holds": Text(
        "L'hypothèse de Granovetter se vérifie ici : les liens forts sont pris dans des voisinages communs, les liens "
        "faibles font davantage les ponts (rho {rho}, de {low} à {high}).",
        "Granovetter's hypothesis holds here: strong ties lie within shared neighbourhoods, weak ones bridge more "
        "(rho {rho}, from {low} to {high}).",
    ),
    "does_not_hold": Text(
        "L'hypothèse de Granovetter ne se vérifie pas ici : la force d'un lien ne dit rien de ce qu'il relie ; pour "
        "chercher loin, fiez-vous aux ponts, faibles ou forts (rho {rho}, de {low} à {high}).",
        "Granovetter's hypothesis does not hold here: how strong a tie is says nothing about what it bridges; to reach "
        "far, look for bridges, weak or strong (rho {rho}, from {low} to {high}).",
    ),
    "reversed": Text(
        "C'est l'inverse de l'hypothèse de Granovetter ici : ce sont plutôt les liens forts qui font les ponts "
        "(rho {rho}, de {low} à {high}).",
        "Granovetter's hypothesis is reversed here: it is rather the strong ties that bridge "
        "(rho {rho}, from {low} to {high}).",
    ),
    "too_small": Text(
        "Ce réseau est trop petit pour le dire : rien n'autorise ici un conseil sur les liens faibles.",
        "This network is too small to tell: nothing supports advice on weak ties here.",
    ),
}
SAMPLE: Final = Text(
    " Mesuré sur {measured} liens tirés au sort parmi {ties}, toujours les mêmes.",
    " Measured on {measured} ties chosen by lot among {ties}, always the same.",
)


def meaning(check: NetworkCheck, language: Language) -> str:
    """What the check found."""
    low, high = check.interval or (0.0, 0.0)
    numbers = {"rho": check.rho or 0.0, "low": low, "high": high}
    shown = {name: _decimal(value, language) for name, value in numbers.items()}
    sentence = VERDICTS[check.verdict].say(language).format(**shown)
    counts = {"measured": check.measured, "ties": check.ties}
    return sentence + (SAMPLE.say(language).format(**counts) if check.is_sample else "")


def _decimal(value: float, language: Language) -> str:
    """A number with two decimals, with a comma in French."""
    shown = f"{value:.2f}".replace("-", "−")
    return shown.replace(".", ",") if language == "fr" else shown
