"""Introductions over HTTP: who is asked, and who is told."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.app.client import Api
from tests.app.introducing import WHY, Introducing
from tests.app.records import person


@pytest.fixture
def company(api: Api) -> Introducing:
    return Introducing(api)


@pytest.fixture
def sqlite_company(sqlite_api: Api) -> Introducing:
    return Introducing(sqlite_api)


def referrals(api: Api) -> list[tuple[str, str]]:
    """Who referred somebody to whom, by name."""
    store = api.services.store
    changes = store.feed.changes(after=0, upto=store.feed.head())
    names = {row.number: row.name or "?" for row in changes.people}
    return [(names[row.source], names[row.target]) for row in changes.interactions if row.type == "referral"]


class TestIntroducing:
    def test_the_intermediary_is_asked_first_and_the_target_hears_when_they_agree(self, company: Introducing) -> None:
        answer = company.ask("ana", "bo", "di")
        address, shown = answer.headers["Location"], answer.json()
        assert (answer.status_code, shown["state"], shown["message"]) == (201, "requested", WHY)
        assert (shown["intermediary"]["name"], shown["target"]["name"]) == ("Bo", "Di")
        assert company.get("ana", address).json() == shown
        assert company.get("bo", address).json() | {"next_step": shown["next_step"]} == shown
        for who in ("cy", "di", "eve"):
            assert (company.get(who, address).status_code, company.seen(who)) == (404, [])
        assert company.answer("bo", address, "accepted") == 204
        made = company.get("di", address).json()
        assert (made["state"], made["asker"]["name"], made["message"]) == ("accepted", "Ana", WHY)
        for who in ("ana", "bo"):
            assert company.get(who, address).json() | {"next_step": made["next_step"]} == made
        assert company.seen("di", "?role=target&state=accepted") == ["accepted"]
        assert company.seen("eve") == []
        assert referrals(company.api) == [("Bo", "Di")]

    def test_who_asked_cannot_tell_a_refusal_from_silence(self, company: Introducing) -> None:
        declined, silent = company.ask("ana", "bo", "di", id="1"), company.ask("ana", "bo", "eve", id="2")
        assert (declined.status_code, silent.status_code) == (201, 404)
        address, tag = declined.headers["Location"], declined.headers["ETag"]
        assert company.answer("bo", address, "declined") == 204
        assert company.get("bo", address).json()["state"] == "declined"
        again = company.get("ana", address)
        assert (again.json(), again.headers["ETag"]) == (declined.json(), tag)
        assert company.seen("ana", "?state=requested") == ["requested"]
        assert company.seen("ana", "?state=declined") == []
        assert company.ask("ana", "bo", "di", id="1", message="Et ceci ?").json() == declined.json()
        assert company.get("di", address).status_code == 404
        assert referrals(company.api) == []

    def test_who_accepts_adds_a_word_for_the_other_two(self, company: Introducing) -> None:
        address = company.ask("ana", "bo", "di").headers["Location"]
        assert company.get("bo", address).json()["answer_message"] is None
        assert company.answer("bo", address, "accepted", message="Di, Ana mesure bien.") == 204
        seen = [company.get(who, address).json() for who in ("ana", "bo", "di")]
        assert {one["answer_message"] for one in seen} == {"Di, Ana mesure bien."}
        for fields in ({"message": "Ana, demande la fibre."}, {}):  # another word, and the same again without any
            assert company.answer("bo", address, "accepted", **fields) == 204
            again = company.get("di", address).json()
            assert (again["answer_message"], again["answered_at"]) == ("Ana, demande la fibre.", seen[0]["answered_at"])

    @pytest.mark.parametrize(
        ("said", "fields"),
        [
            ("declined", {"message": "Pas maintenant."}),
            ("accepted", {"message": ""}),
            ("accepted", {"message": "  "}),
            ("accepted", {"message": 2001 * "a"}),
        ],
    )
    def test_a_word_that_nobody_would_be_told_is_refused(
        self, sqlite_company: Introducing, said: str, fields: dict[str, Any]
    ) -> None:
        address = sqlite_company.ask("ana", "bo", "di").headers["Location"]
        answer = sqlite_company.api.request(
            "PUT", f"{address}/answer", token=sqlite_company.token["bo"], json={"answer": said, **fields}
        )
        assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, ["/message"])
        assert sqlite_company.seen("bo") == ["requested"]

    def test_who_declined_may_still_accept_and_who_accepted_has_told(self, company: Introducing) -> None:
        address = company.ask("ana", "bo", "di").headers["Location"]
        said = ("declined", "accepted", "accepted", "declined")
        assert [company.answer("bo", address, answer) for answer in said] == [204, 204, 204, 409]
        assert company.seen("di") == ["accepted"]

    @pytest.mark.parametrize(("first", "code"), [("accepted", "target_told"), ("declined", "expired")])
    def test_an_answer_that_comes_too_late_says_why(self, sqlite_company: Introducing, first: str, code: str) -> None:
        address = sqlite_company.ask("ana", "bo", "di").headers["Location"]
        sqlite_company.answer("bo", address, first)
        sqlite_company.expire(address)
        refused = sqlite_company.api.request(
            "PUT", f"{address}/answer", token=sqlite_company.token["bo"], json={"answer": "declined"}
        )
        [error] = refused.json()["errors"]
        assert (refused.status_code, error["pointer"], error["code"]) == (409, "/answer", code)

    def test_only_the_intermediary_answers_and_only_who_asked_takes_back(self, company: Introducing) -> None:
        address = company.ask("ana", "bo", "di").headers["Location"]
        assert [company.answer(who, address, "accepted") for who in ("ana", "di", "cy")] == [403, 404, 404]

        def take_back(who: str) -> int:
            return company.api.request("DELETE", address, token=company.token[who]).status_code

        assert [take_back(who) for who in ("bo", "di")] == [403, 404]
        company.answer("bo", address, "accepted")
        assert [company.answer("di", address, "declined"), take_back("di")] == [403, 403]
        assert [take_back("ana"), take_back("ana")] == [204, 404]
        assert [company.seen(who) for who in ("ana", "bo", "di")] == [[], [], []]
        assert referrals(company.api) == []

    @pytest.mark.parametrize(
        ("language", "not_theirs", "in_vain"),
        [
            ("en", "For another person of this exchange", "No introduction this way"),
            ("fr", "Réservé à une autre personne de cet échange", "Présentation impossible"),
        ],
    )
    def test_a_refusal_is_called_what_it_is(
        self, sqlite_company: Introducing, language: str, not_theirs: str, in_vain: str
    ) -> None:
        headers, api = {"Accept-Language": language}, sqlite_company.api
        address = sqlite_company.ask("ana", "bo", "di").headers["Location"]
        refused = api.request("DELETE", address, token=sqlite_company.token["bo"], headers=headers).json()
        assert (refused["type"], refused["title"]) == ("/problems/not-theirs", not_theirs)
        body = {"intermediary": sqlite_company.id["eve"], "target": sqlite_company.id["di"], "message": WHY}
        refused = api.request(
            "POST", "/v1/introductions", token=sqlite_company.token["ana"], headers=headers, json=body
        ).json()
        assert (refused["type"], refused["title"]) == ("/problems/cannot-introduce", in_vain)

    def test_an_answer_meant_for_another_version_is_refused(self, company: Introducing) -> None:
        address = company.ask("ana", "bo", "di").headers["Location"]
        tag = company.get("bo", address).headers["ETag"]
        assert company.answer("bo", address, "declined", tag=tag) == 204
        assert company.answer("bo", address, "accepted", tag=tag) == 412
        assert (
            company.get("bo", address, **{"If-None-Match": company.get("bo", address).headers["ETag"]}).status_code
            == 304
        )

    def test_a_version_is_known_in_whichever_language_it_was_read(self, sqlite_company: Introducing) -> None:
        address = sqlite_company.ask("ana", "bo", "di").headers["Location"]
        tags = [
            sqlite_company.get("bo", address, **{"Accept-Language": language}).headers["ETag"]
            for language in ("fr", "en")
        ]
        assert tags[0] != tags[1]
        assert sqlite_company.answer("bo", address, "declined", tag=tags[0]) == 204
        assert sqlite_company.answer("bo", address, "declined", tag=tags[1]) == 412

    def test_a_version_stays_the_same_when_somebody_is_called_otherwise(self, company: Introducing) -> None:
        answer = company.ask("ana", "bo", "di")
        address, tag = answer.headers["Location"], answer.headers["ETag"]
        company.api.send(person("di", name="Di Roux"))
        shown = company.get("ana", address, **{"If-None-Match": tag})
        assert (shown.status_code, shown.json()["target"]["name"]) == (200, "Di Roux")
        assert company.answer("bo", address, "declined", tag=company.get("bo", address).headers["ETag"]) == 204
        taken_back = company.api.request("DELETE", address, token=company.token["ana"], headers={"If-Match": tag})
        assert taken_back.status_code == 204

    def test_the_same_again_changes_nothing(self, company: Introducing) -> None:
        first, again = company.ask("ana", "bo", "di", id="m1"), company.ask("ana", "bo", "di", id="m1")
        assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
        assert company.seen("bo") == ["requested"]

    @pytest.mark.parametrize("fields", [{}, {"id": "1"}])
    def test_while_the_first_waits_the_same_is_the_first(self, company: Introducing, fields: dict[str, str]) -> None:
        first, again = company.ask("ana", "bo", "di"), company.ask("ana", "bo", "di", message="Et ceci ?", **fields)
        assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
        assert company.answer("bo", first.headers["Location"], "declined") == 204
        for _ in range(5):
            assert company.ask("ana", "bo", "di", **fields).json() == first.json()
        assert company.get("bo", "/v1/me/exchange").json()["open"] == 1
        others = company.ask("ana", "cy", "di", id="2"), company.ask("di", "bo", "ana")
        assert [answer.status_code for answer in others] == [201, 201]

    def test_an_id_of_its_own_is_told_from_what_waits(self, company: Introducing) -> None:
        first = company.ask("ana", "bo", "di", id="m1")
        company.answer("bo", first.headers["Location"], "accepted")
        second = company.ask("ana", "bo", "di", id="m2")
        assert [company.ask("ana", "bo", "di", id=own).json()["id"] for own in ("m1", "m2", "m3")] == [
            answer.json()["id"] for answer in (first, second, second)
        ]

    @pytest.mark.parametrize("end", ["expired", "declined", "accepted", "taken back"])
    def test_once_the_first_is_over_the_same_is_a_new_one(self, company: Introducing, end: str) -> None:
        first = company.ask("ana", "bo", "di").headers["Location"]
        if end in ("declined", "accepted"):
            company.answer("bo", first, end)
        if end in ("declined", "expired"):
            company.expire(first)
        if end == "taken back":
            company.api.request("DELETE", first, token=company.token["ana"])
        new = company.ask("ana", "bo", "di")
        assert (new.status_code, new.json()["state"]) == (201, "requested")
        assert new.headers["Location"] != first

    def test_what_is_sent_twice_at_once_is_asked_once(self, company: Introducing) -> None:
        with ThreadPoolExecutor(4) as sending:
            answers = list(sending.map(lambda _: company.ask("ana", "bo", "di"), range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
        assert len({answer.headers["Location"] for answer in answers}) == 1

    def test_it_is_no_question_and_counts_as_an_open_one(self, company: Introducing) -> None:
        address = company.ask("ana", "bo", "di").headers["Location"]
        as_question = address.replace("introductions/int_", "questions/que_")
        assert company.get("bo", "/v1/questions").json()["items"] == []
        assert company.get("bo", as_question).status_code == 404
        body = {"outcome": "redirected", "redirected_to": company.id["di"]}
        put = company.api.request("PUT", f"{as_question}/outcome", token=company.token["bo"], json=body)
        assert put.status_code == 404
        for said in (None, "declined"):
            assert said is None or company.answer("bo", address, said) == 204
            assert company.get("bo", "/v1/me/exchange").json()["open"] == 1
        company.answer("bo", address, "accepted")
        own = company.get("bo", "/v1/me/exchange").json()
        assert (own["open"], own["given"]["redirected"], own["balance"]) == (0, 0, 0)

    @pytest.mark.parametrize(
        ("over", "to"), [("di", "eve"), ("bo", "eve"), ("eve", "di"), ("bo", "ana"), ("ana", "bo"), ("bo", "bo")]
    )
    def test_only_somebody_one_knows_introduces_to_somebody_they_know(
        self, sqlite_company: Introducing, over: str, to: str
    ) -> None:
        answer = sqlite_company.ask("ana", over, to)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (404, "/intermediary")

    @pytest.mark.parametrize(
        ("fields", "status", "pointer"),
        [
            ({"intermediary": "per_unknown"}, 404, "/intermediary"),
            ({"target": "per_unknown"}, 404, "/intermediary"),
            ({"target": "di"}, 422, "/target"),
            ({"topics": ["top_unknown"]}, 404, "/topics"),
            ({"message": ""}, 422, "/message"),
            ({"message": " \t"}, 422, "/message"),
            ({"message": 2001 * "a"}, 422, "/message"),
            ({"urgent": True}, 422, "/urgent"),
        ],
    )
    def test_a_wrong_field_is_named(
        self, sqlite_company: Introducing, fields: dict[str, Any], status: int, pointer: str
    ) -> None:
        answer = sqlite_company.ask("ana", "bo", "di", **fields)
        assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (status, [pointer])

    def test_nobody_in_particular_asks_for_nothing(self, sqlite_company: Introducing) -> None:
        body = {"intermediary": sqlite_company.id["bo"], "target": sqlite_company.id["di"], "message": WHY}
        answer = sqlite_company.api.request("POST", "/v1/introductions", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/header/quisait-on-behalf-of")

    def test_introductions_come_in_pages_the_last_first(self, company: Introducing) -> None:
        for number in range(4):
            asked = company.ask("ana", "bo", "di", message=f"{number} ?")
            company.answer("bo", asked.headers["Location"], "accepted")
        words, address = [], "/v1/introductions?role=intermediary&state=accepted&limit=2"
        while address:
            answer = company.get("bo", address)
            words += [item["message"] for item in answer.json()["items"]]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
        assert words == ["3 ?", "2 ?", "1 ?", "0 ?"]

    def test_what_was_asked_for_is_found_by_whom_it_names_but_never_by_the_target(self, company: Introducing) -> None:
        company.ask("ana", "bo", "di")
        assert company.seen("ana", f"?person={company.id['di']}") == ["requested"]
        assert company.seen("ana", f"?person={company.id['cy']}") == []
        assert company.seen("di", f"?person={company.id['ana']}") == []


class TestNextSteps:
    def test_each_is_told_what_they_can_do(self, sqlite_company: Introducing) -> None:
        asked = sqlite_company.ask("ana", "bo", "di")
        address, end = asked.headers["Location"], asked.json()["expires_at"][:10]
        assert (
            sqlite_company.next_step("ana", address)
            == asked.json()["next_step"]
            == (f"Bo has been asked and can accept before {end}; unless they do, Di hears nothing of it.")
        )
        assert sqlite_company.next_step("bo", address) == (
            f"Accept or decline before {end}: Di hears nothing of it unless you accept, and a refusal is told to "
            "nobody."
        )
        sqlite_company.answer("bo", address, "accepted")
        assert {who: sqlite_company.next_step(who, address, "fr") for who in ("ana", "bo", "di")} == {
            "ana": "Écrivez maintenant à Di, qui peut lire que Bo vous présente.",
            "bo": "Plus rien à faire : Ana et Di peuvent lire que vous les présentez.",
            "di": "Ana souhaite échanger avec vous, et Bo fait les présentations : écrivez à Ana, ou attendez son "
            "message.",
        }
        [listed] = sqlite_company.get("di", "/v1/introductions").json()["items"]
        assert listed["next_step"] == sqlite_company.next_step("di", address)

    def test_who_asked_is_told_the_same_of_a_refusal_and_of_silence(self, sqlite_company: Introducing) -> None:
        asked = [sqlite_company.ask("ana", "bo", "di", id=key) for key in ("1", "2")]
        declined, silent = (answer.headers["Location"] for answer in asked)
        sqlite_company.answer("bo", declined, "declined")
        assert sqlite_company.next_step("ana", declined) == sqlite_company.next_step("ana", silent)
        assert sqlite_company.next_step("bo", declined) == (
            f"Nobody is told that you declined; before {asked[0].json()['expires_at'][:10]} you can still accept."
        )
        for address in (declined, silent):
            sqlite_company.expire(address)
            assert sqlite_company.next_step("ana", address) == "Nothing came of it: look for another way to Di."
            assert sqlite_company.next_step("bo", address) == "It is too late to answer; Ana may ask again."
