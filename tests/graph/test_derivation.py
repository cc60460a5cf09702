"""What interactions follow from posts and events."""

from collections.abc import Iterable

from graph.derivation import from_events, from_posts
from graph.identity import Identity
from graph.model import Interaction
from tests.builders import NOON, a_post, a_question, an_event, later, ref

IDENTITY = Identity(b"test")
QUESTION = a_post("q", author="ana", community="tech")
ANSWER = a_post("a", author="bob", community="tech", reply_to="pst_q")
KNOWN = {post.id: post for post in (QUESTION, ANSWER)}


def ends(interactions: Iterable[Interaction]) -> list[tuple[str, str, str]]:
    return [(found.type, found.source.id, found.target.id) for found in interactions]


def test_a_reply_reaches_the_author_of_the_post_replied_to() -> None:
    [reply] = from_posts([ANSWER], known=KNOWN, identity=IDENTITY)
    assert (reply.type, reply.source.id, reply.target.id) == ("reply", "bob", "ana")
    assert (reply.origin, reply.post, reply.community) == ("pst_a", "pst_a", "com_tech")


def test_a_reply_waits_for_a_post_that_is_not_known() -> None:
    assert list(from_posts([ANSWER], known={}, identity=IDENTITY)) == []


def test_everybody_addressed_is_reached_once_and_nobody_reaches_themselves() -> None:
    post = a_post("p", author="ana", addressed=(ref("bob"), ref("ana"), ref("eve")))
    assert ends(from_posts([post], known={}, identity=IDENTITY)) == [
        ("address", "ana", "bob"),
        ("address", "ana", "eve"),
    ]


def test_thanks_go_to_the_author_of_the_post_in_its_community() -> None:
    [thanks] = from_events(
        [an_event(actor=ref("ana"), post="pst_a", community="com_other")], known=KNOWN, identity=IDENTITY
    )
    assert (thanks.source.id, thanks.target.id, thanks.community) == ("ana", "bob", "com_tech")


def test_an_acceptance_comes_from_the_author_of_the_question_unless_somebody_is_named() -> None:
    event = an_event(type="acceptance", actor=None, post="pst_a", question="pst_q")
    assert ends(from_events([event], known=KNOWN, identity=IDENTITY)) == [("acceptance", "ana", "bob")]
    assert ends(from_events([event], known={"pst_a": ANSWER}, identity=IDENTITY)) == []


def test_an_event_waits_for_the_post_it_is_about() -> None:
    assert list(from_events([an_event(post="pst_unknown", target=ref("bob"))], known=KNOWN, identity=IDENTITY)) == []


def test_a_meeting_joins_every_pair_once() -> None:
    meeting = an_event(type="meeting", actor=None, post=None, people=(ref("ana"), ref("bob"), ref("eve")))
    found = list(from_events([meeting], known={}, identity=IDENTITY))
    assert ends(found) == [("meeting", "ana", "bob"), ("meeting", "ana", "eve"), ("meeting", "bob", "eve")]
    assert len({interaction.key for interaction in found}) == 3


def test_nobody_is_named_by_what_stands_in_another_community() -> None:
    elsewhere = KNOWN | {"pst_q": a_post("q", author="ana", community="board")}
    accept = an_event(type="acceptance", actor=None, post="pst_a", question="pst_q")
    assert list(from_posts([ANSWER], known=elsewhere, identity=IDENTITY)) == []
    assert list(from_events([accept], known=elsewhere, identity=IDENTITY)) == []


def test_a_post_in_no_community_is_open_to_all() -> None:
    everywhere = KNOWN | {"pst_q": a_post("q", author="ana")}
    assert ends(from_posts([ANSWER], known=everywhere, identity=IDENTITY)) == [("reply", "bob", "ana")]


def test_a_question_is_an_address_where_it_was_asked() -> None:
    [asked] = from_events([a_question(community="com_team")], known={}, identity=IDENTITY)
    assert (asked.type, asked.source.id, asked.target.id) == ("address", "ana", "bob")
    assert (asked.at, asked.community, asked.post) == (NOON, "com_team", None)


def test_a_question_in_a_post_lives_where_the_post_lives_and_repeats_nothing_that_it_says() -> None:
    said = a_post("q", author="ana", community="tech", addressed=(ref("eve"),))
    [to_bob] = from_events([a_question(post="pst_q")], known={"pst_q": said}, identity=IDENTITY)
    assert (to_bob.community, to_bob.post) == ("com_tech", "pst_q")
    to_eve = a_question(asked="eve", post="pst_q", outcome="helped", closed_at=later(1), closed_by="asker")
    assert ends(from_events([to_eve], known={"pst_q": said}, identity=IDENTITY)) == [("thanks", "ana", "eve")]
    assert list(from_events([to_eve], known={}, identity=IDENTITY)) == []


def test_only_the_asker_gives_thanks() -> None:
    for closed_by, thanks in (("asker", [("thanks", "ana", "bob")]), ("asked", [])):
        helped = a_question(outcome="helped", closed_at=later(1), closed_by=closed_by)
        assert ends(from_events([helped], known={}, identity=IDENTITY)) == [("address", "ana", "bob"), *thanks]


def test_a_redirection_is_a_referral_by_who_was_asked_at_the_time_it_was_made() -> None:
    redirected = a_question(outcome="redirected", redirected_to="eve", closed_at=later(1), closed_by="asked")
    asked, referral = from_events([redirected], known={}, identity=IDENTITY)
    assert (referral.type, referral.source.id, referral.target.id) == ("referral", "bob", "eve")
    assert (referral.at, referral.origin) == (later(1), asked.origin)
    assert referral.key != asked.key


def test_no_answer_leaves_the_address_alone() -> None:
    unanswered = a_question(outcome="no_answer", closed_at=later(1), closed_by="asker")
    assert ends(from_events([unanswered], known={}, identity=IDENTITY)) == [("address", "ana", "bob")]
