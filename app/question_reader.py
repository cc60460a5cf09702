"""Questions → what they ask for: words, and the topics that they name in whatever spelling."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from app.glossary import HOST_WEIGHT, spellings
from app.search.terms import Wanted, gathered
from graph.identity import EXTRACTED, Identity
from graph.model import Ref
from graph.projection.cache import Cache
from graph.projection.sameness import Sameness
from graph.store import GraphStore
from nlp.gazetteer import Alias, Gazetteer, Match, seed_aliases
from nlp.language import detect
from nlp.words import question_text, question_words


@dataclass(frozen=True, slots=True)
class Glossary:
    """The spellings that a question may use, and the topics that have an id of their own, by key."""

    gazetteer: Gazetteer
    ids: Mapping[str, str]

    @classmethod
    def of(cls, store: GraphStore) -> Self:
        """The topics that come with the program, that the host named, and that others were merged into."""
        known = [topic for topic in store.topics.each() if topic.ref.source != EXTRACTED or len(topic.forms) > 1]
        aliases = [alias for topic in known for alias in spellings(topic)]
        # What was merged into a topic is written as its form says, in whichever language.
        aliases += [
            Alias(form, topic.forms[0], form, None, HOST_WEIGHT)
            for topic in known
            if topic.ref.source == EXTRACTED
            for form in topic.forms
        ]
        ids = {form: topic.id for topic in known for form in topic.forms}
        return cls(Gazetteer((*seed_aliases(), *aliases)), ids)


@dataclass(frozen=True, slots=True)
class QuestionReader:
    """Reads questions by the glossary of the moment."""

    store: GraphStore
    identity: Identity
    _glossary: Cache[object, Glossary] = field(default_factory=lambda: Cache(1), init=False)

    def read(self, question: str, same: Sameness) -> list[Wanted]:
        """What the question asks for, each word once; one that names a topic, or helps to, stands for all of it."""
        named = list(self._named(question, same))
        return gathered(
            Wanted(
                word.text,
                word.stems,
                tuple(sorted({topic for match, found in named for topic in found if match.holds(word)})),
            )
            for word in question_words(question)
        )

    def _named(self, question: str, same: Sameness) -> Iterator[tuple[Match, tuple[int, ...]]]:
        """The names of topics in the question, each with all topics that count as that one."""
        glossary = self._glossary.get(same.topics.glossary, lambda: Glossary.of(self.store))
        text = question_text(question)
        for match in glossary.gazetteer.find(text, language=detect(text)[0]):
            key = match.alias.key if match.alias else ""
            number = same.topics.numbers.get(glossary.ids.get(key) or self._found_in_texts(key))
            if number is not None:
                yield match, same.members(number)

    def _found_in_texts(self, key: str) -> str:
        return self.identity.public_id("topic", Ref(EXTRACTED, key))
