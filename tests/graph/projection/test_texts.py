"""Texts by number equal a plain dictionary of them, after any changes."""

from hypothesis import given
from hypothesis import strategies as st

from graph.projection.texts import Searchable, Shared

SIZE = 6
WORDS = st.sampled_from(("", "fibre", "fibre optique", "été", "李"))
Changes = list[dict[int, str]]
CHANGES: st.SearchStrategy[Changes] = st.lists(st.dictionaries(st.integers(0, SIZE - 1), WORDS, max_size=3), max_size=5)


def merged(changes: Changes) -> dict[int, str]:
    return {number: text for change in changes for number, text in change.items()}


@given(CHANGES)
def test_a_shared_text_is_the_last_one_given(changes: Changes) -> None:
    shared = Shared.none()
    for change in changes:
        shared = shared.updated(list(change), list(change.values()), size=SIZE)
    texts = [text.decode() for text in shared.texts.tolist()]
    found = {number: texts[place] for number, place in enumerate(shared.places.tolist()) if place >= 0}
    assert found == merged(changes)


def test_a_shared_text_can_be_taken_away_again() -> None:
    shared = Shared.none().updated([0, 1], ["Lyon", "Lyon"], size=2).updated([0], [None], size=3)
    assert (shared.texts.tolist(), shared.places.tolist()) == ([b"Lyon"], [-1, 0, -1])


@given(CHANGES, st.sampled_from(("fibre", "e", "té", "optique f", "李", "zz")))
def test_a_part_is_found_in_the_texts_that_hold_it(changes: Changes, part: str) -> None:
    searchable = Searchable.none()
    for change in changes:
        searchable = searchable.updated(list(change), list(change.values()), size=SIZE)
    found = searchable.holding(part, "zz")
    assert found.tolist() == sorted(number for number, text in merged(changes).items() if part in text)
    assert searchable.at(found) == [merged(changes)[number] for number in found.tolist()]


def test_what_is_not_said_yet_holds_nothing() -> None:
    searchable = Searchable.none().updated([2], ["fibre"], size=4)
    assert searchable.holding("fibre").tolist() == [2]
    assert searchable.holding("").tolist() == [0, 1, 2, 3]
