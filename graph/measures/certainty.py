"""Certainty: how sure it is that somebody knows, from six plain numbers that do not depend on how large a house is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.arrays import BoolArray, FloatArray
from graph.measures.setting import RankingSetting

Confidence = Literal["high", "medium", "low"]
Match = Literal["direct", "near"]


@dataclass(frozen=True, slots=True)
class Certainty:
    """What carries how sure an answer is, each in [0, 1] but for the posts."""

    lead: float  # their score / the sum of the ten best scores
    freshness: float  # by how long before the newest post they last wrote about it
    told: float  # share of the question's rarity that the posts shown for them hold
    known: float  # share of it that anybody ever wrote, the same for everybody
    subject: float  # how much of a subject the most telling word of these posts tells
    posts: int  # of theirs that hold any of it and do more than ask

    def match(self, setting: RankingSetting) -> Match:
        """Whether they know what is asked, or only something near: then most of it, or of theirs, was never written.

        Direct takes known ≥ .6 and told ≥ .2.
        """
        is_direct = self.known >= setting.direct_known and self.told >= setting.direct_told
        return "direct" if is_direct else "near"

    def confidence(self, setting: RankingSetting) -> Confidence:
        """How sure: by lead · freshness, high from .3 where also .35 of the question is told, medium from .15.

        Words that everybody says make nobody sure: one that tells all is needed for high, one that tells .8 for medium;
        nor does a single remark: high takes two posts.
        Measured on dpdk: see `scripts/evaluate.py`. Who knows something near is never more than a low one.
        Example: a lead of .4, a year old: .4 · .793701 = .317480, high if .5 is told, medium if .25 is.
        """
        sure = self.lead * self.freshness
        if self.match(setting) == "near" or sure < setting.medium_sure or self.subject < setting.medium_subject:
            return "low"
        is_told = self.told >= setting.high_told and self.subject >= setting.high_subject
        return "high" if sure >= setting.high_sure and is_told and self.posts >= setting.high_posts else "medium"


def ten_best(scores: FloatArray, setting: RankingSetting) -> float:
    """The sum of the ten best scores: what a lead is a share of.

    Example: of scores 1, .5 and .5 it is 2, so that the first has a lead of .5 and the others of .25.
    """
    most = setting.rivals
    return float((scores if scores.size <= most else np.partition(scores, scores.size - most)[-most:]).sum())


def freshness(age_days: float, setting: RankingSetting) -> float:
    """How fresh what somebody wrote is, 2^(-age / half-life of three years).

    Example: one year: 2^(-1/3) = .793701.
    """
    return 2 ** (-age_days / setting.fresh_half_life_days)


def share_held(rarities: FloatArray, is_held: BoolArray) -> float:
    """The share of the question's rarity that these of its terms have, so that a missing rare word weighs most.

    Example: rarities 5, 3, 1, of which the first two are held: 8/9.
    """
    return float(rarities[is_held].sum() / rarities.sum())


def is_near(profile: float, rarities: FloatArray, setting: RankingSetting) -> bool:
    """Whether somebody who does not know what is asked knows something near: wrote often about a part of it.

    Their profile is at least .2 of the question's rarity, which somebody has who used all its words once.
    Example: rarities 4 and 4, of which they used the first three times: profile 4 · .5 = 2, so .25: near.
    """
    return profile >= setting.near_profile * float(rarities.sum())
