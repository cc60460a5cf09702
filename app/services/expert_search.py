"""Expert search: who knows this, why we think so, and how to reach them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, compress, islice
from typing import Final, Literal

from app.search.answers import Answer, Expert, Reason
from app.search.evidence import exhibited, held, pieces
from app.search.explanation import Explanation, Standing, working
from app.search.findings import Candidate, Findings, moment
from app.search.terms import Wanted
from graph.errors import NotFound
from graph.measures.paths import Mode, Reach
from graph.measures.setting import RankingSetting
from graph.model import Person, Post, Viewer
from graph.projection.feed import Projection
from graph.projection.sameness import Sameness
from graph.projection.state import State
from graph.projection.views import View
from graph.store import GraphStore

Sort = Literal["score", "reach"]
FindReach = Callable[[State, Viewer, int, Sequence[int], Mode], Mapping[int, Reach]]

REACH_POOL: Final = 100  # as many of the best by score are put in order when reach decides


@dataclass(frozen=True, slots=True)
class _Request:
    """For whom, and how much of it."""

    viewer: Viewer
    asker: str | None
    community: str | None
    limit: int
    mode: Mode
    sort: Sort


@dataclass(frozen=True, slots=True)
class ExpertSearch:
    """Gathers what the viewer may see, measures it, ranks people and explains why."""

    store: GraphStore
    projection: Projection
    read: Callable[[str, Sameness], list[Wanted]]
    excerpt: Callable[[Post, Collection[int]], str]
    setting: RankingSetting
    clock: Callable[[], datetime]
    reach: FindReach | None = None

    def find(
        self,
        question: str,
        *,
        viewer: Viewer,
        asker: str | None,
        topics: Sequence[str] = (),
        community: str | None = None,
        limit: int = 10,
        mode: Mode = "search",
        sort: Sort = "score",
    ) -> Answer:
        """Who knows this? `community` narrows the posts that count; a hidden or unknown one raises NotFound.

        Topics named by public id count as terms beside the words; unknown ones are left out.
        The asker is never an answer, nor who is away, nor who only asked about it."""
        request = _Request(viewer, asker, community, limit, mode, sort)
        state, view, within = self._look(request)
        same = state.sameness(viewer.communities)
        known = [state.topics.numbers[topic] for topic in topics if topic in state.topics.numbers]
        wanted = [Wanted("", (), same.members(number)) for number in known]
        wanted += self.read(question, same)
        if not wanted:
            return Answer((), "no_words", self.setting.version)
        words = {stem for one in wanted for stem in one.stems}
        return self._answer(request, state, view, wanted, within=within, words=words)

    def about_topic(
        self,
        topic: str,
        *,
        viewer: Viewer,
        asker: str | None,
        community: str | None = None,
        limit: int = 10,
        mode: Mode = "search",
        sort: Sort = "score",
    ) -> Answer:
        """Who knows this topic, and what was merged into it? An unknown one or one without a visible post: NotFound."""
        request = _Request(viewer, asker, community, limit, mode, sort)
        state, view, within = self._look(request)
        number, same = state.topics.numbers.get(topic), state.sameness(viewer.communities)
        if number is None or not same.is_known(number):
            raise NotFound(topic)
        wanted = Wanted("", (), same.members(number))
        if wanted.term(view).people.size == 0:
            raise NotFound(topic)
        names = [state.topics.id(name) for name in same.names(int(same.root[number]))]
        return self._answer(request, state, view, [wanted], within=within, words=self._label_words(names, same))

    def explain(
        self, question: str, *, person: str, viewer: Viewer, asker: str | None, community: str | None = None
    ) -> Explanation:
        """Why is somebody named for a question, or why not? An unknown, hidden or inactive person: NotFound."""
        request = _Request(viewer, asker, community, 1, "search", "score")
        state, view, within = self._look(request)
        someone = self.store.people.find([person], viewer=viewer).get(person)
        if someone is None or not someone.is_active:
            raise NotFound(person)
        wanted = self.read(question, state.sameness(viewer.communities))
        if not wanted:
            return Explanation(someone, "no_words", 0, 0.0, None, self.setting)
        found = Findings.of(wanted, state=state, view=view, within=within, setting=self.setting)
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
        if not found.has_answered(matching):
            return "only_asked"
        if person.id == asker:
            return "asker"
        if person.away_until is not None and person.away_until > self.clock().date():
            return "away"
        if found.is_far(person.number):
            return "too_little"
        return "named" if score > 0 else "outvoted"

    def _look(self, request: _Request) -> tuple[State, View, int | None]:
        state = self.projection.state
        view = state.view(request.viewer.communities)
        if request.community is None:
            return state, view, None
        number = self.store.communities.numbers([request.community]).get(request.community)
        if number not in request.viewer.communities:
            raise NotFound(request.community)
        return state, view, number

    def _label_words(self, topics: Sequence[str], same: Sameness) -> set[int]:
        labels = [label for found in self.store.topics.find(topics).values() for label in found.pref_label.values()]
        return {stem for label in labels for one in self.read(label, same) for stem in one.stems}

    def _answer(
        self,
        request: _Request,
        state: State,
        view: View,
        wanted: Sequence[Wanted],
        *,
        within: int | None,
        words: Collection[int],
    ) -> Answer:
        found = Findings.of(wanted, state=state, view=view, within=within, setting=self.setting)
        people, chosen = self._chosen(found.candidates(asker=request.asker), request)
        chosen, reach = self._in_reach(chosen, state, request)
        experts = tuple(self._explained(chosen, people, reach, found, viewer=request.viewer, words=words))
        return Answer(experts, _reason(experts), self.setting.version)

    def _chosen(
        self, candidates: Iterator[Candidate], request: _Request
    ) -> tuple[Mapping[int, Person], list[Candidate]]:
        """The first candidates who are there, and who they are."""
        wanted = request.limit if request.sort == "score" else REACH_POOL
        today = self.clock().date()
        people: dict[int, Person] = {}
        chosen: list[Candidate] = []
        while len(chosen) < wanted and (batch := list(islice(candidates, wanted))):
            found = self.store.people.by_numbers([one.number for one in batch], viewer=request.viewer)
            people |= {key: one for key, one in found.items() if one.away_until is None or one.away_until <= today}
            chosen += [one for one in batch if one.number in people]
        return people, chosen[:wanted]

    def _in_reach(
        self, chosen: list[Candidate], state: State, request: _Request
    ) -> tuple[list[Candidate], Mapping[int, Reach]]:
        """The candidates to show, and how the asker reaches them."""
        asker = state.people.numbers.get(request.asker or "")
        if self.reach is None or asker is None:
            return chosen[: request.limit], {}
        reach = self.reach(state, request.viewer, asker, [one.number for one in chosen], request.mode)
        if request.sort == "reach":
            chosen = sorted(chosen, key=lambda one: -reach[one.number].score if one.number in reach else 0.0)
        return chosen[: request.limit], reach

    def _explained(
        self,
        chosen: Sequence[Candidate],
        people: Mapping[int, Person],
        reach: Mapping[int, Reach],
        found: Findings,
        *,
        viewer: Viewer,
        words: Collection[int],
    ) -> Iterator[Expert]:
        """The candidates with all that is said about them."""
        evidence = [pieces(candidate, found) for candidate in chosen]
        shown = exhibited(
            list(chain.from_iterable(evidence)),
            found,
            store=self.store,
            viewer=viewer,
            excerpt=lambda post: self.excerpt(post, words),
        )
        for candidate, own, is_held in zip(chosen, evidence, held(evidence, found.terms), strict=True):
            certainty = found.certainty(candidate, is_held)
            yield Expert(
                person=people[candidate.number],
                score=candidate.score,
                match=certainty.match(self.setting),
                words=tuple(one.text for one in compress(found.wanted, is_held) if one.text),
                confidence=certainty.confidence(self.setting),
                certainty=certainty,
                factors=found.measured.factors(candidate.row),
                evidence=tuple(shown[piece] for piece in own if piece in shown),
                reach=reach.get(candidate.number),
                last_active_on_topic=moment(found.last(candidate)),
            )


def _reason(experts: Sequence[Expert]) -> Reason | None:
    """Why nobody is named who knows what is asked; None where somebody is."""
    if not experts:
        return "nobody"
    return "near_only" if all(expert.match == "near" for expert in experts) else None
