"""Processes beside this one: each loads what it needs once, and ends when its parent does."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Result = TypeVar("Result")

PAUSE_SECONDS = 1.0  # before a process that ended is started again
SPAWN = multiprocessing.get_context("spawn")


def end_with_parent() -> None:
    """End this process as soon as its parent is gone, even killed: nobody would collect its work."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


@dataclass(slots=True)
class Pool(Generic[Tool, Item, Result]):
    """Work on batches, spread over a few processes; each makes its tool once, by `load` with these arguments."""

    work: Callable[[Tool, Sequence[Item]], Sequence[Result]]
    load: Callable[..., Tool]
    arguments: tuple[object, ...] = ()
    processes: int = 1
    chunk: int = 32
    _executor: ProcessPoolExecutor | None = field(default=None, init=False)

    def __call__(self, items: Sequence[Item]) -> Iterator[Result]:
        """The results, in the order of the items: work begins at once, and goes on while the first ones are used."""
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self.processes, mp_context=SPAWN, initializer=_begin, initargs=(self.load, *self.arguments)
            )
        chunks = [items[start : start + self.chunk] for start in range(0, len(items), self.chunk)]
        return chain.from_iterable(self._executor.map(partial(_run, self.work), chunks))

    def close(self) -> None:
        """End the processes; the next call would start new ones."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


@dataclass(slots=True)
class Kept:
    """A process that is started again whenever it ends before its time."""

    target: Callable[[], None]
    name: str
    _process: SpawnProcess | None = field(default=None, init=False)
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)

    def start(self) -> None:
        """Start the process, and watch it from a thread."""
        threading.Thread(target=self._keep, name=self.name, daemon=True).start()

    def stop(self) -> None:
        """Ask the process to end, and wait until it has."""
        self._stopping.set()
        if self._process is not None:
            self._process.terminate()
            self._process.join()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._process = SPAWN.Process(target=self.target, name=self.name)
            self._process.start()
            self._process.join()
            self._stopping.wait(PAUSE_SECONDS)


_tools: list[Any] = []  # of a process of a pool: the one it made when it began


def _begin(load: Callable[..., object], *arguments: object) -> None:
    end_with_parent()
    _tools.append(load(*arguments))


def _run(work: Callable[[Any, Sequence[Item]], Sequence[Result]], items: Sequence[Item]) -> Sequence[Result]:
    return work(_tools[0], items)
