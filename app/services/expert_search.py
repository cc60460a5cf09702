"""Expert search: who knows this, why we think so, and how to reach them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nlargest
from itertools import compress, islice
from typing import Final, Unpack

from app.asking import NotThere
from app.search.answers import Absent, Answer, Expert, Hint, Reason
from app.search.availability import is_away
from app.search.choice import (
    FindLoads,
    Named,
    Request,
    Wishes,
    absent_among,
    named,
    spread,
    until_enough,
)
from app.search.evidence import exhibited
from app.search.explanation import Explanation, Standing, working
from app.search.findings import Candidate, Findings, moment
from app.search.terms import ReadsQuestions, Wanted
from graph.errors import NotFound
from graph.measures.paths import Mode, Reach
from graph.measures.setting import RankingSetting
from graph.model import Language, Person, Post, Viewer
from graph.projection.feed import Projection
from graph.projection.sameness import Sameness
from graph.projection.state import State
from graph.projection.views import View
from graph.store import GraphStore

NAMED_PEOPLE: Final = 3
NAMED: Final = 30  # topics of a question whose names excerpts look for, those with most posts
LOOKED_UP: Final = 5  # words that nobody wrote: of a text full of them, the first ones tell enough

FindReach = Callable[[State, Viewer, int, Sequence[int], Mode], Mapping[int, Reach]]


@dataclass(frozen=True, slots=True)
class ExpertSearch:
    """Gathers what the viewer may see, measures it, ranks people and explains why."""

    store: GraphStore
    projection: Projection
    reader: ReadsQuestions
    excerpt: Callable[[Post, Collection[str]], str]
    setting: RankingSetting
    clock: Callable[[], datetime]
    reach: FindReach | None = None
    loads: FindLoads | None = None

    def find(
        self,
        question: str,
        *,
        viewer: Viewer,
        asker: str | None,
        topics: Sequence[str] = (),
        **wishes: Unpack[Wishes],
    ) -> Answer:
        """Who knows this? `community` narrows the posts that count; a hidden or unknown one raises NotThere, as does
        somebody such whom `exclude` names.

        Topics named by public id count as terms beside the words; unknown ones are left out.
        The asker is never an answer, nor who is away, nor who only asked about it, nor whom `exclude` names."""
        request = Request(viewer, asker, **wishes)
        state, view, within = self._look(request)
        same = state.sameness(viewer.communities)
        known = [state.topics.numbers[topic] for topic in topics if topic in state.topics.numbers]
        wanted = [Wanted("", (), same.narrowed(number)) for number in known]
        wanted += self.reader.read(question, same)
        people = tuple(self._named_people(question, state, viewer))
        if not wanted:
            return Answer((), "no_words", self.setting.version, named_people=people)
        found = self._found(question, wanted, request, state=state, view=view, within=within)
        answer = self._answer(request, found, words=self._told_by(found.wanted, same))
        return replace(answer, hints=tuple(self._hints(found, viewer, within)), named_people=people)

    def about_topic(self, topic: str, *, viewer: Viewer, asker: str | None, **wishes: Unpack[Wishes]) -> Answer:
        """Who knows this topic, what was merged into it or is narrower? NotFound where no visible post is about it."""
        request = Request(viewer, asker, **wishes)
        state, view, within = self._look(request)
        number, same = state.topics.numbers.get(topic), state.sameness(viewer.communities)
        if number is None or not same.is_known(number):
            raise NotFound(topic)
        wanted = [Wanted("", (), same.narrowed(number))]
        found = Findings.of(wanted, state=state, view=view, within=within, setting=self.setting)
        if found.known == 0:
            raise NotFound(topic)
        return self._answer(request, found, words=self._told_by(wanted, same))

    def explain(
        self,
        question: str,
        *,
        person: str,
        viewer: Viewer,
        asker: str | None,
        community: str | None = None,
        language: Language = "en",
    ) -> Explanation:
        """Why is somebody named for a question, or why not? An unknown, hidden or inactive person: NotFound."""
        request = Request(viewer, asker, community, language=language)
        state, view, within = self._look(request)
        someone = self.store.people.find([person], viewer=viewer).get(person)
        if someone is None or not someone.is_active:
            raise NotFound(person)
        wanted = self.reader.read(question, state.sameness(viewer.communities))
        if not wanted:
            return Explanation(someone, "no_words", 0, 0.0, None, self.setting)
        found = self._found(question, wanted, request, state=state, view=view, within=within)
        score = found.score(someone.number)
        return Explanation(
            person=someone,
            standing=self._standing(found, someone, asker=asker, score=score),
            posts=found.matching(someone.number).size,
            score=score,
            working=working(found, someone.number),
            constants=self.setting,
        )

    def _standing(self, found: Findings, person: Person, *, asker: str | None, score: float) -> Standing:
        matching = found.matching(person.number)
        if matching.size == 0:
            return "nothing_written"
        if not found.answers(matching):
            return "only_asked"
        if person.id == asker:
            return "asker"
        if is_away(person, self.clock().date()):
            return "away"
        if found.is_far(person.number):
            return "too_little"
        return "named" if score > 0 else "outvoted"

    def _look(self, request: Request) -> tuple[State, View, int | None]:
        excluded = set(request.exclude)
        if excluded and excluded - self.store.people.find(excluded, viewer=request.viewer).keys():
            raise NotThere("exclude")
        state = self.projection.state
        view = state.view(request.viewer.communities)
        if request.community is None:
            return state, view, None
        number = self.store.communities.numbers([request.community]).get(request.community)
        if number not in request.viewer.communities:
            raise NotThere("community")
        return state, view, number

    def _found(
        self, question: str, wanted: list[Wanted], request: Request, *, state: State, view: View, within: int | None
    ) -> Findings:
        """What is found of the question; where it is mostly about what nobody ever wrote, of close topics too."""
        found = Findings.of(wanted, state=state, view=view, within=within, setting=self.setting)
        if not found.is_strange:
            return found
        same = state.sameness(request.viewer.communities)
        close = self.reader.close(question, wanted, same, request.language)
        if not close:
            return found
        return Findings.of([*wanted, *close], state=state, view=view, within=within, setting=self.setting)

    def _hints(self, found: Findings, viewer: Viewer, within: int | None) -> Iterator[Hint]:
        for word in islice(found.unheard(), LOOKED_UP):
            if meant := self.reader.meant(word, found.state, viewer, within):
                yield Hint(word, meant)

    def _named_people(self, question: str, state: State, viewer: Viewer) -> Iterator[Person]:
        """The first people whom the question calls by name."""
        if numbers := self.reader.people(question, state, viewer)[:NAMED_PEOPLE]:
            there = self.store.people.by_numbers(numbers, viewer=viewer)
            yield from (there[number] for number in numbers if number in there)

    def _told_by(self, wanted: Sequence[Wanted], same: Sameness) -> frozenset[str]:
        """The words by which a post tells of what is wanted: those asked for, and those of the names of its topics."""
        topics = {topic for one in wanted for topic in one.topics if same.posts[topic]}
        named = tuple(nlargest(NAMED, sorted(topics), key=same.posts.item))
        return self.reader.name_words(named, same).union(one.text for one in wanted if one.stems)

    def _answer(self, request: Request, found: Findings, *, words: Collection[str]) -> Answer:
        candidates = found.candidates(without={request.asker, *request.exclude})
        known = self._known(candidates, request)
        people = named(list(until_enough(known, today=self.clock().date(), enough=request.pool)), found)
        there = [one for one in people if one.is_there]
        by_load = self._spread(there, request)
        listed, reach = self._in_reach(by_load, found.state, request)
        shown = listed[request.first : request.end]
        absent = tuple(absent_among(people, request))
        return Answer(
            experts=tuple(self._explained(shown, reach, found, viewer=request.viewer, words=words)),
            reason=_reason(listed[: request.end], absent, found, request),
            setting=self.setting.version,
            absent=absent,
            is_spread=by_load[request.first : request.end] != there[request.first : request.end],
            has_more=len(listed) > request.end,
        )

    def _known(self, candidates: Iterator[Candidate], request: Request) -> Iterator[tuple[Candidate, Person]]:
        """The candidates with who they are, asked for as they are needed."""
        while batch := list(islice(candidates, request.pool)):
            people = self.store.people.by_numbers([one.number for one in batch], viewer=request.viewer)
            yield from ((one, people[one.number]) for one in batch if one.number in people)

    def _spread(self, there: list[Named], request: Request) -> list[Named]:
        if self.loads is None or not request.spread:
            return there
        return spread(there, self.loads({one.candidate.number: one.person for one in there}))

    def _in_reach(self, there: list[Named], state: State, request: Request) -> tuple[list[Named], Mapping[int, Reach]]:
        """The people in the order asked for, and how the asker reaches those to show."""
        asker = state.people.numbers.get(request.asker or "")
        if self.reach is None or asker is None:
            return there, {}
        if request.sort == "score":
            shown = [one.candidate.number for one in there[request.first : request.end]]
            return there, self.reach(state, request.viewer, asker, shown, request.mode)
        numbers = [one.candidate.number for one in there]
        reach = self.reach(state, request.viewer, asker, numbers, request.mode)
        return sorted(there, key=lambda one: -_score(reach.get(one.candidate.number))), reach

    def _explained(
        self,
        shown: Sequence[Named],
        reach: Mapping[int, Reach],
        found: Findings,
        *,
        viewer: Viewer,
        words: Collection[str],
    ) -> Iterator[Expert]:
        """These people with all that is said about them."""
        evidence = exhibited(
            [piece for one in shown for piece in one.pieces],
            found,
            store=self.store,
            viewer=viewer,
            excerpt=lambda post: self.excerpt(post, words),
        )
        for one in shown:
            yield Expert(
                person=one.person,
                score=one.candidate.score,
                match=one.match,
                words=tuple(wanted.text for wanted in compress(found.wanted, one.is_held) if wanted.text),
                confidence=one.certainty.confidence(self.setting),
                certainty=one.certainty,
                factors=found.measured.factors(one.candidate.row),
                evidence=tuple(evidence[piece] for piece in one.pieces if piece in evidence),
                reach=reach.get(one.candidate.number),
                last_active_on_topic=moment(one.candidate.last),
            )


def _score(reach: Reach | None) -> float:
    return reach.score if reach else 0.0


def _reason(people: Sequence[Named], absent: Sequence[Absent], found: Findings, request: Request) -> Reason | None:
    """Why nobody is named who knows what is asked; None where somebody is."""
    if people:
        return "near_only" if all(one.match == "near" for one in people) else None
    if absent:
        return "away"
    if request.exclude and any(True for _ in found.candidates(without={request.asker})):
        return "asked"
    if any(True for _ in found.candidates()):
        return "oneself"
    if found.fit.posts.size == 0:
        return "nobody"
    return "little" if found.is_strange else "only_asked"
