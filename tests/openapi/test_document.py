"""The published contract: up to date, complete, and with examples that keep it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from app.main import create_app
from app.security import SCOPES
from app.settings import Settings
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


def test_every_operation_has_a_camel_case_id_of_its_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in names)


def test_every_operation_is_described_and_tagged(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for operation in operations(document):
        assert operation["description"] and set(operation["tags"]) <= tags, operation["operationId"]


def test_every_operation_says_which_scope_it_asks_for(document: dict[str, Any]) -> None:
    for operation in operations(document):
        scopes = [scope for scheme in operation["security"] for scope in scheme["key"]]
        assert (not scopes) == (operation["operationId"] in OPEN), operation["operationId"]
        assert set(scopes) <= SCOPES


def test_every_error_is_a_problem_document(document: dict[str, Any]) -> None:
    for operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], operation["operationId"]


def test_every_parameter_is_bounded(document: dict[str, Any]) -> None:
    for operation in operations(document):
        for parameter in operation["parameters"]:
            schema = parameter["schema"]
            is_bounded = "maxLength" in schema or "maximum" in schema or "enum" in schema
            assert is_bounded, f"{operation['operationId']} {parameter['name']}"


def test_every_schema_has_an_example_that_keeps_it(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("examples"), f"{name} has no example"
        whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        for example in schema["examples"]:
            jsonschema_rs.validator_for(whole).validate(example)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    wanted = set(re.findall(r"#/components/schemas/(\w+)", contract()))
    assert wanted <= set(document["components"]["schemas"])


def test_no_description_names_a_place_on_this_machine() -> None:
    assert not re.search(rf"localhost|{Path.home()}/", contract())
