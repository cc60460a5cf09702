"""The published contract follows our rules for contracts, and those of everybody (Spectral)."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.export_openapi import TARGET
from scripts.generate_clients import Tools

RULES = Path(__file__).with_name("spectral.yaml")
SPECTRAL = "@stoplight/spectral-cli/dist/index.js"


def test_the_contract_breaks_no_rule(tools: Tools) -> None:
    assert broken(TARGET, tools=tools) == []


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A contract with a fault against every rule of our own."""
    document = yaml.safe_load(TARGET.read_text(encoding="utf-8"))
    read, write = document["paths"]["/v1/experts"]["get"], document["paths"]["/v1/people/{person_id}"]["put"]
    schemas = document["components"]["schemas"]
    document["paths"] |= {"/v1/Oops": {"get": {**read, "operationId": "oops", "security": [{"key": ["a", "b"]}]}}}
    document["paths"]["/v1/topics"]["get"]["security"] = []
    read["tags"] = ["experts", "people"]
    read["responses"]["400"]["content"] = {"application/json": {"schema": {}}}
    read["responses"]["200"]["content"]["application/json"] = {"schema": {"type": "object"}}
    del read["responses"]["401"], write["security"]
    question, limit = read["parameters"][0], next(given for given in read["parameters"] if given["name"] == "limit")
    del question["description"], question["example"], limit["schema"]["maximum"]
    question["schema"] = {"type": "string"}
    del schemas["PersonWrite"]["description"], schemas["PersonWrite"]["examples"]
    schemas["PersonWrite"]["additionalProperties"] = True
    schemas["PersonWrite"]["properties"] |= {"camelCase": {"type": "array", "items": {"type": "boolean"}}}
    path = tmp_path / "openapi.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


def test_every_rule_of_our_own_finds_its_fault(spoiled: Path, tools: Tools) -> None:
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))["rules"]
    ours = {name for name, rule in rules.items() if rule != "off"}
    assert ours - {finding["code"] for finding in broken(spoiled, tools=tools)} == set()


def broken(contract: Path, *, tools: Tools) -> list[dict[str, Any]]:
    """What Spectral finds in that contract, by name of the rule."""
    done = tools.run_node(SPECTRAL, "lint", contract, "--ruleset", RULES, "--format", "json", "--quiet")
    assert not done.stderr, done.stderr
    return json.loads(done.stdout)
