"""What becomes of a record, given what is remembered of its key: pure rules, the same for every store."""

from dataclasses import replace
from typing import Literal

from graph.model import Stamp

Outcome = Literal["created", "changed", "unchanged", "superseded", "retracted", "rejected"]


def put(stamp: Stamp | None, new: Stamp) -> tuple[Outcome, Stamp]:
    """The outcome of a record, and what is remembered then.

    Of two copies the later version wins, at equal versions the last one received. What was taken back stays away
    but for a later version; what carries no time (version 0) stays away for good."""
    if stamp is None:
        return "created", new
    if stamp.is_retracted:
        return ("created", new) if new.version > stamp.version else ("superseded", stamp)
    if stamp.digest == new.digest:
        return "unchanged", stamp
    return ("changed", new) if new.version >= stamp.version else ("superseded", stamp)


def retract(stamp: Stamp | None, *, key: str, digest: str, version: int) -> tuple[Outcome, Stamp]:
    """The outcome of a deletion, and what is remembered then; an unknown target is remembered too."""
    if stamp is None:
        return "retracted", Stamp(key, digest, version, is_retracted=True)
    if stamp.is_retracted:
        return "unchanged", replace(stamp, version=max(stamp.version, version))
    if version < stamp.version:
        return "superseded", stamp
    return "retracted", Stamp(key, digest, version, is_retracted=True)
