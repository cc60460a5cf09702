"""The tools for clients are fetched once; where they cannot be had, one is told so."""

from pathlib import Path

import pytest

from scripts.generate_clients import ToolMissing, fetch_tools, without_lines


def test_without_network_nothing_half_fetched_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PIP_NO_CACHE_DIR": "1"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ToolMissing, match="Check the network"):
        fetch_tools(tmp_path / "cache")
    assert list((tmp_path / "cache" / "clients").iterdir()) == []


def test_lines_are_plain_bytes_to_the_generator_for_python() -> None:
    lines = {"schema": {"type": "array"}}
    body = {"content": {"application/x-ndjson": lines, "application/jsonl": lines}}
    answers = {"200": {"content": {"application/json": {}}}, "204": {}}
    contract = without_lines({"paths": {"/v1/records": {"post": {"requestBody": body, "responses": answers}}}})
    operation = contract["paths"]["/v1/records"]["post"]
    assert operation["requestBody"]["content"] == {
        "application/x-ndjson": {"schema": {"type": "string", "format": "binary"}}
    }
    assert operation["responses"]["200"]["content"] == {"application/json": {}}
