"""Introductions over HTTP: who leads to whom, who is asked, and who is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from graph.model import Ref
from tests.app.client import Api
from tests.app.records import community, person, post

FIBRE = "La fibre optique se nettoie avant chaque mesure."
WHY = "J'aimerais comprendre comment vous mesurez la fibre."
KEYS = ("ana", "bo", "cy", "di", "eve")


def met(key: str, one: str, other: str, *, times: int = 1, **fields: Any) -> Iterator[dict[str, Any]]:
    """Meetings in person of two people."""
    for turn in range(times):
        said = {"type": "meeting", "people": [one, other], "at": f"2026-01-{10 + turn}T12:00:00Z"}
        yield {"kind": "interaction", "source": "chat", "id": f"{key}{turn}", "channel": "in_person", **said, **fields}


class Company:
    """Ana knows Bo well and Cy a little; these know Di, who knows Eve. Each asks with their own key."""

    def __init__(self, api: Api) -> None:
        self.api = api
        results = api.send(
            *map(person, KEYS),
            community("open"),
            *met("ab", "ana", "bo", times=6, community="open"),
            *met("ac", "ana", "cy"),
            *met("bd", "bo", "di", times=3),
            *met("cd", "cy", "di", times=9),
            *met("de", "di", "eve"),
            post("p1", FIBRE, author="di"),
        )
        self.id = {key: result["public_id"] for key, result in zip(KEYS, results, strict=False)}
        scopes = ("questions:read", "questions:write", "ties:read")
        self.token = {key: api.key(*scopes, person=self.id[key]) for key in KEYS}

    def paths(self, who: str, **parameters: Any) -> httpx.Response:
        """Over whom somebody is led to others."""
        address = f"/v1/people/{self.id[who]}/introductions"
        return self.api.get(address, params={"at": "2026-01-20T12:00:00Z", **parameters}, token=self.token[who])

    def ways(self, who: str, to: str, **parameters: Any) -> list[list[str]]:
        """The names on the way to somebody."""
        items = self.paths(who, to=self.id[to], **parameters).json()["items"]
        return [[step["other"]["name"] for step in item["steps"]] for item in items]

    def ask(self, who: str, over: str, to: str, **fields: Any) -> httpx.Response:
        """The answer to somebody who asks for an introduction."""
        body = {"intermediary": self.id[over], "target": self.id[to], "message": WHY, **fields}
        return self.api.request("POST", "/v1/introductions", token=self.token[who], json=body)

    def get(self, who: str, address: str, **headers: str) -> httpx.Response:
        """What somebody is shown."""
        return self.api.get(address, token=self.token[who], headers=headers)

    def answer(self, who: str, address: str, said: str, *, tag: str | None = None, **fields: Any) -> int:
        """The status when somebody answers."""
        headers, body = {"If-Match": tag} if tag else {}, {"answer": said, **fields}
        return self.api.request(
            "PUT", f"{address}/answer", token=self.token[who], json=body, headers=headers
        ).status_code

    def next_step(self, who: str, address: str, language: str = "en") -> str:
        """What somebody is told to do now."""
        return self.get(who, address, **{"Accept-Language": language}).json()["next_step"]

    def expire(self, address: str) -> None:
        """Let so much time pass that it is too late for an answer."""
        services, viewer = self.api.services, self.api.services.access.viewer(self.id["ana"])
        event = services.introductions.found(address.rpartition("/")[2], viewer=viewer).event
        past = replace(event, at=event.at - timedelta(days=15))
        services.store.write(lambda tx: tx.interactions.put_events([past]))

    def seen(self, who: str, query: str = "") -> list[str]:
        """The states of the introductions that somebody is shown, in their order."""
        return [item["state"] for item in self.get(who, f"/v1/introductions{query}").json()["items"]]


@pytest.fixture
def company(api: Api) -> Company:
    return Company(api)


@pytest.fixture
def sqlite_company(sqlite_api: Api) -> Company:
    return Company(sqlite_api)


def referrals(api: Api) -> list[tuple[str, str]]:
    """Who referred somebody to whom, by name."""
    store = api.services.store
    changes = store.feed.changes(after=0, upto=store.feed.head())
    names = {row.number: row.name or "?" for row in changes.people}
    return [(names[row.source], names[row.target]) for row in changes.interactions if row.type == "referral"]


class TestPaths:
    def test_the_path_whose_weakest_tie_is_strongest_comes_first_and_who_is_asked_differs(
        self, company: Company
    ) -> None:
        assert company.ways("ana", "di") == [["Bo", "Di"], ["Cy", "Di"]]
        assert company.ways("ana", "di", limit=1) == [["Bo", "Di"]]
        assert sorted(company.ways("ana", "eve")) == [["Bo", "Di", "Eve"], ["Cy", "Di", "Eve"]]
        assert company.ways("ana", "bo") == [["Bo"], ["Cy", "Di", "Bo"]]

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("en", "You and Bo: strong tie, 6 exchanges, 6 of them in person, mostly in “open”, the last on"),
            ("fr", "Vous et Bo : lien fort, 6 échanges, dont 6 en personne, surtout dans « open », le dernier le"),
        ],
    )
    def test_each_step_says_how_strong_it_is_and_what_links_the_two(
        self, sqlite_company: Company, language: str, sentence: str
    ) -> None:
        address = f"/v1/people/{sqlite_company.id['ana']}/introductions?to={sqlite_company.id['di']}"
        [found, _] = sqlite_company.get(
            "ana", f"{address}&at=2026-01-20T12:00:00Z", **{"Accept-Language": language}
        ).json()["items"]
        first, second = found["steps"]
        assert found["weakest"] == min(first["strength"], second["strength"])
        assert first["reason"].startswith(sentence)
        assert (first["link"]["events"], first["link"]["last"]) == (6, "2026-01-15")

    def test_a_topic_leads_to_those_who_know_it(self, company: Company) -> None:
        [topic] = company.api.get("/v1/topics?q=fibre&limit=1").json()["items"]
        [found] = company.paths("ana", topic=topic["id"]).json()["items"]
        assert [step["other"]["name"] for step in found["steps"]] == ["Bo", "Di"]
        answer = company.paths("di", topic=topic["id"]).json()
        assert (answer["items"], answer["reason"]["code"]) == ([], "nobody")

    def test_where_no_path_leads_the_answer_says_so(self, sqlite_company: Company) -> None:
        [stranger] = sqlite_company.api.send(person("zoe"))
        answer = sqlite_company.paths("ana", to=stranger["public_id"]).json()
        assert (answer["items"], answer["reason"]["code"]) == ([], "no_path")

    def test_the_past_knows_nothing_of_what_came_later(self, sqlite_company: Company) -> None:
        assert sqlite_company.ways("ana", "di", at="2026-01-09T00:00:00Z") == []

    def test_a_tie_that_is_hidden_leads_nowhere(self, company: Company) -> None:
        company.api.send(community("lab", "bo", "zoe", visibility="secret"), *met("bz", "bo", "zoe", community="lab"))
        zoe = company.api.services.identity.public_id("person", Ref("chat", "zoe"))
        assert company.paths("ana", to=zoe).status_code == 404

    @pytest.mark.parametrize("fields", [{"away_until": "2126-01-01"}, {"most_questions": 0}, {"active": False}])
    def test_whoever_is_left_alone_stands_on_no_path(self, company: Company, fields: dict[str, Any]) -> None:
        company.api.send(person("bo", **fields))
        assert company.ways("ana", "di") == [["Cy", "Di"]]
        assert company.ask("ana", "bo", "di").status_code == 404
        company.api.send(person("di", **fields))
        assert company.ways("ana", "eve") == []
        assert company.ask("ana", "cy", "di").status_code == 404

    def test_who_has_enough_is_not_asked_now(self, company: Company) -> None:
        company.api.send(person("bo", most_questions=1))
        assert company.ask("ana", "bo", "di").status_code == 201
        assert company.ways("ana", "di") == [["Cy", "Di"]]
        refused = company.ask("di", "bo", "ana")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (404, "cannot_introduce")

    def test_nobody_is_told_of_somebody_elses_paths(self, sqlite_company: Company) -> None:
        address = f"/v1/people/{sqlite_company.id['bo']}/introductions?to={sqlite_company.id['di']}"
        for token in (sqlite_company.token["ana"], sqlite_company.api.token):
            answer = sqlite_company.api.get(address, token=token)
            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/personal")

    @pytest.mark.parametrize("given", [{}, {"to": "per_x", "topic": "top_x"}])
    def test_either_a_person_or_a_topic_is_asked_for(self, sqlite_company: Company, given: dict[str, str]) -> None:
        answer = sqlite_company.paths("ana", **given)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "to_or_topic")
        answer = sqlite_company.paths("ana", to=sqlite_company.id["ana"])
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "oneself")
        assert sqlite_company.paths("ana", to="per_x").status_code == 404
        assert sqlite_company.paths("ana", topic="top_x").status_code == 404


class TestIntroducing:
    def test_the_intermediary_is_asked_first_and_the_target_hears_when_they_agree(self, company: Company) -> None:
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

    def test_who_asked_cannot_tell_a_refusal_from_silence(self, company: Company) -> None:
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

    def test_who_accepts_adds_a_word_for_the_other_two(self, company: Company) -> None:
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
            ("accepted", {"message": 2001 * "a"}),
        ],
    )
    def test_a_word_that_nobody_would_be_told_is_refused(
        self, sqlite_company: Company, said: str, fields: dict[str, Any]
    ) -> None:
        address = sqlite_company.ask("ana", "bo", "di").headers["Location"]
        answer = sqlite_company.api.request(
            "PUT", f"{address}/answer", token=sqlite_company.token["bo"], json={"answer": said, **fields}
        )
        assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, ["/message"])
        assert sqlite_company.seen("bo") == ["requested"]

    def test_who_declined_may_still_accept_and_who_accepted_has_told(self, company: Company) -> None:
        address = company.ask("ana", "bo", "di").headers["Location"]
        said = ("declined", "accepted", "accepted", "declined")
        assert [company.answer("bo", address, answer) for answer in said] == [204, 204, 204, 409]
        assert company.seen("di") == ["accepted"]

    @pytest.mark.parametrize(("first", "code"), [("accepted", "target_told"), ("declined", "expired")])
    def test_an_answer_that_comes_too_late_says_why(self, sqlite_company: Company, first: str, code: str) -> None:
        address = sqlite_company.ask("ana", "bo", "di").headers["Location"]
        sqlite_company.answer("bo", address, first)
        sqlite_company.expire(address)
        refused = sqlite_company.api.request(
            "PUT", f"{address}/answer", token=sqlite_company.token["bo"], json={"answer": "declined"}
        )
        [error] = refused.json()["errors"]
        assert (refused.status_code, error["pointer"], error["code"]) == (409, "/answer", code)

    def test_only_the_intermediary_answers_and_only_who_asked_takes_back(self, company: Company) -> None:
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

    def test_an_answer_meant_for_another_version_is_refused(self, company: Company) -> None:
        address = company.ask("ana", "bo", "di").headers["Location"]
        tag = company.get("bo", address).headers["ETag"]
        assert company.answer("bo", address, "declined", tag=tag) == 204
        assert company.answer("bo", address, "accepted", tag=tag) == 412
        assert (
            company.get("bo", address, **{"If-None-Match": company.get("bo", address).headers["ETag"]}).status_code
            == 304
        )

    def test_a_version_is_known_in_whichever_language_it_was_read(self, sqlite_company: Company) -> None:
        address = sqlite_company.ask("ana", "bo", "di").headers["Location"]
        tags = [
            sqlite_company.get("bo", address, **{"Accept-Language": language}).headers["ETag"]
            for language in ("fr", "en")
        ]
        assert tags[0] != tags[1]
        assert sqlite_company.answer("bo", address, "declined", tag=tags[0]) == 204
        assert sqlite_company.answer("bo", address, "declined", tag=tags[1]) == 412

    def test_the_same_again_changes_nothing(self, company: Company) -> None:
        first, again = company.ask("ana", "bo", "di", id="m1"), company.ask("ana", "bo", "di", id="m1")
        assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
        assert company.seen("bo") == ["requested"]

    def test_it_is_no_question_and_counts_as_an_open_one(self, company: Company) -> None:
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
        self, sqlite_company: Company, over: str, to: str
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
            ({"message": 2001 * "a"}, 422, "/message"),
            ({"urgent": True}, 422, "/urgent"),
        ],
    )
    def test_a_wrong_field_is_named(
        self, sqlite_company: Company, fields: dict[str, Any], status: int, pointer: str
    ) -> None:
        answer = sqlite_company.ask("ana", "bo", "di", **fields)
        assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (status, [pointer])

    def test_nobody_in_particular_asks_for_nothing(self, sqlite_company: Company) -> None:
        body = {"intermediary": sqlite_company.id["bo"], "target": sqlite_company.id["di"], "message": WHY}
        answer = sqlite_company.api.request("POST", "/v1/introductions", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/header/quisait-on-behalf-of")

    def test_introductions_come_in_pages_the_last_first(self, company: Company) -> None:
        for number in range(4):
            company.ask("ana", "bo", "di", message=f"{number} ?")
        words, address = [], "/v1/introductions?role=intermediary&state=requested&limit=2"
        while address:
            answer = company.get("bo", address)
            words += [item["message"] for item in answer.json()["items"]]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
        assert words == ["3 ?", "2 ?", "1 ?", "0 ?"]


class TestNextSteps:
    def test_each_is_told_what_they_can_do(self, sqlite_company: Company) -> None:
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

    def test_who_asked_is_told_the_same_of_a_refusal_and_of_silence(self, sqlite_company: Company) -> None:
        asked = [sqlite_company.ask("ana", "bo", "di") for _ in range(2)]
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
