"""The contract of every store: people and their accounts, communities and their members."""

from dataclasses import replace
from datetime import date

from graph.changes import PersonRow
from graph.model import Known, Member, Viewer
from graph.store import GraphStore
from tests.builders import (
    NOON,
    a_community,
    a_person,
    a_placeholder,
    a_post,
    a_topic,
    a_viewer,
    an_account,
    an_interaction,
    index,
    later,
    put,
    ref,
)

ANYONE = a_viewer()
FULL = {
    "email": "Ana@Example.org",
    "is_email_verified": True,
    "department": "Réseaux",
    "site": "Lyon",
    "level": "5",
    "languages": ("fr", "en"),
    "is_active": False,
    "is_bot": True,
    "away_until": date(2026, 3, 1),
    "most_questions": 0,
    "is_pinned": True,
}


def viewer(store: GraphStore, person: str | None) -> Viewer:
    """That person as the service sees them: with the communities they may read."""
    return Viewer(person, store.communities.readable_by(person))


class TestAccounts:
    def test_an_account_comes_back_as_it_was_put_last(self, store: GraphStore) -> None:
        account = an_account("ana", **FULL)
        put(store, an_account("ana"))
        put(store, account)
        unknown, nameless = ref("nobody"), ref("ana", source="mail")
        assert store.write(lambda tx: tx.people.accounts([account.ref, unknown, nameless])) == {account.ref: account}

    def test_accounts_are_found_by_their_verified_address_in_any_case(self, store: GraphStore) -> None:
        verified = an_account("ana", email="Élise@Example.org", is_email_verified=True)
        claimed = an_account("bob", email="élise@example.org")
        put(store, claimed, verified)
        assert store.write(lambda tx: tx.people.accounts_by_email(["élise@example.org"])) == [verified]
        put(store, replace(verified, is_email_verified=False))
        assert store.write(lambda tx: tx.people.accounts_by_email(["élise@example.org"])) == []

    def test_accounts_with_one_address_are_told_first_put_first(self, store: GraphStore) -> None:
        accounts = [an_account(key, email="a@b.fr", is_email_verified=True) for key in ("z", "a")]
        put(store, *accounts)
        assert store.write(lambda tx: tx.people.accounts_by_email(["a@b.fr", "c@d.fr"])) == accounts

    def test_odd_characters_in_a_source_or_id_are_kept(self, store: GraphStore) -> None:
        odd = an_account('o\'; DROP "x" `y` \\ é\t{}', source="list:'x'")
        put(store, odd)
        assert store.write(lambda tx: tx.people.accounts([odd.ref])) == {odd.ref: odd}


class TestFindingPeople:
    def test_a_person_shows_the_fields_of_its_account(self, store: GraphStore) -> None:
        put(store, an_account("ana", **FULL))
        shown = {field: FULL[field] for field in FULL.keys() - {"email", "is_email_verified", "is_pinned"}}
        assert store.people.find(["per_ana"], viewer=ANYONE) == {"per_ana": a_person("ana", **shown)}
        assert store.people.by_numbers([1], viewer=ANYONE) == {1: a_person("ana", **shown)}

    def test_unknown_people_are_left_out(self, store: GraphStore) -> None:
        assert store.people.find(["per_nobody"], viewer=ANYONE) == {}
        assert store.people.find([], viewer=ANYONE) == {}
        assert store.people.by_numbers([7], viewer=ANYONE) == {}

    def test_the_account_put_last_is_what_its_person_shows(self, store: GraphStore) -> None:
        chat, mail = an_account("ana", name="Ana"), an_account("ana", source="mail", name="Ana Martín")
        put(store, mail, chat)
        assert store.people.find(["per_ana"], viewer=ANYONE)["per_ana"].name == "Ana"
        put(store, mail)
        assert store.people.find(["per_ana"], viewer=ANYONE)["per_ana"].name == "Ana Martín"
        put(store, replace(mail, name=None))
        assert store.people.find(["per_ana"], viewer=ANYONE)["per_ana"].name == "Ana"

    def test_an_account_taken_back_is_shown_only_where_there_is_no_other(self, store: GraphStore) -> None:
        gone = a_placeholder("ana", source="mail", person="per_ana", is_active=False)
        put(store, an_account("ana"), gone)
        assert store.people.find(["per_ana"], viewer=ANYONE)["per_ana"].name == "Ana"
        assert store.feed.changes(after=0, upto=store.feed.head()).people[-1].is_expert
        put(store, a_placeholder("ana", is_active=False))
        assert not store.people.find(["per_ana"], viewer=ANYONE)["per_ana"].is_active
        assert not store.feed.changes(after=0, upto=store.feed.head()).people[-1].is_expert

    def test_every_name_and_site_is_told_once(self, store: GraphStore) -> None:
        put(store, an_account("zoe", site="Lyon"), an_account("ana", site="Lyon"), an_account("ana", source="mail"))
        put(store, a_placeholder("bob"))
        assert store.people.names() == ["Ana", "Lyon", "Zoe"]

    def test_accounts_are_shown_in_order_but_for_those_put_by_public_id(self, store: GraphStore) -> None:
        api = an_account("per_ana", source="api", person="per_ana")
        put(store, an_account("zoe", person="per_ana"), an_account("a", source="mail", person="per_ana"))
        put(store, an_account("ana"), api)
        shown = (ref("ana"), ref("zoe"), ref("a", source="mail"))
        assert store.people.find(["per_ana"], viewer=ANYONE)["per_ana"].accounts == shown

    def test_a_person_of_whom_nothing_is_known_is_hidden(self, store: GraphStore) -> None:
        put(store, a_placeholder("ana"))
        assert store.people.find(["per_ana"], viewer=ANYONE) == {}

    def test_of_a_person_taken_back_only_that_is_shown(self, store: GraphStore) -> None:
        put(store, an_account("ana", site="Lyon"))
        put(store, a_placeholder("ana", is_active=False))
        assert store.people.find(["per_ana"], viewer=ANYONE) == {"per_ana": a_person("ana", name=None, is_active=False)}
        assert store.feed.changes(after=0, upto=2).people == (PersonRow(1, "per_ana", False),)

    def test_they_are_seen_by_who_may_read_a_post_of_theirs(self, store: GraphStore) -> None:
        put(store, a_placeholder("ana"), a_community("board"), a_post("p1", community="board"))
        assert store.people.find(["per_ana"], viewer=ANYONE) == {}
        assert store.people.find(["per_ana"], viewer=a_viewer(communities={0, 1})) == {
            "per_ana": a_person("ana", name=None)
        }
        put(store, a_post("p2"))
        assert store.people.find(["per_ana"], viewer=ANYONE) == {"per_ana": a_person("ana", name=None)}
        assert store.people.find(["per_ana"], viewer=a_viewer(communities=set())) == {}

    def test_everybody_sees_themselves(self, store: GraphStore) -> None:
        put(store, a_placeholder("ana"), a_placeholder("bob"))
        assert store.people.find(["per_ana", "per_bob"], viewer=a_viewer("per_ana")).keys() == {"per_ana"}

    def test_a_hidden_account_of_somebody_seen_is_not_shown(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_placeholder("ghost", person="per_ana"))
        assert store.people.find(["per_ana"], viewer=ANYONE)["per_ana"].accounts == (ref("ana"),)
        assert store.people.find(["per_ana"], viewer=a_viewer("per_ana"))["per_ana"].accounts == (
            ref("ana"),
            ref("ghost"),
        )

    def test_a_person_without_accounts_is_left_out(self, store: GraphStore) -> None:
        put(store, an_account("ana"))
        put(store, an_account("ana", person="per_bob"))
        assert store.people.find(["per_ana", "per_bob"], viewer=ANYONE).keys() == {"per_bob"}
        assert store.people.find(["per_ana"], viewer=a_viewer("per_ana")) == {}


class TestKnows:
    def test_posts_that_mention_a_topic_are_counted_by_community(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_community("tech"), a_topic("dwdm"), a_topic("ospf"))
        put(store, a_post("p1", community="tech"), a_post("p2", community="tech", created_at=later(2)), a_post("p3"))
        for key in ("p1", "p2", "p3"):
            index(store, key, dwdm=0.5)
        put(store, a_post("p4", community="tech"))
        index(store, "p4", ospf=0.5)
        assert store.people.knows("per_ana", viewer=a_viewer(communities={0, 1})) == [
            Known("per_ana", "top_dwdm", None, 1, NOON, NOON),
            Known("per_ana", "top_dwdm", "com_tech", 2, NOON, later(2)),
            Known("per_ana", "top_ospf", "com_tech", 1, NOON, NOON),
        ]

    def test_what_lies_in_a_hidden_community_is_not_told(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_community("board", visibility="secret"), a_topic(), a_post(community="board"))
        index(store, dwdm=0.5)
        assert store.people.knows("per_ana", viewer=ANYONE) == []

    def test_nobody_knows_nothing(self, store: GraphStore) -> None:
        assert store.people.knows("per_nobody", viewer=ANYONE) == []

    def test_it_follows_the_account_to_its_person(self, store: GraphStore) -> None:
        put(store, an_account("ana"), an_account("bob"), a_topic(), a_post("p1"), a_post("p2", author="bob"))
        index(store, "p1", dwdm=0.5)
        index(store, "p2", dwdm=0.5)
        put(store, an_account("ana", person="per_bob"))
        assert store.people.knows("per_bob", viewer=ANYONE) == [Known("per_bob", "top_dwdm", None, 2, NOON, NOON)]
        put(store, an_account("ana"))
        assert store.people.knows("per_bob", viewer=ANYONE) == [Known("per_bob", "top_dwdm", None, 1, NOON, NOON)]
        assert store.people.knows("per_ana", viewer=ANYONE) == [Known("per_ana", "top_dwdm", None, 1, NOON, NOON)]


class TestPeopleInTheFeed:
    def test_people_are_numbered_in_the_order_in_which_they_are_first_put(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_placeholder("bob"))
        put(store, an_account("ana", name="Ana M."), an_account("cleo"))
        assert store.feed.changes(after=0, upto=4).people == (
            PersonRow(2, "per_bob", True),
            PersonRow(1, "per_ana", True, "Ana M."),
            PersonRow(3, "per_cleo", True, "Cleo"),
        )
        assert store.feed.head() == store.feed.directory() == 4

    def test_the_feed_tells_department_and_site_of_the_account_that_is_shown(self, store: GraphStore) -> None:
        put(store, an_account("ana", department="Études", site="Lyon"), a_placeholder("bob"))
        put(store, an_account("a", person="per_ana", name="Ana M.", department="Achats"))
        assert store.feed.changes(after=0, upto=3).people == (
            PersonRow(2, "per_bob", True),
            PersonRow(1, "per_ana", True, "Ana M.", "Achats"),
        )

    def test_the_same_account_again_changes_nothing(self, store: GraphStore) -> None:
        put(store, an_account("ana", **FULL), a_placeholder("bob"))
        put(store, an_account("ana", **FULL), a_placeholder("bob"))
        assert store.feed.head() == 2

    def test_the_same_account_again_is_a_change_when_its_person_shows_another(self, store: GraphStore) -> None:
        put(store, an_account("ana"), an_account("a", person="per_ana"))
        put(store, an_account("ana"))
        assert store.feed.head() == 3

    def test_who_is_inactive_or_a_bot_is_no_expert(self, store: GraphStore) -> None:
        put(store, an_account("ana", is_active=False), an_account("bob", is_bot=True), a_placeholder("cleo"))
        people = store.feed.changes(after=0, upto=3).people
        assert [person.is_expert for person in people] == [False, False, True]

    def test_a_moved_account_takes_along_what_it_wrote_and_did(self, store: GraphStore) -> None:
        put(store, an_account("ana"), an_account("bob"), a_placeholder("a", person="per_ana"))
        put(store, a_post("p1"), a_post("p2", author="bob"), a_post("p3"))
        put(store, an_interaction("i1"), an_interaction("i2", source="bob", target="ana"))
        before = store.feed.head()
        put(store, an_account("ana", person="per_bob"))
        moved = store.feed.changes(after=before, upto=store.feed.head())
        assert [person.id for person in moved.people] == ["per_bob", "per_ana"]
        assert [(post.id, post.author) for post in moved.posts] == [("pst_p1", 2), ("pst_p3", 2)]
        assert [(one.number, one.source, one.target) for one in moved.interactions] == [(1, 2, 2), (2, 2, 2)]
        assert moved.seq == before + 6
        assert store.feed.directory() == before + 2

    def test_who_loses_the_last_account_stays_in_the_feed_as_no_expert(self, store: GraphStore) -> None:
        put(store, an_account("ana"))
        put(store, an_account("ana", person="per_bob"))
        assert store.feed.changes(after=0, upto=2).people == (
            PersonRow(1, "per_ana", False),
            PersonRow(2, "per_bob", True, "Ana"),
        )
        assert store.feed.head() == 2


class TestCommunities:
    def test_a_community_comes_back_as_it_was_put_last(self, store: GraphStore) -> None:
        full = a_community(
            members={"ana": "lead", "bob": "member"},
            kind="project",
            purpose="Transport",
            charter="Be kind",
            parent="com_unknown",
            is_archived=True,
        )
        put(store, an_account("ana"), an_account("bob"), a_community(members={"bob": "moderator"}))
        put(store, full)
        assert store.communities.find(["com_tech", "com_unknown"], viewer=ANYONE) == {"com_tech": full}
        assert store.write(lambda tx: tx.communities.refs(["com_tech", "com_unknown"])) == {"com_tech": full.ref}

    def test_members_come_back_in_order_one_role_each(self, store: GraphStore) -> None:
        twice = (Member(ref("bob")), Member(ref("ana")), Member(ref("bob"), "lead"))
        put(store, an_account("ana"), an_account("bob"), replace(a_community(), members=twice))
        found = store.communities.find(["com_tech"], viewer=ANYONE)["com_tech"]
        assert found.members == (Member(ref("ana")), Member(ref("bob"), "lead"))

    def test_a_nameless_community_is_shown_to_nobody(self, store: GraphStore) -> None:
        put(store, a_community(name=None, visibility="secret"))
        assert store.communities.find(["com_tech"], viewer=a_viewer(communities={0, 1})) == {}
        assert store.communities.page(after="", limit=10, viewer=a_viewer(communities={0, 1})) == []
        assert store.communities.numbers(["com_tech"]) == {"com_tech": 1}

    def test_a_secret_community_is_named_to_its_members_only(self, store: GraphStore) -> None:
        board = a_community("board", visibility="secret", members={"ana": "member"}, charter="Hush")
        put(store, an_account("ana"), an_account("bob"), board)
        assert store.communities.find(["com_board"], viewer=viewer(store, "per_ana")) == {"com_board": board}
        assert store.communities.find(["com_board"], viewer=viewer(store, "per_bob")) == {}
        assert store.communities.names(["com_board"], viewer=viewer(store, "per_ana")) == {"com_board": "Board"}
        assert store.communities.names(["com_board"], viewer=viewer(store, "per_bob")) == {}

    def test_names_are_those_of_named_communities(self, store: GraphStore) -> None:
        put(store, a_community("open"), a_community("x", name=None), a_community("team", visibility="members"))
        asked = ["com_open", "com_x", "com_team", "com_unknown"]
        assert store.communities.names(asked, viewer=ANYONE) == {"com_open": "Open", "com_team": "Team"}
        assert store.communities.names([], viewer=ANYONE) == {}

    def test_members_and_charter_of_a_closed_community_are_shown_to_its_members_only(self, store: GraphStore) -> None:
        closed = a_community(visibility="members", members={"ana": "lead"}, charter="Hush", purpose="Optics")
        put(store, an_account("ana"), closed)
        assert store.communities.find(["com_tech"], viewer=viewer(store, "per_ana")) == {"com_tech": closed}
        outside = replace(closed, members=(), charter=None)
        assert store.communities.find(["com_tech"], viewer=viewer(store, None)) == {"com_tech": outside}

    def test_pages_go_on_after_the_last_public_id(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_community("c", members={"ana": "lead"}, charter="Be kind"))
        put(store, a_community("d"), a_community("a", visibility="members"), a_community("b", visibility="secret"))
        first = store.communities.page(after="", limit=2, viewer=ANYONE)
        assert first == [a_community("a", visibility="members"), a_community("c")]  # without members and charters
        assert store.communities.page(after="com_c", limit=2, viewer=ANYONE) == [a_community("d")]
        assert store.communities.page(after="com_d", limit=2, viewer=ANYONE) == []

    def test_members_read_their_communities_and_everybody_the_public_ones(self, store: GraphStore) -> None:
        put(store, an_account("ana"), an_account("b", person="per_ana"), a_community("open"))
        put(store, a_community("board", visibility="secret", members={"ana": "member"}))
        put(
            store,
            a_community("team", visibility="members", members={"b": "lead"}),
            a_community("x", visibility="members"),
        )
        assert store.communities.readable_by("per_ana") == {0, 1, 2, 3}
        assert store.communities.readable_by("per_nobody") == {0, 1}
        assert store.communities.readable_by(None) == {0, 1}

    def test_an_inactive_account_opens_nothing(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_community("board", visibility="secret", members={"ana": "member"}))
        put(store, an_account("ana", is_active=False))
        assert store.communities.readable_by("per_ana") == {0}

    def test_a_membership_goes_with_its_account(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_community("board", visibility="secret", members={"ana": "member"}))
        put(store, an_account("ana", person="per_bob"))
        assert store.communities.readable_by("per_ana") == {0}
        assert store.communities.readable_by("per_bob") == {0, 1}

    def test_a_change_is_told_by_the_directory_alone(self, store: GraphStore) -> None:
        put(store, an_account("ana"), a_community("a"), a_community("b"))
        put(store, a_community("a"), a_community("b", members={"ana": "lead"}))
        assert store.feed.head() == store.feed.directory() == 4
        put(store, a_post("p1"))
        assert (store.feed.head(), store.feed.directory()) == (5, 4)
