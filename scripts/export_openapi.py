"""Writes openapi.yaml, the published contract, from the routes."""

import json
import sys
from pathlib import Path
from typing import Final

import yaml

from app.main import create_app
from app.settings import Settings

TARGET: Final = Path(__file__).parents[1] / "openapi.yaml"
HEADER: Final = "# Written by scripts/export_openapi.py, never by hand.\n"


def contract() -> str:
    """The text of the published contract."""
    document = json.loads(json.dumps(create_app(Settings()).openapi()))  # a tree: YAML makes anchors of what is shared
    return HEADER + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)


def main() -> int:
    """Write the contract; with --check only tell whether it is up to date."""
    is_same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == contract()
    if "--check" in sys.argv[1:]:
        print("openapi.yaml is up to date" if is_same else "openapi.yaml is out of date: run scripts/export_openapi.py")
        return 0 if is_same else 1
    TARGET.write_text(contract(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
