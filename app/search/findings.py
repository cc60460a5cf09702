"""Findings: what was gathered for the terms of a question and measured, from what a viewer may see."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, compress
from typing import Final, Self

import numpy as np

from app.search.terms import Wanted
from graph.arrays import NONE, BoolArray, FloatArray, IntArray, distinct, joined, places, run_starts
from graph.measures.certainty import Certainty, freshness, is_near, share_held, ten_best
from graph.measures.conversations import conversation_share, voices
from graph.measures.decay import slower_clock
from graph.measures.expertise import Expertise, expertise, relative
from graph.measures.ranking import DECIMALS, best, ranked
from graph.measures.relevance import Fit, question_fit
from graph.measures.setting import RankingSetting
from graph.measures.votes import Ballot, per_activity, post_weights, votes
from graph.projection.post_interactions import Received
from graph.projection.posts import KINDS
from graph.projection.state import State
from graph.projection.threads import INSIDE, OPENING
from graph.projection.views import DAY, Term, View

_QUESTION: Final = KINDS.index("question")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the way to being an expert, with the places of their own matching posts."""

    number: int
    row: int
    score: float
    matching: IntArray
    answers: int  # of these that are more than a question
    last: int  # when they last wrote about it, in microseconds since 1970


@dataclass(frozen=True, slots=True)
class Findings:
    """How posts fit the terms, how they vote, and the expertise that follows."""

    state: State
    view: View
    setting: RankingSetting
    wanted: Sequence[Wanted]
    terms: Sequence[Term]
    fit: Fit
    ballot: Ballot
    heard: Ballot  # what the conversations give, each by the post that opens it
    measured: Expertise
    asked: FloatArray  # the rarities of what the question itself asks for, 0 for what is only close to that
    close: frozenset[int]  # who wrote about what is only close to it
    ten_best: float  # the sum of the ten best scores
    known: float  # the share of the question's rarity that anybody ever wrote

    @classmethod
    def of(
        cls, wanted: Sequence[Wanted], *, state: State, view: View, within: int | None, setting: RankingSetting
    ) -> Self:
        """What is found in a view of the state, in the posts of one community if `within` names one by number."""
        terms = [one.term(view, community=within) for one in wanted]
        fit = question_fit(terms, [one.weight for one in wanted], view, setting)
        ballot, heard = _cast(fit, state, view, setting), _heard(fit, state, view, setting)
        measured = _measured(fit, ballot, heard, view, setting)
        asked = np.where([one.is_asked for one in wanted], fit.rarities, 0.0)
        close = (term.people.tolist() for one, term in zip(wanted, terms, strict=True) if not one.is_asked)
        return cls(
            state=state,
            view=view,
            setting=setting,
            wanted=wanted,
            terms=terms,
            fit=fit,
            ballot=ballot,
            heard=heard,
            measured=measured,
            asked=asked,
            close=frozenset(chain.from_iterable(close)),
            ten_best=ten_best(measured.score, setting),
            known=share_held(asked, np.array([term.people.size > 0 for term in terms])),
        )

    @property
    def is_strange(self) -> bool:
        """Whether the question is mostly about what nobody ever wrote."""
        return self.known < self.setting.direct_known

    def unheard(self) -> Iterator[str]:
        """The words of the question that nobody ever wrote and that name no topic."""
        for one, term in zip(self.wanted, self.terms, strict=True):
            if one.stems and not one.topics and term.people.size == 0:
                yield one.text

    def candidates(self, *, without: Collection[str | None] = ()) -> Iterator[Candidate]:
        """Everybody but these with a score who wrote more than questions about it, best first.

        Of a question that is mostly about what nobody ever wrote, only those who wrote often about the rest, or about
        a close topic."""
        people, id_of = self.measured.people, self.state.people.id
        for row, score in ranked(self.measured.score, name=lambda row: id_of(people[row])):
            number = int(people[row])
            if self.is_far(number) or id_of(number) in without:
                continue
            matching = self.matching(number)
            if answers := self.answers(matching):
                last = int(self.view.column("at", matching).max())
                yield Candidate(number, row, score, matching, answers, last)

    def certainty(self, candidate: Candidate, is_held: BoolArray) -> Certainty:
        """How sure it is that somebody knows, of whose shown posts one holds each of these terms."""
        age = (self.view.newest - candidate.last) / DAY
        return Certainty(
            lead=candidate.score / self.ten_best,
            freshness=freshness(age, self.setting),
            told=share_held(self.asked, is_held),
            known=self.known,
            subject=max((one.telling for one in compress(self.wanted, is_held)), default=0.0),
            posts=candidate.answers,
        )

    def answers(self, matching: IntArray) -> int:
        """How many of these posts are more than a question: asking is not knowing."""
        return int(np.count_nonzero(self.view.column("kind", matching) != _QUESTION))

    def is_far(self, person: int) -> bool:
        """Whether the question is strange, and somebody wrote little of the rest and nothing about a close topic."""
        if not self.is_strange or person in self.close:
            return False
        return not is_near(self.fit.profile[person], self.asked, self.setting)

    def score(self, person: int) -> float:
        """The score of that person, as candidates have it; 0 where nothing speaks for them."""
        row = places(np.array([person]), self.measured.people)[0]
        return round(float(self.measured.score[row]), DECIMALS) if row >= 0 else 0.0

    def matching(self, person: int) -> IntArray:
        """Where the posts of that person lie that fit at all."""
        posts = self.fit.posts
        spans = (posts.searchsorted((span.start, span.stop)) for span in self.view.posts_of(person))
        return joined([posts[start:stop] for start, stop in spans] or [NONE])


def _cast(fit: Fit, state: State, view: View, setting: RankingSetting) -> Ballot:
    """The best posts vote for their authors and endorsers."""
    rows = best(fit.post, setting.best_posts)
    posts = fit.posts[rows]
    vote = votes(relative(fit.post[rows]), _decay(posts, view, setting), setting)
    author = view.column("author", posts)
    received = state.post_interactions.received(view.column("number", posts), author)
    is_expert = state.people.is_expert[received.endorser]
    endorsed, endorser = received.endorsed[is_expert], received.endorser[is_expert]
    return Ballot(
        post=np.concatenate((posts, posts[endorsed])),
        person=np.concatenate((author, endorser)),
        vote=np.concatenate((_weight(posts, received, view, setting) * vote, setting.endorsement * vote[endorsed])),
        is_endorsement=np.arange(posts.size + endorsed.size) >= posts.size,
    )


def _heard(fit: Fit, state: State, view: View, setting: RankingSetting) -> Ballot:
    """The best conversations speak for who took part; a post outside of any is one by itself."""
    rows = (view.roles.take(fit.posts) != INSIDE).nonzero()[0]
    rows = rows[best(fit.post[rows], setting.best_conversations)]
    units = fit.posts[rows]
    author, decay, is_opening = view.column("author", units), _decay(units, view, setting), view.roles[units] == OPENING
    opening, alone = is_opening.nonzero()[0], (~is_opening).nonzero()[0]
    which, posts = view.conversations(units[opening])
    unit, person, weight = _heaviest(
        np.concatenate((alone, opening[which])), np.concatenate((units[alone], posts)), state, view, setting
    )
    is_author = author[unit] == person
    voice = voices(
        relative(fit.post[rows])[unit],
        decay[unit],
        weight,
        is_opener=is_author & is_opening[unit],
        is_asker=is_author & (view.column("kind", units) == _QUESTION)[unit],
        setting=setting,
    )
    return Ballot(units[unit], person, voice, is_endorsement=np.zeros(unit.size, dtype=np.bool_))


def _heaviest(
    unit: IntArray, posts: IntArray, state: State, view: View, setting: RankingSetting
) -> tuple[IntArray, IntArray, FloatArray]:
    """Each unit with each person who wrote in it, and the weight of their heaviest post there."""
    author = view.column("author", posts)
    received = state.post_interactions.received(view.column("number", posts), author)
    pair = (unit << 32) | author
    order = np.argsort(pair, kind="stable")
    starts = run_starts(pair[order])
    weight = np.maximum.reduceat(_weight(posts, received, view, setting)[order], starts) if order.size else np.zeros(0)
    first = order[starts]
    return unit[first], author[first], weight


def _weight(posts: IntArray, received: Received, view: View, setting: RankingSetting) -> FloatArray:
    return post_weights(
        np.array([setting.kind_weight(kind) for kind in KINDS])[view.column("kind", posts)],
        acceptances=received.acceptances,
        thanks=received.thanks,
        reactions=received.reactions,
        setting=setting,
    )


def _decay(posts: IntArray, view: View, setting: RankingSetting) -> FloatArray:
    newer, age_days = view.ages(posts)
    return slower_clock(newer, age_days, half_life_posts=setting.half_life_posts, half_life_days=setting.half_life_days)


def _measured(fit: Fit, ballot: Ballot, heard: Ballot, view: View, setting: RankingSetting) -> Expertise:
    """The expertise of everybody for whom a post or a conversation speaks."""
    voted, voiced = ballot.tally(view.posts_by.size), heard.tally(view.posts_by.size)
    people = distinct(np.concatenate((ballot.person, heard.person)))
    people = people[(voted[people] > 0) | (voiced[people] > 0)]
    return expertise(
        people,
        votes=per_activity(voted[people], view.posts_by[people], setting),
        conversations=per_activity(voiced[people], view.posts_by[people], setting),
        profile=fit.profile[people],
        conversation_share=conversation_share(view.in_conversations, view.posts, setting),
        profile_power=setting.profile_power,
    )


def moment(microseconds: int) -> datetime:
    """The time so long after 1970 began."""
    return _EPOCH + timedelta(microseconds=microseconds)
