"""Questions: their words, and the topics that they name in the host's spellings."""

from dataclasses import replace
from typing import Final

import pytest

from app.question_reader import QuestionReader
from app.search.terms import Wanted
from app.services.topic_names import TopicNames
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.identity import EXTRACTED, Identity
from graph.measures.setting import RankingSetting
from graph.model import Mention, Post, Ref, Topic
from graph.projection.feed import Projection
from tests.builders import a_community, a_post, a_topic, an_account, an_indexing, index, put
from tests.graph.projection.worlds import count_words

IDENTITY = Identity(b"test")
AMDEC = a_topic("amdec", pref_label={"fr": "AMDEC", "en": "FMEA"}, forms=("amdec", "fmea"))
LOAD_CELL = a_topic(
    "cell",
    pref_label={"fr": "capteur à jauges", "en": "load cell"},
    alt_labels={"fr": ("cellule de pesée",)},
    forms=("capteur jauge", "load cell", "cellule pesee"),
)


@pytest.fixture
def store(sqlite_store: SqliteGraphStore) -> SqliteGraphStore:
    return sqlite_store


EVERYBODY: Final = frozenset({0})


class Reader:
    """Reads questions as a process would that follows the store."""

    def __init__(self, store: SqliteGraphStore) -> None:
        self.questions = QuestionReader(store, IDENTITY, RankingSetting(), TopicNames(store))
        self.projection = Projection(store.feed, count_words=count_words)

    def read(self, question: str) -> list[Wanted]:
        self.projection.catch_up()
        return self.questions.read(question, self.projection.state.sameness(EVERYBODY))

    def named(self, question: str) -> dict[str, set[str]]:
        """The words asked for, each with the topics that it stands for."""
        ids = self.projection.state.topics.ids
        return {one.text: {ids[number].decode() for number in one.topics} for one in self.read(question)}


@pytest.mark.parametrize("question", ["Who knows FMEA?", "Qui s'y connaît en FMEA ?"])
def test_a_word_stands_for_the_topic_that_it_names(store: SqliteGraphStore, question: str) -> None:
    put(store, AMDEC)
    reader = Reader(store)
    reader.read("")
    assert reader.named(question) == {"FMEA": {"top_amdec"}}


def test_each_word_of_a_name_stands_for_all_of_it_and_other_words_do_not(store: SqliteGraphStore) -> None:
    put(store, LOAD_CELL)
    reader = Reader(store)
    reader.read("")
    assert reader.named("La cellule de pesée et sa dérive") == {
        "cellule": {"top_cell"},
        "pesée": {"top_cell"},
        "dérive": set(),
    }


@pytest.mark.parametrize(
    ("question", "shares"),
    [
        ("La cellule de pesée et sa dérive", {"cellule": 1 / 2, "pesée": 1 / 2, "dérive": 1}),
        (
            "La cellule de pesée dérive, la pesée est fausse",
            {"cellule": 1 / 2, "pesée": 1 / 2, "dérive": 1, "fausse": 1},
        ),
        ("AMDEC : qui connaît AMDEC ?", {"AMDEC": 1}),
        ("L'AMDEC, ou FMEA, d'une cellule", {"AMDEC": 1 / 2, "FMEA": 1 / 2, "cellule": 1}),
    ],
)
def test_the_words_that_name_a_topic_share_what_is_said_of_it_in_other_words(
    store: SqliteGraphStore, question: str, shares: dict[str, float]
) -> None:
    put(store, LOAD_CELL, AMDEC)
    reader = Reader(store)
    reader.read("")
    assert {one.text: one.in_other_words for one in reader.read(question)} == shares


def test_a_name_of_several_words_counts_as_a_whole_too_where_a_visible_post_is_about_it(
    store: SqliteGraphStore,
) -> None:
    put(store, LOAD_CELL, AMDEC, an_account("ana"), a_community("lab"))
    reader = Reader(store)
    hidden, seen = (a_post(key, author="ana", community=place) for key, place in (("p1", "lab"), ("p2", None)))
    for post, terms in ((hidden, ["cellule", "pesée"]), (seen, ["cellule", "pesée", "cellule de pesée"])):
        mention(store, post, "top_cell")
        assert [one.text for one in reader.read("La cellule de pesée ?")] == terms
    assert reader.read("La cellule de pesée ?")[-1].stems == ()
    mention(store, a_post("p3", author="ana"), "top_amdec")
    assert [one.text for one in reader.read("AMDEC ?")] == ["AMDEC"]  # its only word is all of it already


def test_the_names_of_the_last_thousand_choices_of_topics_are_remembered(store: SqliteGraphStore) -> None:
    put(store, *(a_topic(f"t{number}") for number in range(1, 11)))
    reader = Reader(store)
    reader.read("")
    same = reader.projection.state.sameness(EVERYBODY)

    def names(choice: int) -> frozenset[str]:
        return reader.questions.name_words(tuple(place + 1 for place in range(10) if choice >> place & 1), same)

    kept = [names(choice) for choice in range(1, 1001)]
    names(1001)
    assert names(2) is kept[1]
    assert names(1) is not kept[0]


def mention(store: SqliteGraphStore, post: Post, topic: str) -> None:
    """Write the post, which is about the topic."""
    put(store, post)
    [waiting] = store.posts.waiting(limit=1)
    indexing = replace(
        an_indexing(waiting.post.id.removeprefix("pst_"), seq=waiting.seq), mentions=(Mention(topic, 0.5),)
    )
    store.write(lambda tx: tx.posts.record_mentions([indexing]))


def test_what_was_merged_into_a_topic_counts_as_it(store: SqliteGraphStore) -> None:
    other = Topic("top_other", Ref(EXTRACTED, "analyse"), {"fr": "analyse"}, forms=())
    put(store, AMDEC, replace(other, merged_into="top_amdec"))
    reader = Reader(store)
    reader.read("")
    assert reader.named("FMEA") == {"FMEA": {"top_amdec", "top_other"}}


def found_in_texts(form: str, label: str) -> list[Topic]:
    """A topic that texts speak of, and the one spelling of it that they use."""
    topic = Topic(f"top_{form}", Ref(EXTRACTED, form), forms=(form,))
    spelling = Topic(f"top_{label}", Ref(EXTRACTED, f"{form}/{label}"), {"fr": label}, merged_into=topic.id)
    return [topic, spelling]


def two_topics_of_texts(store: SqliteGraphStore, *, community: str | None = None) -> Reader:
    """Posts of Ana, one on pumps and one on what turns out to be the same."""
    pumps, others = found_in_texts("pompe", "Pompe"), found_in_texts("refouleur", "Refouleur")
    put(store, an_account(), a_community(visibility="secret"), *pumps, *others)
    put(store, a_post("p1"), a_post("p2", community=community))
    index(store, "p1", Pompe=1.0)
    index(store, "p2", Refouleur=1.0)
    put(store, replace(others[0], merged_by_hand="top_pompe"))
    return Reader(store)


def test_topics_found_in_texts_are_named_where_somebody_made_them_one(store: SqliteGraphStore) -> None:
    reader = two_topics_of_texts(store)
    reader.read("")
    both = {"top_pompe", "top_Pompe", "top_refouleur", "top_Refouleur"}
    assert reader.named("Qui répare les pompes ?")["pompes"] == both
    assert reader.named("Qui répare les refouleurs ?")["refouleurs"] == both


def test_what_nobody_made_one_with_another_is_asked_for_by_its_words(store: SqliteGraphStore) -> None:
    put(store, an_account(), *found_in_texts("pompe", "Pompe"), a_post("p1"))
    index(store, "p1", Pompe=1.0)
    reader = Reader(store)
    reader.read("")
    assert reader.named("Qui répare les pompes ?")["pompes"] == set()


def test_a_name_that_only_hidden_posts_use_names_nothing(store: SqliteGraphStore) -> None:
    reader = two_topics_of_texts(store, community="tech")
    reader.read("")
    assert reader.named("Qui répare les refouleurs ?")["refouleurs"] == set()


def test_a_topic_named_since_is_known_at_once(store: SqliteGraphStore) -> None:
    reader = Reader(store)
    assert reader.named("FMEA") == {"FMEA": set()}
    put(store, AMDEC)
    reader.projection.catch_up()
    assert reader.named("FMEA") == {"FMEA": {"top_amdec"}}


@pytest.mark.parametrize("turned", [False, True])
def test_a_name_that_several_topics_bear_names_the_one_that_answers_for_it(
    store: SqliteGraphStore, turned: bool
) -> None:
    other = a_topic("z", pref_label={"fr": "analyse"}, alt_labels={"fr": ("AMDEC",)}, forms=("amdec", "analyze"))
    for topic in (other, AMDEC) if turned else (AMDEC, other):
        put(store, topic)
    reader = Reader(store)
    reader.read("")
    assert reader.named("AMDEC") == {"AMDEC": {"top_amdec"}}


def test_seed_topics_are_known_by_their_other_names(store: SqliteGraphStore) -> None:
    key = IDENTITY.public_id("topic", Ref(EXTRACTED, "kubernetes"))
    put(store, Topic(key, Ref(EXTRACTED, "kubernetes"), {"en": "Kubernetes"}, forms=("kubernetes",)))
    put(store, an_account("ana"), a_community("lab"))
    reader = Reader(store)
    for post, named in ((a_post("p1", community="lab"), set[str]()), (a_post("p2"), {key})):  # the first one is hidden
        mention(store, post, key)
        reader.read("")
        assert reader.named("Who runs k8s?")["k8s"] == named


def test_a_word_stands_for_what_is_narrower_than_the_topic_that_it_names(store: SqliteGraphStore) -> None:
    put(store, AMDEC, replace(LOAD_CELL, broader="top_amdec"))
    reader = Reader(store)
    reader.read("")
    assert reader.named("FMEA") == {"FMEA": {"top_amdec", "top_cell"}}


def test_a_word_asked_for_twice_counts_twice(store: SqliteGraphStore) -> None:
    [fibre, laser] = Reader(store).read("fibre laser fibre")
    assert (fibre.times, laser.times) == (2, 1)
