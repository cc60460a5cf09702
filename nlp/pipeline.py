"""One spaCy pipeline a language: text → tokens as plain arrays; the only place that knows spaCy."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

import spacy
from spacy.attrs import IDX, LENGTH, LOWER, NORM, POS, PREFIX, SHAPE, SUFFIX
from spacy.language import Language as Pipeline
from spacy.symbols import ADJ, INTJ, NOUN, NUM, PROPN, VERB
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.errors import LanguageNotSupported, PipelineNotInstalled
from nlp.model import Language, Tokens

MODELS: Final = Path(__file__).parent / "models"
BATCH: Final = 32
ZONE: Final = 512
LETTERS: Final = {NOUN: "N", PROPN: "P", ADJ: "A", VERB: "V", NUM: "D", INTJ: "I"}
HYPHENS: Final = frozenset("-‐‑")
SEEN: Final = (LOWER, NORM, PREFIX, SHAPE, SUFFIX)  # of a word by the bundled pipelines; the rest takes long
UNUSED: Final = ("parser", "ner", "senter", "lemmatizer", "trainable_lemmatizer")
PLAIN_SENTENCES: Final = {
    "fr": ("Le serveur de la base de données est tombé ce matin.", "Qui connaît la facturation des clients ?"),
    "en": ("The database server went down this morning.", "Who knows how customers are invoiced by the company?"),
}


NUMBER: Final = r"\d{1,40}+(?:[.,:]\d{1,40}+){0,9}+(?![^\W_])"
JOINT: Final = r"[._]|(?<=[A-Z\d])/(?=[A-Z\d])"
REST: Final = r"\n|[^\S\n]{1,80}+|\S"
# Words as the treebanks cut them: French elisions and inversions apart, n't and 's too. Several times as fast as the
# rules of spaCy, and in time that grows no faster than the text.
WORDS: Final[dict[Language, re.Pattern[str]]] = {
    "fr": re.compile(
        rf"({NUMBER}|(?:[Aa]ujourd|[Pp]resqu)['’][^\W\d_]{{1,80}}+|[^\W\d_]{{1,80}}+['’](?=[^\W_])"
        rf"|-(?:t-)?(?:ce|elles?|en|ils?|je|l[aeà]s?|leur|lui|moi|nous|on|toi|tu|vous|y)\b"
        rf"|[^\W_]{{1,80}}+(?:(?:(?!-(?:t-)?(?:ce|elles?|ils?|je|nous|on|tu|vous)\b)-|{JOINT})[^\W_]{{1,80}}+){{0,9}}+"
        rf"[+#]{{0,3}}|{REST}) ?"
    ),
    "en": re.compile(
        rf"({NUMBER}|[^\W\d_]{{1,80}}?(?=n['’]t\b)|n['’]t\b|['’](?:s|m|d|ll|re|ve)\b"
        rf"|[^\W_]{{1,80}}+(?:(?:{JOINT})[^\W_]{{1,80}}+){{0,9}}+[+#]{{0,3}}|{REST}) ?"
    ),
}


class Splitter:
    """Cuts texts into words by one pattern."""

    def __init__(self, vocab: Vocab, pattern: re.Pattern[str]) -> None:
        self._vocab = vocab
        self._pattern = pattern

    def __call__(self, text: str) -> Doc:
        """Return the words of a text, which together with the blanks behind them are the whole of it."""
        found = list(self._pattern.finditer(text))
        words = [match[1] for match in found]
        return Doc(self._vocab, words=words, spaces=[match.end() > match.end(1) for match in found])


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
        for doc, text in zip(self._nlp.pipe(texts, batch_size=BATCH), texts, strict=True):
            yield _plain(doc, text)


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
    if bundled:
        nlp.tokenizer = Splitter(nlp.vocab, WORDS[language])
        vocab: Any = nlp.vocab  # its type does not tell all of it
        vocab.lex_attr_getters = {attribute: vocab.lex_attr_getters[attribute] for attribute in SEEN}
    tagger = SpacyTagger(nlp, tier="bundled" if bundled else "external")
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
    return Tokens(words, tags, tuple(starts), tuple(ends))
