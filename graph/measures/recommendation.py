"""Recommendation: how much two people who are not near each other might have from meeting."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from graph.measures.decay import BoolArray, FloatArray, IntArray, recency


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


def depth(strength: FloatArray, age_days: FloatArray, starts: IntArray, setting: RecommendationSetting) -> FloatArray:
    """How deep somebody is in a topic: 1 - e^(-Σ strength × 2^(-age/H)) over their mentions of it, in [0, 1).

    Pair i of a person and a topic owns the mentions from `starts[i]` on, at least one.
    Example, H = 180: strengths .8 today and .4 180 days ago: 1 - e^-1 = .632121.
    """
    pair = np.repeat(np.arange(starts.size), np.diff(starts, append=strength.size))
    fresh = strength * recency(age_days, setting.half_life_days)
    return -np.expm1(-np.bincount(pair, fresh, minlength=starts.size))


def topic_weight(own: FloatArray, other: FloatArray, holders: IntArray) -> FloatArray:
    """What a topic in common weighs, by how deep both are in it: own × other / log2(1 + holders).

    What few have in common says most about them, after Adamic & Adar (2003).
    Example: .632121, .5, held by three: .158030."""
    return own * other / np.log2(1 + holders)


def recommendation(
    shared: FloatArray, contacts: FloatArray, strength: FloatArray, setting: RecommendationSetting
) -> Recommendation:
    """How much two people have in common, and how near they are: common ground × distance.

    `shared` sums the weights of topics in common, `contacts` the strengths of one's ties to the contacts in common,
    and `strength` is that of the tie of the two, 0 without one. common ground = shared / (shared + bond), closeness =
    contacts / (contacts + circle), and distance = (1 - ((closeness - peak) / max(peak, 1 - peak))²) × (1 - strength):
    an inverted U over contacts in common, and the less has happened between the two the better, as Rajkumar et al.
    (2022) found both of 20 million people.
    Example: shared .158030, contacts .5 + .3, no tie: .387300; .8/2.8 = .285714; 1 - (.114286/.6)² = .963719; .373248.
    """
    common_ground = shared / (shared + setting.bond)
    closeness = contacts / (contacts + setting.circle)
    off = (closeness - setting.peak) / max(setting.peak, 1 - setting.peak)
    distance = (1 - np.square(off)) * (1 - strength)
    return Recommendation(common_ground * distance, common_ground, closeness, distance)


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
