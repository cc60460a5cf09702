"""Keeps this process's projection up to date, in a thread of its own, and its snapshot not far behind."""

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph.errors import Unavailable
from graph.projection.feed import Projection

PAUSE_SECONDS: Final = 0.1
PAUSE_AFTER_FAILURE_SECONDS: Final = 2.0
SAVE_EVERY: Final = 100_000  # changes
TIDIED_A_SECOND: Final = 50_000  # posts; about a third of what it takes to merge them all


@dataclass(slots=True)
class Refresher:
    """Reads the change feed again and again; ready once all that was there at the start has been read."""

    projection: Projection
    snapshot: Path
    on_failure: Callable[[Exception], None]
    _has_read: bool = field(default=False, init=False)
    _saved: int = field(default=0, init=False)
    _quiet_seconds: float = field(default=0.0, init=False)
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    @property
    def is_ready(self) -> bool:
        """Whether all has been read, and reading goes on: a thread that ended would leave old answers for ever."""
        return self._has_read and self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Take up the snapshot, if there is one, and begin to read."""
        if self.projection.load(self.snapshot):
            self._saved = self.projection.seq
        self._thread = threading.Thread(target=self._run, name="refresher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, and leave a snapshot for the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._save(beyond=0)
            self._thread = None

    def behind(self) -> int:
        """How many changes in the store this process has not read; raises Unavailable."""
        return self.projection.behind()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._stopping.wait(self._step())

    def _step(self) -> float:
        try:
            changes = self.projection.catch_up()
        except Unavailable as error:
            self.on_failure(error)
            return PAUSE_AFTER_FAILURE_SECONDS
        if not self._has_read:
            gc.collect()
            gc.freeze()  # what was read stays: to look it through for garbage again and again takes tenths of a second
            self._has_read = True
        self._quiet_seconds = 0.0 if changes else self._quiet_seconds + PAUSE_SECONDS
        self._tidy()
        self._save(beyond=SAVE_EVERY)
        return PAUSE_SECONDS

    def _tidy(self) -> None:
        """Merge blocks when many posts are in late ones, and all once it has been quiet for longer than that takes."""
        is_quiet = self._quiet_seconds > self.projection.state.posts() / TIDIED_A_SECOND
        self.projection.compact(beyond=0 if is_quiet else None)

    def _save(self, *, beyond: int) -> None:
        if self._has_read and self.projection.seq - self._saved > beyond:
            self._saved = self.projection.seq  # also where that fails: the next try comes with the next changes
            try:
                self.projection.save(self.snapshot)
            except OSError as error:
                self.on_failure(error)
