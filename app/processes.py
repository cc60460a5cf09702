"""Processes: what this one keeps, and those beside it, each of which loads what it needs once and ends with it."""

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Result = TypeVar("Result")

PAUSE_SECONDS = 1.0  # before a process that ended is started again
SPAWN = multiprocessing.get_context("spawn")
KEPT_BYTES = 32 * 2**20 - 2**16  # the most by which glibc learns how much is worth keeping


def keep_memory() -> None:
    """Have what one question frees kept for the next: to give 16 MB back and get them again, page by page, takes a
    sixth of the time of a long one. glibc learns it from a large piece that is freed; elsewhere nothing changes."""
    bytes(KEPT_BYTES)


def end_with_parent() -> None:
    """End this process as soon as its parent is gone, even killed: nobody would collect its work."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def apart(work: Callable[..., Result], *arguments: object) -> Result:
    """Do something once in a process of its own, which gives all its memory back."""
    with ProcessPoolExecutor(1, mp_context=SPAWN, initializer=end_with_parent) as process:
        return process.submit(work, *arguments).result()


@dataclass(slots=True)
class Pool(Generic[Tool, Item, Result]):
    """Work on batches, spread over a few processes; each makes its tool once, by `load` with these arguments.

    A batch over which the work fails, its process is killed, or `patience` seconds go by, is tried again, then item by
    item: for one that fails even alone, `instead` says what the result is."""

    work: Callable[[Tool, Sequence[Item]], Sequence[Result]]
    load: Callable[..., Tool]
    instead: Callable[[Item], Result]
    arguments: tuple[object, ...] = ()
    processes: int = 1
    chunk: int = 32
    patience: float = 60.0
    _executor: ProcessPoolExecutor | None = field(default=None, init=False)

    def __call__(self, items: Sequence[Item]) -> Iterator[Result]:
        """The results, in the order of the items: work begins at once, and goes on while the first ones are used."""
        chunks = [items[start : start + self.chunk] for start in range(0, len(items), self.chunk)]
        return chain.from_iterable(self._results(chunks, [self._submit(chunk) for chunk in chunks]))

    def close(self) -> None:
        """End the processes; the next call would start new ones."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _results(
        self, chunks: Sequence[Sequence[Item]], begun: Sequence["Future[Sequence[Result]]"]
    ) -> Iterator[Sequence[Result]]:
        """The results of each batch; when a process dies, the batches begun fail with it and are begun again."""
        begun = list(begun)
        for place, chunk in enumerate(chunks):
            if not _has_failed(begun[place]):
                yield begun[place].result()
                continue
            wait(begun)  # so that what is tried now is alone, and nothing else can end its process
            yield self._tried_again(chunk)
            for later in range(place + 1, len(chunks)):
                if _has_failed(begun[later]):
                    begun[later] = self._submit(chunks[later])

    def _tried_again(self, chunk: Sequence[Item]) -> Sequence[Result]:
        self._renew()
        again = self._submit(chunk)
        if again.exception() is None:
            return again.result()
        alone = ((item, self._submit([item])) for item in chunk)
        return [self.instead(item) if begun.exception() else begun.result()[0] for item, begun in alone]

    def _submit(self, chunk: Sequence[Item]) -> "Future[Sequence[Result]]":
        if self._executor is None:
            self._executor = self._started()
        try:
            return self._executor.submit(_run, self.work, chunk, self.patience)
        except (BrokenProcessPool, OSError):  # the latter where it breaks while it starts one more process
            return self._renew().submit(_run, self.work, chunk, self.patience)

    def _renew(self) -> ProcessPoolExecutor:
        """Start new processes, and see that they can work at all: else every item would be blamed for it."""
        self.close()
        self._executor = self._started()
        self._executor.submit(_run, self.work, (), self.patience).result()
        return self._executor

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.processes, mp_context=SPAWN, initializer=_begin, initargs=(self.load, *self.arguments)
        )


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


def _has_failed(begun: "Future[Any]") -> bool:
    """Whether a batch failed or was never begun, once that is known."""
    wait([begun])
    return begun.cancelled() or begun.exception() is not None


_tools: list[Any] = []  # of a process of a pool: the one it made when it began


def _begin(load: Callable[..., object], *arguments: object) -> None:
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this one when it is done
    _tools.append(load(*arguments))


def _run(
    work: Callable[[Any, Sequence[Item]], Sequence[Result]], items: Sequence[Item], patience: float
) -> Sequence[Result]:
    faulthandler.dump_traceback_later(patience, exit=True)  # ends the process even where a library never comes back
    try:
        return work(_tools[0], items)
    finally:
        faulthandler.cancel_dump_traceback_later()
