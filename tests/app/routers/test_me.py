"""Whose key it is, over HTTP."""

from tests.app.client import Api
from tests.app.records import person


def test_a_key_says_whose_it_is_and_what_it_opens(api: Api) -> None:
    ana = api.send(person("ana", site="Lyon"))[0]["public_id"]
    answer = api.get("/v1/me", token=api.key("people:read", "act-as", person=ana)).json()
    assert answer["person"].items() <= api.get(f"/v1/people/{ana}").json().items()
    assert answer["scopes"] == ["act-as", "people:read"]
    assert answer["may_act_as"]
    assert answer["key"] == api.services.access.keys()[-1].id


def test_any_valid_key_may_ask(sqlite_api: Api) -> None:
    answer = sqlite_api.get("/v1/me", token=sqlite_api.key())
    assert (answer.status_code, answer.json()["scopes"], answer.json()["may_act_as"]) == (200, [], False)


def test_the_person_of_a_key_may_be_nobody_or_not_be_there_yet(sqlite_api: Api) -> None:
    for who in (None, "per_later"):
        assert sqlite_api.get("/v1/me", token=sqlite_api.key(person=who)).json()["person"] is None


def test_a_key_of_somebody_who_has_left_is_no_longer_valid(sqlite_api: Api) -> None:
    ana = sqlite_api.send(person("ana"))[0]["public_id"]
    key = sqlite_api.key(person=ana)
    assert sqlite_api.get("/v1/me", token=key).json()["person"]["active"]
    sqlite_api.send(person("ana", active=False))
    assert sqlite_api.get("/v1/me", token=key).status_code == 401
