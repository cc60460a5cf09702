"""Words of the demo's glossary with a typing error are understood, and words of other fields are left alone."""

import json
import re
from collections.abc import Iterator
from typing import Final

from nlp.folding import fold
from scripts.load_demo import COMPANY
from tests.app.client import Api

LONG_ENOUGH: Final = re.compile(r"[^\W\d_]{6,}")
KEYS: Final = "azertyuiopqsdfghjklmwxcvbn"
ELSEWHERE: Final = """
hautbois clavecin contrebasse sonate fugue solfège métronome diapason arpège ténor guimauve béchamel quenelle praline
ganache écumoire sorbet meringue ratatouille bouillabaisse azalée bégonia pétunia glycine chrysanthème bouture taillis
châtaignier noisetier mésange otite rougeole varicelle coqueluche méningite cataracte migraine eczéma urticaire angine
usufruit hypothèque testament notaire succession divorce tutelle huissier cadastre viager oboe harpsichord cello sonata
crochet quaver yodel banjo ukulele trombone marzipan nougat custard rhubarb parsnip quince chutney trifle scone crumpet
begonia petunia daffodil hyacinth mulch compost hedgehog badger otter heron measles mumps shingles asthma angina anaemia
glaucoma insulin penicillin ibuprofen Stradivarius Debussy Shakespeare Wimbledon Himalaya labrador Bordeaux roquefort
tiramisu capoeira
"""


def mistyped(word: str) -> Iterator[str]:
    """The word with its middle letter doubled, left out, swapped with the next, and hit one key beside."""
    at = len(word) // 2
    before, letter, after = word[:at], word[at], word[at + 1 :]
    yield before + 2 * letter + after
    yield before + after
    yield before + after[0] + letter + after[1:]
    yield before + KEYS[KEYS.index(letter) - 1] + after


def suggested(demo: Api, word: str) -> list[str]:
    """What may be meant by a word, as the answer to a question tells it."""
    hints = demo.get("/v1/experts", params={"q": f"Qui connaît {word} ?"}).raise_for_status().json()["hints"]
    return [fold(suggestion) for hint in hints for suggestion in hint["suggestions"]]


def test_nearly_all_that_is_suggested_for_a_mistyped_word_of_the_glossary_is_meant(demo: Api) -> None:
    topics = map(json.loads, (COMPANY / "topics.jsonl").read_text(encoding="utf-8").splitlines())
    names = " ".join(fold(name) for topic in topics for name in topic["pref_label"].values())
    typed = {wrong: word for word in set(LONG_ENOUGH.findall(names)) for wrong in mistyped(word) if wrong != word}
    told = {wrong: found for wrong in typed if (found := suggested(demo, wrong))}
    right = [wrong for wrong, found in told.items() if typed[wrong] in found]
    assert len(right) >= 0.95 * len(told)
    assert len(right) >= 0.75 * len(typed)


def test_hardly_any_word_of_another_field_is_taken_for_a_mistyped_one(demo: Api) -> None:
    words = ELSEWHERE.split()
    assert sum(bool(suggested(demo, word)) for word in words) <= 0.05 * len(words)
