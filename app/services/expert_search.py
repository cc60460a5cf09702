"""Expert search: who knows this, why we think so, and how to reach them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, pairwise
from typing import Final, Literal

import numpy as np

from graph.errors import NotFound
from graph.measures.conversations import conversation_share, voices
from graph.measures.decay import BoolArray, FloatArray, IntArray, slower_clock
from graph.measures.expertise import Confidence, Expertise, Factors, confidence, expertise, relative
from graph.measures.paths import Mode, Reach
from graph.measures.ranking import DECIMALS, best, ranked
from graph.measures.relevance import Fit, question_fit
from graph.measures.setting import RankingSetting
from graph.measures.votes import Ballot, per_activity, post_weights, votes
from graph.model import Person, Post, PostKind, Viewer
from graph.projection.arrays import NONE, joined, places
from graph.projection.feed import Projection
from graph.projection.posts import KINDS
from graph.projection.state import State
from graph.projection.threads import INSIDE, OPENING
from graph.projection.views import Term, View
from graph.store import GraphStore

Sort = Literal["score", "reach"]
Relation = Literal["author", "endorser"]
FindReach = Callable[[State, Viewer, int, Sequence[int], Mode], Mapping[int, Reach]]

EVIDENCE: Final = 3  # posts shown for each person
REACH_POOL: Final = 100  # as many of the best by score are put in order when reach decides

_QUESTION: Final = KINDS.index("question")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CommunityName:
    """A community, where something else is told."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A post that speaks for somebody; `part` is its share of their votes, in [0, 1]."""

    post: str
    relation: Relation  # what they have to do with it
    excerpt: str
    date: datetime
    kind: PostKind
    community: CommunityName | None
    url: str | None
    is_accepted: bool
    thanks: int
    part: float


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who knows; the score is in [0, 1], relative to the best of everybody the viewer may see."""

    person: Person
    score: float
    confidence: Confidence
    factors: Factors
    evidence: tuple[Evidence, ...]
    reach: Reach | None
    last_active_on_topic: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """Experts, or the reason why there are none; `setting` is the version of the constants."""

    experts: tuple[Expert, ...]
    reason: Literal["no_words", "nobody"] | None
    setting: str


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
class _Findings:
    """What was gathered and measured for a question, from what the viewer may see."""

    viewer: Viewer
    words: Collection[int]
    state: State
    view: View
    terms: Sequence[Term]
    fit: Fit
    ballot: Ballot
    measured: Expertise


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Somebody on the way to being an expert, with the places of their own matching posts."""

    number: int
    row: int
    score: float
    matching: IntArray


@dataclass(frozen=True, slots=True)
class _Piece:
    """A post on its way to being evidence."""

    place: int
    relation: Relation
    part: float


@dataclass(frozen=True, slots=True)
class ExpertSearch:
    """Gathers what the viewer may see, measures it, ranks people and explains why."""

    store: GraphStore
    projection: Projection
    question_words: Callable[[str], tuple[tuple[int, ...], ...]]
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
        wanted = Counter(tuple(sorted(set(stems))) for stems in self.question_words(question))
        known = [state.topics.numbers[topic] for topic in topics if topic in state.topics.numbers]
        if not wanted and not known:
            return Answer((), "no_words", self.setting.version)
        groups = [state.sameness(viewer.communities).members(number) for number in known]
        terms = [view.topic(group, community=within) for group in groups]
        terms += [view.word(stems, community=within) for stems in wanted]
        times = [1] * len(known) + list(wanted.values())
        return self._answer(request, state, view, terms, times, words=set(chain.from_iterable(wanted)))

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
        term = view.topic(same.members(number), community=within)
        if term.people.size == 0:
            raise NotFound(topic)
        names = [state.topics.id(name) for name in same.names(int(same.root[number]))]
        return self._answer(request, state, view, [term], [1], words=self._label_words(names))

    def _look(self, request: _Request) -> tuple[State, View, int | None]:
        state = self.projection.state
        view = state.view(request.viewer.communities)
        if request.community is None:
            return state, view, None
        number = self.store.communities.numbers([request.community]).get(request.community)
        if number not in request.viewer.communities:
            raise NotFound(request.community)
        return state, view, number

    def _label_words(self, topics: Sequence[str]) -> set[int]:
        labels = [label for found in self.store.topics.find(topics).values() for label in found.pref_label.values()]
        return {stem for label in labels for stems in self.question_words(label) for stem in stems}

    def _answer(
        self,
        request: _Request,
        state: State,
        view: View,
        terms: Sequence[Term],
        times: Sequence[int],
        *,
        words: Collection[int],
    ) -> Answer:
        fit = question_fit(terms, times, view, self.setting)
        if fit.posts.size == 0:
            return Answer((), "nobody", self.setting.version)
        ballot = _cast(fit, state, view, self.setting)
        measured = _measured(fit, ballot, view, self.setting)
        found = _Findings(request.viewer, words, state, view, terms, fit, ballot, measured)
        people, chosen = self._chosen(_candidates(found, asker=request.asker), request)
        chosen, reach = self._in_reach(chosen, state, request)
        experts = tuple(self._explained(chosen, people, reach, found))
        return Answer(experts, None if experts else "nobody", self.setting.version)

    def _chosen(
        self, candidates: Iterator[_Candidate], request: _Request
    ) -> tuple[Mapping[int, Person], list[_Candidate]]:
        """The first candidates who are there, and who they are."""
        wanted = request.limit if request.sort == "score" else REACH_POOL
        today = self.clock().date()
        people: dict[int, Person] = {}
        chosen: list[_Candidate] = []
        while len(chosen) < wanted and (batch := list(islice(candidates, wanted))):
            found = self.store.people.by_numbers([one.number for one in batch], viewer=request.viewer)
            people |= {key: one for key, one in found.items() if one.away_until is None or one.away_until <= today}
            chosen += [one for one in batch if one.number in people]
        return people, chosen[:wanted]

    def _in_reach(
        self, chosen: list[_Candidate], state: State, request: _Request
    ) -> tuple[list[_Candidate], Mapping[int, Reach]]:
        """The candidates to show, and how the asker reaches them."""
        asker = state.people.numbers.get(request.asker or "")
        if self.reach is None or asker is None:
            return chosen[: request.limit], {}
        reach = self.reach(state, request.viewer, asker, [one.number for one in chosen], request.mode)
        if request.sort == "reach":
            chosen = sorted(chosen, key=lambda one: -reach[one.number].score if one.number in reach else 0.0)
        return chosen[: request.limit], reach

    def _explained(
        self, chosen: Sequence[_Candidate], people: Mapping[int, Person], reach: Mapping[int, Reach], found: _Findings
    ) -> Iterator[Expert]:
        """The candidates with all that is said about them."""
        pieces = [_pieces(candidate, found) for candidate in chosen]
        shown = self._shown(list(chain.from_iterable(pieces)), found)
        for candidate, own, is_held in zip(chosen, pieces, _held(pieces, found.terms), strict=True):
            rarities = found.fit.rarities
            last = int(found.view.column("at", candidate.matching).max())
            yield Expert(
                person=people[candidate.number],
                score=candidate.score,
                confidence=confidence(candidate.score, rarities=rarities, is_held=is_held, setting=self.setting),
                factors=found.measured.factors(candidate.row),
                evidence=tuple(shown[piece] for piece in own if piece in shown),
                reach=reach.get(candidate.number),
                last_active_on_topic=_EPOCH + timedelta(microseconds=last),
            )

    def _shown(self, pieces: Sequence[_Piece], found: _Findings) -> dict[_Piece, Evidence]:
        """The pieces as evidence, but for posts that were removed meanwhile."""
        place = np.array([piece.place for piece in pieces], dtype=np.intp)
        number, author = found.view.column("number", place), found.view.column("author", place)
        received = found.state.post_interactions.received(number, author)
        posts = self.store.posts.by_numbers(set(number.tolist()), viewer=found.viewer)
        communities = {stored.post.community for stored in posts.values() if stored.post.community is not None}
        names = self.store.communities.names(communities, viewer=found.viewer)
        return {
            piece: Evidence(
                post=post.id,
                relation=piece.relation,
                excerpt=self.excerpt(post, found.words),
                date=post.created_at,
                kind=post.kind or ("comment" if post.reply_to else "article"),
                community=CommunityName(post.community, names[post.community]) if post.community in names else None,
                url=post.url,
                is_accepted=bool(received.acceptances[row]),
                thanks=int(received.thanks[row]),
                part=piece.part,
            )
            for row, piece in enumerate(pieces)
            if (stored := posts.get(int(number[row]))) and (post := stored.post)
        }


def _cast(fit: Fit, state: State, view: View, setting: RankingSetting) -> Ballot:
    """The best posts vote for their authors and endorsers."""
    rows = best(fit.post, setting.best_posts)
    posts = fit.posts[rows]
    vote = votes(relative(fit.post[rows]), _decay(posts, view, setting), setting)
    author = view.column("author", posts)
    received = state.post_interactions.received(view.column("number", posts), author)
    weight = post_weights(
        np.array([setting.kind_weight(kind) for kind in KINDS])[view.column("kind", posts)],
        acceptances=received.acceptances,
        thanks=received.thanks,
        reactions=received.reactions,
        setting=setting,
    )
    is_expert = state.people.is_expert[received.endorser]
    endorsed, endorser = received.endorsed[is_expert], received.endorser[is_expert]
    return Ballot(
        post=np.concatenate((posts, posts[endorsed])),
        person=np.concatenate((author, endorser)),
        vote=np.concatenate((weight * vote, setting.endorsement * vote[endorsed])),
        is_endorsement=np.arange(posts.size + endorsed.size) >= posts.size,
    )


def _heard(fit: Fit, view: View, setting: RankingSetting) -> FloatArray:
    """What the best conversations say for each person; a post outside of any is one by itself."""
    rows = np.flatnonzero(view.roles[fit.posts] != INSIDE)
    rows = rows[best(fit.post[rows], setting.best_conversations)]
    units = fit.posts[rows]
    author, decay, is_opening = view.column("author", units), _decay(units, view, setting), view.roles[units] == OPENING
    opening, alone = np.flatnonzero(is_opening), np.flatnonzero(~is_opening)
    which, participant = view.participants(units[opening])
    unit, person = np.concatenate((alone, opening[which])), np.concatenate((author[alone], participant))
    is_author = author[unit] == person
    voice = voices(
        relative(fit.post[rows])[unit],
        decay[unit],
        is_opener=is_author & is_opening[unit],
        is_asker=is_author & (view.column("kind", units) == _QUESTION)[unit],
        setting=setting,
    )
    return np.bincount(person, voice, minlength=view.posts_by.size).astype(np.float64, copy=False)


def _decay(posts: IntArray, view: View, setting: RankingSetting) -> FloatArray:
    newer, age_days = view.ages(posts)
    return slower_clock(newer, age_days, half_life_posts=setting.half_life_posts, half_life_days=setting.half_life_days)


def _measured(fit: Fit, ballot: Ballot, view: View, setting: RankingSetting) -> Expertise:
    """The expertise of everybody for whom a post or a conversation speaks."""
    voted, heard = ballot.tally(view.posts_by.size), _heard(fit, view, setting)
    people = np.flatnonzero((voted > 0) | (heard > 0))
    return expertise(
        people,
        votes=per_activity(voted[people], view.posts_by[people], setting),
        conversations=per_activity(heard[people], view.posts_by[people], setting),
        profile=fit.profile[people],
        conversation_share=conversation_share(view.in_conversations, view.posts, setting),
    )


def _candidates(found: _Findings, *, asker: str | None) -> Iterator[_Candidate]:
    """Everybody with a score who wrote more than questions about it, best first."""
    view, people, id_of = found.view, found.measured.people, found.state.people.id
    for row, score in ranked(found.measured.score, name=lambda row: id_of(people[row])):
        number = int(people[row])
        spans = (np.searchsorted(found.fit.posts, (span.start, span.stop)) for span in view.posts_of(number))
        matching = joined([found.fit.posts[start:stop] for start, stop in spans] or [NONE])
        if (view.column("kind", matching) != _QUESTION).any() and id_of(number) != asker:
            yield _Candidate(number, row, score, matching)


def _pieces(candidate: _Candidate, found: _Findings) -> list[_Piece]:
    """The posts that gave somebody most votes; where few did, others of theirs that match best."""
    given = found.ballot.of(candidate.number)
    rest = NONE
    if given.post.size < EVIDENCE:
        rest = candidate.matching[places(candidate.matching, given.post[~given.is_endorsement]) < 0]
        rest = rest[best(found.fit.of(rest), EVIDENCE)]
    place = np.concatenate((given.post, rest))
    part = np.concatenate((given.parts(), np.zeros(rest.size)))
    is_lent = np.concatenate((given.is_endorsement, np.zeros(rest.size, dtype=np.bool_)))
    fit, at, ids = found.fit.of(place), found.view.column("at", place), found.view.column("id", place)
    order = np.lexsort((ids, -at, -np.round(fit, DECIMALS), -np.round(part, DECIMALS)))[:EVIDENCE]
    return [_Piece(int(place[row]), "endorser" if is_lent[row] else "author", float(part[row])) for row in order]


def _held(pieces: Sequence[Sequence[_Piece]], terms: Sequence[Term]) -> Iterator[BoolArray]:
    """For each list of pieces, which of the terms stand in one of them."""
    shown = np.array([piece.place for own in pieces for piece in own], dtype=np.intp)
    is_in = np.array([places(shown, term.posts) >= 0 for term in terms])
    ends = np.cumsum([len(own) for own in pieces])
    return (np.logical_or.reduce(is_in[:, begin:end], axis=1) for begin, end in pairwise([0, *ends.tolist()]))
