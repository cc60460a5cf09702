"""How the service is."""

from tests.app.client import Api
from tests.app.records import person, post


def test_a_service_that_has_read_everything_is_alive_and_ready(api: Api) -> None:
    for address in ("/livez", "/readyz"):
        answer = api.get(address, token=None)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_metrics_are_labelled_by_route_and_never_by_what_was_asked(sqlite_api: Api) -> None:
    sqlite_api.send(person("ana"), post("p1", "fibre"))
    sqlite_api.get("/v1/people/per_zorglub?x=zorglub")
    sqlite_api.get("/zorglub")
    sqlite_api.request("ZORGLUB", "/livez")
    text = sqlite_api.get("/metrics").text
    assert 'quisait_requests_total{method="GET",route="/v1/people/{person_id}",status="422"} 1.0' in text
    assert 'quisait_requests_total{method="other"' in text
    assert "zorglub" not in text.lower()


def test_metrics_are_for_administrators(sqlite_api: Api) -> None:
    assert sqlite_api.get("/metrics", token=sqlite_api.key("experts:read")).status_code == 403
