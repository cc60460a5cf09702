"""What becomes of a record, by what is remembered of its key."""

from graph import ledger
from graph.model import Stamp

FIRST = Stamp("k", "one", version=10)


def test_a_first_record_is_created() -> None:
    assert ledger.put(None, FIRST) == ("created", FIRST)


def test_the_same_again_changes_nothing() -> None:
    assert ledger.put(FIRST, Stamp("k", "one", version=10)) == ("unchanged", FIRST)


def test_a_later_copy_replaces_and_an_older_one_is_superseded() -> None:
    later, older = Stamp("k", "two", version=11), Stamp("k", "two", version=9)
    assert ledger.put(FIRST, later) == ("changed", later)
    assert ledger.put(FIRST, older) == ("superseded", FIRST)


def test_at_equal_versions_the_last_one_received_wins() -> None:
    other = Stamp("k", "two", version=10)
    assert ledger.put(FIRST, other) == ("changed", other)


def test_what_was_taken_back_stays_away_but_for_a_later_version() -> None:
    _, gone = ledger.retract(FIRST, key="k", digest="gone", version=20)
    assert ledger.put(gone, FIRST) == ("superseded", gone)
    newer = Stamp("k", "two", version=21)
    assert ledger.put(gone, newer) == ("created", newer)


def test_a_deletion_of_something_unknown_is_remembered() -> None:
    outcome, gone = ledger.retract(None, key="k", digest="gone", version=20)
    assert outcome == "retracted"
    assert ledger.put(gone, FIRST)[0] == "superseded"


def test_a_deletion_older_than_the_record_changes_nothing() -> None:
    assert ledger.retract(FIRST, key="k", digest="gone", version=9) == ("superseded", FIRST)


def test_a_second_deletion_is_unchanged_and_counts_if_it_is_later() -> None:
    _, gone = ledger.retract(None, key="k", digest="gone", version=20)
    outcome, later = ledger.retract(gone, key="k", digest="gone again", version=30)
    assert (outcome, later.version) == ("unchanged", 30)


def test_what_carries_no_time_stays_away_for_good() -> None:
    timeless = Stamp("k", "one", version=0)
    _, gone = ledger.retract(timeless, key="k", digest="gone", version=20)
    assert ledger.put(gone, Stamp("k", "two", version=0)) == ("superseded", gone)
