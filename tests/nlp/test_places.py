"""Spans near a span: the same as looking at all of them, in fewer looks."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.places import Places, Span

spans = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda drawn: (drawn[0], sum(drawn)))


@given(st.lists(spans), spans)
def test_what_shares_a_character_is_near(others: list[Span], span: Span) -> None:
    near = [other for other in sorted(others) if other[0] < span[1] and span[0] < other[1]]
    assert Places(others).near(span) == near


@given(st.lists(spans), spans)
def test_what_holds_all_of_a_span_is_around_it(others: list[Span], span: Span) -> None:
    assert Places(others).around(span) == any(start <= span[0] and span[1] <= end for start, end in others)


def test_far_spans_are_not_looked_at() -> None:
    class Counted(tuple[int, int]):
        looks = 0

        def __iter__(self):
            Counted.looks += 1
            return super().__iter__()

    places = Places(Counted((place, place + 5)) for place in range(0, 100_000, 10))
    Counted.looks = 0
    assert places.near((50_001, 50_013)) == [(50_000, 50_005), (50_010, 50_015)]
    assert Counted.looks < 10
