"""A pool of processes: order kept, one tool each, no orphan, and whatever kills a process blamed alone."""

import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import psutil
import pytest

from app.processes import Pool, apart

SLEEPER = """
import os, time
from app.processes import Pool
from tests.app.test_processes import ages, load_tool

if __name__ == "__main__":
    pool = Pool(ages, load_tool, instead=str, processes=2, chunk=1)
    print(*{pid for pid, _ in pool(range(8))}, flush=True)
    time.sleep(60)
"""


FAULTS = """
import sys
from resource import RUSAGE_SELF, getrusage
from app.processes import keep_memory

def faults():
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _ in range(10):
        held = [bytes(b"1" * 4_000_000) for _ in range(4)]
    return getrusage(RUSAGE_SELF).ru_minflt - before

if sys.argv[1] == "keep":
    keep_memory()
faults()
print(faults())
"""


def load_tool(word: str = "age") -> str:
    return f"{word} {os.getpid()}"


def load_nothing() -> str:
    raise SystemExit


def ages(tool: str, numbers: Sequence[int]) -> list[tuple[int, str]]:
    return [(os.getpid(), f"{tool} {number}") for number in numbers]


def slow_ages(tool: str, numbers: Sequence[int]) -> list[tuple[int, str]]:
    time.sleep(0.02)
    return ages(tool, numbers)


def read(_tool: str, words: Sequence[str]) -> list[str]:
    """Fail as the word says; otherwise write it in capitals."""
    for word in words:
        if word == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "raise":
            raise TypeError(word)
        if word == "hang":
            time.sleep(60)
        if word.startswith("once in "):
            place = Path(word.removeprefix("once in "))
            if not place.exists():
                place.touch()
                os.kill(os.getpid(), signal.SIGKILL)
    return [word.upper() for word in words]


def lost(word: str) -> str:
    return f"lost: {word}"


@pytest.fixture(params=[1, 2])
def pool(request: pytest.FixtureRequest) -> Iterator[Pool[str, str, str]]:
    pool = Pool(read, load_tool, instead=lost, processes=request.param, chunk=3, patience=2.0)
    yield pool
    pool.close()


def test_results_come_in_the_order_of_the_items() -> None:
    pool = Pool(ages, load_tool, instead=lambda number: (0, ""), arguments=("rank",), processes=2, chunk=3)
    results = list(pool(range(20)))
    pool.close()
    assert [text.split()[-1] for _, text in results] == [str(number) for number in range(20)]
    assert all(text.startswith(f"rank {pid} ") for pid, text in results)


def test_a_pool_that_never_worked_closes_in_peace() -> None:
    Pool(ages, load_tool, instead=lambda number: (0, "")).close()


@pytest.mark.parametrize("fate", ["kill", "raise"])
def test_an_item_that_ends_its_process_is_the_only_one_lost(pool: Pool[str, str, str], fate: str) -> None:
    words = ["a", "b", "c", "d", fate, "f", "g", "h", "i", "j"]
    assert list(pool(words)) == ["A", "B", "C", "D", f"lost: {fate}", "F", "G", "H", "I", "J"]
    assert list(pool(["k"])) == ["K"]


def test_an_item_that_never_ends_is_given_up(pool: Pool[str, str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert list(pool(["a", "hang", "c", "d"])) == ["A", "lost: hang", "C", "D"]
    assert "in read" in capfd.readouterr().err, "where it hung is told on standard error"


def test_several_guilty_ones_are_found_one_after_the_other(pool: Pool[str, str, str]) -> None:
    words = ["kill", "b", "c", "d", "e", "raise", "g", "h", "kill"]
    assert list(pool(words)) == ["lost: kill", "B", "C", "D", "E", "lost: raise", "G", "H", "lost: kill"]


def test_a_batch_whose_process_was_killed_by_chance_is_done_again(pool: Pool[str, str, str], tmp_path: Path) -> None:
    word = f"once in {tmp_path / 'here'}"
    assert list(pool(["a", word, "c", "d"])) == ["A", word.upper(), "C", "D"]


def test_a_process_killed_from_outside_loses_nothing() -> None:
    pool = Pool(slow_ages, load_tool, instead=lambda number: (0, f"lost {number}"), chunk=1)
    results = pool(range(50))
    first, _ = next(results)
    psutil.Process(first).kill()
    rest = list(results)
    pool.close()
    assert [text.split()[-1] for _, text in rest] == [str(number) for number in range(1, 50)]
    assert not [text for _, text in rest if text.startswith("lost")]


def test_processes_that_cannot_begin_are_not_blamed_on_the_items() -> None:
    pool = Pool(read, load_nothing, instead=lost)
    with pytest.raises(BrokenProcessPool):
        list(pool(["a"]))
    pool.close()


def test_work_done_apart_leaves_nothing_here() -> None:
    assert apart(load_tool, "rank") != load_tool("rank")
    with pytest.raises(TypeError, match="raise"):
        apart(read, "", ["raise"])


def test_no_process_outlives_a_killed_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
    parent.kill()
    parent.communicate()
    assert children
    deadline = time.monotonic() + 20
    while any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_interruption_of_the_whole_terminal_is_left_to_the_parent() -> None:
    pool = Pool(ages, load_tool, instead=lambda number: (0, "lost"), chunk=1)
    [(process, _)] = pool([1])
    os.kill(process, signal.SIGINT)
    assert [pid for pid, _ in pool([2])] == [process]
    pool.close()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries keep memory by rules of their own")
def test_memory_that_is_needed_again_and_again_is_kept() -> None:
    kept, given_back = (
        int(subprocess.run([sys.executable, "-c", FAULTS, how], capture_output=True, check=True).stdout)
        for how in ("keep", "give back")
    )
    assert kept < given_back / 10
