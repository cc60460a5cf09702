"""Questions → what they ask for: words, and the topics that they name in whatever spelling."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import chain
from typing import Final, Self

from app.glossary import HOST_WEIGHT, spellings
from app.name_reader import Name, names_in
from app.search.terms import Wanted, gathered
from app.topic_forms import answering
from graph.identity import EXTRACTED, Identity
from graph.measures.relevance import telling
from graph.measures.setting import RankingSetting
from graph.model import Language, Ref, Topic, Viewer
from graph.projection.cache import Cache
from graph.projection.names import words_of
from graph.projection.sameness import NameTopics, Sameness
from graph.projection.state import State
from graph.store import GraphStore
from nlp.folding import fold
from nlp.gazetteer import Alias, Gazetteer, Match, seed_aliases
from nlp.language import detect
from nlp.likeness import WORD, halves, is_near, may_be_mistyped
from nlp.model import Question
from nlp.words import name_words, read_question

REMEMBERED: Final = 1_000  # sets of topics whose names questions looked for last
CLOSE: Final = 10  # topics close to one about which nobody wrote, those with most posts
SUGGESTED: Final = 2  # words in the place of one: more would be guesses
VIEWS: Final = 16  # of what counts as one, of the viewers who asked last

_Named = tuple[Match, tuple[int, ...]]  # a name in a question, and all topics that count as that one or are narrower


@dataclass(frozen=True, slots=True)
class Glossary:
    """The spellings that a question may use, the topics that have an id of their own, by key, and what is close."""

    gazetteer: Gazetteer
    ids: Mapping[str, str]
    close: Mapping[str, set[str]] = field(default_factory=dict)  # by public id

    @classmethod
    def named(cls, store: GraphStore) -> Self:
        """The topics that come with the program, and those that the host named."""
        topics = list(store.topics.named())
        answers = answering(topics)
        ids = {form: topic.id for form, topic in answers.items()}
        return cls(Gazetteer((*seed_aliases(), *spellings(topics, answers))), ids, _close(topics))

    @classmethod
    def joined(cls, topics: Iterable[Topic]) -> Self:
        """Topics found in texts that count as one with others: words do not tell that."""
        found = list(topics)
        aliases = [
            Alias(label, topic.id, label, None, HOST_WEIGHT) for topic in found for label in topic.pref_label.values()
        ]
        return cls(Gazetteer(aliases), {topic.id: topic.id for topic in found})


@dataclass(frozen=True, slots=True)
class QuestionReader:
    """Reads questions by the glossary of the moment."""

    store: GraphStore
    identity: Identity
    setting: RankingSetting
    name: NameTopics
    _named: Cache[object, Glossary] = field(default_factory=lambda: Cache(1), init=False)
    _joined: Cache[tuple[int, ...], Glossary] = field(default_factory=lambda: Cache(VIEWS), init=False)
    _name_words: Cache[object, frozenset[str]] = field(default_factory=lambda: Cache(REMEMBERED), init=False)

    def read(self, question: str, same: Sameness) -> list[Wanted]:
        """What the question asks for, each word once; one that names a topic, or helps to, stands for all of it, what
        is narrower included.

        A name of several words counts beside them as a whole: these alone mean other things elsewhere."""
        read = read_question(question)
        named = list(self._topics(read, same))
        return gathered((*self._words(read, named), *self._whole_names(read, named, same)))

    def name_words(self, topics: tuple[int, ...], same: Sameness) -> frozenset[str]:
        """The words of the names of these topics."""
        return self._name_words.get((same.topics.glossary, topics), lambda: self._read_names(topics, same))

    def close(self, question: str, wanted: Sequence[Wanted], same: Sameness, language: Language) -> list[Wanted]:
        """What is close to the topics asked for about which nobody wrote, as far as somebody wrote about it: those
        related, and the broader one by itself; together they weigh as one word. Called as in the question's language,
        in that one where it cannot be told."""
        asked = {topic for one in wanted for topic in one.topics}
        unwritten = {topic for one in wanted for topic in one.topics if not same.posts[list(one.topics)].any()}
        glossary = self._named.get(same.topics.glossary, lambda: Glossary.named(self.store))
        ids = set(chain.from_iterable(glossary.close.get(same.topics.id(topic), ()) for topic in unwritten))
        roots = {int(same.root[same.topics.numbers.get(topic, 0)]) for topic in ids} - asked
        posts = {root: int(same.posts[list(same.members(root))].sum()) for root in sorted(roots)}
        chosen = [root for root in nlargest(CLOSE, posts, key=posts.__getitem__) if posts[root]]
        language = detect(question)[0] or language
        called = {root: topic.pref_label for root, topic in self.name(same, chosen).items()}
        return [
            Wanted(_in(language, labels), (), same.members(root), telling=1 / len(chosen), is_asked=False)
            for root, labels in called.items()
        ]

    def meant(self, word: str, state: State, viewer: Viewer, within: int | None) -> tuple[str, ...]:
        """What somebody may have meant by a word that nobody wrote: at most two words that visible posts tell of, of
        one community if `within` names one, from the names of their topics and one slip apart, the commoner first;
        nothing in the place of a name of people, nor of what is written as one and is one slip apart from one."""
        typed = fold(word)
        same, view = state.sameness(viewer.communities), state.view(viewer.communities)
        near = _near(typed, same) if may_be_mistyped(typed) else {}
        names = state.people.words(*halves(typed)) if near else set[str]()
        if typed in names or (word.istitle() and any(is_near(typed, name) for name in names)):
            return ()
        wanted = gathered(chain.from_iterable(self.read(other, same) for other in sorted(near.keys() - names)))
        posts = {one.text: one.term(view, community=within).posts.size for one in wanted}
        likely = nlargest(SUGGESTED, filter(posts.get, posts), key=posts.__getitem__)
        return tuple(self._as_written(other, same.topics.id(near[other])) for other in likely)

    def people(self, question: str, state: State, viewer: Viewer) -> list[int]:
        """The numbers of the people whom the question calls by name, in its order; nobody by a part of a name that
        stands in the name of a topic, be it one about which nobody wrote."""
        if not state.people.bearers(set(words_of(question))):
            return []  # as mostly: read only once
        read, same = read_question(question), state.sameness(viewer.communities)
        names = [one for one in names_in(read, state.people) if one.is_whole or not self._is_of_topic(one, read, same)]
        return list(dict.fromkeys(chain.from_iterable(sorted(one.people, key=state.people.position) for one in names)))

    def _is_of_topic(self, name: Name, question: Question, same: Sameness) -> bool:
        """Whether labels of topics of visible posts hold a word of the name, or it is of a topic that is known."""
        words = [word.key for word in name.words]
        if not set(words).isdisjoint(chain.from_iterable(map(words_of, same.labels(*words).values()))):
            return True
        found = (one.gazetteer.find(question.text, language=question.language) for one in self._glossaries(same))
        return any(match.start < name.end and name.start < match.end for match in chain.from_iterable(found))

    def _as_written(self, word: str, topic: str) -> str:
        """The word as the labels of that topic write it, with its accents."""
        found = self.store.topics.find([topic]).values()
        labels = (label for one in found for label in (*one.pref_label.values(), *chain(*one.alt_labels.values())))
        return next((other for label in labels for other in WORD.findall(label) if fold(other) == word), word)

    def _read_names(self, topics: tuple[int, ...], same: Sameness) -> frozenset[str]:
        found = self.store.topics.find([same.topics.id(topic) for topic in topics]).values()
        names = (name for topic in found for name in topic.pref_label.items())
        return frozenset().union(*(name_words(label, language) for language, label in names))

    def _topics(self, question: Question, same: Sameness) -> Iterator[_Named]:
        """The names of topics in the question."""
        for glossary in self._glossaries(same):
            for match in glossary.gazetteer.find(question.text, language=question.language):
                key = match.alias.key if match.alias else ""
                number = same.topics.numbers.get(glossary.ids.get(key) or self._found_in_texts(key))
                if number is not None and same.is_known(number):
                    yield match, same.narrowed(number)

    def _glossaries(self, same: Sameness) -> Iterator[Glossary]:
        """What everybody's questions may name, and what is one for whom it is asked."""
        yield self._named.get(same.topics.glossary, lambda: Glossary.named(self.store))
        joined = same.joined()
        ids = [same.topics.id(number) for number in joined]
        yield self._joined.get(joined, lambda: Glossary.joined(self.store.topics.find(ids).values()))

    def _found_in_texts(self, key: str) -> str:
        return self.identity.public_id("topic", Ref(EXTRACTED, key))

    def _words(self, question: Question, named: Sequence[_Named]) -> Iterator[Wanted]:
        """The words, each with the topics that it names; a post about one in other words holds it once, not once for
        each word of its name and of its acronym."""
        naming: defaultdict[tuple[int, ...], set[tuple[int, ...]]] = defaultdict(set)
        for word in question.words:
            naming[word.stems] |= {topics for match, topics in named if match.holds(word)}
        words_for = Counter(chain.from_iterable(naming.values()))
        for word in question.words:
            found = naming[word.stems]
            yield Wanted(
                word.text,
                word.stems,
                tuple(sorted(set(chain.from_iterable(found)))),
                in_other_words=max((1 / words_for[topics] for topics in found), default=1.0),
                telling=1.0 if found else telling(word.rarity, self.setting),
            )

    def _whole_names(self, question: Question, named: Sequence[_Named], same: Sameness) -> Iterator[Wanted]:
        """The names of several words of topics that some visible post is about."""
        for match, topics in named:
            if sum(map(match.holds, question.words)) > 1 and same.posts[list(topics)].any():
                yield Wanted(question.text[match.start : match.end], (), topics, telling=self.setting.whole_name)


def _close(topics: Iterable[Topic]) -> Mapping[str, set[str]]:
    """By public id the topics that are related to each, whichever of the two says so, and its broader one."""
    close: defaultdict[str, set[str]] = defaultdict(set)
    for topic in topics:
        close[topic.id].update(topic.related)
        for other in topic.related:
            close[other].add(topic.id)
        if topic.broader:
            close[topic.id].add(topic.broader)
    return close


def _in(language: Language, labels: Mapping[Language, str]) -> str:
    return labels.get(language) or next(iter(labels.values()))


def _near(word: str, same: Sameness) -> dict[str, int]:
    """The words one slip apart from that one, each with a topic of visible posts in whose labels it stands."""
    words = {other: topic for topic, text in same.labels(*halves(word)).items() for other in WORD.findall(text)}
    return {other: topic for other, topic in words.items() if is_near(word, other)}
