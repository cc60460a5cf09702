"""The door of the room: French, English, mixed, hostile."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.extraction import MOST_MENTIONS, TopicExtractor, describe_pipelines, key_of, load_extractor, unread
from nlp.gazetteer import Alias, Gazetteer, seed_aliases
from nlp.model import Extraction, Pipeline, Text, Tokens, TopicMention

PIECES = (
    "Docker",
    "#CI_CD",
    "`git rebase`",
    "**base de données**",
    "the robot asks the",
    "ISO 9001",
    "roulements à",
    "-",
)


class FailingTagger:
    """Fails on one text in particular, as an external pipeline might."""

    pipeline = Pipeline("external", "failing", "1", "MIT")

    def tag(self, texts: Sequence[str]) -> list[Tokens]:
        if any("poison" in text for text in texts):
            raise ValueError("[E000]")
        return [Tokens((), "", (), (), ()) for _ in texts]


def keys(extraction: Extraction) -> list[str]:
    return [mention.key for mention in extraction.mentions]


def full(text: Text) -> str:
    return text.body if text.title is None else f"{text.title}\n{text.body}"


def surfaces(text: Text, mentions: Sequence[TopicMention]) -> list[str]:
    return [full(text)[mention.start : mention.end] for mention in mentions]


def test_a_french_post(extractor: TopicExtractor) -> None:
    text = Text("Bonjour, la réplication de nos bases de données PostgreSQL casse notre intégration continue.")
    (found,) = extractor.extract([text])
    assert (found.language, found.tier, found.version) == ("fr", "bundled", "quisait_fr_tiny 0.1.0")
    assert {"database", "postgresql", "continuous integration"} <= set(keys(found))
    assert "bonjour" not in keys(found)


def test_an_english_post(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("Hi all, the billing service was moved from C++ to Node.js and leaks memory.")])
    assert (found.language, found.version) == ("en", "quisait_en_tiny 0.1.0")
    assert {"c++", "node.js", "billing service"} <= set(keys(found))


def test_a_post_in_both_languages(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("Le worker Celery a une memory leak, il faut revoir les readiness probes")])
    assert found.language == "fr"
    assert {"worker celery", "memory leak", "readiness probe"} <= set(keys(found))


def test_french_and_english_names_of_a_known_topic_meet(extractor: TopicExtractor) -> None:
    french, english = extractor.extract([Text("Une panne de la base de données"), Text("The database is down again")])
    assert "database" in keys(french)
    assert "database" in keys(english)


def test_the_order_of_the_texts_is_kept(extractor: TopicExtractor) -> None:
    texts = [Text("the server of the team"), Text("le réseau de la boîte"), Text("漢字"), Text("the cluster is here")]
    assert [found.language for found in extractor.extract(texts)] == ["en", "fr", None, "en"]


def test_nothing_gives_nothing(extractor: TopicExtractor) -> None:
    assert extractor.extract([]) == []
    (found,) = extractor.extract([Text("")])
    assert (found.language, found.confidence, found.mentions, found.degraded) == (None, 0.0, (), False)


def test_other_alphabets_give_known_topics_only(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("كيف أنشر التطبيق على Kubernetes في الخادم")])
    assert (found.language, keys(found)) == (None, ["kubernetes"])


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        (Text("le serveur d'applications est tombé", title="Panne générale"), "serveur d'applications"),
        (Text("<p>Ces <b>applications</b> &eacute;lastiques</p>", title="R&D", format="html"), "lastiques"),
        (Text("voir [la doc](http://a.b/c) du **serveur** `code` d'applications", format="markdown"), "serveur"),
    ],
)
def test_mentions_lead_back_to_what_was_written(extractor: TopicExtractor, text: Text, surface: str) -> None:
    (found,) = extractor.extract([text])
    assert any(part.endswith(surface) for part in surfaces(text, found.mentions))


def test_mentions_are_at_most_twenty_strongest_first_each_key_once(extractor: TopicExtractor) -> None:
    body = " ".join(f"The quantum{number} widget{number} uses the gizmo{number}." for number in "abcdefghijklmnopqrst")
    (found,) = extractor.extract([Text(body)])
    strengths = [mention.strength for mention in found.mentions]
    assert len(strengths) == MOST_MENTIONS == len(set(keys(found)))
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < strength < 1 for strength in strengths)


def test_code_quotes_and_addresses_hold_no_topics(extractor: TopicExtractor) -> None:
    text = Text("> the old mainframe\nThe cluster is slow, see https://zebra.example/giraffe\n```\nelephant\n```")
    (found,) = extractor.extract([text])
    assert keys(found) == ["cluster"]


def test_hashtags_are_topics_whatever_the_pipeline_thinks(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("C'est fait ! #intégration_continue #zigbee")])
    assert {"continuous integration", "zigbee"} <= set(keys(found))


def test_names_of_people_are_no_topics(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("Le réseau a été réparé hier par Marie Dupont, merci à elle")])
    assert not [key for key in keys(found) if "marie" in key or "dupont" in key]


def test_parts_of_a_known_topic_are_no_topics_of_their_own(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("Le problème de load balancer vient de la base de données")])
    assert {"base", "donnee", "probleme load", "load"}.isdisjoint(keys(found))


def test_the_gazetteer_can_be_replaced() -> None:
    extractor = load_extractor(fr="lexical", en="lexical")
    alias = Alias("flux tendu", "just in time", "juste-à-temps", "fr", 1.5)
    extractor.gazetteer = Gazetteer([alias])
    (found,) = extractor.extract([Text("le flux tendu est dans la place")])
    assert found.mentions[0].key == "just in time"
    assert found.mentions[0].label == "juste-à-temps"


def test_each_language_says_what_reads_it() -> None:
    assert describe_pipelines(en="lexical") == {
        "fr": Pipeline("bundled", "quisait_fr_tiny", "0.1.0", "CC BY-SA 4.0"),
        "en": Pipeline("lexical", "stop-words-en", "1", "MIT"),
    }


@pytest.mark.parametrize("tier", ["lexical", "bundled"])
def test_every_result_carries_what_the_description_says(tier: str) -> None:
    pipelines = describe_pipelines(fr=tier, en=tier)
    texts = [Text("le serveur de la boîte est en panne"), Text("the server of the team is down")]
    for found, pipeline in zip(load_extractor(fr=tier, en=tier).extract(texts), pipelines.values(), strict=True):
        assert (found.tier, found.version) == (tier, pipeline.release)


def test_the_tier_without_a_model_finds_topics_too() -> None:
    extractor = load_extractor(fr="lexical", en="lexical", gazetteer=Gazetteer(seed_aliases()))
    (found,) = extractor.extract([Text("La banderoleuse est en panne, la base de données aussi")])
    assert {"banderoleuse", "database"} <= set(keys(found))


def test_a_text_that_nothing_could_read_keeps_its_language() -> None:
    pipelines = describe_pipelines()
    lost = unread(Text("le serveur de la boîte est en panne"), pipelines=pipelines)
    assert (lost.language, lost.version, lost.mentions) == ("fr", pipelines["fr"].release, ())
    assert lost.degraded
    assert unread(Text("漢字"), pipelines=pipelines).tier == "lexical"


def test_a_text_that_breaks_the_pipeline_is_read_without_it() -> None:
    extractor = TopicExtractor({"en": FailingTagger()})
    poisoned, sound = extractor.extract([Text("this is the poison of the flywheel"), Text("this is the flywheel")])
    assert (poisoned.degraded, poisoned.version) == (True, "failing 1")
    assert "flywheel" in keys(poisoned)
    assert (sound.degraded, sound.version) == (False, "failing 1")


@pytest.mark.timeout(20)  # hundreds of times what it takes: only a hang fails
def test_hostile_texts_are_read(extractor: TopicExtractor, hostile_text: str) -> None:
    for text in (Text(hostile_text), Text(hostile_text, title="Le serveur", format="html")):
        (found,) = extractor.extract([text])
        assert not found.degraded


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.text(st.characters(), max_size=120), max_size=4), title=st.none() | st.text(max_size=20))
def test_any_texts_are_read(extractor: TopicExtractor, bodies: list[str], title: str | None) -> None:
    texts = [Text(body, title=title, format="html") for body in bodies]
    for text, found in zip(texts, extractor.extract(texts), strict=True):
        assert all(0 <= mention.start < mention.end <= len(full(text)) for mention in found.mentions)


def test_whoever_is_greeted_is_no_topic(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("Bonjour Philomène, la banderoleuse du quai est réparée. Merci à Océane !")])
    assert "banderoleuse" in keys(found)
    assert not {"philomene", "oceane"} & {word for key in keys(found) for word in key.split()}


def test_commands_in_inline_code_are_topics_and_our_variables_in_fences_are_not(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("On a lancé `git rebase` et `max_connections` est à 300.\n```\nfoo_bar\n```")])
    assert {"git rebase", "max connection"} <= set(keys(found))
    assert "foo bar" not in keys(found)


def test_what_stands_between_asterisks_is_stronger(extractor: TopicExtractor) -> None:
    plain, bold = extractor.extract([Text("Ensuite vient le filmage."), Text("Ensuite vient le **filmage**.")])
    assert bold.mentions[0].strength > plain.mentions[0].strength


def test_a_hashtag_in_camel_case_is_written_in_words(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("Bien vu ! #AutomatisationRéseau")])
    assert found.mentions[0].label == "Automatisation Réseau"


def test_the_key_of_a_spelling_is_that_of_a_known_topic_or_of_its_words() -> None:
    gazetteer = Gazetteer([Alias("base de données", "database", "base de données", "fr", 1.25)])
    assert key_of(Text("Bases de données", language="fr"), gazetteer=gazetteer) == "database"
    assert key_of(Text("bases de données froides", language="fr"), gazetteer=gazetteer) == "base donnee froid"


@settings(max_examples=60)
@given(pieces=st.lists(st.text(max_size=40) | st.sampled_from(PIECES), max_size=12))
def test_whatever_stands_around_them_topics_stand_in_the_text(extractor: TopicExtractor, pieces: list[str]) -> None:
    text = " ".join(pieces)
    (found,) = extractor.extract([Text(text, format="markdown")])
    assert len({mention.key for mention in found.mentions}) == len(found.mentions) <= MOST_MENTIONS
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 < mention.strength < 1 and mention.key and mention.label


def test_a_known_topic_in_a_command_leaves_the_command_whole(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("On a lancé `git rebase` hier.")])
    assert keys(found) == ["git rebase"]


def test_a_name_in_code_is_left_as_it_is_written(extractor: TopicExtractor) -> None:
    (found,) = extractor.extract([Text("Use `reflect.DeepEqual` in the tests.")])
    assert [mention.label for mention in found.mentions][:1] == ["reflect.DeepEqual"]
