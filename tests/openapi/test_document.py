"""The published contract: up to date, whole, and with real examples that keep it; test_ruleset.py tells its style."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest

from app.main import create_app
from app.security import SCOPES
from app.settings import Settings
from graph.webhooks import NoticeType
from scripts.capture_examples import TARGET as EXAMPLES
from scripts.export_openapi import TARGET, contract

OPEN = {"getLivez", "getReadyz"}
Operation = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The contract as the application gives it."""
    return create_app(Settings()).openapi()


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of the contract."""
    for path in document["paths"].values():
        yield from path.values()


def test_the_published_contract_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == contract(), "run: python -m scripts.export_openapi"


def test_every_operation_says_which_scope_it_asks_for(document: dict[str, Any]) -> None:
    for operation in operations(document):
        scopes = [scope for scheme in operation["security"] for scope in scheme["key"]]
        assert (not operation["security"]) == (operation["operationId"] in OPEN), operation["operationId"]
        assert bool(scopes) == (operation["operationId"] not in {*OPEN, "getMe"}), operation["operationId"]
        assert set(scopes) <= SCOPES


def test_every_schema_has_an_example_that_keeps_it(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("examples"), f"{name} has no example: scripts/capture_examples.py asks for them"
        whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        for example in schema["examples"]:
            jsonschema_rs.validator_for(whole).validate(example)


def test_no_example_was_made_up(document: dict[str, Any]) -> None:
    real = {json.dumps(value) for value in within(json.loads(EXAMPLES.read_text(encoding="utf-8")))}
    shown = [part["example"] for part in within(document) if isinstance(part, dict) and "example" in part]
    shown += [part["examples"][0] for part in within(document) if isinstance(part, dict) and "examples" in part]
    assert [value for value in shown if json.dumps(value) not in real] == []
    assert len(shown) > 50


def within(value: Any) -> Iterator[Any]:
    """The value and all that it holds."""
    yield value
    fields = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for field in fields:
        yield from within(field)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    wanted = set(re.findall(r"#/components/schemas/(\w+)", contract()))
    assert wanted <= set(document["components"]["schemas"])


def test_every_event_is_described_and_none_that_is_never_sent(document: dict[str, Any]) -> None:
    assert set(document["webhooks"]) == {*get_args(NoticeType), "ping"}
    for webhook in document["webhooks"].values():
        assert {"204", "410", "default"} <= webhook["post"]["responses"].keys()


def test_no_description_names_a_place_on_this_machine() -> None:
    assert not re.search(rf"localhost|{Path.home()}/", contract())
