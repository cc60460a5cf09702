"""The contract of every store: posts and their mentions, events and interactions, and how the feed tells of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from graph.changes import InteractionRow, PostRow, Removal
from graph.model import Ref
from graph.store import GraphStore
from tests.builders import (
    a_community,
    a_post,
    a_topic,
    a_viewer,
    an_account,
    an_event,
    an_indexing,
    an_interaction,
    index,
    later,
    put,
    ref,
)

ANYONE = a_viewer()
MICROS = 1_767_614_400_123_457  # NOON
FULL = {
    "edited_at": later(1.5),
    "thread": -(2**63),
    "reply_to": "pst_unknown",
    "kind": "answer",
    "title": "Réponse",
    "format": "markdown",
    "language": "fr",
    "addressed": (ref("bob"), ref("ana")),
    "url": "https://example.org/p1",
    "text": "« Ça marche », it's 'so' \\ \"here\" `x` $y {z}\n\tnow 🙂",
}


@pytest.fixture
def settled(store: GraphStore) -> GraphStore:
    """A store with two people, two communities and two topics; its head is 6."""
    people = an_account("ana"), an_account("bob")
    put(
        store, *people, a_community("tech"), a_community("board", visibility="secret"), a_topic("dwdm"), a_topic("ospf")
    )
    return store


def a_post_row(key: str = "p1", *, number: int = 1, author: int = 1, community: int = 0, **fields: object) -> PostRow:
    """The row of a post that nobody has indexed."""
    row = PostRow(
        number, f"pst_{key}", author, community, None, MICROS, None, None, "plain", None, "Qui sait ?", False, (), ()
    )
    return row._replace(**fields)


class TestReadingPosts:
    def test_a_post_comes_back_as_it_was_put_last(self, settled: GraphStore) -> None:
        post = a_post("p1", community="tech", **FULL)
        put(settled, a_post("p1"))
        put(settled, post)
        [stored] = settled.posts.by_numbers([1, 2], viewer=a_viewer(communities={0, 1})).values()
        assert stored.post == post
        assert (stored.number, stored.seq, stored.community_name) == (1, 8, "Tech")

    def test_posts_in_hidden_communities_are_left_out(self, settled: GraphStore) -> None:
        put(settled, a_post("p1", community="tech"), a_post("p2", community="board"), a_post("p3"))
        assert settled.posts.by_numbers([1, 2, 3, 4], viewer=a_viewer(communities={0, 1})).keys() == {1, 3}
        assert settled.posts.by_numbers([1, 2, 3], viewer=a_viewer("per_ana", communities={2})).keys() == {2}
        assert settled.posts.by_numbers([], viewer=ANYONE) == {}

    def test_removed_posts_are_left_out(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"), a_post("p2"))
        settled.write(lambda tx: tx.posts.remove(["pst_p1"]))
        assert settled.posts.by_numbers([1, 2], viewer=ANYONE).keys() == {2}

    def test_posts_wait_in_the_order_of_their_last_change(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"), a_post("p2"), a_post("p3", community="board"))
        put(settled, a_post("p1", text="edited"))
        assert [stored.post.id for stored in settled.posts.waiting(limit=10)] == ["pst_p2", "pst_p3", "pst_p1"]
        assert [stored.post.id for stored in settled.posts.waiting(limit=2)] == ["pst_p2", "pst_p3"]
        assert settled.posts.waiting(limit=10)[2].post.text == "edited"

    def test_writers_find_posts_without_their_text(self, settled: GraphStore) -> None:
        post = a_post("p1", community="board", **FULL)
        put(settled, post)
        found = settled.write(lambda tx: tx.posts.find(["pst_p1", "pst_unknown"]))
        assert found == {"pst_p1": replace(post, text="")}

    def test_replies_are_found_whether_the_post_is_known_or_not(self, settled: GraphStore) -> None:
        put(settled, a_post("p3", reply_to="pst_p1"), a_post("p2", reply_to="pst_p1", author="bob"), a_post("p4"))
        replies = settled.write(lambda tx: tx.posts.replies_to(["pst_p1", "pst_p4"]))
        assert replies == [
            a_post("p2", reply_to="pst_p1", author="bob", text=""),
            a_post("p3", reply_to="pst_p1", text=""),
        ]
        put(settled, a_post("p1"))
        assert len(settled.write(lambda tx: tx.posts.replies_to(["pst_p1"]))) == 2


class TestPostsInTheFeed:
    def test_each_post_put_takes_a_number(self, settled: GraphStore) -> None:
        put(settled, a_post("p1", community="tech", **FULL), a_post("p2", author="bob"))
        assert settled.feed.changes(after=6, upto=8).posts == (
            a_post_row(
                community=1,
                thread=-(2**63),
                kind="answer",
                language="fr",
                format="markdown",
                title="Réponse",
                text=FULL["text"],
            ),
            a_post_row("p2", number=2, author=2),
        )

    def test_a_window_holds_what_changed_last_in_it(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"), a_post("p2"))
        put(settled, a_post("p1", text="edited"))
        assert settled.feed.changes(after=6, upto=7).posts == ()
        assert settled.feed.changes(after=7, upto=8).posts == (a_post_row("p2", number=2),)
        assert settled.feed.changes(after=8, upto=9).posts == (a_post_row(text="edited"),)
        assert settled.feed.changes(after=9, upto=9).posts == ()

    def test_an_indexed_post_tells_its_topics_in_order(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        assert index(settled, "p1", ospf=0.1, dwdm=0.30000000000000004) == 1
        expected = a_post_row(language="en", is_indexed=True, topics=(1, 2), strengths=(0.30000000000000004, 0.1))
        assert settled.feed.changes(after=7, upto=8).posts == (expected,)
        assert settled.posts.waiting(limit=10) == []

    def test_a_changed_post_loses_its_mentions_and_waits_again(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        index(settled, "p1", dwdm=0.5)
        put(settled, a_post("p1", author="bob"))
        assert settled.feed.changes(after=0, upto=9).posts == (a_post_row(author=2),)
        assert settled.people.knows("per_ana", viewer=ANYONE) == settled.people.knows("per_bob", viewer=ANYONE) == []
        assert len(settled.posts.waiting(limit=10)) == 1

    def test_a_post_that_comes_back_gets_a_new_number(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        settled.write(lambda tx: tx.posts.remove(["pst_p1"]))
        put(settled, a_post("p1"))
        changes = settled.feed.changes(after=6, upto=9)
        assert changes.posts == (a_post_row(number=2),)
        assert changes.removed == (Removal("post", 1),)

    def test_the_same_post_twice_in_one_write_is_one_post(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"), a_post("p1", text="last"))
        assert settled.feed.changes(after=6, upto=8).posts == (a_post_row(text="last"),)


class TestRecordingMentions:
    def test_a_post_changed_meanwhile_is_left_alone(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        [seen] = settled.posts.waiting(limit=1)
        put(settled, a_post("p1", text="edited"), a_post("p2"))
        late = an_indexing("p1", seq=seen.seq, mentions={"dwdm": 0.5})
        fresh = an_indexing("p2", seq=9, mentions={"dwdm": 0.5})
        assert settled.write(lambda tx: tx.posts.record_mentions([late, fresh])) == 1
        assert [stored.post.id for stored in settled.posts.waiting(limit=10)] == ["pst_p1"]
        assert settled.feed.head() == 10

    def test_recording_twice_counts_once(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        found = an_indexing("p1", seq=7, mentions={"dwdm": 0.5})
        assert settled.write(lambda tx: tx.posts.record_mentions([found, found])) == 1
        assert settled.write(lambda tx: tx.posts.record_mentions([found])) == 0
        assert [known.count for known in settled.people.knows("per_ana", viewer=ANYONE)] == [1]

    def test_a_post_can_be_indexed_anew(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        index(settled, "p1", dwdm=0.5, ospf=0.5)
        again = an_indexing("p1", seq=8, mentions={"ospf": 0.25}, language=None)
        assert settled.write(lambda tx: tx.posts.record_mentions([again])) == 1
        [row] = settled.feed.changes(after=8, upto=9).posts
        assert (row.topics, row.strengths, row.language) == ((2,), (0.25,), None)
        assert [known.topic for known in settled.people.knows("per_ana", viewer=ANYONE)] == ["top_ospf"]

    def test_a_post_without_topics_is_indexed_too(self, settled: GraphStore) -> None:
        put(settled, a_post("p1", language="fr"))
        assert index(settled, "p1") == 1
        assert settled.feed.changes(after=7, upto=8).posts == (a_post_row(language="en", is_indexed=True),)

    def test_an_unknown_or_removed_post_is_not_counted(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        settled.write(lambda tx: tx.posts.remove(["pst_p1"]))
        late = an_indexing("p1", seq=7, mentions={"dwdm": 0.5})
        assert settled.write(lambda tx: tx.posts.record_mentions([late, an_indexing("p9", seq=1)])) == 0


class TestRemovingPosts:
    def test_it_takes_along_mentions_and_the_interactions_about_it(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"), a_post("p2"))
        index(settled, "p1", dwdm=0.5)
        about = [
            an_interaction(f"i{number}", post=post) for number, post in enumerate(("pst_p2", "pst_p1", None, "pst_p1"))
        ]
        put(settled, *about)
        before = settled.feed.head()
        settled.write(lambda tx: tx.posts.remove(["pst_unknown", "pst_p1", "pst_p1"]))
        changes = settled.feed.changes(after=before, upto=before + 3)
        assert changes.removed == (Removal("post", 1), Removal("interaction", 2), Removal("interaction", 4))
        assert settled.feed.head() == before + 3
        assert settled.people.knows("per_ana", viewer=ANYONE) == []
        assert [one.number for one in settled.feed.changes(after=0, upto=before).interactions] == [1, 3]

    def test_unknown_posts_change_nothing(self, settled: GraphStore) -> None:
        settled.write(lambda tx: tx.posts.remove(["pst_unknown"]))
        settled.write(lambda tx: tx.posts.remove([]))
        assert settled.feed.head() == 6

    def test_what_was_said_about_it_is_kept_for_its_return(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"), a_post("p2", reply_to="pst_p1"), an_event("e1", post="pst_p1"))
        settled.write(lambda tx: tx.posts.remove(["pst_p1"]))
        assert settled.write(lambda tx: tx.interactions.events_about(["pst_p1"])) == [an_event("e1", post="pst_p1")]
        assert len(settled.write(lambda tx: tx.posts.replies_to(["pst_p1"]))) == 1


class TestEvents:
    def test_events_come_back_by_the_post_or_question_they_are_about(self, settled: GraphStore) -> None:
        accepted = an_event("e2", type="acceptance", actor=None, post="pst_p2", question="pst_p1")
        met = an_event("e3", type="meeting", actor=None, post=None, people=(ref("ana"), ref("bob")), minutes=30)
        sent = an_event("e1", post="pst_p1", target=ref("ana"), community="com_tech", channel="in_person")
        put(settled, accepted, met, sent)
        assert settled.write(lambda tx: tx.interactions.events_about(["pst_p1"])) == [sent, accepted]
        assert settled.write(lambda tx: tx.interactions.events_about(["pst_p2", "pst_p1"])) == [sent, accepted]
        assert settled.write(lambda tx: tx.interactions.events_about(["pst_p3"])) == []

    def test_an_event_is_replaced_by_its_key(self, settled: GraphStore) -> None:
        put(settled, an_event("e1", post="pst_p1"))
        put(settled, an_event("e1", post="pst_p2", at=later(1)))
        assert settled.write(lambda tx: tx.interactions.events_about(["pst_p1"])) == []
        [moved] = settled.write(lambda tx: tx.interactions.events_about(["pst_p2"]))
        assert moved == an_event("e1", post="pst_p2", at=later(1))

    def test_removed_and_unknown_events_are_gone(self, settled: GraphStore) -> None:
        put(settled, an_event("e1"), an_event("e2"))
        settled.write(lambda tx: tx.interactions.put_events([], gone=["e1", "unknown"]))
        assert [event.key for event in settled.write(lambda tx: tx.interactions.events_about(["pst_p1"]))] == ["e2"]

    def test_an_event_may_name_accounts_and_posts_that_nobody_knows(self, settled: GraphStore) -> None:
        event = an_event("e1", actor=Ref("mail", "x'y"), post="pst_unknown")
        put(settled, event)
        assert settled.write(lambda tx: tx.interactions.events_about(["pst_unknown"])) == [event]


class TestInteractions:
    def test_the_feed_tells_them_between_people(self, settled: GraphStore) -> None:
        put(settled, a_post("p1", community="tech"))
        one = an_interaction("i1", community="com_tech", post="pst_p1", channel="in_person", minutes=30)
        put(settled, one, an_interaction("i2", source="bob", target="ana", type="meeting"))
        assert settled.feed.changes(after=7, upto=9).interactions == (
            InteractionRow(1, "thanks", "in_person", 1, 2, 1, 1, MICROS),
            InteractionRow(2, "meeting", "online", 2, 1, 0, 0, MICROS),
        )

    def test_exactly_the_given_ones_follow_from_an_origin(self, settled: GraphStore) -> None:
        put(settled, an_interaction("i1"), an_interaction("i2"), an_interaction("i3"), an_interaction("o", origin="e2"))
        given = [an_interaction("i4"), an_interaction("i2"), an_interaction("i1", at=later(1))]
        settled.write(lambda tx: tx.interactions.replace(["e1"], given))
        changes = settled.feed.changes(after=0, upto=settled.feed.head())
        assert changes.removed == (Removal("interaction", 3),)
        assert [one.number for one in changes.interactions] == [2, 4, 5, 1]
        assert changes.seq == 6 + 4 + 3

    def test_the_same_ones_again_change_nothing(self, settled: GraphStore) -> None:
        put(settled, a_post("p1"))
        following = [an_interaction("i1", post="pst_p1", minutes=5), an_interaction("i2", community="com_board")]
        put(settled, *following)
        put(settled, *reversed(following))
        assert settled.feed.head() == 9

    def test_origins_are_taken_one_after_the_other(self, settled: GraphStore) -> None:
        put(settled, an_interaction("a1", origin="a"), an_interaction("b1", origin="b"))
        given = [an_interaction("a2", origin="a"), an_interaction("b2", origin="b")]
        settled.write(lambda tx: tx.interactions.replace(["b", "a", "c"], given))
        assert settled.feed.changes(after=8, upto=9).removed == (Removal("interaction", 2),)
        assert [one.number for one in settled.feed.changes(after=9, upto=10).interactions] == [3]
        assert settled.feed.changes(after=10, upto=11).removed == (Removal("interaction", 1),)
        assert [one.number for one in settled.feed.changes(after=11, upto=12).interactions] == [4]

    def test_without_any_an_origin_has_no_interactions(self, settled: GraphStore) -> None:
        put(settled, an_interaction("i1"))
        settled.write(lambda tx: tx.interactions.replace(["e1", "unknown"], []))
        assert settled.feed.changes(after=0, upto=8).interactions == ()
        assert settled.feed.head() == 8

    def test_one_that_comes_back_gets_a_new_number(self, settled: GraphStore) -> None:
        put(settled, an_interaction("i1"))
        settled.write(lambda tx: tx.interactions.replace(["e1"], []))
        put(settled, an_interaction("i1"))
        assert [one.number for one in settled.feed.changes(after=0, upto=9).interactions] == [2]

    def test_both_ends_may_come_to_be_the_same_person(self, settled: GraphStore) -> None:
        put(settled, an_interaction("i1"))
        put(settled, an_account("bob", person="per_ana"))
        [row] = settled.feed.changes(after=0, upto=settled.feed.head()).interactions
        assert (row.source, row.target) == (1, 1)

    def test_times_are_exact_to_the_microsecond(self, settled: GraphStore) -> None:
        in_paris = datetime(1970, 1, 1, 0, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=1)))
        put(settled, a_post("p1", created_at=in_paris), an_interaction("i1", at=in_paris))
        changes = settled.feed.changes(after=6, upto=8)
        assert (changes.posts[0].at, changes.interactions[0].at) == (-1, -1)
        [stored] = settled.posts.waiting(limit=1)
        assert stored.post.created_at == in_paris
        assert stored.post.created_at.tzinfo is UTC
