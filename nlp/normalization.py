"""Surface form → topic key: the same for "Bases de données" and "base de donnée"."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from simplemma import is_known, lemmatize

from nlp.folding import fold
from nlp.lexicon import INFINITIVES
from nlp.model import Language
from nlp.spelling import american, irregular_singular, is_own_form

TOKEN: Final = re.compile(
    r"\.net\b|[^\W_]{1,80}(?:[+#]{1,3}|[.&](?=[^\W_])[^\W_]{1,80}|-(?=[^\W\d_])[^\W\d_]{1,80})?", re.IGNORECASE
)
POSSESSIVE: Final = re.compile(r"(?<=[^\W_])['’]s\b")
# Other prepositions tell topics apart: "tasse à café" and "tasse de café".
LINKS: Final = frozenset({"de", "du", "des", "d", "l", "le", "la", "les", "of", "the"})
PREFIXES: Final = frozenset(
    {"aero", "anti", "auto", "contre", "electro", "extra", "hydro", "hyper", "infra", "inter", "macro", "mega", "meta"}
    | {"micro", "mini", "mono", "multi", "nano", "over", "para", "photo", "poly", "post", "radio", "semi", "sous"}
    | {"super", "supra", "sur", "tele", "thermo", "tran", "trans", "ultra", "under", "video"}
)
# With a hyphen these are something else: to re-sign is not to resign.
WRITTEN_APART: Final = frozenset(
    {"coop", "preposition", "recover", "recreation", "reform", "release", "remark", "represent", "resign", "resort"}
    | {"retreat"}
)
TO_THE: Final = frozenset({"au", "aux"})  # "à le", "à les"
PARTICIPLES: Final = ("ing", "ed")
PLURALS: Final = frozenset({"children", "dice", "feet", "geese", "lice", "mice", "oxen", "people", "teeth"})


@lru_cache(maxsize=50_000)
def topic_key(surface: str, *, language: Language | None) -> str:
    """Return the key under which all spellings and inflections of a topic meet; empty where no word is left.

    An unknown language gets the English lemmas, then the French ones.
    """
    found = TOKEN.findall(POSSESSIVE.sub("", unicodedata.normalize("NFKC", surface)))
    tokens = [part for token in found for part in _parts(token)]
    return " ".join(_word(token, language) for token in [one for one in tokens if not _links(one, language)] or tokens)


def _links(token: str, language: Language | None) -> bool:
    """Say whether a token only links others: "de", "of", but not "à", nor the D of "vitamine D"."""
    is_article = token == "a" and language != "fr"
    return is_article or (fold(token) in LINKS and not (len(token) == 1 and token.isupper()))


def _parts(token: str) -> list[str]:
    """Cut a hyphenated word in two, unless its first part is a prefix and it is also written in one: "e-mail"."""
    first, hyphen, last = token.partition("-")
    if not hyphen:
        return [token]
    joined = f"{first}{last}".lower()
    is_prefix = (len(first) < 4 or fold(first) in PREFIXES) and joined not in WRITTEN_APART
    return [joined] if is_prefix and any(is_known(joined, lang=name) for name in ("fr", "en")) else [first, last]


@lru_cache(maxsize=50_000)
def _word(token: str, language: Language | None) -> str:
    is_french = language == "fr"
    word = fold(token)
    if is_french and word in TO_THE:
        return "a"
    if _is_fixed(token) or is_own_form(word, is_french=is_french):
        return word
    return american(fold(_lemma(irregular_singular(token.lower(), is_french=is_french), language)))


def _is_fixed(token: str) -> bool:
    """Say whether a token keeps its form: short ones, acronyms, and whatever holds a digit or a sign."""
    return len(token) < 4 or token.isupper() or not token.isalpha()


def _lemma(token: str, language: Language | None) -> str:
    """Return the noun's or adjective's dictionary form, from the other language where the text's own has none."""
    token = token.removesuffix("s") if token.endswith("ées") else token
    for dictionary in ("fr", "en") if language == "fr" else ("en", "fr"):
        for form in (token, token.removesuffix("s")):
            lemma = lemmatize(form, lang=dictionary).lower() if is_known(form, lang=dictionary) else ""
            if lemma and not _is_verb(token, lemma) and (dictionary == "fr" or _is_plural(token, of=lemma)):
                return lemma
    return token


def _is_plural(token: str, *, of: str) -> bool:
    """Say whether an English word is itself or a plural, no comparative and no past: "lighter", "best", "found"."""
    is_latin = token.endswith(("a", "i")) and of.endswith(("um", "on", "us"))
    return token == of or token.endswith(("s", "men")) or is_latin or token in PLURALS


def _is_verb(token: str, lemma: str) -> bool:
    """Say whether a lemma reads a noun phrase as a verb: "unit" as "unir", "data" as "dater", "learning" as "learn"."""
    participle = token.endswith(PARTICIPLES) and lemma != token
    return participle or (lemma.endswith(INFINITIVES) and not token.startswith(lemma))
