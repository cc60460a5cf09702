"""Cleaning: what is read of a post, and the way back to its characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.cleaning import clean, clean_post
from nlp.model import Format, Text

MARKS = (
    "<p>",
    "<a",
    " b='c'>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "&amp;",
    "`",
    "```",
    "\n> ",
    "\n-- \n",
    "#",
    "mot",
)
FORMATS: tuple[Format, ...] = ("plain", "markdown", "html")


def words(text: str, *, of: Format = "plain") -> list[str]:
    return clean(text, format=of).text.split()


def test_a_quoted_reply_is_left_out() -> None:
    assert words("On Monday, Ana wrote:\n> the old text\nThe new text") == ["The", "new", "text"]


def test_a_french_quoted_reply_is_left_out() -> None:
    assert words("Le lundi 3 mars, Ana a écrit :\n> ancien\nNouveau") == ["Nouveau"]


def test_what_follows_a_forwarding_line_is_left_out() -> None:
    assert words("See below\n-----Original Message-----\nFrom: Ana\nold") == ["See", "below"]


def test_a_signature_is_left_out() -> None:
    assert words("Restart it.\n-- \nBob\nAcme Ltd") == ["Restart", "it."]


def test_two_dashes_far_from_the_end_are_no_signature() -> None:
    assert "last" in words("first\n--\n" + "line\n" * 20 + "last")


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_fenced_code_is_left_out(fence: str) -> None:
    assert words(f"Before\n{fence}python\nimport os\n{fence}\nafter") == ["Before", "after"]


def test_a_fence_that_is_never_closed_hides_the_rest() -> None:
    assert words("Before\n```\nimport os") == ["Before"]


def test_inline_code_is_read_by_search_but_not_by_topics() -> None:
    cleaned = clean("Call `np.dot` twice", format="markdown")
    assert "np.dot" in cleaned.text
    assert cleaned.prose.split() == ["Call", "twice"]


def test_addresses_and_names_of_accounts_are_left_out() -> None:
    assert words("See https://a.b/c?d=e, ask @alice.dupont or bob@acme.example now") == ["See", "ask", "or", "now"]


def test_hashtags_become_words() -> None:
    cleaned = clean("#DevOps et #intégration_continue, C# et #42", format="plain")
    assert [cleaned.text[start:end] for start, end in cleaned.hashtags] == ["DevOps", "intégration continue"]
    assert "C#" in cleaned.text


def test_emoji_and_shortcodes_are_left_out() -> None:
    assert words("Bravo 🎉🇫🇷 :tada: !") == ["Bravo", "!"]


def test_markdown_marks_are_left_out_and_identifiers_kept() -> None:
    text = "## Title\n**bold** _it_ rte_eth_dev [link](http://a.b) ![alt](x.png)"
    assert words(text, of="markdown") == ["Title", "bold", "it", "rte_eth_dev", "link", "alt"]


def test_html_is_read_as_a_browser_shows_it() -> None:
    text = "<p>red&eacute;marre le <b>ser</b>veur</p><ul><li>un</li><li>deux</li></ul>"
    assert words(text, of="html") == ["redémarre", "le", "serveur", "un", "deux"]


@pytest.mark.parametrize("element", ["pre", "script", "style", "blockquote"])
def test_html_elements_that_nobody_wrote_for_reading_are_left_out(element: str) -> None:
    assert words(f"<p>one</p><{element}>two <i>three</i></{element}>four", of="html") == ["one", "four"]


def test_html_code_in_a_sentence_is_inline_code() -> None:
    cleaned = clean("use <code>np.dot</code> here", format="html")
    assert cleaned.prose.split() == ["use", "here"]
    assert "np.dot" in cleaned.text


def test_comparisons_in_plain_text_stay() -> None:
    assert words("if a<b and c>d") == ["if", "a<b", "and", "c>d"]


def test_a_span_of_clean_html_leads_back_to_its_source() -> None:
    source = "<p>au caf&eacute; du coin</p>"
    cleaned = clean(source, format="html")
    start = cleaned.text.index("café")
    first, last = cleaned.origin(start, start + 4)
    assert source[first:last] == "caf&eacute;"


def test_invisible_characters_do_not_split_words() -> None:
    cleaned = clean("ser\u00adveur", format="plain")
    assert cleaned.text == "serveur"
    assert cleaned.origin(0, 7) == (0, 8)


def test_origins_count_the_title_and_its_line_break() -> None:
    text = Text("le serveur &amp; moi", title="Panne", format="html")
    cleaned = clean_post(text)
    start = cleaned.text.index("serveur")
    first, last = cleaned.origin(start, start + 7)
    assert f"{text.title}\n{text.body}"[first:last] == "serveur"


def test_the_head_is_the_title_else_the_first_line() -> None:
    titled, untitled = clean_post(Text("body", title="The title")), clean_post(Text("> quoted\nfirst\nsecond"))
    assert titled.text[: titled.head] == "The title"
    assert untitled.text[: untitled.head].strip() == "first"


@pytest.mark.parametrize("of", FORMATS)
def test_hostile_texts_are_cleaned(hostile_text: str, of: Format) -> None:
    cleaned = clean(hostile_text, format=of)
    assert len(cleaned.origins) == len(cleaned.text) + 1
    assert len(cleaned.prose) == len(cleaned.text)


@given(text=st.text(st.characters(), max_size=300), of=st.sampled_from(FORMATS))
def test_every_character_leads_back_into_the_text(text: str, of: Format) -> None:
    cleaned = clean(text, format=of)
    assert len(cleaned.origins) == len(cleaned.text) + 1
    assert list(cleaned.origins) == sorted(cleaned.origins)
    assert cleaned.origins[-1] == len(text)
    cleaned.text.encode()


@given(pieces=st.lists(st.sampled_from(MARKS)))
def test_any_mix_of_marks_is_cleaned(pieces: list[str]) -> None:
    for of in FORMATS:
        cleaned = clean("".join(pieces), format=of)
        assert all(0 <= start <= end <= len(cleaned.text) for start, end in (*cleaned.code, *cleaned.hashtags))
