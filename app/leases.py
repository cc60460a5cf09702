"""Leases: of what one worker at a time does, so that several processes never do it twice."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from graph.store import Duty, GraphStore

LENGTH: Final = timedelta(seconds=30)  # longer than any batch of posts, and any sending, may take


@dataclass(frozen=True, slots=True)
class Lease:
    """The lease of a duty, as this holder takes it."""

    store: GraphStore
    duty: Duty
    holder: str
    clock: Callable[[], datetime]

    def hold(self) -> bool:
        """Take or prolong it; False while another holder's has not expired."""
        return self._take(LENGTH)

    def release(self) -> None:
        """Give it back, so that another worker need not wait for it to expire."""
        self._take(timedelta(0))

    def _take(self, length: timedelta) -> bool:
        now = self.clock()
        return self.store.write(
            lambda tx: tx.jobs.take_lease(self.duty, holder=self.holder, now=now, until=now + length)
        )


def new_holder() -> str:
    """A name for a worker that no other one has."""
    return f"{os.getpid()}-{uuid4().hex[:8]}"
