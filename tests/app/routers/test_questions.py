"""Questions over HTTP: who asked whom, what became of it, and who is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.services.exchange import Load
from tests.app.asking import WORDS, Asking
from tests.app.client import Api
from tests.app.records import community, deletion, person, post, question

FIBRE = "La fibre optique se nettoie avant chaque mesure."


@pytest.fixture
def company(api: Api) -> Asking:
    return Asking(api)


@pytest.fixture
def sqlite_company(sqlite_api: Api) -> Asking:
    return Asking(sqlite_api)


def interactions(api: Api) -> set[tuple[str, str, str]]:
    """Type and ends, by name, of all there are."""
    store = api.services.store
    changes = store.feed.changes(after=0, upto=store.feed.head())
    names = {row.number: row.name or "?" for row in changes.people}
    return {(row.type, names[row.source], names[row.target]) for row in changes.interactions}


def test_a_question_is_shown_to_who_asked_and_who_was_asked_and_to_nobody_else(company: Asking) -> None:
    answer = company.ask("ana", "bo")
    address = answer.headers["Location"]
    shown = answer.json()
    assert (answer.status_code, shown["asker"]["name"], shown["asked"]["name"]) == (201, "Ana", "Bo")
    assert (shown["text"], shown["outcome"], shown["closed_by"]) == (WORDS, None, None)
    for who in ("ana", "bo"):
        assert company.get(who, address).json() | {"next_step": shown["next_step"]} == shown
        assert company.seen(who) == [WORDS]
    for who in ("cy", "di"):
        assert (company.get(who, address).status_code, company.seen(who)) == (404, [])
    assert company.api.get(address).status_code == 422
    assert company.api.get("/v1/questions").json()["errors"][0]["pointer"] == "/header/quisait-on-behalf-of"


def test_a_portal_asks_for_its_users(company: Asking) -> None:
    portal = {"Quisait-On-Behalf-Of": company.id["ana"]}
    body = {"asked": company.id["bo"], "text": WORDS}
    answer = company.api.request("POST", "/v1/questions", json=body, headers=portal)
    assert (answer.status_code, answer.json()["asker"]["name"]) == (201, "Ana")
    assert company.api.get(answer.headers["Location"], headers=portal).status_code == 200


def test_the_same_again_changes_nothing(company: Asking) -> None:
    first, again = company.ask("ana", "bo", id="m1"), company.ask("ana", "bo", id="m1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert company.ask("ana", "bo").json()["id"] != company.ask("ana", "bo").json()["id"]
    assert company.ask("cy", "bo", id="m1").status_code == 201
    assert len(company.seen("ana")) == 3


def test_a_question_is_edited_while_it_is_open_and_never_undoes_an_outcome(company: Asking) -> None:
    address = company.ask("ana", "bo", id="m1").headers["Location"]
    assert company.ask("ana", "cy", id="m1", text="Plutôt ceci ?").json()["asked"]["name"] == "Cy"
    assert (company.seen("bo"), company.seen("cy")) == ([], ["Plutôt ceci ?"])
    assert company.close("ana", address, "helped") == 204
    closed = company.get("ana", address).json()
    assert company.ask("ana", "bo", id="m1").json() == closed
    assert (closed["outcome"], closed["text"]) == ("helped", "Plutôt ceci ?")


def test_a_question_goes_from_hand_to_hand(company: Asking) -> None:
    to_bo = company.ask("ana", "bo").headers["Location"]
    assert company.close("bo", to_bo, "redirected", to="cy") == 204
    shown = company.get("cy", to_bo).json()
    assert (shown["outcome"], shown["redirected_to"]["name"], shown["closed_by"]) == ("redirected", "Cy", "asked")
    assert company.seen("cy", "?role=redirected") == [WORDS]
    to_cy = company.ask("ana", "cy").headers["Location"]
    assert company.close("ana", to_cy, "redirected", to="di") == 204
    assert company.seen("di") == [WORDS]
    assert company.seen("bo") == [WORDS]
    assert interactions(company.api) == {
        ("address", "Ana", "Bo"),
        ("referral", "Bo", "Cy"),
        ("address", "Ana", "Cy"),
        ("referral", "Cy", "Di"),
    }


def test_the_last_word_counts_and_what_it_replaces_is_gone(company: Asking) -> None:
    address = company.ask("ana", "bo").headers["Location"]
    company.close("bo", address, "redirected", to="cy")
    company.close("ana", address, "helped")
    assert company.get("cy", address).status_code == 404
    assert interactions(company.api) == {("address", "Ana", "Bo"), ("thanks", "Ana", "Bo")}
    company.close("bo", address, "no_answer")
    assert interactions(company.api) == {("address", "Ana", "Bo")}


def test_the_same_outcome_again_changes_nothing(sqlite_company: Asking) -> None:
    address = sqlite_company.ask("ana", "bo").headers["Location"]
    sqlite_company.close("ana", address, "helped")
    tag = sqlite_company.get("ana", address).headers["ETag"]
    assert sqlite_company.close("ana", address, "helped", tag=tag) == 204
    assert sqlite_company.get("ana", address).headers["ETag"] == tag


def test_a_version_stays_the_same_when_somebody_or_a_topic_is_called_otherwise(company: Asking) -> None:
    def fibre(label: str) -> dict[str, Any]:
        return {"kind": "topic", "source": "chat", "id": "fibre", "pref_label": {"fr": label}}

    topic = company.api.send(fibre("fibre optique"))[0]["public_id"]
    answer = company.ask("ana", "bo", topics=[topic])
    address, tag = answer.headers["Location"], answer.headers["ETag"]
    company.api.send(fibre("fibre de verre"), person("ana", name="Ana Diop"), person("bo", name="Bo Li"))
    shown = company.get("ana", address, **{"If-None-Match": tag})
    assert (shown.status_code, shown.json()["asked"]["name"]) == (200, "Bo Li")
    assert company.close("ana", address, "helped", tag=tag) == 204
    assert company.close("ana", address, "no_answer", tag=tag) == 412


def test_of_two_outcomes_meant_for_the_same_version_one_is_made(company: Asking) -> None:
    for _turn in range(3):
        answer = company.ask("ana", "bo")
        address, tag = answer.headers["Location"], answer.headers["ETag"]
        said = [("ana", "helped"), ("bo", "no_answer"), ("ana", "no_answer"), ("bo", "helped")]
        with ThreadPoolExecutor(4) as clients:
            done = [clients.submit(company.close, who, address, outcome, tag=tag) for who, outcome in said]
        assert sorted(one.result() for one in done) == [204, 412, 412, 412]


def test_only_its_own_people_change_a_question(company: Asking) -> None:
    address = company.ask("ana", "bo").headers["Location"]
    assert company.close("di", address, "helped") == 404
    company.close("bo", address, "redirected", to="cy")
    assert company.close("cy", address, "helped") == 403

    def take_back(who: str) -> int:
        return company.api.request("DELETE", address, token=company.token[who]).status_code

    assert [take_back(who) for who in ("di", "cy", "bo", "ana", "ana")] == [404, 403, 403, 204, 404]
    assert interactions(company.api) == set()
    assert [company.seen(who) for who in ("ana", "bo", "cy")] == [[], [], []]


def test_a_key_without_a_person_is_told_the_same_of_a_question_that_is_there_and_of_one_that_is_not(
    company: Asking,
) -> None:
    there = company.ask("ana", "bo").headers["Location"]
    answers = [company.api.get(address) for address in (there, f"/v1/questions/que_{32 * '0'}")]
    told = [answer.json() | {"trace_id": ""} for answer in answers]
    assert told[0] == told[1]
    assert told[0]["errors"][0]["code"] == "person_expected"


def test_what_was_taken_back_stays_away(sqlite_company: Asking) -> None:
    address = sqlite_company.ask("ana", "bo", id="m1").headers["Location"]
    sqlite_company.api.request("DELETE", address, token=sqlite_company.token["ana"])
    assert sqlite_company.ask("ana", "bo", id="m1").status_code == 404


def test_questions_come_in_pages_the_last_asked_first(company: Asking) -> None:
    for number in range(5):
        company.ask("ana", "bo", text=f"{number} ?")
    company.ask("bo", "ana", text="Et toi ?")
    words, address = [], "/v1/questions?role=asked&state=open&limit=2"
    while address:
        answer = company.get("bo", address)
        words += [item["text"] for item in answer.json()["items"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert words == ["4 ?", "3 ?", "2 ?", "1 ?", "0 ?"]
    assert company.seen("bo", "?role=asker&limit=1") == ["Et toi ?"]
    assert company.seen("bo", "?state=closed") == []


def test_whether_some_people_were_asked_already_is_one_request(sqlite_company: Asking) -> None:
    for whom in ("bo", "cy", "di", "bo"):
        sqlite_company.ask("ana", whom, text=f"{whom} ?")
    both = f"person={sqlite_company.id['bo']}&person={sqlite_company.id['cy']}"
    assert sqlite_company.seen("ana", f"?role=asker&{both}") == ["bo ?", "cy ?", "bo ?"]
    first = sqlite_company.get("ana", f"/v1/questions?{both}&limit=2")
    following = sqlite_company.get("ana", first.links["next"]["url"]).json()
    assert [item["text"] for item in following["items"]] == ["bo ?"]
    assert sqlite_company.seen("di", f"?{both}") == []


@pytest.mark.parametrize(
    ("fields", "status", "pointer"),
    [
        ({"asked": "per_unknown"}, 404, "/asked"),
        ({"asked": "bo"}, 422, "/asked"),
        ({"post": "pst_unknown"}, 404, "/post"),
        ({"topics": ["top_unknown"]}, 404, "/topics"),
        ({"text": None}, 422, "/text"),
        ({"text": ""}, 422, "/text"),
        ({"text": " \n "}, 422, "/text"),
        ({"text": 2001 * "a"}, 422, "/text"),
        ({"urgent": True}, 422, "/urgent"),
    ],
)
def test_a_wrong_field_of_a_question_is_named(
    sqlite_company: Asking, fields: dict[str, Any], status: int, pointer: str
) -> None:
    answer = sqlite_company.ask("ana", "bo", **fields)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (status, [pointer])


def test_nobody_in_particular_asks_nothing_and_nobody_asks_themselves(sqlite_company: Asking) -> None:
    body = {"asked": sqlite_company.id["bo"], "text": WORDS}
    answer = sqlite_company.api.request("POST", "/v1/questions", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/header/quisait-on-behalf-of"
    assert sqlite_company.ask("ana", "ana").json()["errors"][0]["code"] == "asked_oneself"


def test_a_wrong_field_of_an_outcome_is_named(sqlite_company: Asking) -> None:
    address = sqlite_company.ask("ana", "bo").headers["Location"]
    for outcome, person_id, status in (
        ("redirected", None, 422),
        ("helped", sqlite_company.id["cy"], 422),
        ("redirected", sqlite_company.id["ana"], 422),
        ("redirected", sqlite_company.id["bo"], 422),
        ("redirected", "per_unknown", 404),
    ):
        body = {"outcome": outcome, "redirected_to": person_id}
        answer = sqlite_company.api.request("PUT", f"{address}/outcome", token=sqlite_company.token["ana"], json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, "/redirected_to")


def test_who_left_and_bots_are_not_asked(sqlite_company: Asking) -> None:
    sqlite_company.api.send(person("bo", active=False), person("cy", bot=True))
    assert [sqlite_company.ask("ana", whom).status_code for whom in ("bo", "cy", "di")] == [404, 404, 201]


def test_a_question_in_ones_own_post_is_seen_as_far_as_the_post(company: Asking) -> None:
    lab = community("lab", "ana", "di", visibility="secret")
    results = company.api.send(lab, post("q", "Qui sait ?", community="lab"), post("p", FIBRE, author="bo"))
    held = {"post": results[1]["public_id"]}
    assert company.ask("cy", "bo", **held).json()["errors"][0]["pointer"] == "/post"
    address = company.ask("ana", "bo", **held).headers["Location"]
    company.close("ana", address, "helped")
    assert interactions(company.api) == {("address", "Ana", "Bo"), ("thanks", "Ana", "Bo")}
    assert reach(company, "cy", "Bo") is None
    found = reach(company, "ana", "Bo")
    assert found is not None and found["kind"] == "direct"


def reach(company: Asking, who: str, name: str) -> dict[str, Any] | None:
    """How somebody reaches who knows about fibre."""
    company.api.services.projection.catch_up()
    items = company.get(who, "/v1/experts?q=fibre").json()["items"]
    return next((item["reach"] for item in items if item["person"]["name"] == name), None)


def test_a_private_question_leaves_no_trace_in_what_others_are_answered(company: Asking) -> None:
    company.api.send(post("p1", FIBRE, author="bo"), post("p2", FIBRE + " Oui.", author="cy", addressed=["ana"]))

    def told() -> list[Any]:
        company.api.services.projection.catch_up()
        addresses = ["/v1/experts?q=fibre", "/v1/experts?q=soudes&sort=reach", "/v1/communities", "/v1/topics?q=fibre"]
        addresses += [f"/v1/people/{public_id}" for public_id in company.id.values()]
        return [company.api.get(address, headers=on_behalf).json() for address in addresses for on_behalf in everybody]

    everybody = [{"Quisait-On-Behalf-Of": company.id["di"]}, {}]
    before = told()
    address = company.ask("ana", "bo").headers["Location"]
    company.close("ana", address, "redirected", to="cy")
    company.close("ana", company.ask("ana", "cy").headers["Location"], "helped")
    assert told() == before


def test_what_people_were_asked_and_asked_is_told_to_themselves(company: Asking) -> None:
    addresses = [company.ask("ana", "bo", text=f"{number} ?").headers["Location"] for number in range(4)]
    company.close("ana", addresses[0], "helped")
    company.close("bo", addresses[1], "redirected", to="cy")
    company.close("ana", company.ask("cy", "ana").headers["Location"], "helped")

    def exchange(who: str) -> dict[str, Any]:
        return company.get(who, "/v1/me/exchange").json()

    bo = exchange("bo")
    assert (bo["open"], bo["recent"], bo["balance"]) == (2, 4, 1)
    assert bo["given"] == {"helped": 1, "redirected": 1, "no_answer": 0}
    assert exchange("ana")["received"] == bo["given"]
    assert [exchange(who)["balance"] for who in ("ana", "cy", "di")] == [0, -1, 0]
    assert (bo["most_open"], bo["recent_days"]) == (5, 28)
    assert company.api.get("/v1/me/exchange").status_code == 422


def test_the_load_of_people_is_counted_by_number_against_their_own_cap(company: Asking) -> None:
    for number in range(5):
        company.ask("ana", "bo", text=f"{number} ?")
    services = company.api.services
    viewer = services.access.viewer(None)

    def load_of(key: str) -> Load:
        people = services.store.people.find([company.id[key]], viewer=viewer)
        [load] = services.exchanges.load({person.number: person for person in people.values()}).values()
        return load

    bo, cy = load_of("bo"), load_of("cy")
    assert (bo.open, bo.recent, bo.is_full) == (5, 5, True)
    assert (cy.open, cy.recent, cy.is_full) == (0, 0, False)
    company.api.send(person("bo", most_questions=6), person("cy", most_questions=0))
    assert (load_of("bo").is_full, load_of("cy").is_full) == (False, True)
    assert company.get("bo", "/v1/me/exchange").json()["most_open"] == 6


class TestRecords:
    def test_questions_come_in_as_records_and_change_as_records_do(self, company: Asking) -> None:
        def outcome(record: dict[str, Any]) -> str:
            [result] = company.api.send(record)
            return result["outcome"]

        helped = question("1", outcome="helped", closed_at="2026-01-11T08:00:00Z")
        assert [outcome(question("1")), outcome(question("1")), outcome(helped)] == ["created", "unchanged", "changed"]
        assert outcome(question("1")) == "superseded"
        assert interactions(company.api) == {("address", "Ana", "Bo"), ("thanks", "Ana", "Bo")}
        [shown] = company.get("ana", "/v1/questions").json()["items"]
        assert (shown["outcome"], shown["closed_by"], shown["at"]) == ("helped", "asker", "2026-01-10T08:00:00Z")
        assert outcome(deletion("question", "1")) == "retracted"
        assert (company.seen("bo"), interactions(company.api)) == ([], set())
        assert outcome(question("1")) == "superseded"

    def test_a_result_names_the_question_and_its_outcome_may_be_put(self, company: Asking) -> None:
        [result] = company.api.send(question("1"))
        address = f"/v1/questions/{result['public_id']}"
        assert company.close("bo", address, "redirected", to="di") == 204
        assert company.get("di", address).json()["redirected_to"]["name"] == "Di"
        [late] = company.api.send(question("1", text="Autrement ?"))
        assert late["outcome"] == "superseded"

    def test_the_last_word_counts_though_the_clock_of_a_source_is_ahead(self, company: Asking) -> None:
        soon = (datetime.now(UTC) + timedelta(hours=20)).isoformat()
        company.api.send(question("1", at=soon, outcome="helped", closed_at=soon))
        [shown] = company.get("ana", "/v1/questions").json()["items"]
        assert company.close("ana", f"/v1/questions/{shown['id']}", "no_answer") == 204
        assert interactions(company.api) == {("address", "Ana", "Bo")}
        address = f"/v1/questions/{shown['id']}"
        assert company.api.request("DELETE", address, token=company.token["ana"]).status_code == 204
        assert company.seen("bo") == []

    def test_an_account_takes_its_questions_along(self, company: Asking) -> None:
        company.api.send(question("1"))
        accounts = [{"source": "chat", "id": key} for key in ("bo", "di")]
        body = {"name": "Di", "accounts": accounts}
        assert company.api.request("PUT", f"/v1/people/{company.id['di']}", json=body).status_code == 204
        assert (company.seen("di"), company.seen("bo")) == (["Qui sait souder la fibre ?"], [])

    def test_in_a_community_what_follows_is_seen_by_its_members_only(self, company: Asking) -> None:
        company.api.send(
            community("lab", "ana", "bo", "di", visibility="secret"),
            post("p1", FIBRE, author="bo"),
            *(question(str(day), community="lab", at=f"2026-01-{day}T08:00:00Z") for day in range(10, 14)),
        )
        assert reach(company, "cy", "Bo") is None
        found = reach(company, "ana", "Bo")
        assert found is not None and found["kind"] == "direct"
        assert company.seen("di") == []

    @pytest.mark.parametrize(
        ("fields", "pointer", "code"),
        [
            ({"asked": "ana"}, "/asked", "asked_oneself"),
            ({"text": None}, "/text", "nothing_asked"),
            ({"outcome": "helped"}, "/closed_at", "closed_at_expected"),
            (
                {"outcome": "redirected", "closed_at": "2026-01-11T08:00:00Z"},
                "/redirected_to",
                "redirected_to_expected",
            ),
            ({"redirected_to": "cy"}, "/redirected_to", "redirected_to_expected"),
            ({"source": "api"}, "/source", "put_by_public_id"),
        ],
    )
    def test_a_wrong_line_is_named(self, sqlite_api: Api, fields: dict[str, Any], pointer: str, code: str) -> None:
        [result] = sqlite_api.send(question("1", **fields))
        assert [(error["pointer"], error["code"]) for error in result["errors"]] == [(pointer, code)]
