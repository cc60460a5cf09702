"""One spaCy pipeline a language: text → tokens as plain arrays; the only place that knows spaCy."""

import gc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from threading import Lock
from typing import Final

import spacy
from spacy.attrs import IDX, LENGTH, POS
from spacy.language import Language as SpacyPipeline
from spacy.symbols import ADJ, INTJ, NOUN, NUM, PROPN, VERB
from spacy.tokens import Doc

from nlp.bundled import BundledTagger
from nlp.description import bundled, describe_pipeline
from nlp.errors import PipelineNotInstalled
from nlp.model import HYPHENS, Language, Pipeline, Tokens

BATCH: Final = 32
ZONE: Final = 512
MOST_WORDS: Final = 500_000  # a zone gives back words, and not the places they had in spaCy's table: some 30 MB by then
LETTERS: Final = {NOUN: "N", PROPN: "P", ADJ: "A", VERB: "V", NUM: "D", INTJ: "I"}
UNUSED: Final = ("parser", "ner", "senter", "lemmatizer", "trainable_lemmatizer")
PLAIN_SENTENCES: Final = {
    "fr": ("Le serveur de la base de données est tombé ce matin.", "Qui connaît la facturation des clients ?"),
    "en": ("The database server went down this morning.", "Who knows how customers are invoiced by the company?"),
}


class SpacyTagger:
    """Tags the parts of speech of clean texts."""

    def __init__(self, load: Callable[[], SpacyPipeline], *, pipeline: Pipeline, most_words: int = MOST_WORDS) -> None:
        """`load` gives a new copy of the pipeline, which replaces one that has seen `most_words`."""
        self.pipeline = pipeline
        self._load = load
        self._nlp = load()
        self._most_words = most_words
        self._lock = Lock()

    def tag(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, in order; give it cleaned and capped texts only.

        spaCy's tokenizer is quadratic on runs of punctuation, which cleaning takes out.
        """
        return [tokens for start in range(0, len(texts), ZONE) for tokens in self._zone(texts[start : start + ZONE])]

    def _zone(self, texts: Sequence[str]) -> list[Tokens]:
        # Everything is read inside the zone: its strings are given back at the end, else unseen words fill the memory.
        # Zones cannot overlap, hence the lock.
        with self._lock:
            if len(self._nlp.vocab) > self._most_words:
                self._nlp = self._load()
                gc.collect()  # of the old one, which holds itself
            with self._nlp.memory_zone():
                return list(self._tokens(texts))

    def _tokens(self, texts: Sequence[str]) -> Iterator[Tokens]:
        for doc, text in zip(self._nlp.pipe(texts, batch_size=BATCH), texts, strict=True):
            yield _plain(doc, text)


def load_tagger(language: Language, *, choice: str) -> BundledTagger | SpacyTagger:
    """Load the bundled pipeline or an installed one (package or path), and try it on two plain sentences.

    Raises PipelineNotInstalled where it is missing or finds no noun, LanguageNotSupported where it speaks another one.
    """
    pipeline = describe_pipeline(language, choice=choice)
    if pipeline.tier == "bundled":
        tagger = BundledTagger(spacy.load(bundled(language), exclude=UNUSED), language=language, pipeline=pipeline)
    else:
        tagger = SpacyTagger(partial(spacy.load, choice, exclude=UNUSED), pipeline=pipeline)
    if not all("N" in tokens.tags for tokens in tagger.tag(PLAIN_SENTENCES[language])):
        raise PipelineNotInstalled(
            f"the pipeline {choice!r} finds no noun in a plain sentence: choose one that tags POS"
        )
    return tagger


def _plain(doc: Doc, text: str) -> Tokens:
    rows = doc.to_array([POS, IDX, LENGTH])
    starts = rows[:, 1].tolist()
    ends = (rows[:, 1] + rows[:, 2]).tolist()
    words = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
    letters = [LETTERS.get(tag, ".") for tag in rows[:, 0].tolist()]
    tags = "".join("-" if word in HYPHENS else letter for word, letter in zip(words, letters, strict=True))
    return Tokens(words, tags, tuple(starts), tuple(ends), (1.0,) * len(words))
