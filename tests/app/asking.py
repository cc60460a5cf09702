"""A small company in which people ask each other."""

from typing import Any

import httpx

from tests.app.client import Api
from tests.app.company import Company

WORDS = "Comment soudes-tu de la fibre, en privé ?"


class Asking(Company):
    """Ana, Bo, Cy and Di, each asking with their own key."""

    def __init__(self, api: Api) -> None:
        super().__init__(api, ("ana", "bo", "cy", "di"))

    def ask(self, who: str, whom: str, **fields: Any) -> httpx.Response:
        """The answer to somebody who asks somebody."""
        return self.send(who, "POST", "/v1/questions", {"asked": self.id[whom], "text": WORDS, **fields})

    def close(self, who: str, address: str, outcome: str, *, to: str | None = None, tag: str | None = None) -> int:
        """The status when somebody says what became of a question."""
        body = {"outcome": outcome, "redirected_to": to and self.id[to]}
        return self.send(who, "PUT", f"{address}/outcome", body, **({"If-Match": tag} if tag else {})).status_code

    def seen(self, who: str, query: str = "") -> list[str]:
        """The words of the questions that somebody is shown, in their order."""
        return [item["text"] for item in self.get(who, f"/v1/questions{query}").json()["items"]]
