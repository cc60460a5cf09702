"""Who may call what: every operation of the contract with every kind of key."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.main import create_app
from app.security import SCOPES
from app.settings import Settings
from tests.app.client import Api

BODY = {"application/json": "{}", "application/x-ndjson": "{}"}
NAMES = {
    "person_id": "per_nobody",
    "community_id": "com_none",
    "topic_id": "top_none",
    "job_id": "job_" + 32 * "0",
    "question_id": "que_" + 32 * "0",
    "introduction_id": "int_" + 32 * "0",
    "other_id": "per_nobody_else",
}


def operations() -> list[Any]:
    """Method, address, content type, whether a key is asked for, and its scopes: every operation of the contract."""
    found = []
    for path, methods in create_app(Settings()).openapi()["paths"].items():
        for method, operation in methods.items():
            content = next(iter(operation.get("requestBody", {}).get("content", {})), "")
            scopes = {scope for scheme in operation["security"] for scope in scheme["key"]}
            address = path.format(**NAMES) + ("?q=x" if path in ("/v1/experts", "/v1/people") else "")
            call = (method.upper(), address, content)
            found.append(pytest.param(*call, bool(operation["security"]), scopes, id=operation["operationId"]))
    return found


def status(api: Api, method: str, address: str, content: str, token: str | None) -> int:
    """What the operation answers to that key."""
    headers = {"Content-Type": content} if content else {}
    return api.request(method, address, token=token, headers=headers, content=BODY.get(content)).status_code


@pytest.mark.parametrize(("method", "address", "content", "is_keyed", "scopes"), operations())
class TestEveryOperation:
    def test_lets_nobody_in_without_a_valid_key(
        self, sqlite_api: Api, method: str, address: str, content: str, is_keyed: bool, scopes: set[str]
    ) -> None:
        yesterday = datetime.now(UTC) - timedelta(days=1)
        expired = sqlite_api.key(*SCOPES, expires_at=yesterday)
        revoked = sqlite_api.key(*SCOPES)
        access = sqlite_api.services.access
        access.revoke(access.keys()[-1].id)
        keys = (None, "garbage", "qst_" + 43 * "A", expired, revoked)
        answers = {status(sqlite_api, method, address, content, key) for key in keys}
        assert answers == ({401} if is_keyed else {200})

    def test_asks_for_its_scope_and_for_no_other(
        self, sqlite_api: Api, method: str, address: str, content: str, is_keyed: bool, scopes: set[str]
    ) -> None:
        for scope in SCOPES:
            key = sqlite_api.key(scope, person=NAMES["person_id"])  # what is said of people is for themselves only
            answer = status(sqlite_api, method, address, content, key)
            assert (answer == 403) == bool(scopes and scope not in scopes), scope
