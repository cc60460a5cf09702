"""Excerpts: the stretch of a post that tells most of what is asked for, as plain text on one line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.excerpts import beginning, excerpt
from nlp.folding import fold
from nlp.lexicon import LANGUAGES, background
from nlp.model import Language, Text
from nlp.words import WORD

FILLER = "Rien à voir ici pour le moment. " * 12
FORMS: tuple[tuple[str, str, Language], ...] = (
    ("dying", "die", "en"),
    ("replaced", "replacing", "en"),
    ("Chevaux", "cheval", "fr"),
    ("évidemment", "evident", "fr"),
    ("sœurs", "soeur", "fr"),
    ("C++", "c++", "en"),
    ("ASP.NET", "asp.net", "en"),
    ("EN50131", "en50131", "fr"),
)


def test_an_excerpt_is_the_sentence_that_holds_most_terms() -> None:
    text = Text("Nothing to see here. " * 20 + "The memory leak comes from PostgreSQL. " + "Something else. " * 20)
    assert excerpt(text, {"memory", "leak", "postgresql"}, width=60).startswith(
        "The memory leak comes from PostgreSQL."
    )


def test_an_excerpt_without_a_term_is_the_first_words() -> None:
    assert excerpt(Text("One two three four five"), {"unknown"}, width=12) == "One two…"


def test_a_short_post_is_shown_whole() -> None:
    assert excerpt(Text("Line one\n\nline two"), set()) == "Line one line two"


@pytest.mark.parametrize(
    ("title", "body", "shown"),
    [
        ("Carnet ATA", "Pour sortir.", "Carnet ATA – Pour sortir."),
        ("Carnet ATA ?", "Pour sortir.", "Carnet ATA ? Pour sortir."),
        ("Carnet ATA", "", "Carnet ATA"),
        ("", "Pour sortir.", "Pour sortir."),
    ],
)
def test_a_title_does_not_run_into_the_text(title: str, body: str, shown: str) -> None:
    assert excerpt(Text(body, title=title), set()) == shown


def test_an_excerpt_of_a_long_sentence_is_cut_on_both_sides() -> None:
    found = excerpt(Text("word " * 100 + "needle " + "word " * 100), {"needle"}, width=50)
    assert found.startswith("…word")
    assert "needle" in found
    assert found.endswith("word…")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Stay **informed**. Or not", "Stay informed. Or not"),
        ("Code `8`, or `9`.", "Code 8, or 9."),
        ("Voir (**ici**), et [là](https://a.example).", "Voir (ici), et là."),
        ("En `2026` : le .NET et `C#`  ?", "En 2026 : le .NET et C# ?"),
    ],
)
def test_mark_up_leaves_no_blank_before_a_sign_in_an_excerpt(body: str, shown: str) -> None:
    assert excerpt(Text(body, format="markdown"), set()) == shown


def test_an_excerpt_is_plain_text() -> None:
    text = Text("<p>Le <b>serveur</b> &amp; moi</p><pre>code</pre>", format="html")
    assert excerpt(text, {"serveur"}) == "Le serveur & moi"


@given(
    parts=st.lists(st.sampled_from(["alpha", "beta", "gamma.", "delta!\n", "é" * 30, "", " "]), max_size=80),
    width=st.integers(min_value=10, max_value=120),
)
def test_an_excerpt_is_never_wider_than_asked(parts: list[str], width: int) -> None:
    assert len(excerpt(Text(" ".join(parts)), {"alpha", "gamma"}, width=width)) <= width


@pytest.mark.parametrize(("written", "asked", "language"), FORMS)
def test_a_word_is_found_in_all_its_forms(written: str, asked: str, language: Language) -> None:
    text = Text(f"{FILLER}Ici {written} là. {FILLER}", language=language)
    assert excerpt(text, {asked}, width=60).startswith(f"Ici {written} là.")


def test_what_only_begins_as_a_word_does_is_another_one() -> None:
    text = Text(f"{FILLER}The portable one. {FILLER}The port is open. {FILLER}", language="en")
    assert excerpt(text, {"ports"}, width=60).startswith("The port is open.")


def test_a_word_is_not_looked_for_within_others() -> None:
    text = Text(f"{FILLER}Un transport lent. {FILLER}Le port ouvert. {FILLER}", language="fr")
    assert excerpt(text, {"port"}, width=60).startswith("Le port ouvert.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_begins_as_what_it_is_looked_for_by(language: Language) -> None:
    words = {fold(token) for word in background(language) for token in WORD.findall(unicodedata.normalize("NFC", word))}
    assert len(words) > 20_000
    assert [word for word in words if not word.startswith(beginning(word, language))] == []


def test_signs_that_fold_to_several_letters_move_no_place() -> None:
    text = Text("ß ﬁ … ½ " * 60 + "La fibre optique. " + FILLER, language="fr")
    assert "La fibre optique." in excerpt(text, {"fibre"}, width=60)


def test_hostile_texts_have_excerpts(hostile_text: str) -> None:
    words = {fold(word) for word in WORD.findall(hostile_text)[:3]}
    assert len(excerpt(Text(hostile_text), words)) <= 240


@given(body=st.text(st.characters(), max_size=600), words=st.sets(st.text(min_size=1, max_size=5), max_size=3))
def test_any_text_has_an_excerpt(body: str, words: set[str]) -> None:
    assert len(excerpt(Text(body), words)) <= 240
