"""Expert search: equal to ranking as it is written down, blind to what is hidden, and honest about the rest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.search.terms import Wanted
from app.services.topic_names import TopicNames
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import NotFound
from graph.identity import Identity
from graph.measures.paths import Mode, Reach
from graph.measures.setting import RankingSetting
from graph.model import Viewer
from graph.projection.sameness import Sameness
from graph.projection.state import State
from tests.app.services.expert_house import COMMUNITIES, PEOPLE, TOPICS, Reader, a_store, settle, spellings, written
from tests.app.services.ranking_reference import Asked, Done, Reference, Written
from tests.builders import (
    NOON,
    a_viewer,
)
from tests.graph.projection.worlds import WORDS

_WORDS = (*WORDS, "fibre", "fibres", "le", "\n")
_POSTS = st.lists(
    st.builds(
        written,
        st.just(""),
        st.sampled_from(PEOPLE),
        st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join),
        day=st.integers(0, 900),
        community=st.sampled_from(COMMUNITIES),
        title=st.sampled_from((None, None, "fibre laser")),
        kind=st.sampled_from((None, "question", "answer", "comment")),
        thread=st.sampled_from((None, "t", "u")),
        topics=st.sampled_from((frozenset(), frozenset({"dwdm"}))),
    ),
    min_size=1,
    max_size=14,
).map(lambda posts: [replace(post, id=f"p{at}") for at, post in enumerate(posts)])
_DONE = st.lists(
    st.tuples(
        st.sampled_from(("acceptance", "thanks", "endorsement", "reaction", "reply")),
        st.sampled_from(PEOPLE),
        st.integers(0, 100),
    ),
    max_size=10,
)
_QUESTIONS = st.lists(st.sampled_from((*WORDS, *TOPICS, "nulle")), min_size=1, max_size=4)
_SETTINGS = st.sampled_from((RankingSetting(), RankingSetting(best_posts=3, best_conversations=2, half_life_posts=4)))


@settings(max_examples=100)
@given(_POSTS, _DONE, _QUESTIONS, st.sampled_from((("tech", "board"), ("tech",), ())), st.booleans(), _SETTINGS)
def test_it_answers_as_ranking_is_written_down_from_what_is_visible(
    posts: list[Written],
    marks: list[tuple[Any, str, int]],
    question: list[str],
    communities: tuple[str, ...],
    narrowed: bool,
    setting: RankingSetting,
) -> None:
    done = [Done(kind, by, posts[at % len(posts)].id) for kind, by, at in marks]
    within = communities[0] if narrowed and communities else None
    visible = [post for post in posts if post.community in ("", *communities)]
    reference = Reference(visible, done, PEOPLE, setting)
    asked = [Asked(spellings(word.lower()), word.lower() if word in TOPICS else None) for word in question]
    expected = reference.scores(asked, within=within)
    with a_store() as store:
        house = settle(
            store, posts, done, setting=setting, mentions={post.id: dict.fromkeys(post.topics, 0.4) for post in posts}
        )
        answer = house.ask(
            " ".join(question),
            viewer=house.see(*communities),
            community=f"com_{within}" if within else None,
            limit=200,
        )
    found = {expert.person.id.removeprefix("per_"): expert.score for expert in answer.experts}
    assert found == pytest.approx(expected, abs=2e-6)
    assert list(found) == sorted(found, key=lambda person: (-found[person], person))
    for expert in answer.experts:
        factors = expert.factors
        share = factors.conversation_share
        total = ((1 - share) * factors.votes + share * factors.conversations) * factors.profile
        assert round(total / factors.best, 6) == expert.score
        assert expert.evidence and sum(post.part for post in expert.evidence) <= 1 + 1e-9


@pytest.fixture
def store(sqlite_store: SqliteGraphStore) -> SqliteGraphStore:
    return sqlite_store


def test_who_wrote_about_it_knows(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana"), written("p2", "bob", "budget")])
    assert house.names("fibre") == ["ana"]


def test_a_question_of_stop_words_has_a_reason_for_no_answer(store: SqliteGraphStore) -> None:
    assert settle(store, [written("p1", "ana")]).ask("le who").reason == "no_words"


def test_a_question_that_nobody_wrote_about_has_another(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana")])
    assert (house.ask("poésie").experts, house.ask("poésie").reason) == ((), "nobody")


def test_asking_is_not_knowing(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", "fibre fibre", kind="question"), written("p2", "bob", kind="comment")]
    house = settle(store, posts)
    assert house.names() == ["bob"]
    assert house.ask().experts[0].score == 1  # who only asked has no vote to be measured against


def test_the_asker_is_no_answer_and_the_others_keep_their_scores(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana", "fibre fibre"), written("p2", "bob"), written("p3", "cem", "budget")])
    before = {expert.person.id: expert.score for expert in house.ask().experts}
    [left] = house.ask(asker="per_ana").experts
    assert (left.person.id, left.score) == ("per_bob", before["per_bob"])


def test_who_is_away_is_left_out_until_that_day(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana"), written("p2", "bob")], away=["ana"])
    assert house.names() == ["bob"]
    back = replace(house.search, clock=lambda: NOON + timedelta(days=3))
    found = back.find("fibre", viewer=a_viewer(), asker=None)
    assert [one.person.id for one in found.experts] == ["per_ana", "per_bob"]


def test_others_take_the_place_of_who_is_away(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana"), written("p2", "bob")], away=["ana"])
    assert house.names(limit=1) == ["bob"]


def test_equal_scores_go_by_public_id(store: SqliteGraphStore) -> None:
    house = settle(
        store, [written("p1", "dia"), written("p2", "bob"), written("p3", "cem"), written("p4", "ana", "budget")]
    )
    assert house.names() == ["bob", "cem", "dia"]
    assert house.names(limit=2) == ["bob", "cem"]


def test_a_hidden_community_leaves_no_trace(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana"), written("p2", "bob", "fibre fibre", community="board")])
    answer = house.ask(viewer=house.see("tech"))
    assert [(expert.person.id, expert.score) for expert in answer.experts] == [("per_ana", 1)]


@pytest.mark.parametrize("community", ["com_board", "com_nowhere"])
def test_a_hidden_community_and_an_unknown_one_are_not_told_apart(store: SqliteGraphStore, community: str) -> None:
    house = settle(store, [written("p1", "ana", community="board")])
    with pytest.raises(NotFound):
        house.ask(viewer=house.see("tech"), community=community)


def test_evidence_shows_the_posts_that_gave_most_with_their_part_of_the_votes(store: SqliteGraphStore) -> None:
    posts = [
        written("p1", "ana", "fibre", community="tech", kind="answer"),
        written("p2", "ana", "fibre laser budget poésie", community="tech"),
        written("p3", "bob", "budget"),
    ]
    [expert] = settle(store, posts).ask().experts
    best, second = expert.evidence
    assert (best.post, best.kind, best.relation, best.excerpt) == ("pst_p1", "answer", "author", "fibre (words: 1)")
    assert best.community is not None and (best.community.id, best.community.name) == ("com_tech", "Tech")
    assert (second.post, second.kind) == ("pst_p2", "article")
    assert best.part > second.part
    assert best.part + second.part == pytest.approx(1)


def test_no_more_than_three_posts_are_shown(store: SqliteGraphStore) -> None:
    posts = [written(f"p{at}", "ana", day=at) for at in range(5)]
    [expert] = settle(store, posts).ask().experts
    assert [post.post for post in expert.evidence] == ["pst_p4", "pst_p3", "pst_p2"]


def test_who_endorsed_a_post_shares_its_evidence(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", "fibre fibre"), written("p2", "bob", "laser " * 9 + "fibre")]
    house = settle(store, posts, [Done("endorsement", "bob", "p1")], setting=RankingSetting(best_posts=1))
    bob = house.ask().experts[1]
    assert [(post.post, post.relation, post.part) for post in bob.evidence] == [
        ("pst_p1", "endorser", 1.0),
        ("pst_p2", "author", 0.0),
    ]


def test_it_tells_when_somebody_last_wrote_about_it(store: SqliteGraphStore) -> None:
    posts = [written("p1", "ana", day=0), written("p2", "ana", day=5), written("p3", "ana", "budget", day=9)]
    [expert] = settle(store, posts).ask().experts
    assert expert.last_active_on_topic == NOON + timedelta(days=5)


def test_who_wrote_often_about_a_part_of_a_strange_question_knows_something_near(store: SqliteGraphStore) -> None:
    others = [written(f"p{key}", key, "budget") for key in ("bob", "cem", "dia")]
    house = settle(store, [written("p1", "ana", "fibre " * 12), written("p2", "ana"), *others])
    assert house.ask("fibre").experts[0].confidence == "high"
    answer = house.ask("fibre nulle")
    [ana] = answer.experts
    assert (ana.match, ana.confidence, ana.words, answer.reason) == ("near", "low", ("fibre",), "near_only")
    assert ana.certainty.known == ana.certainty.told < 0.6


class Everyday(Reader):
    """Reads words that tell little."""

    def read(self, question: str, same: Sameness) -> list[Wanted]:
        return [replace(one, telling=0.7) for one in super().read(question, same)]


def test_a_word_that_everybody_says_makes_nobody_sure(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana"), written("p2", "ana")])
    everyday = replace(house.search, reader=Everyday(store, Identity(b"test"), RankingSetting(), TopicNames(store)))
    [sure], [unsure] = (
        search.find("fibre", viewer=a_viewer(), asker=None).experts for search in (house.search, everyday)
    )
    assert (sure.confidence, unsure.confidence) == ("high", "low")
    assert (sure.certainty.subject, unsure.certainty.subject, unsure.certainty.posts) == (1.0, 0.7, 2)


def test_who_wrote_once_about_a_part_of_a_strange_question_is_not_named(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana", "fibre poésie laser"), written("p2", "bob", "budget")])
    assert (house.names("fibre zygomorphe"), house.ask("fibre zygomorphe").reason) == ([], "little")


def test_where_people_only_asked_the_reason_says_so(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana", kind="question"), written("p2", "bob", "budget")])
    assert (house.names("fibre"), house.ask("fibre").reason) == ([], "only_asked")


def reach_bob(_state: State, _viewer: Viewer, asker: int, targets: Sequence[int], mode: Mode) -> dict[int, Reach]:
    return {target: Reach(0.5, "direct", ("per_dia", "per_bob")) for target in targets if (asker, target) == (4, 2)}


def test_an_asker_is_told_how_to_reach_people(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana"), written("p2", "bob")], reach=reach_bob)
    found = {expert.person.id: expert.reach for expert in house.ask(asker="per_dia").experts}
    assert found == {"per_ana": None, "per_bob": Reach(0.5, "direct", ("per_dia", "per_bob"))}
    assert [expert.reach for expert in house.ask().experts] == [None, None]


def test_reach_orders_when_asked_to_even_beyond_the_limit(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana"), written("p2", "bob")], reach=reach_bob)
    assert house.names(asker="per_dia", limit=1) == ["ana"]
    assert house.names(asker="per_dia", limit=1, sort="reach") == ["bob"]


def test_a_post_that_was_removed_since_is_no_evidence_any_more(store: SqliteGraphStore) -> None:
    house = settle(store, [written("p1", "ana")])
    store.write(lambda tx: tx.posts.remove(["pst_p1"]))
    assert [expert.evidence for expert in house.ask().experts] == [()]


def test_an_answer_names_the_setting_behind_it(store: SqliteGraphStore) -> None:
    assert settle(store, [written("p1", "ana")]).ask().setting == RankingSetting().version
