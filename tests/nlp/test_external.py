"""Pipelines that the host has installed: any spaCy pipeline that tags parts of speech, by package or path."""

import json
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from nlp.description import MODELS
from nlp.errors import PipelineNotInstalled
from nlp.extraction import TopicExtractor, describe_pipelines, load_extractor
from nlp.model import Pipeline, Text
from nlp.pipeline import load_tagger

POST = Text("La banderoleuse du quai est en panne, il faut appeler la maintenance.", language="fr")
PACKAGE = """
from spacy.util import load_model_from_init_py


def load(**options):
    return load_model_from_init_py(__file__, **options)
"""


@Language.component("never_comes_back")
def never_comes_back(doc: Doc) -> Doc:
    raise AssertionError("of an external pipeline only what tags is loaded")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline as others build them: with spaCy's own tokenizer, and more pieces than we need."""
    nlp = spacy.load(MODELS / "quisait_fr_tiny")
    ruler = nlp.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    ruler.add([[{"ORTH": "zz"}]], {"POS": "NOUN"})
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("never_comes_back", name="parser")
    nlp.meta.update(name="acme_news", version="3.2.1", license="LGPL-LR")
    folder = tmp_path_factory.mktemp("pipelines") / "fr_acme_news-3.2.1"
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def external(folder: Path) -> TopicExtractor:
    return load_extractor(fr=str(folder), en="lexical")


@pytest.fixture
def package(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same as an installed package."""
    home = tmp_path / "fr_acme_news"
    home.mkdir()
    (home / "__init__.py").write_text(PACKAGE)
    (home / "meta.json").write_text((folder / "meta.json").read_text())
    (home / folder.name).symlink_to(folder)
    (tmp_path / "fr_acme_news-3.2.1.dist-info").mkdir()
    (tmp_path / "fr_acme_news-3.2.1.dist-info" / "METADATA").write_text("Name: fr_acme_news\nVersion: 3.2.1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "fr_acme_news", raising=False)
    return "fr_acme_news"


def test_a_pipeline_is_described_by_what_it_says_of_itself(folder: Path) -> None:
    described = describe_pipelines(fr=str(folder))["fr"]
    assert described == Pipeline("external", "fr_acme_news", "3.2.1", "LGPL-LR")


def test_a_post_is_read_by_the_pipeline_at_a_path(external: TopicExtractor) -> None:
    (found,) = external.extract([POST])
    assert (found.tier, found.version, found.degraded) == ("external", "fr_acme_news 3.2.1", False)
    assert "banderoleuse" in {mention.key for mention in found.mentions}


def test_a_post_is_read_by_an_installed_package(package: str) -> None:
    assert describe_pipelines(fr=package)["fr"].name == "fr_acme_news"
    (found,) = load_extractor(fr=package).extract([POST])
    assert found.version == "fr_acme_news 3.2.1"


def test_each_language_has_a_pipeline_of_its_own(external: TopicExtractor) -> None:
    french, english = external.extract([POST, Text("The server of the team is down.")])
    assert (french.tier, english.tier) == ("external", "lexical")


@pytest.mark.timeout(60)  # hundreds of times what it takes: only a hang fails
def test_hostile_texts_are_read_by_spacys_own_tokenizer_too(external: TopicExtractor, hostile_text: str) -> None:
    (found,) = external.extract([Text(hostile_text, language="fr")])
    assert not found.degraded


def test_a_path_without_a_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PipelineNotInstalled, match="put one there, or choose 'bundled'"):
        load_tagger("fr", choice=str(tmp_path))


@pytest.mark.parametrize("name", ["numpy", "typing-extensions", "fr_acme_news"])
def test_what_is_installed_and_no_pipeline_is_refused(name: str) -> None:
    with pytest.raises(PipelineNotInstalled, match=f"spacy download {name}"):
        describe_pipelines(fr=name)


@pytest.mark.parametrize("meta", ['{"lang": "fr"}', "{", ""])
def test_a_description_that_says_too_little_is_refused(tmp_path: Path, meta: str) -> None:
    (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(PipelineNotInstalled, match="put one there"):
        describe_pipelines(fr=str(tmp_path))


def test_a_licence_that_is_not_stated_is_said_to_be_so(tmp_path: Path) -> None:
    meta = {"lang": "fr", "name": "acme", "version": "1"}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    assert describe_pipelines(fr=str(tmp_path))["fr"].licence == "not stated"
