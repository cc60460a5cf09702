"""The pipelines that the settings name: tried before the start, shown, and survived when one of them is killed."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import spacy

from app.bootstrap import check_pipelines, indexing
from app.settings import Settings
from nlp.description import MODELS
from nlp.errors import PipelineNotInstalled
from nlp.extraction import TopicExtractor
from scripts.load_demo import QUISAIT
from tests.app.client import LINES, Api, running_api
from tests.app.records import post

FRAIL = """
import os, signal
from spacy.language import Language
from spacy.util import load_model_from_init_py


@Language.component("frail")
def frail(doc):
    if "poison" in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory runs out
    return doc


def load(**options):
    nlp = load_model_from_init_py(__file__, **options)
    nlp.add_pipe("frail")
    return nlp
"""
POISON = 17


@pytest.fixture
def frail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installed French pipeline that one word kills, with the process that it runs in."""
    nlp = spacy.load(MODELS / "quisait_fr_tiny")
    nlp.meta.update(name="frail", version="1.0", license="MIT")
    home = tmp_path / "fr_frail"
    home.mkdir()
    nlp.to_disk(home / "fr_frail-1.0")
    (home / "meta.json").write_text((home / "fr_frail-1.0" / "meta.json").read_text())
    (home / "__init__.py").write_text(FRAIL)
    (tmp_path / "fr_frail-1.0.dist-info").mkdir()
    (tmp_path / "fr_frail-1.0.dist-info" / "METADATA").write_text("Name: fr_frail\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "fr_frail", raising=False)
    return "fr_frail"


@pytest.mark.timeout(300)
def test_a_post_that_kills_its_pipeline_is_kept_flagged_and_found_by_its_words(
    frail: str, store_address: str, tmp_path: Path, extractor: TopicExtractor
) -> None:
    settings = Settings(store=store_address, data_dir=tmp_path, nlp_fr=frail)
    with running_api(settings, extractor) as api:
        job = send(api, 40)
        with indexing(api.services) as indexer:
            assert indexer.process_next() == 40
        api.services.projection.catch_up()
        answer = api.get(job).json()
        assert (answer["state"], answer["posts"], answer["degraded"]) == ("done", 40, 1)
        assert "quisait_degraded_posts 1.0" in api.get("/metrics").text
        [expert] = api.get("/v1/experts?q=poison").json()["items"]
        assert expert["evidence"][0]["excerpt"].startswith("La banderoleuse 17")
        assert api.get("/readyz").json()["pipelines"]["fr"] == {
            "tier": "external",
            "name": "fr_frail",
            "version": "1.0",
            "licence": "MIT",
        }


def send(api: Api, posts: int) -> str:
    """Send so many posts in French, one of them with poison in it; the address of the job."""
    texts = (f"La banderoleuse {number} est {'poison' if number == POISON else 'en panne'}." for number in range(posts))
    lines = "\n".join(json.dumps(post(f"p{number}", text, lang="fr")) for number, text in enumerate(texts))
    return api.request("POST", "/v1/records", content=lines, headers=LINES).headers["Location"]


def test_a_pipeline_that_is_missing_stops_the_start_and_names_what_installs_it(tmp_path: Path) -> None:
    started = quisait("serve", environment={"QUISAIT_DATA_DIR": str(tmp_path), "QUISAIT_NLP_FR": "fr_missing_sm"})
    assert started.returncode == 1
    assert started.stderr.startswith("quisait: no spaCy pipeline 'fr_missing_sm': python -m spacy download fr_missing")


def test_a_pipeline_that_finds_no_noun_stops_the_start(tmp_path: Path) -> None:
    spacy.blank("fr").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineNotInstalled, match="finds no noun"):
        check_pipelines(Settings(nlp_fr=str(tmp_path / "blank")))


def quisait(*arguments: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*QUISAIT, *arguments], env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )
