"""The bundled pipelines: what they tag, what they refuse, and the memory they give back."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc

from nlp.bundled import BundledTagger
from nlp.description import MODELS, describe_pipeline
from nlp.errors import LanguageNotSupported, PipelineNotInstalled
from nlp.pipeline import SpacyTagger, load_tagger


@pytest.fixture(scope="module")
def nlp_without_tags(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("blank")
    spacy.blank("fr").to_disk(folder)
    return str(folder)


@pytest.fixture
def english() -> Language:
    return spacy.load(MODELS / "quisait_en_tiny")


def test_french_is_tagged() -> None:
    (tokens,) = load_tagger("fr", choice="bundled").tag(["Le serveur principal de Toulouse tombe"])
    assert tokens.words[1:3] == ("serveur", "principal")
    assert tokens.tags == ".NA.PV"


def test_english_is_tagged_and_hyphens_are_marked() -> None:
    (tokens,) = load_tagger("en", choice="bundled").tag(["The load-balancer crashed"])
    assert tokens.tags == ".N-NV"


def test_results_keep_the_order_over_many_batches() -> None:
    texts = [f"the server {number}" for number in range(600)]
    tagged = load_tagger("en", choice="bundled").tag(texts)
    assert [tokens.words[-1] for tokens in tagged] == [str(number) for number in range(600)]


def test_unseen_words_do_not_stay_in_memory(english: Language) -> None:
    before = len(english.vocab), len(english.vocab.strings)
    tagger = BundledTagger(english, language="en", pipeline=describe_pipeline("en", choice="bundled"), kept=1_000)
    for batch in range(20):
        tagger.tag([f"zq{number}x wv{number}y" for number in range(batch * 100, batch * 100 + 100)])
        assert len(tagger._looks) <= 1_000 + 200
    assert (len(english.vocab), len(english.vocab.strings)) == before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_look_as_spacy_sees_them(language: str) -> None:
    words = ["Le", "serveur", "d'", "K8s", "n't", "$", "2024", "C++", "NOUN", "naïve", "x" * 120]
    nlp = spacy.load(MODELS / f"quisait_{language}_tiny")
    pipeline = describe_pipeline("fr" if language == "fr" else "en", choice="bundled")
    tagger = BundledTagger(nlp, language="en", pipeline=pipeline)
    tagger._look_at({*words})
    tok2vec = nlp.get_pipe("tok2vec")
    assert isinstance(tok2vec, Tok2Vec)
    (looks,) = tok2vec.model.layers[0].predict([Doc(nlp.vocab, words=words)])
    assert np.array([tagger._looks[word] for word in words]) == pytest.approx(np.array(looks), abs=1e-5)


def test_a_pipeline_that_has_seen_very_many_words_is_loaded_again() -> None:
    loaded: list[Language] = []

    def load() -> Language:
        loaded.append(spacy.load(MODELS / "quisait_en_tiny"))
        return loaded[-1]

    tagger = SpacyTagger(load, pipeline=describe_pipeline("en", choice="bundled"), most_words=3_000)
    for batch in range(8):
        (tokens,) = tagger.tag([" ".join(f"zq{batch}x{number}y" for number in range(1_000))])
        assert len(tokens.words) == 1_000
    assert 2 <= len(loaded) <= 4
    assert all(len(nlp.vocab) < 5_000 for nlp in loaded)


def test_a_missing_pipeline_says_what_to_install() -> None:
    with pytest.raises(PipelineNotInstalled, match="python -m spacy download fr_missing_sm"):
        load_tagger("fr", choice="fr_missing_sm")


def test_a_pipeline_that_finds_no_noun_is_refused(nlp_without_tags: str) -> None:
    with pytest.raises(PipelineNotInstalled, match="finds no noun"):
        load_tagger("fr", choice=nlp_without_tags)


def test_a_pipeline_of_another_language_is_refused() -> None:
    with pytest.raises(LanguageNotSupported, match="made for 'en'"):
        load_tagger("fr", choice=str(MODELS / "quisait_en_tiny"))


def test_a_pipeline_given_by_its_path_is_external() -> None:
    tagger = load_tagger("en", choice=str(MODELS / "quisait_en_tiny"))
    assert tagger.pipeline.tier == "external"


def test_what_is_read_beside_a_text_changes_nothing() -> None:
    tagger = load_tagger("en", choice="bundled")
    texts = ["The robot asks for a grid plate", "", "A welder mends the frobnicator of the robot"]
    alone = [tagger.tag([text])[0] for text in texts]
    together = tagger.tag(texts)
    assert [(tokens.words, tokens.tags) for tokens in together] == [(tokens.words, tokens.tags) for tokens in alone]


def test_a_word_is_more_or_less_likely_a_noun() -> None:
    (tokens,) = load_tagger("fr", choice="bundled").tag(["Le serveur principal tombe"])
    likely = dict(zip(tokens.words, tokens.nominal, strict=True))
    assert all(0 <= share <= 1 for share in tokens.nominal)
    assert likely["serveur"] > 0.5 > likely["Le"]
