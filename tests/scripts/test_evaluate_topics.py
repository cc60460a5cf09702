"""The measure of topics measures what it says, and keeps the reporting half to itself."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from nlp.gazetteer import Gazetteer, seed_aliases
from nlp.model import Extraction, Text, TopicMention
from scripts.evaluate_topics import (
    Judged,
    Reading,
    figures_of,
    judge,
    key_of,
    options,
    service,
    show_errors,
)
from scripts.topics_gold import (
    GOLD,
    GoldPost,
    Score,
    SpellingPair,
    gold_posts,
    score_merges,
    score_topics,
    spelling_pairs,
    stemmed,
)

POST = GoldPost("fr-001", "fr", "…", ("roulement à billes", "graissage", "C++"))


def a_pair(key: str, *, is_same: bool, a: str = "banc d'essai", b: str = "bancs d'essais") -> SpellingPair:
    """A pair of two French spellings."""
    return SpellingPair(key, Text(a, language="fr"), Text(b, language="fr"), is_same, "plural")


def a_reading(*names: str, post: GoldPost = POST) -> Reading:
    """A post for which these topics were returned, by the names that stand in it."""
    return Reading(post, names, names)


def test_a_topic_is_right_in_any_number_case_and_with_or_without_accents() -> None:
    assert score_topics(["Roulements a billes", "GRAISSAGES", "c++"], post=POST) == Score(1.0, 1.0, 1.0)


def test_a_part_of_a_topic_is_not_right() -> None:
    assert score_topics(["roulement", "roulement à billes de broche", "C"], post=POST) == Score(0.0, 0.0, 0.0)


def test_two_right_of_four_returned_and_three_wanted() -> None:
    score = score_topics(["graissage", "huile", "C++", "broche"], post=POST)
    assert score == Score(2 / 4, 2 / 3, 4 / 7)


def test_the_sixth_topic_is_not_looked_at() -> None:
    assert score_topics(["un", "deux", "trois", "quatre", "cinq", "graissage"], post=POST).f1 == 0.0


def test_a_topic_returned_twice_is_right_once_and_returned_twice() -> None:
    assert score_topics(["graissage", "graissages"], post=POST) == Score(1 / 2, 1 / 3, 2 / 5)


def test_a_post_for_which_nothing_is_returned_scores_nothing() -> None:
    assert score_topics([], post=POST) == Score(0.0, 0.0, 0.0)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C++", "C#"), ("soudage TIG", "soudage MIG"), ("5G", "5S")])
def test_look_alikes_keep_different_stems(one: str, other: str) -> None:
    assert stemmed(one, language="fr") != stemmed(other, language="fr")


def test_two_of_three_same_pairs_merged_and_one_look_alike_too() -> None:
    pairs = [a_pair(key, is_same=key != "d") for key in "abcd"] + [a_pair("e", is_same=False)]
    score = score_merges(pairs, merged={"a", "b", "d"})
    assert score == Score(2 / 3, 2 / 3, 2 / 3)


def test_each_language_is_a_mean_over_its_posts_and_macro_the_mean_of_both() -> None:
    english = GoldPost("en-001", "en", "…", ("grease", "bearing"))
    readings = [a_reading(*POST.topics), a_reading("graissage"), a_reading("grease", "oil", post=english)]
    figures = figures_of(Judged(readings, [a_pair("a", is_same=True)], frozenset("a"), ["lexical stop-words 1"]))
    assert [figures[name]["f1"] for name in ("fr", "en", "macro")] == [0.75, 0.5, 0.625]
    assert figures["gap"] == 0.25
    assert figures["merges"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_a_topic_under_its_own_name_is_right_as_the_post_writes_it() -> None:
    post = GoldPost("fr-003", "fr", "Le graissage sous k8s.", ("graissage", "k8s"))
    mentions = (
        TopicMention("graissage", "graissage", 0.5, 3, 12),
        TopicMention("kubernetes", "Kubernetes", 0.4, 18, 21),
    )
    reading = Reading.of(post, Extraction("fr", 1.0, mentions, "lexical", "1", degraded=False))
    assert [reading.score.f1, reading.score_as_written.f1] == [0.5, 1.0]


def test_errors_of_the_reporting_half_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options(["--half", "reporting", "--errors", "3"])
    assert "development half" in capsys.readouterr().err


def test_the_readmes_are_not_written_from_half_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options(["--write", "--vocabulary", "none"])
    assert "leave nothing out" in capsys.readouterr().err


def test_errors_of_the_development_half_show_the_worst_posts_and_the_wrong_pairs() -> None:
    pairs = [a_pair("kept", is_same=True), a_pair("missed", is_same=True), a_pair("mixed up", is_same=False)]
    worst = GoldPost("fr-002", "fr", "…", ("vérin",))
    judged = Judged(
        [a_reading("graissage"), a_reading("huile", post=worst)], pairs, frozenset({"kept", "mixed up"}), []
    )
    shown = StringIO()
    show_errors(judged, most=1, console=Console(file=shown, width=120))
    assert "fr-002" in shown.getvalue() and "vérin" in shown.getvalue() and "fr-001" not in shown.getvalue()
    assert "missed  not merged" in shown.getvalue() and "mixed up  merged" in shown.getvalue()
    assert "kept" not in shown.getvalue()


def test_a_known_topic_is_met_under_its_alias_and_any_other_under_its_words() -> None:
    known = Gazetteer(seed_aliases())
    alias, name = Text("k8s", language="fr"), Text("Kubernetes", language="fr")
    assert key_of(alias, gazetteer=known) == key_of(name, gazetteer=known)
    assert key_of(Text("Bancs d'essai", language="fr"), gazetteer=known) == "banc essai"


def test_a_service_reads_the_posts_of_one_half_and_merges_the_pairs_that_it_takes_for_one(tmp_path: Path) -> None:
    post = {
        "id": "fr-001",
        "lang": "fr",
        "half": "development",
        "text": "Le graissage du banc d'essai.",
        "topics": ["A"],
    }
    pair = {"id": "p", "a": "banc d'essai", "b": "bancs d'essais", "lang": "fr", "same": True, "why": "plural"}
    other = {**pair, "id": "q", "b": "essuie-tout", "same": False, "half": "development"}
    write(tmp_path / "posts.jsonl", post, {**post, "id": "fr-002", "half": "reporting"})
    write(
        tmp_path / "spellings.jsonl", {**pair, "half": "development"}, other, {**pair, "id": "r", "half": "reporting"}
    )
    posts, pairs = gold_posts(tmp_path, half="development"), spelling_pairs(tmp_path, half="development")
    with service("none", tier="lexical") as services:
        judged = judge(services, posts, pairs)
    assert [reading.post.id for reading in judged.readings] == ["fr-001"]
    assert "graissage" in judged.readings[0].names
    assert judged.merged == {"p"}
    assert judged.pipelines == ["lexical stop-words-fr 1"]


def test_half_of_the_pairs_are_the_same_topic_in_each_half_and_language() -> None:
    for half in ("development", "reporting"):
        pairs = spelling_pairs(GOLD, half=half)
        assert [len(pairs), sum(pair.is_same for pair in pairs)] == [150, 75]
        assert sum("fr" in (pair.a.language, pair.b.language) for pair in pairs) == 90


def test_no_pair_of_spellings_is_twice_in_the_gold_set_and_none_is_one_spelling() -> None:
    pairs = [*spelling_pairs(GOLD, half="development"), *spelling_pairs(GOLD, half="reporting")]
    assert len({frozenset((pair.a.body, pair.b.body)) for pair in pairs}) == len({pair.id for pair in pairs}) == 300
    assert all(pair.a.body != pair.b.body for pair in pairs)


def write(path: Path, *rows: dict[str, object]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
