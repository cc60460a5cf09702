"""What the tests of nlp share: one extractor with the bundled pipelines, and the texts made to break it."""

import pytest

from nlp.extraction import TopicExtractor, load_extractor
from nlp.gazetteer import Gazetteer, seed_aliases

HOSTILE = {
    "nothing": "",
    "blanks": " \n\t" * 30_000,
    "nulls": "\x00" * 100_000,
    "brackets": "(" * 100_000,
    "emoji": "😀" * 100_000,
    "quotes": "'\"`" * 33_000,
    "elisions": "l'" * 50_000,
    "surrogates": "a\ud800" * 50_000,
    "open tags": '<a b="' * 16_000,
    "open comments": "<!--" * 25_000,
    "open fences": "```a\n~~~\n" * 10_000,
    "inline code": "`a`" * 33_000,
    "entities": "&eacute;" * 12_500,
    "links": "[x](" * 25_000,
    "addresses": "a@b." * 25_000,
    "signatures": "-- \n" * 25_000,
    "attributions": "On x\n" * 20_000,
    "hashtags": "#a" * 50_000,
    "invisible": "a\u200b" * 50_000,
    "one word": "a" * 100_000,
    "one name": "Kubernetes " * 9_000,
    "capitals": "AÉ " * 33_000,
    "right to left": "مرحبا كيف حالك " * 6_000,
    "ideographs": "漢字仮名" * 25_000,
    "combining": "e\u0301\u0302" * 33_000,
    "asterisks": "**a" * 33_000,
    "emphasis": "**a b** " * 12_500,
    "open emphasis": "*a " * 33_000,
    "hyphens": "a-" * 50_000,
    "hyphenated words": "real-time-" * 10_000,
    "inversions": "a-t-il" * 16_000,
    "contractions": "xn't" * 25_000,
    "numbers": "1,2.3:" * 16_000,
    "signs": "C++.NET&R" * 11_000,
    "greetings": "Bonjour, à " * 9_000,
    "nouns": "serveur de base de donn\u00e9es " * 3_500,
    "known topics": "git docker " * 9_000,
    "far emphasis": "serveur principal " * 500 + "**ab** " * 13_000,
    "one phrase": "widget gizmo server " * 5_000,
    "acronyms": "A1B2 (CDE) " * 9_000,
}


@pytest.fixture(scope="session")
def extractor() -> TopicExtractor:
    return load_extractor(gazetteer=Gazetteer(seed_aliases(), names=["Marie Dupont"]))


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def hostile_text(request: pytest.FixtureRequest) -> str:
    return request.param
