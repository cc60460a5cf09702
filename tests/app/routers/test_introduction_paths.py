"""Introduction paths over HTTP: over whom somebody is led to whom, and why nobody leads there."""

from typing import Any

import pytest

from graph.model import Ref
from tests.app.client import Api
from tests.app.introducing import Introducing, met
from tests.app.records import community, person


@pytest.fixture
def company(api: Api) -> Introducing:
    return Introducing(api)


@pytest.fixture
def sqlite_company(sqlite_api: Api) -> Introducing:
    return Introducing(sqlite_api)


class TestPaths:
    def test_the_path_whose_weakest_tie_is_strongest_comes_first_and_who_is_asked_differs(
        self, company: Introducing
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
        self, sqlite_company: Introducing, language: str, sentence: str
    ) -> None:
        address = f"/v1/people/{sqlite_company.id['ana']}/introductions?to={sqlite_company.id['di']}"
        [found, _] = sqlite_company.get(
            "ana", f"{address}&at=2026-01-20T12:00:00Z", **{"Accept-Language": language}
        ).json()["items"]
        first, second = found["steps"]
        assert found["weakest"] == min(first["strength"], second["strength"])
        assert first["reason"].startswith(sentence)
        assert (first["link"]["events"], first["link"]["last"]) == (6, "2026-01-15")

    def test_a_topic_leads_to_those_who_know_it(self, company: Introducing) -> None:
        [topic] = company.api.get("/v1/topics?q=fibre&limit=1").json()["items"]
        [found] = company.paths("ana", topic=topic["id"]).json()["items"]
        assert [step["other"]["name"] for step in found["steps"]] == ["Bo", "Di"]
        answer = company.paths("di", topic=topic["id"]).json()
        assert (answer["items"], answer["reason"]["code"]) == ([], "nobody")

    def test_where_no_path_leads_the_answer_says_so(self, sqlite_company: Introducing) -> None:
        [stranger] = sqlite_company.api.send(person("zoe"))
        answer = sqlite_company.paths("ana", to=stranger["public_id"]).json()
        assert (answer["items"], answer["reason"]["code"]) == ([], "no_path")

    @pytest.mark.parametrize(
        ("language", "fields", "code", "detail"),
        [
            ("en", {"away_until": "2126-01-01"}, "away", "This person is away until 1 January 2126: ask when they are"),
            ("fr", {"away_until": "2126-01-01"}, "away", "Cette personne est en absence jusqu'au 1er janvier 2126 :"),
            ("en", {"most_questions": 0}, "not_asked", "This person is not to be asked."),
            ("fr", {"most_questions": 0}, "not_asked", "Cette personne n'est pas à solliciter."),
        ],
    )
    def test_who_cannot_be_asked_is_not_to_be_written_to_directly(
        self, company: Introducing, language: str, fields: dict[str, Any], code: str, detail: str
    ) -> None:
        company.api.send(person("di", **fields))
        address = f"/v1/people/{company.id['ana']}/introductions?to={company.id['di']}"
        answer = company.get("ana", address, **{"Accept-Language": language}).json()
        assert (answer["items"], answer["reason"]["code"]) == ([], code)
        assert answer["reason"]["detail"].startswith(detail)

    @pytest.mark.parametrize(
        ("language", "fields", "code", "detail"),
        [
            ("en", {"away_until": "2126-01-01"}, "experts_away", "is back, on 1 January 2126."),
            ("fr", {"away_until": "2126-01-01"}, "experts_away", "retour, prévu le 1er janvier 2126."),
            ("en", {"most_questions": 0}, "experts_not_asked", "Whoever knows this topic is not to be asked."),
            ("en", {"most_questions": 0, "away_until": "2126-01-01"}, "experts_not_asked", "is not to be asked."),
            ("fr", {"most_questions": 0}, "experts_not_asked", "Quiconque connaît ce sujet n'est pas à solliciter."),
        ],
    )
    def test_a_topic_that_only_people_know_who_cannot_be_asked_leads_nowhere_and_says_so(
        self, company: Introducing, language: str, fields: dict[str, Any], code: str, detail: str
    ) -> None:
        [topic] = company.api.get("/v1/topics?q=fibre&limit=1").json()["items"]
        company.api.send(person("di", **fields))
        address = f"/v1/people/{company.id['ana']}/introductions?topic={topic['id']}"
        answer = company.get("ana", address, **{"Accept-Language": language}).json()
        assert (answer["items"], answer["reason"]["code"]) == ([], code)
        assert answer["reason"]["detail"].endswith(detail)

    def test_the_past_knows_nothing_of_what_came_later(self, sqlite_company: Introducing) -> None:
        assert sqlite_company.ways("ana", "di", at="2026-01-09T00:00:00Z") == []

    def test_a_tie_that_is_hidden_leads_nowhere(self, company: Introducing) -> None:
        company.api.send(community("lab", "bo", "zoe", visibility="secret"), *met("bz", "bo", "zoe", community="lab"))
        zoe = company.api.services.identity.public_id("person", Ref("chat", "zoe"))
        assert company.paths("ana", to=zoe).status_code == 404

    @pytest.mark.parametrize("fields", [{"away_until": "2126-01-01"}, {"most_questions": 0}, {"active": False}])
    def test_whoever_is_left_alone_stands_on_no_path(self, company: Introducing, fields: dict[str, Any]) -> None:
        company.api.send(person("bo", **fields))
        assert company.ways("ana", "di") == [["Cy", "Di"]]
        assert company.ask("ana", "bo", "di").status_code == 404
        company.api.send(person("di", **fields))
        assert company.ways("ana", "eve") == []
        assert company.ask("ana", "cy", "di").status_code == 404

    def test_who_has_enough_is_not_asked_now(self, company: Introducing) -> None:
        company.api.send(person("bo", most_questions=1))
        assert company.ask("ana", "bo", "di").status_code == 201
        assert company.ways("ana", "di") == [["Cy", "Di"]]
        refused = company.ask("di", "bo", "ana")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (404, "cannot_introduce")

    def test_nobody_is_told_of_somebody_elses_paths(self, sqlite_company: Introducing) -> None:
        address = f"/v1/people/{sqlite_company.id['bo']}/introductions?to={sqlite_company.id['di']}"
        for token in (sqlite_company.token["ana"], sqlite_company.api.token):
            answer = sqlite_company.api.get(address, token=token)
            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/personal")

    @pytest.mark.parametrize("given", [{}, {"to": "per_x", "topic": "top_x"}])
    def test_either_a_person_or_a_topic_is_asked_for(self, sqlite_company: Introducing, given: dict[str, str]) -> None:
        answer = sqlite_company.paths("ana", **given)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "to_or_topic")
        answer = sqlite_company.paths("ana", to=sqlite_company.id["ana"])
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "oneself")
        assert sqlite_company.paths("ana", to="per_x").status_code == 404
        assert sqlite_company.paths("ana", topic="top_x").status_code == 404
