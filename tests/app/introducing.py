"""A small company in which people introduce each other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from tests.app.client import Api
from tests.app.company import Company
from tests.app.records import community, post

FIBRE = "La fibre optique se nettoie avant chaque mesure."
WHY = "J'aimerais comprendre comment vous mesurez la fibre."


def met(key: str, one: str, other: str, *, times: int = 1, **fields: Any) -> Iterator[dict[str, Any]]:
    """Meetings in person of two people."""
    for turn in range(times):
        said = {"type": "meeting", "people": [one, other], "at": f"2026-01-{10 + turn}T12:00:00Z"}
        yield {"kind": "interaction", "source": "chat", "id": f"{key}{turn}", "channel": "in_person", **said, **fields}


class Introducing(Company):
    """Ana knows Bo well and Cy a little; these know Di, who knows Eve. Each asks with their own key."""

    def __init__(self, api: Api) -> None:
        super().__init__(
            api,
            ("ana", "bo", "cy", "di", "eve"),
            community("open"),
            *met("ab", "ana", "bo", times=6, community="open"),
            *met("ac", "ana", "cy"),
            *met("bd", "bo", "di", times=3),
            *met("cd", "cy", "di", times=9),
            *met("de", "di", "eve"),
            post("p1", FIBRE, author="di"),
        )

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
        return self.send(who, "POST", "/v1/introductions", body)

    def answer(self, who: str, address: str, said: str, *, tag: str | None = None, **fields: Any) -> int:
        """The status when somebody answers."""
        headers = {"If-Match": tag} if tag else {}
        return self.send(who, "PUT", f"{address}/answer", {"answer": said, **fields}, **headers).status_code

    def expire(self, address: str) -> None:
        """Let so much time pass that it is too late for an answer."""
        services, viewer = self.api.services, self.api.services.access.viewer(self.id["ana"])
        event = services.introductions.found(address.rpartition("/")[2], viewer=viewer).event
        past = replace(event, at=event.at - timedelta(days=15))
        services.store.write(lambda tx: tx.interactions.put_events([past]))

    def seen(self, who: str, query: str = "") -> list[str]:
        """The states of the introductions that somebody is shown, in their order."""
        return [item["state"] for item in self.get(who, f"/v1/introductions{query}").json()["items"]]
