"""A small company over HTTP: people who each ask with their own key."""

from collections.abc import Mapping
from typing import Any

import httpx

from tests.app.client import Api
from tests.app.records import person

SCOPES = ("questions:read", "questions:write", "ties:read", "experts:read", "people:read")


class Company:
    """These people, what else is sent, and by their keys the public ids of all that have one."""

    def __init__(self, api: Api, people: tuple[str, ...], *records: Mapping[str, Any]) -> None:
        self.api = api
        self.id = {result["id"]: result["public_id"] for result in api.send(*map(person, people), *records)}
        self.token = {who: api.key(*SCOPES, person=self.id[who]) for who in people}

    def send(self, who: str, method: str, address: str, body: Any = None, **headers: str) -> httpx.Response:
        """The answer to somebody who sends something."""
        return self.api.request(method, address, token=self.token[who], json=body, headers=headers)

    def get(self, who: str, address: str, **headers: str) -> httpx.Response:
        """What somebody is shown."""
        return self.api.get(address, token=self.token[who], headers=headers)

    def next_step(self, who: str, address: str, language: str = "en") -> str:
        """What somebody is told to do now."""
        return self.get(who, address, **{"Accept-Language": language}).json()["next_step"]
