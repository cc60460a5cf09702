"""A pool of processes: order kept, one tool each, no orphan."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence

import psutil

from app.processes import Pool

SLEEPER = """
import os, time
from app.processes import Pool
from tests.app.test_processes import ages, load_tool

if __name__ == "__main__":
    pool = Pool(ages, load_tool, processes=2, chunk=1)
    print(*{pid for pid, _ in pool(range(8))}, flush=True)
    time.sleep(60)
"""


def load_tool(word: str = "age") -> str:
    return f"{word} {os.getpid()}"


def ages(tool: str, numbers: Sequence[int]) -> list[tuple[int, str]]:
    return [(os.getpid(), f"{tool} {number}") for number in numbers]


def test_results_come_in_the_order_of_the_items() -> None:
    pool = Pool(ages, load_tool, arguments=("rank",), processes=2, chunk=3)
    results = list(pool(range(20)))
    pool.close()
    assert [text.split()[-1] for _, text in results] == [str(number) for number in range(20)]
    assert all(text.startswith(f"rank {pid} ") for pid, text in results)


def test_a_pool_that_never_worked_closes_in_peace() -> None:
    Pool(ages, load_tool).close()


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
