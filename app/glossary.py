"""The glossary: every spelling of the topics that are known by name, for reading posts and questions alike."""

from collections.abc import Iterator

from graph.model import Language, Topic
from graph.store import GraphStore
from nlp.caution import is_common, needs_capitals
from nlp.gazetteer import Alias, seed_aliases

HOST_WEIGHT = 1.5  # of topics that the host named, against 1.25 of those that come with the program
ESCO = "http://data.europa.eu/esco/"
ESCO_WEIGHT = 1.0  # of its names, which were not made to be found in posts: common words among them are left out
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def known_topics(store: GraphStore) -> tuple[Alias, ...]:
    """Every spelling of the topics that come with the program and of those that the host named."""
    return (*seed_aliases(), *(alias for topic in store.topics.named() for alias in spellings(topic)))


def names_of_people(store: GraphStore) -> tuple[str, ...]:
    """What is no topic: the names of people and sites, and first names alone, but for those that are common words."""
    names = store.people.names()
    first = {name.split()[0] for name in names if " " in name.strip()}
    return tuple(sorted({*names, *(name for name in first if len(name) > 2 and not is_common(name))}))


def spellings(topic: Topic) -> Iterator[Alias]:
    """How the topic is written in each language, by its labels."""
    is_of_esco = (topic.uri or "").startswith(ESCO)
    weight = ESCO_WEIGHT if is_of_esco else HOST_WEIGHT
    for language in LANGUAGES:
        name = topic.pref_label.get(language)
        for label in filter(None, (name, *topic.alt_labels.get(language, ()))):
            capitals = needs_capitals(label)
            if capitals or not (is_of_esco and is_common(label)):
                yield Alias(label, topic.forms[0], name or label, language, weight, case_sensitive=capitals)
