"""The glossary: every spelling of the topics that are known by name, for reading posts and questions alike."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from app.topic_forms import LANGUAGES, answering, is_of_esco, standing
from graph.model import Language, Topic
from graph.store import GraphStore
from nlp.caution import is_common, needs_capitals
from nlp.gazetteer import Alias, seed_aliases
from nlp.normalization import topic_key

HOST_WEIGHT = 1.5  # of topics that the host named, against 1.25 of those that come with the program
ESCO_WEIGHT = 1.0  # of ESCO's names: common words among them are left out


def known_topics(store: GraphStore) -> tuple[Alias, ...]:
    """Every spelling of the topics that come with the program and of those that the host named."""
    topics = list(store.topics.named())
    return (*seed_aliases(), *spellings(topics, answering(topics)))


def names_of_people(store: GraphStore) -> tuple[str, ...]:
    """What is no topic: the names of people and sites, and first names alone, but for those that are common words."""
    names = store.people.names()
    first = {name.split()[0] for name in names if " " in name.strip()}
    return tuple(sorted({*names, *(name for name in first if len(name) > 2 and not is_common(name))}))


def spellings(topics: Collection[Topic], answers: Mapping[str, Topic]) -> Iterator[Alias]:
    """How these topics are written in each language, by their labels, given who answers for each form.

    The best topics come first: of two that are written alike a reader takes that one."""
    for topic in sorted(topics, key=standing):
        weight = ESCO_WEIGHT if is_of_esco(topic) else HOST_WEIGHT
        own = [form for form in topic.forms if answers[form].id == topic.id]
        for language in LANGUAGES:
            name = topic.pref_label.get(language)
            for label in filter(None, (name, *topic.alt_labels.get(language, ()))):
                capitals = needs_capitals(label)
                if capitals or not (is_of_esco(topic) and is_common(label)):
                    key = own[0] if len(own) == len(topic.forms) else _key(label, language, topic, own)
                    yield Alias(label, key, name or label, language, weight, case_sensitive=capitals)


def _key(label: str, language: Language, topic: Topic, own: Sequence[str]) -> str:
    """A form for which the topic answers, unless another one answers for what is written so."""
    form = topic_key(label, language=language)
    return own[0] if own and (form in own or form not in topic.forms) else form or topic.forms[0]
