"""Acronyms defined in posts: found where they are spelled out, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.acronyms import find_definitions


def pairs(text: str) -> list[tuple[str, str]]:
    return [(found.short, found.long) for found in find_definitions(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Pour l'analyse du cycle de vie (ACV) prenez Brightway.", "ACV", "analyse du cycle de vie"),
        ("We run failure mode and effects analysis (FMEA) here.", "FMEA", "failure mode and effects analysis"),
        ("Le comité social et économique (CSE) se réunit.", "CSE", "comité social et économique"),
        ("intégration continue (IC)", "IC", "intégration continue"),
        ("The PLC (programmable logic controller) stops.", "PLC", "programmable logic controller"),
        ("Équipe de recherche (EDR)", "EDR", "Équipe de recherche"),
    ],
)
def test_a_definition_is_found(text: str, short: str, long: str) -> None:
    assert (short, long) in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "format the SD card (FAT)",
        "the server (see below)",
        "la panne (VPN)",
        "the answer (OK)",
        "API (v2)",
        "(NASA)",
        "",
    ],
)
def test_what_is_not_spelled_out_is_no_definition(text: str) -> None:
    assert pairs(text) == []


def test_a_definition_says_where_it_stands() -> None:
    text = "Notre gestion de maintenance (GM) a changé."
    (found,) = find_definitions(text)
    assert text[found.start : found.end] == found.long == "gestion de maintenance"


@given(text=st.text(st.characters(codec="utf-8") | st.sampled_from("ABC ()"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(text[found.start : found.end] == found.long for found in find_definitions(text))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["(AB) " * 20_000, "A" * 100_000, "(" * 100_000, "AB (" * 25_000, "a b (AB" * 14_000])
def test_long_texts_are_read_too(text: str) -> None:
    assert isinstance(pairs(text), list)
