"""What questions and introductions are about: topics by their names, as far as who reads them can know of these."""

import httpx
import pytest

from tests.app.client import Api
from tests.app.company import Company
from tests.app.introducing import met
from tests.app.records import community, post

FIBRE = {"kind": "topic", "source": "host", "id": "fibre", "pref_label": {"fr": "fibre monomode", "en": "single mode"}}
CABLE = {"kind": "topic", "source": "host", "id": "cable", "pref_label": {"fr": "câble optique"}}
LAB = community("lab", "ana", "di", visibility="secret")
SECRET = post("p1", "Le banc d'essai vibratoire (BEV) est testé chaque année.", community="lab", lang="fr")


@pytest.fixture
def company(api: Api) -> Company:
    """Ana, Bo and Di know each other and two topics of the host's; a third one is in a lab of Ana's and Di's."""
    ties = [*met("ab", "ana", "bo"), *met("bd", "bo", "di"), *met("ad", "ana", "di")]
    return Company(api, ("ana", "bo", "di"), FIBRE, CABLE, LAB, SECRET, *ties)


@pytest.fixture
def hidden(company: Company) -> str:
    """The topic of the lab."""
    return company.get("ana", "/v1/topics?q=banc").json()["items"][0]["id"]


def asked(company: Company, who: str, whom: str, address: str, *topics: str) -> httpx.Response:
    """The answer to somebody who asks somebody about these topics."""
    named = {"asked": company.id[whom], "text": "Qui ?"}
    if address == "/v1/introductions":
        named = {"intermediary": company.id[whom], "target": company.id["di"], "message": "Qui ?"}
    return company.send(who, "POST", address, {**named, "topics": topics})


def about(company: Company, who: str, address: str) -> list[str]:
    """The French names of the topics that somebody is shown."""
    return [topic["pref_label"]["fr"] for topic in company.get(who, address).json()["topics"]]


KINDS = pytest.mark.parametrize("kind", ["/v1/questions", "/v1/introductions"])


@KINDS
def test_topics_are_shown_with_their_names_in_the_order_given(company: Company, kind: str) -> None:
    address = asked(company, "ana", "bo", kind, company.id["fibre"], company.id["cable"]).headers["Location"]
    for shown in (company.get("bo", address).json(), company.get("bo", kind).json()["items"][0]):
        assert shown["topics"] == [
            {"id": company.id["fibre"], "pref_label": {"fr": "fibre monomode", "en": "single mode"}},
            {"id": company.id["cable"], "pref_label": {"fr": "câble optique", "en": None}},
        ]


@KINDS
def test_topics_that_became_one_are_shown_once(company: Company, kind: str) -> None:
    address = asked(company, "ana", "bo", kind, company.id["cable"], company.id["fibre"]).headers["Location"]
    company.api.request("POST", f"/v1/topics/{company.id['cable']}/merge", json={"into": company.id["fibre"]})
    company.api.services.projection.catch_up()
    assert about(company, "bo", address) == ["fibre monomode"]


@KINDS
def test_a_topic_that_somebody_cannot_know_of_is_not_shown_to_them(company: Company, hidden: str, kind: str) -> None:
    address = asked(company, "ana", "bo", kind, hidden, company.id["fibre"]).headers["Location"]
    assert about(company, "ana", address) == ["banc d'essai vibratoire", "fibre monomode"]
    assert about(company, "bo", address) == ["fibre monomode"]


@KINDS
def test_a_topic_of_hidden_posts_is_as_good_as_none_to_ask_about(company: Company, hidden: str, kind: str) -> None:
    answers = [asked(company, "bo", "ana", kind, topic) for topic in (hidden, "top_unknown")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["errors"] == answers[1].json()["errors"]
    assert answers[0].json()["errors"][0]["pointer"] == "/topics"
    assert asked(company, "ana", "bo", kind, hidden).status_code == 201
