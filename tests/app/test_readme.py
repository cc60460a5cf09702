"""What the README shows is what the demo answers."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.app.client import Api

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
ASKED = re.compile(r"```sh\n(curl [^`]*?)```\n\n```json\n(.*?)```", re.DOTALL)
RECORDS = re.compile(r'```json\n(\{"kind".*?)```', re.DOTALL)


def test_every_question_of_the_readme_is_answered_as_it_says(demo: Api) -> None:
    questions = ASKED.findall(README)
    assert len(questions) >= 3
    for command, shown in questions:
        words = shlex.split(command.replace("\\\n", " "))
        address = next(word for word in words if word.startswith("$QUISAIT")).removeprefix("$QUISAIT")
        parameters = [words[i + 1].split("=", 1) for i, word in enumerate(words) if word in ("-d", "--data-urlencode")]
        answer = demo.get(address, params=dict(parameters))
        assert answer.status_code == 200, answer.text
        assert_shows(json.loads(shown), answer.json(), at=command)


def test_the_records_of_the_readme_are_accepted(demo: Api) -> None:
    [block] = RECORDS.findall(README)
    results = demo.send(*map(json.loads, block.splitlines()))
    assert [result["outcome"] for result in results] == ["created", "created", "created", "retracted"]


def assert_shows(shown: Any, real: Any, *, at: str) -> None:
    """Some keys of an object, the beginning of a list, or of a text cut with … are enough."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert key in real, f"{at}: there is no {key}"
            assert_shows(value, real[key], at=f"{at} {key}")
    elif isinstance(shown, list):
        assert len(shown) <= len(real), at
        for one, other in zip(shown, real, strict=False):
            assert_shows(one, other, at=at)
    elif isinstance(shown, str) and shown.endswith("…"):
        assert real.startswith(shown[:-1]), at
    elif isinstance(shown, float):
        assert shown == pytest.approx(real, abs=0.005), at
    else:
        assert shown == real, at
