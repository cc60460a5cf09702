"""Names as they are searched and put in order: in lower case, without accents or ligatures."""

import re
from typing import Final
from unicodedata import combining, normalize

WORD: Final = re.compile(r"\w+")
# Letters that no decomposition takes apart, as keyboards without them write them.
LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th"})
LONGEST: Final = 64  # bytes; of a longer name only the beginning counts


def plain(text: str) -> str:
    """The text in lower case, without accents or ligatures, in one line."""
    parted = normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join("".join(letter for letter in parted if not combining(letter)).split())


def words_of(name: str) -> list[str]:
    """The words of a name; a hyphen or an apostrophe parts them."""
    return WORD.findall(plain(name))


def sort_key(name: str) -> str:
    """The words of a name, each behind a space: so the beginning of a word can be looked for."""
    key = "".join(f" {word}" for word in words_of(name))
    return key.encode()[:LONGEST].decode(errors="ignore")
