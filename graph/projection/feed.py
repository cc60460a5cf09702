"""The projection: follows a store's change feed, and swaps its state in one assignment."""

import threading
from pathlib import Path
from typing import Final

from graph.projection.snapshot import load, save
from graph.projection.state import CountWords, State
from graph.store import Feed

WINDOW: Final = 10_000  # numbers of changes read at a time
LOOSE_POSTS: Final = 50_000
FEW_POSTS: Final = 2_000


class Projection:
    """The read side of one process: many readers take `state` and keep it, one writer at a time makes the next one."""

    def __init__(self, feed: Feed, *, count_words: CountWords, fingerprint: str = "") -> None:
        """`fingerprint` names the store and the way in which words are counted: other snapshots are foreign."""
        self._feed = feed
        self._count_words = count_words
        self._fingerprint = fingerprint
        self._writing = threading.Lock()
        self.state = State.empty()

    @property
    def seq(self) -> int:
        """The number of the last change that has been read."""
        return self.state.seq

    def behind(self) -> int:
        """How many changes have not been read yet."""
        return max(0, self._feed.head() - self.seq)

    def catch_up(self) -> int:
        """Read what is new, and return how many numbers that were; what was read before an error stays."""
        with self._writing:
            before = state = self.state
            head = self._feed.head()
            try:
                while state.seq < head:
                    changes = self._feed.changes(after=state.seq, upto=min(state.seq + WINDOW, head))
                    state = state.updated(changes, self._count_words)
            finally:
                self.state = state
            return state.seq - before.seq

    def compact(self, *, beyond: int | None = None) -> bool:
        """Merge all blocks into one once more posts than that are removed or in later ones; whether it did.

        Unless told, that many are a tenth of all, but at least 2,000 and at most 50,000."""
        with self._writing:
            if beyond is None:
                beyond = min(max(self.state.posts() // 10, FEW_POSTS), LOOSE_POSTS)
            if self.state.loose_posts() <= beyond:
                return False
            self.state = self.state.compact()
            return True

    def save(self, folder: Path) -> None:
        """Write a snapshot of the state into that folder, in place of the one that is there."""
        save(self.state, folder, fingerprint=self._fingerprint)

    def load(self, folder: Path) -> bool:
        """Take the state from the folder's snapshot; False when there is none, or it is damaged, foreign or too new."""
        with self._writing:
            state = load(folder, fingerprint=self._fingerprint)
            if state is None or state.seq > self._feed.head():
                return False
            self.state = state
            return True
