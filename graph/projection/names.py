"""Names of people as they are searched and put in order: words in lower case, without accents or ligatures."""

import re
from typing import Final
from unicodedata import combining, normalize

WORD: Final = re.compile(r"\w+")
LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})  # that no decomposition takes apart
LONGEST: Final = 64  # bytes; of a longer name only the beginning counts


def words_of(name: str) -> list[str]:
    """The words of a name; a hyphen or an apostrophe parts them."""
    plain = normalize("NFKD", name.casefold().translate(LETTERS))
    return WORD.findall("".join(letter for letter in plain if not combining(letter)))


def sort_key(name: str) -> str:
    """The words of a name, each behind a space: so the beginning of a word can be looked for."""
    key = "".join(f" {word}" for word in words_of(name))
    return key.encode()[:LONGEST].decode(errors="ignore")
