"""The contract of every store: questions, who sees them, and what they add up to."""

from typing import Any

import pytest

from graph.errors import Conflict
from graph.model import Event, Exchange, Question, Ref
from graph.store import GraphStore
from tests.builders import NOON, a_post, a_question, a_viewer, an_account, later, put, ref

CLOSED = {"outcome": "redirected", "redirected_to": "cleo", "closed_at": later(2), "closed_by": "asked"}


@pytest.fixture
def people(store: GraphStore) -> GraphStore:
    """A store with Ana, Bob, Cleo and Dan, who are 1 to 4."""
    put(store, *map(an_account, ("ana", "bob", "cleo", "dan")))
    return store


def seen(store: GraphStore, person: str | None, **wanted: Any) -> list[str]:
    """The keys of the questions that this person sees, in their order."""
    viewer = a_viewer(person and f"per_{person}")
    return [question.event.key for question in store.questions.find(**{"limit": 10, **wanted}, viewer=viewer)]


class TestReadingQuestions:
    def test_a_question_comes_back_as_it_was_put_last(self, people: GraphStore) -> None:
        asked = a_question(
            post="pst_p1", topics=("top_dwdm", "top_ospf"), text="« L'été », 'so' {$x}", ref=Ref("é", '"'), **CLOSED
        )
        put(people, a_question())
        put(people, asked)
        [found] = people.questions.find(limit=5, viewer=a_viewer("per_ana"))
        assert found == Question(asked, asker="per_ana", asked="per_bob", redirected_to="per_cleo")

    def test_its_own_people_see_it_and_nobody_else(self, people: GraphStore) -> None:
        put(people, a_question(**CLOSED))
        assert [person for person in ("ana", "bob", "cleo", "dan", None) if seen(people, person)] == [
            "ana",
            "bob",
            "cleo",
        ]
        everywhere = a_viewer("per_dan", communities=set(range(9)))
        assert people.questions.find(key="q1", limit=1, viewer=everywhere) == []

    def test_who_is_named_no_more_sees_it_no_more(self, people: GraphStore) -> None:
        put(people, a_question(**CLOSED))
        put(people, a_question(asked="dan"))
        assert [person for person in ("ana", "bob", "cleo", "dan") if seen(people, person)] == ["ana", "dan"]

    def test_the_last_asked_comes_first_page_by_page(self, people: GraphStore) -> None:
        put(people, a_question("q2"), a_question("q1", at=later(1)), a_question("q3"), a_question("q4", asker="dan"))
        assert seen(people, "ana") == ["q1", "q3", "q2"]
        assert seen(people, "ana", limit=2) == ["q1", "q3"]
        assert seen(people, "ana", before=(NOON, "q3")) == ["q2"]
        assert seen(people, "ana", before=(NOON, "q2")) == []

    def test_questions_are_found_by_role_state_and_key(self, people: GraphStore) -> None:
        put(
            people,
            a_question("q1"),
            a_question("q2", **CLOSED),
            a_question("q3", asker="cleo", asked="ana"),
            a_question("q4", asker="ana", asked="ana"),
        )
        assert seen(people, "ana", role="asker") == ["q4", "q2", "q1"]
        assert seen(people, "ana", role="asked") == ["q4", "q3"]
        assert seen(people, "cleo", role="redirected") == ["q2"]
        assert seen(people, "ana", is_open=True) == ["q4", "q3", "q1"]
        assert seen(people, "ana", role="asker", is_open=False) == ["q2"]
        assert seen(people, "ana", key="q3") == ["q3"]
        assert seen(people, "ana", key="unknown") == []

    def test_questions_are_found_by_whom_they_name(self, people: GraphStore) -> None:
        put(people, a_question("q1"), a_question("q2", asked="dan"), a_question("q3", asker="cleo", asked="ana"))
        assert seen(people, "ana", people=["per_bob"]) == ["q1"]
        assert seen(people, "ana", people=["per_cleo", "per_dan"]) == ["q3", "q2"]
        assert seen(people, "ana", people=["per_dan", "per_cleo"], role="asker") == ["q2"]
        assert seen(people, "ana", people=["per_eve"]) == seen(people, "dan", people=["per_bob"]) == []
        put(people, a_question("q1", **CLOSED))
        assert seen(people, "ana", people=["per_cleo"], role="asker") == ["q1"]

    def test_a_question_moves_with_the_account_and_back(self, people: GraphStore) -> None:
        put(people, a_question(**CLOSED), a_question("q2", asker="dan"))
        put(people, an_account("ana", person="per_dan"))
        [first, second] = people.questions.find(limit=5, viewer=a_viewer("per_dan"))
        assert (first.asker, second.asker) == ("per_dan", "per_dan")
        assert people.questions.exchanges([1, 4], since=NOON, expired=NOON)[4].received == {"redirected": 1}
        put(people, an_account("ana"))
        assert (seen(people, "ana"), seen(people, "dan")) == (["q1"], ["q2"])

    def test_what_was_taken_away_is_gone(self, people: GraphStore) -> None:
        put(people, a_question("q1", post="pst_p1"), a_question("q2"))
        people.write(lambda tx: tx.interactions.put_events([], gone=["q1", "unknown"]))
        assert seen(people, "ana") == ["q2"]
        assert people.write(lambda tx: tx.interactions.events_about(["pst_p1"])) == []

    def test_a_write_sees_what_it_wrote(self, people: GraphStore) -> None:
        def work(tx: Any) -> list[Question]:
            tx.interactions.put_events([a_question()])
            return tx.reads.questions.find(limit=5, viewer=a_viewer("per_bob"))

        assert len(people.write(work)) == 1

    def test_a_question_of_somebody_unknown_leaves_nothing(self, people: GraphStore) -> None:
        with pytest.raises(Conflict):
            put(people, a_question(asked="eve"))
        assert seen(people, "ana") == []

    def test_it_comes_back_with_the_events_about_its_post(self, people: GraphStore) -> None:
        about: list[Event] = [a_question("q1", post="pst_p1", **CLOSED), a_question("q2", post="pst_p1")]
        put(people, a_post("p1"), *about)
        assert people.write(lambda tx: tx.interactions.events_about(["pst_p1"])) == about


class TestIntroductions:
    def test_an_introduction_comes_back_as_it_was_put_last(self, people: GraphStore) -> None:
        asked = a_question(introduce_to="cleo", outcome="no_answer", closed_at=later(1), closed_by="asked")
        put(people, asked)
        [found] = people.questions.find(introductions=True, limit=5, viewer=a_viewer("per_bob"))
        assert found == Question(asked, asker="per_ana", asked="per_bob", introduce_to="per_cleo")

    def test_what_was_said_with_the_answer_comes_back_and_goes_with_another_answer(self, people: GraphStore) -> None:
        made = {"introduce_to": "cleo", "redirected_to": "cleo", "outcome": "redirected", "closed_at": later(1)}
        for said in ("« Parle-lui », l'été", None):
            put(people, a_question(**made, closed_with=said))
            [found] = people.questions.find(introductions=True, limit=5, viewer=a_viewer("per_cleo"))
            assert found.asking.closed_with == said

    def test_who_is_to_be_introduced_sees_it_once_it_is_passed_on_to_them(self, people: GraphStore) -> None:
        put(people, a_question(introduce_to="cleo"))
        assert seen(people, "ana", introductions=True) == seen(people, "bob", introductions=True) == ["q1"]
        assert seen(people, "cleo", introductions=True) == seen(people, "dan", introductions=True) == []
        put(people, a_question(introduce_to="cleo", redirected_to="cleo", outcome="redirected", closed_at=later(1)))
        assert seen(people, "cleo", introductions=True, role="redirected") == ["q1"]

    def test_questions_and_introductions_are_found_apart(self, people: GraphStore) -> None:
        put(people, a_question("q1"), a_question("q2", introduce_to="cleo"))
        assert (seen(people, "ana"), seen(people, "ana", introductions=True)) == (["q1"], ["q2"])
        assert seen(people, "ana", key="q2") == []

    def test_introductions_are_found_by_whom_they_name_to_who_may_see_them(self, people: GraphStore) -> None:
        put(people, a_question("q1", introduce_to="cleo"), a_question("q2", introduce_to="dan"))
        assert seen(people, "ana", introductions=True, people=["per_dan"]) == ["q2"]
        assert seen(people, "bob", introductions=True, people=["per_ana"]) == ["q2", "q1"]
        assert seen(people, "cleo", introductions=True, people=["per_ana", "per_bob"]) == []

    def test_it_moves_with_the_account_of_who_is_to_be_introduced(self, people: GraphStore) -> None:
        put(people, a_question(introduce_to="cleo"), an_account("cleo", person="per_dan"))
        [found] = people.questions.find(introductions=True, limit=5, viewer=a_viewer("per_ana"))
        assert (found.introduce_to, seen(people, "dan", introductions=True)) == ("per_dan", [])

    def test_it_counts_as_open_until_it_is_made_or_expires_whatever_was_answered(self, people: GraphStore) -> None:
        declined = {"outcome": "no_answer", "closed_at": later(3), "closed_by": "asked"}
        made = {"outcome": "redirected", "redirected_to": "cleo", "closed_at": later(3)}
        put(
            people,
            a_question("q1", introduce_to="cleo"),
            a_question("q2", introduce_to="cleo", at=later(1)),
            a_question("q3", introduce_to="cleo", at=later(2), **declined),
            a_question("q4", introduce_to="cleo", at=later(2), **made),
        )
        assert people.questions.exchanges([1, 2, 3], since=later(2), expired=NOON) == {2: Exchange(open=2, recent=1)}


class TestExchanges:
    def test_each_question_counts_once_for_who_was_asked_and_once_for_the_asker(self, people: GraphStore) -> None:
        put(
            people,
            a_question("q1"),
            a_question("q2", at=later(5)),
            a_question("q3", at=later(5), outcome="helped", closed_at=later(6)),
            a_question("q4", asker="bob", asked="cleo", **CLOSED | {"redirected_to": "dan"}),
        )
        assert people.questions.exchanges([1, 2, 3, 4], since=later(5), expired=NOON) == {
            1: Exchange(received={"helped": 1}),
            2: Exchange(open=2, recent=2, given={"helped": 1}, received={"redirected": 1}),
            3: Exchange(given={"redirected": 1}),
        }

    def test_who_never_asked_nor_was_asked_is_left_out(self, people: GraphStore) -> None:
        put(people, a_question(**CLOSED))
        assert people.questions.exchanges([3, 4, 99], since=NOON, expired=NOON) == {}
        assert people.questions.exchanges([], since=NOON, expired=NOON) == {}

    def test_the_accounts_of_a_person_count_together(self, people: GraphStore) -> None:
        put(people, an_account("cleo", person="per_bob"), a_question("q1"), a_question("q2", asked="cleo"))
        assert people.questions.exchanges([2], since=NOON, expired=NOON) == {2: Exchange(open=2, recent=2)}
        assert {question.event.target for question in people.questions.find(limit=9, viewer=a_viewer("per_bob"))} == {
            ref("bob"),
            ref("cleo"),
        }
