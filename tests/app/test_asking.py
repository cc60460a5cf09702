"""What questions and introductions are about: topics by their names, as far as who reads them can know of these."""

from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, person, post

FIBRE = {"kind": "topic", "source": "host", "id": "fibre", "pref_label": {"fr": "fibre monomode", "en": "single mode"}}
CABLE = {"kind": "topic", "source": "host", "id": "cable", "pref_label": {"fr": "câble optique"}}
LAB = community("lab", "ana", "di", visibility="secret")
SECRET = post("p1", "Le banc d'essai vibratoire (BEV) est testé chaque année.", community="lab", lang="fr")
MEETING = {"kind": "interaction", "source": "chat", "id": "m", "type": "meeting", "people": ["ana", "bo", "di"]}


class Company:
    """Ana, Bo and Di know each other and two topics of the host's; a third one is in a lab of Ana's and Di's."""

    def __init__(self, api: Api) -> None:
        self.api = api
        met = MEETING | {"at": "2026-01-10T12:00:00Z"}
        results = api.send(*map(person, ("ana", "bo", "di")), FIBRE, CABLE, LAB, SECRET, met)
        self.id = {result["id"]: result["public_id"] for result in results}
        self.hidden = self.get("ana", "/v1/topics?q=banc").json()["items"][0]["id"]

    def get(self, who: str, address: str) -> Any:
        """What somebody is answered."""
        return self.api.get(address, headers={"Quisait-On-Behalf-Of": self.id[who]})

    def ask(self, address: str, *topics: str) -> str:
        """The address of what Ana asks Bo about these topics."""
        asked = self.post("ana", "bo", address, *topics)
        assert asked.status_code == 201
        return asked.headers["Location"]

    def post(self, who: str, whom: str, address: str, *topics: str) -> Any:
        """The answer to somebody who asks somebody about these topics."""
        named = {"asked": self.id[whom], "text": "Qui ?"}
        if address == "/v1/introductions":
            named = {"intermediary": self.id[whom], "target": self.id["di"], "message": "Qui ?"}
        on_behalf = {"Quisait-On-Behalf-Of": self.id[who]}
        return self.api.request("POST", address, json={**named, "topics": topics}, headers=on_behalf)

    def about(self, who: str, address: str) -> list[str]:
        """The French names of the topics that somebody is shown."""
        return [topic["pref_label"]["fr"] for topic in self.get(who, address).json()["topics"]]


@pytest.fixture
def company(api: Api) -> Company:
    return Company(api)


KINDS = pytest.mark.parametrize("kind", ["/v1/questions", "/v1/introductions"])


@KINDS
def test_topics_are_shown_with_their_names_in_the_order_given(company: Company, kind: str) -> None:
    address = company.ask(kind, company.id["fibre"], company.id["cable"])
    for shown in (company.get("bo", address).json(), company.get("bo", kind).json()["items"][0]):
        assert shown["topics"] == [
            {"id": company.id["fibre"], "pref_label": {"fr": "fibre monomode", "en": "single mode"}},
            {"id": company.id["cable"], "pref_label": {"fr": "câble optique", "en": None}},
        ]


@KINDS
def test_topics_that_became_one_are_shown_once(company: Company, kind: str) -> None:
    address = company.ask(kind, company.id["cable"], company.id["fibre"])
    company.api.request("POST", f"/v1/topics/{company.id['cable']}/merge", json={"into": company.id["fibre"]})
    company.api.services.projection.catch_up()
    assert company.about("bo", address) == ["fibre monomode"]


@KINDS
def test_a_topic_that_somebody_cannot_know_of_is_not_shown_to_them(company: Company, kind: str) -> None:
    address = company.ask(kind, company.hidden, company.id["fibre"])
    assert company.about("ana", address) == ["banc d'essai vibratoire", "fibre monomode"]
    assert company.about("bo", address) == ["fibre monomode"]


@KINDS
def test_a_topic_of_hidden_posts_is_as_good_as_none_to_ask_about(company: Company, kind: str) -> None:
    answers = [company.post("bo", "ana", kind, topic) for topic in (company.hidden, "top_unknown")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["errors"] == answers[1].json()["errors"]
    assert company.post("ana", "bo", kind, company.hidden).status_code == 201
