"""How the service is."""

from tests.app.client import Api
from tests.app.records import person, post


def test_a_service_that_has_read_everything_is_alive_and_ready(api: Api) -> None:
    alive, ready = api.get("/livez", token=None), api.get("/readyz", token=None)
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")


def test_readiness_tells_what_reads_posts(sqlite_api: Api) -> None:
    bundled = {"tier": "bundled", "version": "0.1.0", "licence": "CC BY-SA 4.0"}
    assert sqlite_api.get("/readyz", token=None).json()["pipelines"] == {
        "fr": {"name": "quisait_fr_tiny", **bundled},
        "en": {"name": "quisait_en_tiny", **bundled},
    }


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
