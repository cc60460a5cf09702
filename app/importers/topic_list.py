"""What lists of topics share: a topic of a list with its line there, and the reasons why a file cannot be read."""

from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, Self

from graph.model import Language

Reason = Literal[
    "not_utf8",
    "unknown_columns",
    "no_label",
    "no_column",
    "twice",
    "unknown",
    "no_language",
    "not_rdf",
    "foreign_context",
    "no_format",
]

WHY: Final[dict[Reason, dict[Language, str]]] = {
    "not_utf8": {
        "fr": "ce n'est pas de l'UTF-8 : enregistrez le fichier dans cet encodage",
        "en": "this is not UTF-8: save the file in that encoding",
    },
    "unknown_columns": {
        "fr": "cette colonne n'existe pas : renommez-la ou retirez-la",
        "en": "there is no such column: rename it or leave it out",
    },
    "no_column": {
        "fr": "il manque une colonne : label_fr ou label_en",
        "en": "a column is missing: label_fr or label_en",
    },
    "no_label": {
        "fr": "ce sujet n'a pas de nom : remplissez label_fr ou label_en",
        "en": "this topic has no name: fill in label_fr or label_en",
    },
    "twice": {
        "fr": "cet identifiant figure déjà plus haut : gardez une seule des deux lignes",
        "en": "this id stands further up already: keep one of the two lines",
    },
    "unknown": {
        "fr": "aucune ligne n'a cet identifiant ni ce nom : corrigez la cellule ou videz-la",
        "en": "no line has this id or this name: mend the cell or leave it empty",
    },
    "no_language": {
        "fr": "la langue du fichier n'est pas claire : nommez-le …_fr.csv ou …_en.csv",
        "en": "the file does not say its language: name it …_fr.csv or …_en.csv",
    },
    "no_format": {
        "fr": "le format n'est pas clair : ajoutez --format csv, skos ou esco",
        "en": "the format is not clear: add --format csv, skos or esco",
    },
    "not_rdf": {
        "fr": "ce n'est pas du RDF valide : RDF/XML (.rdf), Turtle (.ttl) ou JSON-LD (.jsonld)",
        "en": "this is not valid RDF: RDF/XML (.rdf), Turtle (.ttl) or JSON-LD (.jsonld)",
    },
    "foreign_context": {
        "fr": "le contexte JSON-LD est ailleurs sur le réseau : mettez-le dans le fichier",
        "en": "the JSON-LD context lies elsewhere on the network: put it into the file",
    },
}


MORE: Final[dict[Language, str]] = {"fr": "… et {n} de plus", "en": "… and {n} more"}
SHOWN: Final = 20  # places to mend


class TopicLine(NamedTuple):
    """A topic as a record without kind and source, and the line of the file where it begins."""

    line: int
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnreadableList(Exception):
    """Why a list of topics cannot be read, and where: line from 1, column by its name, "" for none.

    `others` are the other places to mend, so that nobody has to find them one by one."""

    name: str
    line: int
    column: str
    reason: Reason
    others: tuple[Self, ...] = ()

    def say(self, language: Language) -> str:
        """Where it is and what to do, one line for each of the first places."""
        said = [one._line(language) for one in (self, *self.others)[:SHOWN]]
        more = 1 + len(self.others) - len(said)
        return "\n".join([*said, MORE[language].format(n=more)] if more else said)

    def _line(self, language: Language) -> str:
        place = ":".join(str(part) for part in (self.name, self.line, self.column) if part)
        return f"{place}: {WHY[self.reason][language]}"
