"""One spaCy pipeline a language: text → tokens as plain arrays; the only place that knows spaCy."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Final

import spacy
from spacy.attrs import IDX, LENGTH, POS
from spacy.language import Language as Pipeline
from spacy.symbols import ADJ, NOUN, PROPN
from spacy.tokens import Doc

from nlp.errors import LanguageNotSupported, PipelineNotInstalled
from nlp.model import Language, Tokens

MODELS: Final = Path(__file__).parent / "models"
BATCH: Final = 32
ZONE: Final = 512
LETTERS: Final = {NOUN: "N", PROPN: "P", ADJ: "A"}
HYPHENS: Final = frozenset("-‐‑")
UNUSED: Final = ("parser", "ner", "senter", "lemmatizer", "trainable_lemmatizer")
PLAIN_SENTENCES: Final = {
    "fr": ("Le serveur de la base de données est tombé ce matin.", "Qui connaît la facturation des clients ?"),
    "en": ("The database server went down this morning.", "Who knows how customers are invoiced by the company?"),
}


class SpacyTagger:
    """Tags the parts of speech of clean texts; `tier`, `name` and `version` go with every result."""

    def __init__(self, nlp: Pipeline, *, tier: str) -> None:
        """`tier` is "bundled" or "external"."""
        self._nlp = nlp
        self._lock = Lock()
        self.tier = tier
        self.name = str(nlp.meta["name"] if tier == "bundled" else f"{nlp.lang}_{nlp.meta['name']}")
        self.version = str(nlp.meta["version"])

    def tag(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, in order; give it cleaned and capped texts only.

        spaCy's tokenizer is quadratic on runs of punctuation, which cleaning takes out.
        """
        return [tokens for start in range(0, len(texts), ZONE) for tokens in self._zone(texts[start : start + ZONE])]

    def _zone(self, texts: Sequence[str]) -> list[Tokens]:
        # Everything is read inside the zone: its strings are given back at the end, else unseen words fill the memory.
        # Zones cannot overlap, hence the lock.
        with self._lock, self._nlp.memory_zone():
            return list(self._tokens(texts))

    def _tokens(self, texts: Sequence[str]) -> Iterator[Tokens]:
        for doc in self._nlp.pipe(texts, batch_size=BATCH):
            yield _plain(doc)


def load_tagger(language: Language, *, choice: str) -> SpacyTagger:
    """Load the bundled pipeline or an installed one (package or path), and try it on two plain sentences.

    Raises PipelineNotInstalled where it is missing or finds no noun, LanguageNotSupported where it speaks another one.
    """
    bundled = choice == "bundled"
    try:
        nlp = spacy.load(MODELS / f"quisait_{language}_tiny" if bundled else choice, exclude=UNUSED)
    except OSError as error:
        raise PipelineNotInstalled(
            f"no spaCy pipeline {choice!r}: pip install {choice}, or choose 'bundled'"
        ) from error
    if nlp.lang != language:
        raise LanguageNotSupported(f"the pipeline {choice!r} is made for {nlp.lang!r}, not for {language!r}")
    tagger = SpacyTagger(nlp, tier="bundled" if bundled else "external")
    if not all("N" in tokens.tags for tokens in tagger.tag(PLAIN_SENTENCES[language])):
        raise PipelineNotInstalled(
            f"the pipeline {choice!r} finds no noun in a plain sentence: choose one that tags POS"
        )
    return tagger


def _plain(doc: Doc) -> Tokens:
    rows = doc.to_array([POS, IDX, LENGTH])
    starts = rows[:, 1].tolist()
    ends = (rows[:, 1] + rows[:, 2]).tolist()
    text = doc.text
    words = tuple(text[start:end] for start, end in zip(starts, ends, strict=True))
    letters = [LETTERS.get(tag, ".") for tag in rows[:, 0].tolist()]
    tags = "".join("-" if word in HYPHENS else letter for word, letter in zip(words, letters, strict=True))
    return Tokens(words, tags, tuple(starts), tuple(ends))
