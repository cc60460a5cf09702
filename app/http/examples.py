"""The examples of the contract: what the demo's company was really asked, and what it answered."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final

FILE: Final = "examples.json"  # written by scripts/capture_examples.py
SCHEMAS: Final = "#/components/schemas/"

Schema = dict[str, Any]


def show(document: dict[str, Any]) -> None:
    """Show each operation with a request and its answers, and each schema with a value that occurs in them."""
    operations = {
        operation["operationId"]: operation
        for methods in (*document["paths"].values(), *document["webhooks"].values())
        for operation in methods.values()
    }
    schemas, shown = document["components"]["schemas"], {}
    for exchange in json.loads(files("app.http").joinpath(FILE).read_text(encoding="utf-8")):
        _show_parameters(operations[exchange["operation"]], exchange["parameters"])
        for content, value in _bodies(operations[exchange["operation"]], exchange):
            content.setdefault("example", value)
            for name, part in _parts(content["schema"], value, schemas):
                shown.setdefault(name, part)
    for name, value in shown.items():
        schemas[name]["examples"] = [value]


def _show_parameters(operation: dict[str, Any], sent: Mapping[str, Any]) -> None:
    for parameter in operation["parameters"]:
        if parameter["name"] in sent:
            parameter.setdefault("example", sent[parameter["name"]])


def _bodies(operation: dict[str, Any], exchange: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Where the operation speaks of what was sent and answered, and the value that belongs there."""
    for part, value in (
        (operation.get("requestBody", {}), exchange["body"]),
        (operation["responses"][str(exchange["status"])], exchange["answer"]),
    ):
        if value is not None:
            yield from ((content, value) for kind, content in part.get("content", {}).items() if "json" in kind)


def _parts(schema: Schema, value: Any, schemas: Mapping[str, Schema]) -> Iterator[tuple[str, Any]]:
    """The values within a value that have a schema with a name, each with that name, the outermost first."""
    if value is None:
        return
    if name := schema.get("$ref", "").removeprefix(SCHEMAS):
        yield name, value
        yield from _parts(schemas[name], value, schemas)
    elif kinds := schema.get("discriminator"):
        yield from _parts({"$ref": kinds["mapping"][value[kinds["propertyName"]]]}, value, schemas)
    elif choices := schema.get("anyOf"):  # of one schema and null
        yield from _parts(choices[0], value, schemas)
    elif isinstance(value, list):
        for item in value:
            yield from _parts(schema.get("items", {}), item, schemas)
    elif isinstance(value, dict):
        for key, field in value.items():
            yield from _parts(schema.get("properties", {}).get(key, {}), field, schemas)
