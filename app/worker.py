"""Work in the background: asks for the next of it until told to stop; a kill loses nothing but time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from graph.errors import Unavailable

PAUSE_SECONDS = 0.1
PAUSE_AFTER_FAILURE_SECONDS = 2.0


class Work(Protocol):
    """What waits to be done: posts to be indexed, webhooks to be sent."""

    def process_next(self) -> int:
        """Do the next batch; how much that was, 0 when nothing waits or another worker is at it."""
        ...

    def release(self) -> None:
        """Let another worker begin at once."""
        ...


@dataclass(frozen=True, slots=True)
class Worker:
    """Does whatever waits; tells how much each batch held, and when the store is out of reach."""

    work: Work
    on_progress: Callable[[int], None]
    on_failure: Callable[[Unavailable], None]
    pause_seconds: float = PAUSE_SECONDS
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Work until `stop` is called, then give the lease back."""
        while not self.stopping.is_set():
            self.stopping.wait(self._step())
        self.work.release()

    def stop(self) -> None:
        """Let the batch in hand be the last."""
        self.stopping.set()

    def _step(self) -> float:
        try:
            done = self.work.process_next()
        except Unavailable as error:
            self.on_failure(error)
            return PAUSE_AFTER_FAILURE_SECONDS
        if done:
            self.on_progress(done)
        return 0.0 if done else self.pause_seconds
