"""Recommendation: how much two people who are not near each other might have from meeting."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from graph.arrays import BoolArray, FloatArray, IntArray
from graph.measures.decay import recency


@dataclass(frozen=True, slots=True)
class RecommendationSetting:
    """How topics, contacts in common and what is new make a score."""

    peak: float = 0.4  # the closeness at which a meeting promises most, in [0, 1]
    half_life_days: float = 180.0  # a post that old counts half
    bond: float = 0.25  # topics in common that weigh as much make half of the common ground there can be
    circle: float = 2.0  # contacts in common, by the strength of ties to them, that make a closeness of one half

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with every constant."""
        return blake2b(repr(self).encode(), digest_size=4).hexdigest()


class Recommendation(NamedTuple):
    """What a meeting promises before it is known what is new, one row a person, all in [0, 1]."""

    score: FloatArray
    common_ground: FloatArray
    closeness: FloatArray
    distance: FloatArray


def told(strength: FloatArray, age_days: FloatArray, starts: IntArray, setting: RecommendationSetting) -> FloatArray:
    """How much somebody has told of a topic: Σ strength × 2^(-age/H) over their mentions of it.

    Pair i of a person and a topic owns the mentions from `starts[i]` on, at least one. Each is faded alike by the days
    that pass, so that what was told by a day is 2^(-d/H) times as much d days later.
    Example, H = 180: strengths .8 today and .4 180 days ago: 1, and 180 days later .5.
    """
    return np.add.reduceat(strength * recency(age_days, setting.half_life_days), starts)


def depth(told: FloatArray) -> FloatArray:
    """How deep somebody is in a topic of which they told so much: 1 - e^-told, in [0, 1). Example: 1: .632121."""
    return -np.expm1(-told)


def topic_weight(own: FloatArray, holders: IntArray) -> FloatArray:
    """What a topic in common weighs for as much as the other one is deep in it: own depth / log2(1 + holders).

    What few have in common says most about them, after Adamic & Adar (2003).
    What nobody holds weighs as if one did: there is nobody to share it with.
    Example: .632121, held by three: .316060, and so .158030 with somebody who is .5 deep."""
    return own / np.log2(1 + np.maximum(holders, 1))


def common_ground(shared: FloatArray, setting: RecommendationSetting) -> FloatArray:
    """What the weights of topics in common, together, make of the most there can be: shared / (shared + bond).

    Example: .158030: .387300."""
    return shared / (shared + setting.bond)


def recommendation(
    shared: FloatArray, contacts: FloatArray, strength: FloatArray, setting: RecommendationSetting
) -> Recommendation:
    """How much two people have in common, and how near they are: common ground × distance.

    `shared` sums the weights of topics in common, `contacts` the strengths of one's ties to the contacts in common,
    and `strength` is that of the tie of the two, 0 without one. closeness = contacts / (contacts + circle), and
    distance = (1 - ((closeness - peak) / max(peak, 1 - peak))²) × (1 - strength): an inverted U over contacts in
    common, and the less has happened between the two the better, as Rajkumar et al. (2022) found both of 20 million
    people.
    Example: shared .158030, contacts .5 + .3, no tie: .387300; .8/2.8 = .285714; 1 - (.114286/.6)² = .963719; .373248.
    """
    ground = common_ground(shared, setting)
    closeness = contacts / (contacts + setting.circle)
    off = (closeness - setting.peak) / max(setting.peak, 1 - setting.peak)
    distance = (1 - np.square(off)) * (1 - strength)
    return Recommendation(ground * distance, ground, closeness, distance)


def novelty(person: IntArray, strength: FloatArray, is_new: BoolArray, *, people: int) -> FloatArray:
    """The share, by strength, of each person's mentions that are of topics which neither one nor one's contacts write
    about: what a tie could bring, after Aral & Van Alstyne (2011); 0 without any.

    One row a mention; a person by number, below `people`. Example: mentions of .6 and .2, the latter new: .25.
    """
    whole, part = (np.bincount(person, weights, minlength=people) for weights in (strength, strength * is_new))
    return np.divide(part, whole, out=np.zeros(people), where=whole > 0)


def with_novelty(score: FloatArray, novelty: FloatArray) -> FloatArray:
    """The score, halved where nothing is new: × (1 + novelty) / 2. Example: .373248, .25: × .625 = .233280."""
    return score * (1 + novelty) / 2
