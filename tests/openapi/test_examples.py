"""Every example of the contract is what the demo's company really answers."""

import json
from typing import Any

from scripts.capture_examples import TARGET, capture
from scripts.service import Service

BY_CHANCE = {"trace_id", "job", "job_id", "key", "webhook-id", "webhook-timestamp", "webhook-signature"}
BY_TIME = {
    "next_cursor",
    "state",
    "created_at",
    "at",
    "closed_at",
    "answered_at",
    "expires_at",
    "timestamp",
}  # created_at is a job's


def test_the_demo_still_answers_as_the_examples_say(live_demo: Service) -> None:
    answered = capture(live_demo)
    shown = json.loads(TARGET.read_text(encoding="utf-8"))
    assert len(answered) == len(shown)
    for now, then in zip(answered, shown, strict=True):
        assert lasting(now) == lasting(then), "run: python -m scripts.capture_examples, then scripts.export_openapi"


def lasting(value: Any) -> Any:
    """The value without what changes from day to day."""
    if isinstance(value, dict):
        changing = (
            BY_CHANCE | BY_TIME | ({"score"} if "path" in value else set()) | ({"id"} if is_job(value) else set())
        )
        return {key: type(field) if key in changing else lasting(field) for key, field in value.items()}
    if isinstance(value, list):
        return [lasting(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value


def is_job(value: dict[str, Any]) -> bool:
    """Whether that is an ingestion job, whose id is drawn at random."""
    return str(value.get("id")).startswith("job_")
