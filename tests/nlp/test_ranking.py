"""The strength of a topic: what raises it, what lowers it, and the formula by hand."""

import math

import pytest

from nlp.features import FEATURES, features
from nlp.model import Candidate, Language, Sighting
from nlp.ranking import COVERED, LEAST, learned, topic_strengths


def phrase(*words: str, start: int = 0, position: int = 0, shape: str = "", whole: bool = True) -> Candidate:
    return Candidate(start, start + len(" ".join(words)), position, words, shape or "N" * len(words), whole)


def seen(*mentions: Candidate, is_known: bool = False, is_marked: bool = False) -> Sighting:
    return Sighting(mentions, " ".join(mentions[0].words), is_known=is_known, is_marked=is_marked)


def strength(sighting: Sighting, *, language: Language | None = "en") -> float:
    return topic_strengths({"topic": sighting}, language=language).get("topic", 0.0)


def test_the_formula_worked_by_hand() -> None:
    weights = [0.5, 1.0, *[0.0] * (len(FEATURES) - 2)]  # the constant, and ln of the number of mentions
    found = topic_strengths({"cluster": seen(*[phrase("cluster")] * 3)}, language="en", weights=weights)
    assert found["cluster"] == pytest.approx(1 / (1 + math.exp(-0.5 - math.log(3))))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_feature_has_a_weight_in_each_language(language: Language) -> None:
    assert len(features(seen(phrase("cluster")), language=language)) == len(FEATURES) == len(learned(language))


def test_an_unknown_language_is_weighed_as_english() -> None:
    weighed = topic_strengths({"topic": seen(phrase("kubernetes"))}, language=None, weights=learned("en"))
    assert weighed == topic_strengths({"topic": seen(phrase("kubernetes"))}, language=None)


@pytest.mark.parametrize(
    ("before", "is_capital", "opens", "named"), [(".", True, 1.0, 0.0), ("the", True, 0.0, 1.0), ("a", False, 0.0, 0.0)]
)
def test_a_capital_tells_a_name_only_inside_a_sentence(
    before: str, is_capital: bool, opens: float, named: float
) -> None:
    found = features(seen(Candidate(0, 5, 0, ("karel",), before=before, is_capital=is_capital)), language="en")
    assert found[FEATURES.index("opens a sentence")] == opens
    assert found[FEATURES.index("capital inside one")] == named


def seen_as(label: str, *, language: Language, before: str = "a", beside: str = "..") -> dict[str, float]:
    """The features of a phrase inside a sentence."""
    words = tuple(label.lower().split())
    place = Candidate(9, 9 + len(label), 3, words, before=before, is_capital=label[0].isupper(), beside=beside)
    return dict(zip(FEATURES, features(Sighting((place,), label), language=language), strict=True))


def test_a_name_inside_a_phrase_is_seen_and_an_acronym_is_none() -> None:
    assert seen_as("cantine de Saint-Brice", language="fr")["name behind its head"] == 1
    assert seen_as("convention IRSA", language="fr")["name behind its head"] == 0


@pytest.mark.parametrize(("before", "expected"), [("à", 1.0), ("la", 0.0)])
def test_where_something_was_is_seen_by_the_word_before_it(before: str, expected: float) -> None:
    assert seen_as("Angoulême", language="fr", before=before)["where or with whom"] == expected


def test_a_name_is_in_no_dictionary_and_a_trade_s_word_is_no_name() -> None:
    assert seen_as("Kerouedan", language="fr")["name in no dictionary"] == 1
    assert seen_as("graphicage", language="fr")["name in no dictionary"] == 0
    assert seen_as("stérilisation", language="fr")["in a dictionary"] == 1


def test_what_stands_beside_a_phrase_is_seen() -> None:
    found = seen_as("coverage", language="en", before="liquidity", beside="NV")
    beside = [name for name in FEATURES if name.startswith(("behind", "before")) and found[name]]
    assert beside == ["behind a noun", "before a verb"]


def test_people_and_verbs_are_told_from_what_one_can_know_about() -> None:
    assert seen_as("stagiaires", language="fr")["everyday French noun"] == 1
    assert seen_as("stérilisation", language="fr")["everyday French noun"] == 0
    assert seen_as("people overpay", language="en")["ends with no English noun"] == 1
    assert seen_as("blood cultures", language="en")["ends with no English noun"] == 0


def test_rare_words_outweigh_common_ones() -> None:
    assert strength(seen(phrase("kubernetes"))) > strength(seen(phrase("house")))


def test_what_is_said_often_early_or_with_a_mark_is_stronger() -> None:
    once = strength(seen(phrase("transformer", position=5)))
    assert strength(seen(*[phrase("transformer", position=5)] * 3)) > once
    assert strength(seen(phrase("transformer", position=0))) > once
    assert strength(seen(phrase("transformer", position=5), is_marked=True)) > once
    assert strength(seen(phrase("transformer", position=5), is_known=True)) > once


def test_an_article_in_the_link_makes_a_french_phrase_weaker() -> None:
    bare = strength(seen(phrase("roulement", "bille", shape="NdN")), language="fr")
    assert bare > strength(seen(phrase("roulement", "bille", shape="NeN")), language="fr") > 0


def test_a_french_verb_in_a_phrase_makes_it_weaker() -> None:
    noun = strength(seen(phrase("garnissage", "radial")), language="fr")
    assert noun > strength(seen(phrase("garnissage", "filmez")), language="fr")


def test_what_no_reader_would_list_is_left_out() -> None:
    assert topic_strengths({"thing": seen(phrase("thing", position=50))}, language="en") == {}


def test_a_topic_inside_a_stronger_one_is_weaker() -> None:
    weights = [2.0, *[0.0] * (FEATURES.index("two words") - 1), 1.0]
    weights += [0.0] * (len(FEATURES) - len(weights))
    alone, outer = seen(phrase("leak", start=7)), seen(phrase("memory", "leak"))
    both = topic_strengths({"leak": alone, "memory leak": outer}, language="en", weights=weights)
    single = topic_strengths({"leak": alone}, language="en", weights=weights)
    assert both["leak"] == pytest.approx(COVERED * single["leak"])
    assert both["memory leak"] > both["leak"] > LEAST


@pytest.mark.parametrize("times", [1, 10, 100_000])
def test_strength_stays_below_one(times: int) -> None:
    mentions = seen(*[phrase("kernel", "panic")] * times, is_known=True, is_marked=True)
    assert 0 < strength(mentions, language=None) < 1


def test_weak_topics_are_kept_as_long_as_there_is_room() -> None:
    weights = [-2.0, 0.5, *[0.0] * (len(FEATURES) - 2)]  # likelier when said often, and never likely
    sightings = {word: seen(*[phrase(word, start=20 * times)] * times) for times, word in enumerate("abc", start=1)}
    kept = [list(topic_strengths(sightings, language="en", room=room, weights=weights)) for room in range(4)]
    assert kept == [["c"], ["c"], ["c", "b"], ["c", "b", "a"]]
