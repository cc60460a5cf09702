"""Communities over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, person


def test_a_community_is_put_and_shown(api: Api) -> None:
    body = {"name": "Optique", "visibility": "public", "purpose": "Transport", "members": [{"person": "per_ana"}]}
    api.request("PUT", "/v1/people/per_ana", json={"name": "Ana"})
    assert api.request("PUT", "/v1/communities/com_optics", json=body).status_code == 204
    shown = api.get("/v1/communities/com_optics").json()
    assert (shown["name"], shown["purpose"], shown["archived"]) == ("Optique", "Transport", False)
    assert [member["role"] for member in shown["members"]] == ["member"]


def test_of_two_changes_meant_for_the_same_version_one_is_made(api: Api) -> None:
    lab = {"name": "Lab", "visibility": "public", "members": []}
    api.request("PUT", "/v1/communities/com_lab", json=lab)

    def change(name: str, tag: str) -> int:
        body, headers = lab | {"name": name}, {"If-Match": tag}
        return api.request("PUT", "/v1/communities/com_lab", json=body, headers=headers).status_code

    for turn in range(5):
        tag = api.get("/v1/communities/com_lab").headers["ETag"]
        with ThreadPoolExecutor(4) as clients:
            answers = [clients.submit(change, f"{turn} {client}", tag) for client in range(4)]
        assert sorted(answer.result() for answer in answers) == [204, 412, 412, 412]


def test_members_only_are_shown_who_else_is_in(api: Api) -> None:
    results = api.send(person("ana"), community("lab", "ana", visibility="members", charter="Entre nous"))
    ana, lab = results[0]["public_id"], results[1]["public_id"]
    outside = api.get(f"/v1/communities/{lab}").json()
    assert (outside["name"], outside["charter"], outside["members"]) == ("lab", None, [])
    inside = api.get(f"/v1/communities/{lab}", token=api.key("communities:read", person=ana)).json()
    assert (inside["charter"], len(inside["members"])) == ("Entre nous", 1)


@pytest.mark.parametrize("visibility", ["members", "secret"])
def test_nobody_destroys_what_they_cannot_see(api: Api, visibility: str) -> None:
    said = {"purpose": "Mesurer", "community_kind": "project", "parent": "board", "archived": True}
    results = api.send(
        person("ana"),
        community("board", "ana", visibility="secret"),
        community("lab", "ana", visibility=visibility, charter="Entre nous", **said),
    )
    ana, _, lab = (result["public_id"] for result in results)
    key = api.key("communities:read", "records:write", person=ana)
    address, face = f"/v1/communities/{lab}", {"name": "Labo", "visibility": visibility}

    def put(token: str = "", **fields: Any) -> dict[str, Any]:
        assert api.request("PUT", address, json=face | fields, token=token).status_code == 204
        return api.get(address, token=key).json()

    whole = api.get(address, token=key).json() | {"name": "Labo"}
    seen = {} if visibility == "secret" else {"purpose": None, "community_kind": "practice", "archived": False}
    assert put() == whole | seen
    assert put(charter=None, members=[], purpose="Peser") == whole | seen | {"purpose": "Peser"}
    assert put(charter="Entre tous")["charter"] == "Entre tous"
    emptied = put(key, members=[{"person": "ana"}])
    assert [emptied[name] for name in ("purpose", "parent", "archived")] == [None, None, False]


def test_who_may_not_see_the_members_may_still_say_who_they_are(api: Api) -> None:
    results = api.send(person("ana"), person("bo"), community("lab", "ana", visibility="secret"))
    bo, lab = results[1]["public_id"], results[2]["public_id"]
    body = {"name": "Labo", "visibility": "secret", "members": [{"person": "bo"}]}
    assert api.request("PUT", f"/v1/communities/{lab}", json=body).status_code == 204
    assert api.get(f"/v1/communities/{lab}", token=api.key("communities:read", person=bo)).status_code == 200


def test_members_of_a_source_s_community_are_named_by_its_ids_or_by_public_ones(api: Api) -> None:
    ana, bo, lab = api.send(person("ana"), person("bo"), community("lab", "ana", visibility="secret"))
    members = [{"person": "ana"}, {"person": bo["public_id"], "role": "lead"}]
    body = {"name": "Labo", "visibility": "secret", "members": members}
    assert api.request("PUT", f"/v1/communities/{lab['public_id']}", json=body).status_code == 204
    for one in (ana, bo):
        key = api.key("communities:read", person=one["public_id"])
        assert len(api.get(f"/v1/communities/{lab['public_id']}", token=key).json()["members"]) == 2


@pytest.mark.parametrize(("visibility", "wider"), [("secret", "members"), ("secret", "public"), ("members", "public")])
def test_nobody_opens_what_they_cannot_see(api: Api, visibility: str, wider: str) -> None:
    results = api.send(person("ana"), community("lab", "ana", visibility=visibility, charter="Entre nous"))
    ana, lab = (result["public_id"] for result in results)
    body, address = {"name": "Labo", "visibility": wider}, f"/v1/communities/{lab}"
    refused = api.request("PUT", address, json=body)
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/visibility"]
    assert api.get(address).json().get("charter") is None
    inside = api.key("communities:read", "records:write", person=ana)
    assert api.request("PUT", address, json=body, token=inside).status_code == 204
    assert api.get(address).status_code == 200


def test_a_secret_community_leaves_no_trace(api: Api) -> None:
    results = api.send(person("ana"), community("lab", "ana", visibility="secret"), community("open", parent="lab"))
    ana, lab, opened = (result["public_id"] for result in results)
    assert api.get(f"/v1/communities/{lab}").status_code == 404
    assert [item["id"] for item in api.get("/v1/communities").json()["items"]] == [opened]
    assert api.get(f"/v1/communities/{opened}").json()["parent"] is None
    key = api.key("communities:read", person=ana)
    assert api.get(f"/v1/communities/{opened}", token=key).json()["parent"] == lab


def test_a_member_who_left_sees_nothing_from_the_next_request_on(api: Api) -> None:
    results = api.send(person("ana"), person("bo"), community("lab", "ana", "bo", visibility="secret"))
    lab, key = results[2]["public_id"], api.key("communities:read", person=results[0]["public_id"])
    assert api.get(f"/v1/communities/{lab}", token=key).status_code == 200
    api.send(community("lab", "bo", visibility="secret"))
    assert api.get(f"/v1/communities/{lab}", token=key).status_code == 404


def test_the_list_comes_in_pages_that_link_to_the_next(api: Api) -> None:
    api.send(*(community(f"c{number}") for number in range(5)))
    found, address = [], "/v1/communities?limit=2"
    while address:
        answer = api.get(address)
        found += [item["name"] for item in answer.json()["items"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert sorted(found) == ["c0", "c1", "c2", "c3", "c4"]


def test_a_cursor_of_another_viewer_is_refused(sqlite_api: Api) -> None:
    results = sqlite_api.send(person("ana"), community("a"), community("b"))
    cursor = sqlite_api.get("/v1/communities?limit=1").json()["next_cursor"]
    key = sqlite_api.key("communities:read", person=results[0]["public_id"])
    answer = sqlite_api.get(f"/v1/communities?limit=1&cursor={cursor}", token=key)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-cursor")
