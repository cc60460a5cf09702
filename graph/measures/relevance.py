"""Relevance: how well a post, or all that somebody wrote, fits a question."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from graph.arrays import FloatArray, IntArray, run_starts
from graph.measures.setting import RankingSetting

DENSE: Final = 16  # one number in so many: from there on it is quicker to add in place than to sort


class Occurrences(Protocol):
    """Where a term stands; posts and people are numbered from 0, and each is named once.

    `first` counts title or first line, and may be empty; `people_count` is the sum over all posts of each person."""

    @property
    def posts(self) -> IntArray: ...
    @property
    def count(self) -> FloatArray: ...
    @property
    def first(self) -> FloatArray: ...
    @property
    def length(self) -> IntArray: ...
    @property
    def people(self) -> IntArray: ...
    @property
    def people_count(self) -> FloatArray: ...


class Corpus(Protocol):
    """All posts that are looked at; `people` counts those who wrote."""

    @property
    def posts(self) -> int: ...
    @property
    def words(self) -> int: ...
    @property
    def people(self) -> int: ...
    @property
    def words_by(self) -> IntArray: ...


@dataclass(frozen=True, slots=True)
class Fit:
    """How well posts and profiles fit all terms together."""

    rarities: FloatArray  # of the terms, each times its weight
    posts: IntArray  # those that fit at all, ascending
    post: FloatArray  # how well each of these
    profile: FloatArray  # by number of person

    def of(self, posts: IntArray) -> FloatArray:
        """How well these posts fit, all of which do."""
        return self.post[np.searchsorted(self.posts, posts)]


def question_fit(
    terms: Sequence[Occurrences], weights: Sequence[float], corpus: Corpus, setting: RankingSetting
) -> Fit:
    """The fit of each post and profile to terms of such weights: Σ weight · rarity · relevance."""
    rarities = [weight * _rarity(term, corpus, setting) for term, weight in zip(terms, weights, strict=True)]
    posts: list[tuple[IntArray, FloatArray]] = []
    profiles: list[tuple[IntArray, FloatArray]] = []
    for term, weight in zip(terms, rarities, strict=True):
        if term.people.size == 0:
            continue
        mean_length, mean_words = corpus.words / corpus.posts, corpus.words / corpus.people
        found = post_relevance(term.count, term.first, term.length, mean_length=mean_length, setting=setting)
        posts.append((term.posts, weight * found))
        written = corpus.words_by.take(term.people)
        known = profile_relevance(term.people_count, written, mean_words=mean_words, setting=setting)
        profiles.append((term.people, weight * known))
    profile = np.zeros(corpus.words_by.size)
    for people, known in profiles:
        profile[people] += known
    return Fit(np.array(rarities), *_added(posts), profile)


def _rarity(term: Occurrences, corpus: Corpus, setting: RankingSetting) -> float:
    if setting.rarity_over == "posts":
        return rarity(corpus.posts, term.posts.size)
    return rarity(corpus.people, term.people.size)


def telling(everyday_rarity: float, setting: RankingSetting) -> float:
    """How much a word can tell of a subject, from .3 to 1: little where general language is full of it.

    Few here may have written "strange", and yet who asks about a strange noise does not ask for them.
    (r − 5) / (10 − 5) for r = −ln of its share of running words: one of every 665 tells least, one of 22,000 all.
    Example: r = 7.5, one word of 1,808: .5.
    """
    share = (everyday_rarity - setting.everyday) / (setting.telling - setting.everyday)
    return min(1.0, max(setting.least_telling, share))


def rarity(people: int, holders: int) -> float:
    """How rare a term is that so many of all people ever used: ln(1 + (M - m + .5) / (m + .5)), above 0.

    Taken over people, not posts: who repeats a word does not make it common. Robertson & Spärck Jones (1976).
    Example: of 10 people, 1 uses the term: ln(1 + 9.5 / 1.5) = 1.992430.
    """
    return math.log(1 + (people - holders + 0.5) / (holders + 0.5))


def post_relevance(
    count: FloatArray, first: FloatArray, length: IntArray, *, mean_length: float, setting: RankingSetting
) -> FloatArray:
    """How well each post fits a term, before its rarity, from 0 up to 1.5.

    f / (f + 1.2·(.5 + .5·length / mean)) + .5·g / (g + 1.2): f occurrences in all, g in title or first line, where
    length does not matter; without `first` the second part is left out. After BM25, Robertson et al. (1994).
    Example: f = 2, g = 1, length 30 where the mean is 20: 2 / 3.5 + .5 / 2.2 = .798701.
    """
    relevance = count / (count + setting.post_saturation * _grown(setting.post_length, length, mean_length))
    if first.size:
        relevance += setting.first_line * first / (first + setting.first_line_saturation)
    return relevance


def profile_relevance(count: FloatArray, words: IntArray, *, mean_words: float, setting: RankingSetting) -> FloatArray:
    """How well all that each person wrote fits a term, before its rarity, in [0, 1).

    F / (F + 3·(.9 + .1·L / mean)): F occurrences in all their posts, L their words.
    Example: F = 3, L = 100 where the mean is 50: 3 / (3 + 3·1.1) = .476190.
    """
    return count / (count + setting.profile_saturation * _grown(setting.profile_length, words, mean_words))


def _grown(share: float, size: IntArray, mean: float) -> FloatArray:
    return (1 - share) + share / mean * size if mean else np.full(size.shape, 1 - share)


def _added(pairs: Sequence[tuple[IntArray, FloatArray]]) -> tuple[IntArray, FloatArray]:
    """The distinct numbers, ascending, with the sum of the values above 0 that stand beside each."""
    if not pairs:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    numbers, values = (np.concatenate(columns) for columns in zip(*pairs, strict=True))
    if DENSE * numbers.size > numbers.max(initial=0):
        total = np.bincount(numbers, values).astype(np.float64, copy=False)
        found = np.flatnonzero(total > 0)
        return found, total[found]
    order = np.argsort(numbers, kind="stable")  # merges sorted runs
    numbers = numbers[order]
    starts = run_starts(numbers)
    return numbers[starts], np.add.reduceat(values[order], starts)
