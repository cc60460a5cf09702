"""Concepts of a SKOS vocabulary, in RDF/XML, Turtle or JSON-LD: a concept's URI is its id.

A name without a language is taken for both; of several broader concepts the first by URI counts. Nothing is fetched.
"""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.sax import SAXParseException

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from app.importers.topic_list import TopicLine, UnreadableList
from graph.model import Language

SYNTAXES: Final = {
    ".rdf": "xml",
    ".xml": "xml",
    ".ttl": "turtle",
    ".nt": "nt",
    ".jsonld": "json-ld",
    ".json": "json-ld",
}
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
MOST_NAMES: Final = 50  # in a language
LONGEST: Final = 200


def read(path: Path) -> Iterator[TopicLine]:
    """The concepts of the file that have a French or an English name, by URI; raises UnreadableList."""
    graph = _graph(path)
    concepts = {str(node) for node in graph.subjects(RDF.type, SKOS.Concept) if isinstance(node, URIRef)}
    for uri in sorted(concepts):
        fields = _fields(graph, URIRef(uri), concepts)
        if fields["pref_label"]:
            yield TopicLine(0, fields)


def _fields(graph: Graph, concept: URIRef, concepts: set[str]) -> dict[str, Any]:
    preferred = _names(graph, concept, SKOS.prefLabel)
    others = _names(graph, concept, SKOS.altLabel)
    broader, related = (_uris(graph, concept, link) for link in (SKOS.broader, SKOS.related))
    return {
        "id": str(concept),
        "uri": str(concept),
        "pref_label": {language: names[0] for language, names in preferred.items()},
        "alt_labels": {language: names[:MOST_NAMES] for language, names in others.items()},
        "broader": next((uri for uri in broader if uri in concepts), None),
        "related": [uri for uri in related if uri in concepts][:MOST_NAMES],
        "exact_match": _uris(graph, concept, SKOS.exactMatch)[:MOST_NAMES],
        "close_match": _uris(graph, concept, SKOS.closeMatch)[:MOST_NAMES],
    }


def _names(graph: Graph, concept: URIRef, link: URIRef) -> dict[Language, list[str]]:
    """The names of a concept by language, those that say theirs first."""
    found: dict[Language, list[str]] = {}
    literals = [node for node in graph.objects(concept, link) if isinstance(node, Literal) and len(node) <= LONGEST]
    for literal in sorted(literals, key=lambda node: (node.language is None, node)):
        spoken = (literal.language or "").partition("-")[0].lower()
        for language in LANGUAGES:
            if spoken in ("", language) and (spoken or language not in found):
                found.setdefault(language, []).append(" ".join(literal.split()))
    return found


def _uris(graph: Graph, concept: URIRef, link: Node) -> list[str]:
    return sorted(str(node) for node in graph.objects(concept, link) if isinstance(node, URIRef))


def _graph(path: Path) -> Graph:
    syntax = SYNTAXES.get(path.suffix.lower(), "turtle")
    if syntax == "json-ld":
        _refuse_foreign_context(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's parser of JSON-LD warns of rdflib itself
            return Graph().parse(data=path.read_bytes(), format=syntax, publicID=path.resolve().as_uri())
    except BadSyntax as error:
        raise UnreadableList(path.name, error.lines + 1, "", "not_rdf") from error
    except SAXParseException as error:
        raise UnreadableList(path.name, error.getLineNumber() or 1, "", "not_rdf") from error
    except ValueError as error:
        raise UnreadableList(path.name, 1, "", "not_rdf") from error


def _refuse_foreign_context(path: Path) -> None:
    try:
        written = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise UnreadableList(path.name, error.lineno, "", "not_rdf") from error
    except UnicodeDecodeError as error:
        raise UnreadableList(path.name, 1, "", "not_utf8") from error
    if any(isinstance(context, str) for context in _contexts(written)):
        raise UnreadableList(path.name, 1, "@context", "foreign_context")


def _contexts(value: Any) -> Iterator[Any]:
    """All contexts within a value, and those that they list."""
    children = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    if isinstance(value, dict) and "@context" in value:
        context = value["@context"]
        yield from context if isinstance(context, list) else [context]
    for child in children:
        yield from _contexts(child)
