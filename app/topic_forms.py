"""What topics go by: who answers for a form, and which topics of several lists are one.

Both follow from the topics that are there, never from what came first."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Self

from graph.identity import EXTRACTED
from graph.model import Language, Topic
from graph.store import Transaction
from nlp.normalization import topic_key

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
ESCO: Final = "http://data.europa.eu/esco/"


def is_of_esco(topic: Topic) -> bool:
    """Whether the topic is one of ESCO, whose names were not made to be found in posts."""
    return (topic.uri or "").startswith(ESCO)


def forms_of(topic: Topic) -> tuple[str, ...]:
    """The normalised spellings of its labels, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(_labels(topic, language) for language in LANGUAGES)))


def taken_back(topic: Topic, before: Topic | None) -> Topic:
    """The topic without its labels, which goes on by its names: posts that mention it are about who answers for them.

    Called so, it answers for nothing itself."""
    if before is None:
        return topic
    return replace(topic, forms=tuple(_names(before).values()) if before.pref_label else before.forms)


def standing(topic: Topic) -> tuple[bool, bool, int, str]:
    """Its place among topics, the best first: sent ones, and of these not those of ESCO, named in most languages."""
    return not _is_sent(topic), is_of_esco(topic), -len(topic.pref_label), topic.id


def answering(topics: Iterable[Topic]) -> dict[str, Topic]:
    """Form → who answers for it: the topic that bears it as its name, else as another one, by standing."""
    going: defaultdict[str, list[Topic]] = defaultdict(list)
    for topic in {topic.id: topic for topic in topics if topic.pref_label or not _is_sent(topic)}.values():
        for form in topic.forms:
            going[form].append(topic)
    return {form: found[0] if len(found) == 1 else _answers(form, found) for form, found in going.items()}


def put_topics(tx: Transaction, topics: Collection[Topic], *, before: Collection[Topic] = ()) -> None:
    """Write topics, and let whatever goes by a form of them count as what it is one with, or what answers for it.

    `before` are those of them that go by other forms now, as they were."""
    if not topics:
        return
    given = {topic.id: topic for topic in topics}
    forms = {form for topic in (*before, *topics) for form in topic.forms}
    near = given | _others(tx, forms, given)
    around = near | _others(tx, {form for topic in near.values() for form in topic.forms} - forms, near)
    counted = _counted(near.values(), around)
    tx.topics.put([topic for topic in counted if topic.id in given or topic != near[topic.id]])


def _others(tx: Transaction, forms: Collection[str], known: Container[str]) -> dict[str, Topic]:
    """The topics that go by these forms, by id, without those that are known."""
    found = chain.from_iterable(tx.topics.by_forms(forms).values())
    return {topic.id: topic for topic in found if topic.id not in known}


def _counted(topics: Collection[Topic], around: Mapping[str, Topic]) -> Iterator[Topic]:
    """The topics with what they count as; spellings and definitions, which have no form, as they are."""
    namesakes = _Namesakes.of(around)
    answers = answering(around.values()) if not all(map(_is_named, topics)) else {}
    for topic in topics:
        if _is_named(topic):
            yield replace(topic, merged_into=namesakes.heir(topic))
        elif topic.forms:
            best = min((answers[form] for form in topic.forms if form in answers), key=standing, default=topic)
            yield replace(topic, merged_into=None if best.id == topic.id else best.id)
        else:
            yield topic


@dataclass(frozen=True, slots=True)
class _Namesakes:
    """The topics that sources sent, by id, and by each of their names those that bear it alone in their list."""

    topics: Mapping[str, Topic]
    called: Mapping[tuple[Language, str], Collection[Topic]]

    @classmethod
    def of(cls, topics: Mapping[str, Topic]) -> Self:
        """The topics by id, of which all are there that share a name with those asked about."""
        sent = {one.id: one for one in topics.values() if _is_sent(one)}
        called: defaultdict[tuple[Language, str], list[Topic]] = defaultdict(list)
        for topic in sent.values():
            for name in _names(topic).items():
                called[name].append(topic)
        return cls(sent, {name: _alone(found) for name, found in called.items() if len(found) > 1})

    def heir(self, topic: Topic) -> str | None:
        """The best of the topics that it is one with, None where it is that itself."""
        better = [one for one in self._sharing(topic) if standing(one) < standing(topic) and _agree(topic, one)]
        return next((one.id for one in sorted(better, key=standing) if not self._is_apart(topic, one)), None)

    def _sharing(self, topic: Topic) -> Iterator[Topic]:
        """The topics of other lists that have a name of it, where it means one thing only in either."""
        for name in _names(topic).items():
            found = self.called.get(name, ())
            if any(one.id == topic.id for one in found):
                yield from (one for one in found if one.id != topic.id)

    def _is_apart(self, topic: Topic, one: Topic) -> bool:
        """Whether somebody told it from that one, or from what is one with that; or lets that one count as it."""
        told = [self.topics[other] for other in topic.apart if other in self.topics]
        is_decided = topic.id in one.apart or one.id in topic.apart or one.merged_by_hand == topic.id
        return is_decided or any(_share_a_name(one, other) and _agree(one, other) for other in told)


def _answers(form: str, topics: Iterable[Topic]) -> Topic:
    return min(topics, key=lambda topic: (not _is_sent(topic), form not in _names(topic).values(), standing(topic)))


def _is_sent(topic: Topic) -> bool:
    return topic.ref.source != EXTRACTED


def _is_named(topic: Topic) -> bool:
    """Whether a source sent it, and has not taken it back."""
    return _is_sent(topic) and bool(topic.pref_label)


def _alone(topics: Collection[Topic]) -> list[Topic]:
    """Those that no other topic of their list shares the name with."""
    bearers = Counter(topic.ref.source for topic in topics)
    return [topic for topic in topics if bearers[topic.ref.source] == 1]


def _agree(one: Topic, other: Topic) -> bool:
    """Whether they share a label in each language in which both have a name."""
    both = one.pref_label.keys() & other.pref_label.keys()
    return all(not set(_labels(one, language)).isdisjoint(_labels(other, language)) for language in both)


def _share_a_name(one: Topic, other: Topic) -> bool:
    return bool(_names(one).items() & _names(other).items())


def _names(topic: Topic) -> dict[Language, str]:
    """The normalised spelling of its name in each language."""
    named: dict[Language, str] = {}
    for language, label in topic.pref_label.items():
        if form := topic_key(label, language=language):
            named[language] = form
    return named


def _labels(topic: Topic, language: Language) -> Iterator[str]:
    """The normalised spellings of its labels in that language, its name first."""
    for label in (topic.pref_label.get(language), *topic.alt_labels.get(language, ())):
        if label and (form := topic_key(label, language=language)):
            yield form
