"""Forms that look like the same topic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.likeness import Alike, Likeness, find_alike

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
