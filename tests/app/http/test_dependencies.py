"""Parameters are what the operation says, or refused."""

from typing import Any

import anyio
import httpx
import pytest
from fastapi import Depends, FastAPI

from app.http import problems
from app.http.dependencies import exact_query
from app.http.parameters import Exclude
from tests.app.client import Api


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("q=fibre&colour=red", "/query/colour", "extra_forbidden"),
        ("q=fibre&q=optique", "/query/q", "repeated"),
        ("q=fibre&limit=201", "/query/limit", "less_than_equal"),
        ("q=fibre&limit=ten", "/query/limit", "int_parsing"),
        ("q=fibre&sort=age", "/query/sort", "literal_error"),
        ("q=fibre&community=c1", "/query/community", "string_pattern_mismatch"),
        ("q=", "/query/q", "string_too_short"),
        ("q=" + 2001 * "a", "/query/q", "string_too_long"),
        ("q=a%00b", "/query/q", "string_pattern_mismatch"),
        ("", "/query/q", "missing"),
    ],
)
def test_a_wrong_parameter_is_named(sqlite_api: Api, query: str, pointer: str, code: str) -> None:
    answer = sqlite_api.get(f"/v1/experts?{query}")
    assert answer.status_code == 422
    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == {(pointer, code)}


def test_who_names_things_by_ids_of_their_own_is_told_what_public_ones_look_like(sqlite_api: Api) -> None:
    for parameter, form in (("exclude=yves", "per_…"), ("community=lab", "com_…")):
        [error] = sqlite_api.get(f"/v1/experts?q=fibre&{parameter}").json()["errors"]
        assert error["detail"] == f"This text has not the expected form. Expected form: {form}."


def test_an_operation_without_parameters_takes_none(sqlite_api: Api) -> None:
    assert sqlite_api.get("/livez?verbose=1").status_code == 422


def test_a_query_that_is_not_utf_8_is_refused(sqlite_api: Api) -> None:
    assert sqlite_api.get("/v1/experts?q=%ff%fe").status_code == 400


def test_a_bearer_token_is_wanted_and_nothing_else(sqlite_api: Api) -> None:
    for given in ("", "Bearer", "Bearer ", f"Basic {sqlite_api.token}", sqlite_api.token):
        answer = sqlite_api.get("/v1/communities", token=None, headers={"Authorization": given})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="quisait"')


def test_a_list_may_be_repeated() -> None:
    app = FastAPI(dependencies=[Depends(exact_query)])
    problems.install(app, routes=[])

    @app.get("/")
    async def excluded(exclude: Exclude) -> list[str]:
        return exclude

    async def answers(*queries: str) -> list[Any]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://quisait") as http:
            return [(await http.get(query)).json() for query in queries]

    found, wrong = anyio.run(answers, "/?exclude=per_a&exclude=per_b", "/?exclude=per_a&exclude=ana")
    assert found == ["per_a", "per_b"]
    assert wrong["errors"][0]["pointer"] == "/query/exclude/1"
