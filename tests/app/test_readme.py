"""What the README shows is what the demo answers, in both its languages."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import LiteralString, cast
from urllib.parse import urlsplit

import httpx
import pytest
from neo4j import GraphDatabase
from typer.testing import CliRunner

from api_schemas.webhooks import IntroductionEvent
from app.cli import cli
from app.importers import jsonl
from app.loading import load
from nlp.extraction import TopicExtractor
from scripts.load_demo import FILES, files
from scripts.neo4j_server import emptied, login
from scripts.refresh_readme import ANSWERED, READMES, ROOT, refreshed
from tests.app.client import Api, company_settings, running_api

TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in READMES}
OWN_QUESTION = re.compile(r'\$\(\.venv/bin/quisait keys create.*?--scopes "([^"]+)"\)\ncurl .* "q=([^"]+)"')
RECORDS = re.compile(r'```json\n(\{"kind".*?)```', re.DOTALL)
QUESTION = re.compile(r'```sh\n(curl -s "\$QUISAIT/v1/questions"[^`]*)```')
INTRODUCTION = re.compile(r'```sh\n(curl -s "\$QUISAIT/v1/introductions"[^`]*)```')
WEBHOOKS = re.compile(r"```sh\n\.venv/bin/quisait (webhooks add [^`]*)```")
EVENT = re.compile(r'```json\n(\{"type".*?\})\n```')
GRAPH_QUESTIONS = re.compile(r"\*\*([^*\n]+)\*\*[^*\n]*\n\n```cypher\n([^`]*)```")


@pytest.mark.parametrize("name", READMES)
def test_every_call_of_the_readme_is_answered_as_it_says(demo: Api, name: str) -> None:
    def ask(path: str, parameters: Mapping[str, str], headers: Mapping[str, str]) -> httpx.Response:
        return demo.get(path, params=parameters, headers=headers)

    assert len(ANSWERED.findall(TEXTS[name])) >= 5
    assert refreshed(TEXTS[name], ask=ask) == TEXTS[name], "run: python -m scripts.refresh_readme"


def test_the_records_of_the_readme_are_accepted(sqlite_api: Api) -> None:
    [block] = RECORDS.findall(TEXTS["README.md"])
    results = sqlite_api.send(*map(json.loads, block.splitlines()))
    assert [result["outcome"] for result in results] == ["created", "created", "created", "created", "retracted"]


def test_the_records_of_the_readme_answer_its_question_to_the_key_it_makes(sqlite_api: Api) -> None:
    [block] = RECORDS.findall(TEXTS["README.md"])
    [(scopes, question)] = OWN_QUESTION.findall(TEXTS["README.md"])
    sqlite_api.send(*map(json.loads, block.splitlines()))
    answer = sqlite_api.get("/v1/experts", params={"q": question}, token=sqlite_api.key(*scopes.split()))
    assert [item["person"]["name"] for item in answer.json()["items"]] == ["Awa Diop"]


@pytest.mark.parametrize("name", READMES)
def test_the_question_of_the_readme_is_recorded_and_waits_for_who_is_asked(demo: Api, name: str) -> None:
    [call] = QUESTION.findall(TEXTS[name])
    headers, body = sent(call)
    answer = demo.request("POST", "/v1/questions", headers=headers | authorized(demo), json=body)
    assert answer.status_code in (201, 200), answer.text
    exchange = demo.get("/v1/me/exchange", headers={"Quisait-On-Behalf-Of": body["asked"]})
    assert exchange.json()["open"] == 1


@pytest.mark.parametrize("name", READMES)
def test_the_introduction_of_the_readme_waits_for_the_intermediary(demo: Api, name: str) -> None:
    [call] = INTRODUCTION.findall(TEXTS[name])
    headers, body = sent(call)
    answer = demo.request("POST", "/v1/introductions", headers=headers | authorized(demo), json=body)
    assert answer.status_code in (201, 200), answer.text
    own = demo.get("/v1/introductions", headers={"Quisait-On-Behalf-Of": body["intermediary"]}).json()["items"]
    assert [item["state"] for item in own] == ["requested"]


@pytest.mark.parametrize("name", READMES)
def test_the_receiver_of_the_readme_is_registered_for_what_it_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUISAIT_DATA_DIR", str(tmp_path))
    [command], [event] = WEBHOOKS.findall(TEXTS[name]), map(json.loads, EVENT.findall(TEXTS[name]))
    added = CliRunner().invoke(cli, shlex.split(command))
    assert added.exit_code == 0
    assert event["type"] in added.stderr
    assert IntroductionEvent.model_validate(event).model_dump(mode="json") == event


def sent(call: str) -> tuple[dict[str, str], dict[str, str]]:
    """Headers and body of a call by curl; the body is the same in both languages."""
    options = list(pairwise(shlex.split(call.replace("\\\n", " "))))
    headers = dict(value.split(": ", 1) for option, value in options if option == "-H")
    return headers, json.loads(dict(options)["-d"]) | {"id": "readme"}


def authorized(demo: Api) -> dict[str, str]:
    """The header with the key of the demo."""
    return {"Authorization": f"Bearer {demo.token}"}


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_the_questions_to_the_graph_find_whom_the_readme_names(
    neo4j_address: str, extractor: TopicExtractor, tmp_path: Path
) -> None:
    address = emptied(neo4j_address)
    with running_api(company_settings(tmp_path, store=address), extractor) as api:
        assert load(api.services, jsonl.read, files(*FILES)) == 0
    for name, query in GRAPH_QUESTIONS.findall(TEXTS["README.md"]):
        rows = list(answers(address, query))
        whole_paths = [row for row in rows if "way" in row]
        assert name in str(whole_paths or rows[:1])


def test_the_readme_asks_the_graph_three_questions() -> None:
    assert len(GRAPH_QUESTIONS.findall(TEXTS["README.md"])) == TEXTS["README.md"].count("```cypher") == 3


def answers(address: str, query: str) -> Iterator[dict[str, object]]:
    """What somebody sees who asks that in Neo4j Browser."""
    url = urlsplit(address)
    with GraphDatabase.driver(f"{url.scheme}://{url.netloc}", auth=login()) as driver:
        records, _, _ = driver.execute_query(cast(LiteralString, query), database_=url.path.strip("/"))
        yield from (record.data() for record in records)
