"""What checks of the contract stand on: the tools for clients, and the demo's company behind a real address."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.demo_service import running_demo
from scripts.generate_clients import ToolMissing, Tools, fetch_tools
from scripts.neo4j_server import cache_directory
from scripts.service import Service


@pytest.fixture(scope="session")
def tools() -> Tools:
    """What makes and checks clients; without network and cache, CI fails and others are told what was left out."""
    try:
        return fetch_tools(cache_directory())
    except ToolMissing as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def live_demo(company_folder: Path) -> Iterator[Service]:
    """A fresh service that knows the demo's company."""
    with running_demo(company_folder) as service:
        yield service
