"""What looks like the same: forms of topics, and words one slip apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.likeness import Alike, Likeness, find_alike, halves, is_near, may_be_mistyped

LETTERS = "abc"
FORMS = st.lists(
    st.text(alphabet="abc -", min_size=1, max_size=9).map(lambda form: " ".join(form.split())), max_size=12
)


@pytest.mark.parametrize(
    ("form", "other", "reason"),
    [
        ("data matrix", "datamatrix", "same_letters"),
        ("kubernetes", "kubernets", "one_edit"),
        ("kubernetes", "kubernestes", "one_edit"),
        ("motoreducteur", "motoreudcteur", "one_edit"),
    ],
)
def test_a_slip_is_seen(form: str, other: str, reason: Likeness) -> None:
    first, second = sorted((form, other))
    assert [*find_alike([form, other], established=[form])] == [Alike(first, second, reason)]


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("iso 9001", "iso 9002"),
        ("prevision", "precision"),
        ("chariot", "chariot elevateur"),
        ("bgp", "bgb"),
        ("demontage", "remontage"),
    ],
)
def test_what_differs_by_a_digit_a_word_or_in_something_short_is_not_alike(form: str, other: str) -> None:
    assert [*find_alike([form, other], established=[form, other])] == []


def test_one_of_two_has_to_be_established() -> None:
    assert [*find_alike(["kubernetes", "kubernets"], established=[])] == []


@given(forms=FORMS)
def test_each_pair_is_told_once_in_whatever_order_forms_come(forms: list[str]) -> None:
    kinds = {form for form in forms if form}
    found = [*find_alike(kinds, established=kinds)]
    pairs = [(pair.first, pair.second) for pair in found]
    assert len(set(pairs)) == len(pairs) and all(first < second for first, second in pairs)
    assert sorted(find_alike(sorted(kinds, reverse=True), established=sorted(kinds))) == sorted(found)


@pytest.mark.parametrize("typed", ["vibraton", "vibratiion", "virbation", "vibrstion"])
def test_a_word_one_slip_apart_is_near(typed: str) -> None:
    assert is_near(typed, "vibration") and is_near("vibration", typed)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("vibraton", "vibraton"),
        ("vibraton", "vibratoire"),
        ("vibraton", "libraton"),
        ("ligne", "lign3"),
        ("fibre", "fibr"),
    ],
    ids=["the same", "further apart", "begins otherwise", "a digit", "too short"],
)
def test_any_other_word_is_not(word: str, other: str) -> None:
    assert not is_near(word, other)


@pytest.mark.parametrize(
    ("word", "may_be"), [("vibraton", True), ("vibration", False), ("vibr", False), ("vibrat2on", False)]
)
def test_a_long_word_that_is_not_common_may_be_mistyped(word: str, may_be: bool) -> None:
    assert may_be_mistyped(word) == may_be


@given(word=st.text(alphabet=LETTERS, min_size=5, max_size=9), at=st.integers(0, 8), letter=st.sampled_from(LETTERS))
def test_a_word_shares_one_half_with_all_that_are_one_slip_apart(word: str, at: int, letter: str) -> None:
    before, after = word[:at], word[at:]
    swapped = after[1:2] + after[:1] + after[2:]
    begin, end = halves(word)
    for other in (before + letter + after, before + after[1:], before + letter + after[1:], before + swapped):
        assert begin in other or end in other
