"""Which language is spoken."""

import pytest

from app.http.wording import FIELD_ERRORS, NO_EXPERTS, REMEDIES, field_error, negotiate, no_experts


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fr", "fr"),
        ("FR-ca", "fr"),
        ("de, it", "en"),
        ("en;q=0.5, fr;q=0.8", "fr"),
        ("fr;q=0, en", "en"),
        ("fr;q=0", "en"),
        ("fr; q=0.9, en; q=0.1", "fr"),
        ("*", "en"),
        (";;;,,q=", "en"),
    ],
)
def test_the_preferred_language_of_ours_is_spoken(header: str | None, language: str) -> None:
    assert negotiate(header) == language


def test_everything_is_said_in_both_languages() -> None:
    for text in (*FIELD_ERRORS.values(), *REMEDIES.values(), *NO_EXPERTS.values()):
        assert text.fr and text.en and text.fr != text.en


def test_a_remedy_is_named_where_it_is_known() -> None:
    assert REMEDIES.keys() <= FIELD_ERRORS.keys()
    assert field_error("less_than_equal", "fr", expected="200") == "Ce nombre est trop grand. Au plus 200."
    assert field_error("less_than_equal", "en") == "This number is too large."


def test_a_code_without_words_of_its_own_gets_general_ones() -> None:
    assert field_error("unheard_of", "fr") == "Cette valeur n'est pas admise."
    assert no_experts("unheard_of", "en") == NO_EXPERTS["nobody"].en
