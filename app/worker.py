"""Background indexing: asks for the next batch until told to stop; a kill loses nothing but time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from app.services.indexing import Indexer
from graph.errors import Unavailable

PAUSE_SECONDS = 0.1
PAUSE_AFTER_FAILURE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Worker:
    """Indexes whatever waits; tells how many posts each batch held, and when the store is out of reach."""

    indexer: Indexer
    on_progress: Callable[[int], None]
    on_failure: Callable[[Unavailable], None]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Work until `stop` is called, then give the lease back."""
        while not self.stopping.is_set():
            self.stopping.wait(self._step())
        self.indexer.release()

    def stop(self) -> None:
        """Let the batch in hand be the last."""
        self.stopping.set()

    def _step(self) -> float:
        try:
            done = self.indexer.process_next()
        except Unavailable as error:
            self.on_failure(error)
            return PAUSE_AFTER_FAILURE_SECONDS
        if done:
            self.on_progress(done)
        return 0.0 if done else PAUSE_SECONDS
