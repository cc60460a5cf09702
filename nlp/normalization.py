"""Surface form → topic key: the same for "Bases de données" and "base de donnée"."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from simplemma import is_known, lemmatize

from nlp.folding import fold
from nlp.model import Language

TOKEN: Final = re.compile(r"\.net\b|[^\W_]{1,80}(?:[+#]{1,3}|\.(?=[^\W_])[^\W_]{1,80})?", re.IGNORECASE)
LINKS: Final = frozenset({"de", "du", "des", "d", "l", "le", "la", "les", "a", "au", "aux", "en", "of", "the", "for"})
INFINITIVES: Final = ("er", "ir", "re")
PARTICIPLES: Final = ("ing", "ed")


@lru_cache(maxsize=200_000)
def topic_key(surface: str, *, language: Language | None) -> str:
    """Return the key under which all spellings and inflections of a topic meet; empty where no word is left.

    An unknown language gets the English lemmas, then the French ones.
    """
    words = [*_words(surface, language)]
    return " ".join([word for word in words if word not in LINKS] or words)


def _words(surface: str, language: Language | None) -> Iterator[str]:
    for match in TOKEN.finditer(unicodedata.normalize("NFKC", surface).replace("’", "'")):
        token = match.group()
        yield fold(token if _is_fixed(token) else _lemma(token.lower(), language))


def _is_fixed(token: str) -> bool:
    """Say whether a token keeps its form: short ones, acronyms, and whatever holds a digit or a sign."""
    return len(token) < 4 or token.isupper() or not token.isalpha()


def _lemma(token: str, language: Language | None) -> str:
    """Return the noun's or adjective's dictionary form, from the other language where the text's own has none."""
    for dictionary in ("fr", "en") if language == "fr" else ("en", "fr"):
        for form in (token, token.removesuffix("s")):
            lemma = lemmatize(form, lang=dictionary).lower() if is_known(form, lang=dictionary) else ""
            if lemma and not _is_verb(token, lemma):
                return lemma
    return token


def _is_verb(token: str, lemma: str) -> bool:
    """Say whether a lemma reads a noun phrase as a verb: "unit" as "unir", "data" as "dater", "learning" as "learn"."""
    participle = token.endswith(PARTICIPLES) and lemma != token
    return participle or (lemma.endswith(INFINITIVES) and not token.startswith(lemma))
