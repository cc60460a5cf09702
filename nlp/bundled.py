"""The bundled pipelines, read layer by layer: what a word looks like is worked out once, its context every time."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import intify_attr
from spacy.language import Language as SpacyPipeline
from spacy.strings import get_string_id
from spacy.symbols import ADJ, INTJ, NOUN, NUM, PROPN, VERB
from thinc.api import chain as in_turn

from nlp.model import HYPHENS, Language, Pipeline, Tokens

BATCH: Final = 12  # texts whose arrays still fit into the cache of a core
KEPT: Final = 30_000  # words whose looks are remembered: some 15 MB
GROUPS: Final = {NOUN: 0, PROPN: 1, ADJ: 2, VERB: 3, NUM: 4, INTJ: 5}
LETTERS: Final = "NPAVDI."  # of each group, the last one for all else
NOMINAL: Final = slice(0, 3)
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

_Floats = NDArray[np.float32]


class BundledTagger:
    """Tags the parts of speech of clean texts."""

    def __init__(self, nlp: SpacyPipeline, *, language: Language, pipeline: Pipeline, kept: int = KEPT) -> None:
        """What is remembered of words is forgotten when there is more than `kept` of it."""
        self.pipeline = pipeline
        self._pattern = WORDS[language]
        self._kept = kept
        self._lock = Lock()
        vocab: Any = nlp.vocab  # its type does not tell all of it
        morphologizer: Any = nlp.get_pipe("morphologizer")
        tok2vec: Any = nlp.get_pipe("tok2vec")
        look, self._read = tok2vec.model.layers
        seen, *looking = look.layers
        self._look = in_turn(*looking)
        self._seen = [vocab.lex_attr_getters[intify_attr(column)] for column in seen.attrs["columns"]]
        self._judge = morphologizer.model.layers[-1]
        self._groups = _groups(morphologizer)
        self._looks: dict[str, _Floats] = {}

    def tag(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, in order; give it cleaned and capped texts only."""
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
        with self._lock:  # nobody may forget the looks that somebody else is about to use
            return [tokens for batch in batches for tokens in self._batch(batch)]

    def _batch(self, texts: Sequence[str]) -> Iterator[Tokens]:
        found = [[match.span(1) for match in self._pattern.finditer(text)] for text in texts]
        words = [tuple([text[start:end] for start, end in spans]) for text, spans in zip(texts, found, strict=True)]
        self._look_at(set(chain.from_iterable(words)))
        looks = [np.array([self._looks[word] for word in text]) for text in words if text]
        scores = iter(self._judge.predict(self._read.predict(looks)) if looks else ())
        for spans, text in zip(found, words, strict=True):
            starts, ends = zip(*spans, strict=True) if spans else ((), ())
            tags, nominal = self._tags(next(scores), text) if text else ("", ())
            yield Tokens(text, tags, starts, ends, nominal)

    def _look_at(self, words: set[str]) -> None:
        """Work out what unseen words look like, without spaCy's table of words: it keeps a place for each of them."""
        if len(self._looks) > self._kept:
            self._looks.clear()
        unseen = sorted(words - self._looks.keys())
        if unseen:
            rows = [[get_string_id(see(word)) for see in self._seen] for word in unseen]
            (looks,) = self._look.predict([np.array(rows, dtype=np.uint64)])
            self._looks |= zip(unseen, looks, strict=True)

    def _tags(self, scores: _Floats, words: Sequence[str]) -> tuple[str, tuple[float, ...]]:
        """Return the likeliest letter of each word, and how likely it is a noun, a name or an adjective."""
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores, out=scores) @ self._groups
        letters = [LETTERS[group] for group in shares.argmax(axis=1).tolist()]
        tags = "".join(["-" if word in HYPHENS else letter for word, letter in zip(words, letters, strict=True)])
        return tags, tuple((shares[:, NOMINAL].sum(axis=1) / shares.sum(axis=1)).tolist())


def _groups(morphologizer: Any) -> _Floats:
    """Return a table that adds up the labels of each group: one label has a gender, a number and more."""
    labels = morphologizer.cfg["labels_pos"]
    groups = np.zeros((len(morphologizer.labels), len(LETTERS)), dtype=np.float32)
    for row, label in enumerate(morphologizer.labels):
        groups[row, GROUPS.get(labels[label], len(GROUPS))] = 1
    return groups
