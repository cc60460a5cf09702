"""How often a sentence of the treebanks' test files is taken for the language it is in, by its number of words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.table import Table

from nlp.language import detect
from scripts.train_pipelines import RECIPES, Word, check_sums, sentences

BANDS: Final = {"1–3": 1, "4–7": 4, "8–15": 8, "16+": 16}  # the least words of a sentence


def language_accuracy(treebanks: Path) -> dict[str, dict[str, float]]:
    """The share taken for their language, and the number of sentences; those without a letter are left out."""
    check_sums(treebanks)
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for text, language in judged_sentences(treebanks):
        band = band_of(text)
        seen[band] += 1
        right[band] += detect(text)[0] == language
    return {band: {"right": round(right[band] / seen[band], 4), "sentences": seen[band]} for band in BANDS}


def judged_sentences(treebanks: Path) -> Iterator[tuple[str, str]]:
    """The sentences as they were written, and their language."""
    for language, recipe in RECIPES.items():
        for name in recipe.tests:
            texts = map(written, sentences(treebanks / f"{name}.conllu.xz"))
            yield from ((text, language) for text in texts if any(map(str.isalpha, text)))


def written(sentence: Sequence[Word]) -> str:
    """The sentence as it was written."""
    return "".join(word.form + " " * word.space for word in sentence)


def band_of(text: str) -> str:
    """The band that a text with so many words belongs to."""
    words = len(text.split())
    return max((band for band, least in BANDS.items() if least <= words), key=BANDS.__getitem__)


def language_table(figures: Mapping[str, Mapping[str, float]]) -> Table:
    """One row a length of sentences."""
    drawn = Table("words", "language right", "sentences")
    for band, found in figures.items():
        drawn.add_row(band, *map(str, found.values()))
    return drawn
