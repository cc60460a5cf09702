"""Tokens without a pipeline: every word that is not a stop word may be part of a topic."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from nlp.model import Pipeline, Tokens

TOKEN: Final = re.compile(r"[^\W_]{1,80}(?:[+#]{1,3}|['’](?!\w))?|-|[^\w\s]|\n|[ ]{2,80}")


class LexicalTagger:
    """Tags words by a stop list alone: fast, rough, and never at a loss."""

    def __init__(self, stop_words: Collection[str], *, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._stop_words = stop_words

    def tag(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, in order."""
        return [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> Tokens:
        found = list(TOKEN.finditer(text))
        words = tuple(match.group() for match in found)
        tags = "".join(map(self._tag, words))
        starts, ends = tuple(match.start() for match in found), tuple(match.end() for match in found)
        return Tokens(words, tags, starts, ends, (1.0,) * len(words))

    def _tag(self, word: str) -> str:
        if word == "-":
            return "-"
        return "N" if word[0].isalnum() and len(word) > 1 and word.lower() not in self._stop_words else "."
