"""The one door, before an empty store of either kind."""

import json
from typing import Any

import pytest

from app.records import parse_line
from app.services.ingestion import Ingestion, Receipt
from graph.store import GraphStore
from tests.app.services.sending import IDENTITY, NOW, Send


@pytest.fixture
def ingestion(store: GraphStore) -> Ingestion:
    """What accepts records into an empty store of either kind."""
    return Ingestion(
        store,
        IDENTITY,
        trusted_sources=frozenset({"chat", "forum"}),
        clock=lambda: NOW,
    )


@pytest.fixture
def send(ingestion: Ingestion) -> Send:
    """Sends records, or lines as they are, in one batch."""

    def send_records(*records: dict[str, Any] | bytes) -> Receipt:
        lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
        parse = [parse_line(line, number=number, identity=IDENTITY, now=NOW) for number, line in enumerate(lines, 1)]
        return ingestion.accept(parse)

    return send_records
