"""How carefully a name is looked for."""

import pytest

from nlp.caution import is_common, needs_capitals


@pytest.mark.parametrize("name", ["DID", "LESS", "R", "Go", "IA", "OSPF", "OR"])
def test_what_reads_like_another_word_counts_with_its_capitals_only(name: str) -> None:
    assert needs_capitals(name)


@pytest.mark.parametrize("name", ["Kubernetes", "did", "fibre optique", "DWDM 100G", "Data"])
def test_other_names_count_however_they_are_written(name: str) -> None:
    assert not needs_capitals(name)


def test_only_a_single_everyday_word_is_common() -> None:
    assert is_common("did") and is_common("est")
    assert not is_common("soudure") and not is_common("do it yourself")
