"""People over HTTP."""

from concurrent.futures import ThreadPoolExecutor

from graph.identity import API
from graph.model import Account, Ref
from tests.app.client import JSON, Api
from tests.app.records import community, deletion, person, post

FIBRE = "La fibre optique se nettoie avant chaque mesure."


def test_a_person_is_shown_with_their_accounts(api: Api) -> None:
    ana = api.send(person("ana", department="Réseaux", languages=["fr"]))[0]["public_id"]
    shown = api.get(f"/v1/people/{ana}").json()
    assert shown["name"] == "Ana"
    assert shown["department"] == "Réseaux"
    assert shown["accounts"] == [{"source": "chat", "id": "ana"}]


def test_an_e_mail_address_is_never_shown(sqlite_api: Api) -> None:
    ana = sqlite_api.send(person("ana", email="ana@ex.fr", email_verified=True))[0]["public_id"]
    assert "ana@ex.fr" not in sqlite_api.get(f"/v1/people/{ana}").text


def test_a_person_is_put_with_the_accounts_that_are_theirs(api: Api) -> None:
    api.send(person("ana"))
    body = {"name": "Ana Diop", "accounts": [{"source": "chat", "id": "ana"}]}
    assert api.request("PUT", "/v1/people/per_ana", json=body).status_code == 204
    shown = api.get("/v1/people/per_ana").json()
    assert shown["name"] == "Ana Diop"
    assert {"source": "chat", "id": "ana"} in shown["accounts"]


def test_whoever_reads_a_person_and_writes_them_back_loses_nothing(api: Api) -> None:
    body = {"name": "Ana", "department": "R&D", "languages": ["fr"], "away_until": "2126-01-01", "most_questions": 3}
    address, email = "/v1/people/per_ana", {"email": "ana@ex.fr", "email_verified": True}

    def stored() -> Account:
        ref = Ref(API, "per_ana")
        return api.services.store.write(lambda tx: tx.people.accounts([ref]))[ref]

    assert api.request("PUT", address, json=body | email).status_code == 204
    before, read = stored(), api.get(address)
    written = {name: value for name, value in read.json().items() if name not in ("id", "accounts")}
    assert written.items() >= body.items()
    assert api.request("PUT", address, json=written, headers={"If-Match": read.headers["ETag"]}).status_code == 204
    assert stored() == before
    refused = api.request("PUT", address, json=body | {"email_verified": True})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"], stored()) == (422, "/email", before)
    api.request("PUT", address, json=body | {"email": None})
    assert stored().email is None


def test_who_has_enough_questions_is_told_to_writers_only(api: Api) -> None:
    reader = api.key("people:read", person=api.send(person("bo"))[0]["public_id"])
    shown = []
    for most in (None, 3):
        api.request("PUT", "/v1/people/per_ana", json={"name": "Ana", "most_questions": most})
        shown.append(api.get("/v1/people/per_ana", token=reader))
    assert shown[0].json()["most_questions"] is None
    assert (shown[0].content, shown[0].headers["ETag"]) == (shown[1].content, shown[1].headers["ETag"])


def test_an_unchanged_person_is_not_sent_again(api: Api) -> None:
    address = f"/v1/people/{api.send(person('ana'))[0]['public_id']}"
    tag = api.get(address).headers["ETag"]
    again = api.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    api.send(person("ana", site="Lyon"))
    assert api.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_change_meant_for_another_version_is_refused(api: Api) -> None:
    api.request("PUT", "/v1/people/per_ana", json={"name": "Ana"})
    tag = api.get("/v1/people/per_ana").headers["ETag"]
    assert api.request("PUT", "/v1/people/per_ana", json={"name": "A"}, headers={"If-Match": tag}).status_code == 204
    assert api.request("PUT", "/v1/people/per_ana", json={"name": "B"}, headers={"If-Match": tag}).status_code == 412
    assert api.request("PUT", "/v1/people/per_new", json={"name": "B"}, headers={"If-Match": "*"}).status_code == 412
    assert api.get("/v1/people/per_ana").json()["name"] == "A"


def test_of_two_changes_meant_for_the_same_version_one_is_made(api: Api) -> None:
    api.request("PUT", "/v1/people/per_ana", json={"name": "Ana"})

    def change(name: str, tag: str) -> int:
        return api.request("PUT", "/v1/people/per_ana", json={"name": name}, headers={"If-Match": tag}).status_code

    for turn in range(5):
        tag = api.get("/v1/people/per_ana").headers["ETag"]
        with ThreadPoolExecutor(4) as clients:
            answers = [clients.submit(change, f"{turn} {client}", tag) for client in range(4)]
        assert sorted(answer.result() for answer in answers) == [204, 412, 412, 412]


def test_a_wrong_field_is_named_and_nothing_is_written(sqlite_api: Api) -> None:
    answer = sqlite_api.request("PUT", "/v1/people/per_ana", json={"name": "", "nick": "A", "languages": [1]})
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/name", "/nick", "/languages/0"}
    assert sqlite_api.get("/v1/people/per_ana").status_code == 404


def test_what_is_no_json_is_refused(sqlite_api: Api) -> None:
    for body in (b"", b"{", b"\xff", b'{"name": "A", "name": "B"}', "{}".encode("utf-16")):
        answer = sqlite_api.request("PUT", "/v1/people/per_ana", content=body, headers=JSON)
        assert answer.status_code == 400, body


def test_a_profile_counts_what_the_viewer_may_read(api: Api) -> None:
    results = api.send(
        person("ana"),
        person("bo"),
        community("lab", "ana", "bo", visibility="secret"),
        post("p1", FIBRE, lang="fr"),
        post("p2", FIBRE, community="lab", lang="fr"),
    )
    ana, bo = results[0]["public_id"], results[1]["public_id"]

    def counts(**options: str) -> set[int]:
        return {topic["posts"] for topic in api.get(f"/v1/people/{ana}/expertise", **options).json()["items"]}

    assert counts() == {1}
    assert counts(token=api.key("people:read", person=bo)) == {2}


def test_a_profile_comes_in_pages(sqlite_api: Api) -> None:
    ana = sqlite_api.send(person("ana"), post("p1", FIBRE), post("p2", "La soudure de la fibre optique."))[0][
        "public_id"
    ]
    whole = sqlite_api.get(f"/v1/people/{ana}/expertise").json()["items"]
    found, address = [], f"/v1/people/{ana}/expertise?limit=1"
    while address:
        answer = sqlite_api.get(address)
        found += answer.json()["items"]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == whole and len(found) > 1
    assert [topic["posts"] for topic in whole] == sorted((topic["posts"] for topic in whole), reverse=True)


def found(api: Api, asked: str, **options: str) -> list[str]:
    """The names of the people found."""
    answer = api.get(f"/v1/people?q={asked}", **options)
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


def test_people_are_found_by_their_name(api: Api) -> None:
    brunet = api.send(person("1", name="Élodie Brunet", site="Lyon"), person("2", name="Zoé Brun"))[0]["public_id"]
    assert found(api, "BRUN") == ["Élodie Brunet", "Zoé Brun"]
    assert found(api, "bru elo") == ["Élodie Brunet"]
    assert found(api, "runet") == []
    [item] = api.get("/v1/people?q=élo").json()["items"]
    assert item.items() <= api.get(f"/v1/people/{brunet}").json().items()


def test_who_left_bots_and_people_without_a_name_are_not_found(api: Api) -> None:
    api.send(person("ana"), person("bot", name="Ana Bot", bot=True), person("gone", name="Ana Gone", active=False))
    api.send(post("p1", FIBRE, author="ana.nameless"))
    assert found(api, "ana") == ["Ana"]
    api.send(deletion("person", "ana"))
    assert found(api, "ana") == []


def test_the_people_found_come_in_pages_by_name(sqlite_api: Api) -> None:
    sqlite_api.send(*(person(str(key), name=f"Ana {name}") for key, name in enumerate("dbcae")))
    names, address = [], "/v1/people?q=ana&limit=2"
    while address:
        answer = sqlite_api.get(address)
        names += [item["name"] for item in answer.json()["items"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert names == ["Ana a", "Ana b", "Ana c", "Ana d", "Ana e"]


def test_from_the_day_that_somebody_is_inactive_nobody_reads_in_their_name(api: Api) -> None:
    hidden = post("s1", "La fibre optique se nettoie.", author="cy", community="lab")
    ana = api.send(person("ana"), person("cy"), community("lab", "ana", "cy", visibility="secret"), hidden)[0][
        "public_id"
    ]
    reads = {"token": api.key("experts:read", person=ana)}, {"headers": {"Quisait-On-Behalf-Of": ana}}
    assert [len(api.get("/v1/experts?q=fibre", **read).json()["items"]) for read in reads] == [1, 1]
    api.send(person("ana", active=False))
    refused = [api.get("/v1/experts?q=fibre", **read) for read in reads]
    assert [answer.status_code for answer in refused] == [401, 404]
    assert refused[1].json()["errors"][0]["pointer"] == "/header/quisait-on-behalf-of"
    api.send(person("ana"))
    assert [len(api.get("/v1/experts?q=fibre", **read).json()["items"]) for read in reads] == [1, 1]
