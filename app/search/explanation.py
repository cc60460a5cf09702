"""Explanation: all the numbers that make somebody's score, so that it can be worked out again by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import numpy as np

from app.search.answers import Relation
from app.search.findings import Findings, moment
from graph.arrays import FloatArray, IntArray, places
from graph.measures.decay import slower_clock
from graph.measures.expertise import Factors
from graph.measures.setting import RankingSetting
from graph.measures.votes import Ballot, per_activity
from graph.model import Person
from graph.projection.views import Term

Standing = Literal["named", "no_words", "nothing_written", "only_asked", "asker", "away", "too_little", "outvoted"]

SHOWN: Final = 20  # posts, and conversations, told one by one


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A word of the question: how rare it is, and how often somebody used it."""

    text: str
    times: int  # asked for
    telling: float
    people: int  # who ever used it
    rarity: float
    count: float  # in all posts of that person
    is_asked: bool  # False: it is close to a topic that is asked for, about which nobody wrote


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a post, or the conversation that it opens, gives to somebody: weight · (fit / best fit)^power · decay."""

    post: str
    relation: Relation
    date: datetime
    counts: tuple[float, ...]  # of each term, in their order
    first: tuple[float, ...]  # the same in title or first line
    length: int
    fit: float
    newer: int  # visible posts
    age_days: float  # before the newest of them
    decay: float
    weight: float
    gives: float


@dataclass(frozen=True, slots=True)
class Sum:
    """What speaks for somebody: (all these and the rest) / ln(10 + their posts) / the largest of anybody."""

    items: tuple[Contribution, ...]  # those that give most
    rest: float
    power: int
    best_fit: float
    largest: float


@dataclass(frozen=True, slots=True)
class Totals:
    """What the viewer may see in all, and of that person."""

    people: int
    posts: int
    words: int
    in_conversations: int  # posts
    posts_by_person: int
    words_by_person: int


@dataclass(frozen=True, slots=True)
class Working:
    """The arithmetic of a score, from the words of the question up."""

    totals: Totals
    terms: tuple[ExplainedTerm, ...]
    votes: Sum
    conversations: Sum
    factors: Factors


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why somebody is named for a question, or is not; so many posts of theirs hold something of it."""

    person: Person
    standing: Standing
    posts: int
    score: float
    working: Working | None  # None: nothing speaks for them
    constants: RankingSetting


def working(found: Findings, person: int) -> Working | None:
    """The arithmetic of that person's score."""
    row = places(np.array([person]), found.measured.people)[0]
    if row < 0:
        return None
    view, setting = found.view, found.setting
    return Working(
        totals=Totals(
            people=view.people,
            posts=view.posts,
            words=view.words,
            in_conversations=view.in_conversations,
            posts_by_person=int(view.posts_by[person]),
            words_by_person=int(view.words_by[person]),
        ),
        terms=tuple(_terms(found, person)),
        votes=_sum(found, found.ballot, person, power=setting.vote_power),
        conversations=_sum(found, found.heard, person, power=setting.conversation_power),
        factors=found.measured.factors(int(row)),
    )


def _terms(found: Findings, person: int) -> Iterator[ExplainedTerm]:
    for wanted, term, rarity in zip(found.wanted, found.terms, found.fit.rarities.tolist(), strict=True):
        at = places(np.array([person]), term.people)[0]
        yield ExplainedTerm(
            text=wanted.text,
            times=wanted.times,
            telling=wanted.telling,
            people=term.people.size,
            rarity=rarity / wanted.weight,
            count=float(term.people_count[at]) if at >= 0 else 0.0,
            is_asked=wanted.is_asked,
        )


def _sum(found: Findings, ballot: Ballot, person: int, *, power: int) -> Sum:
    own = ballot.of(person)
    best_fit = float(found.fit.of(ballot.post).max(initial=0.0))
    shown = np.argsort(-own.vote, kind="stable")[:SHOWN]
    everybody = per_activity(ballot.tally(found.view.posts_by.size), found.view.posts_by, found.setting)
    return Sum(
        items=tuple(_contributions(found, own, shown, power=power, best_fit=best_fit)),
        rest=float(np.delete(own.vote, shown).sum()),
        power=power,
        best_fit=best_fit,
        largest=float(everybody.max(initial=0.0)),
    )


def _contributions(
    found: Findings, own: Ballot, rows: IntArray, *, power: int, best_fit: float
) -> Iterator[Contribution]:
    """These rows of what speaks for somebody; the weight is what is left when fit and age are taken out."""
    view, setting, posts, gives = found.view, found.setting, own.post[rows], own.vote[rows]
    newer, age = view.ages(posts)
    decay = slower_clock(newer, age, half_life_posts=setting.half_life_posts, half_life_days=setting.half_life_days)
    fit, ids, at = found.fit.of(posts), view.column("id", posts), view.column("at", posts)
    length = view.column("length", posts)
    bare = (fit / best_fit) ** power * decay
    weight = np.divide(gives, bare, out=np.zeros(bare.size), where=bare > 0)
    standing = [_standing(term, posts) for term in found.terms]
    for place, is_lent in enumerate(own.is_endorsement[rows].tolist()):
        yield Contribution(
            post=ids[place].decode(),
            relation="endorser" if is_lent else "author",
            date=moment(int(at[place])),
            counts=tuple(float(count[place]) for count, _ in standing),
            first=tuple(float(first[place]) for _, first in standing),
            length=int(length[place]),
            fit=float(fit[place]),
            newer=int(newer[place]),
            age_days=float(age[place]),
            decay=float(decay[place]),
            weight=float(weight[place]),
            gives=float(gives[place]),
        )


def _standing(term: Term, posts: IntArray) -> tuple[FloatArray, FloatArray]:
    """How often the term stands in each of the posts, in all and in title or first line."""
    at = places(posts, term.posts)
    count = np.where(at >= 0, term.count[at], 0.0) if term.posts.size else np.zeros(posts.size)
    first = np.where(at >= 0, term.first[at], 0.0) if term.first.size else np.zeros(posts.size)
    return count, first
