"""How many requests a second a service answers, beside the least that any application of its framework could cost."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import numpy as np
from fastapi import FastAPI

from scripts.neo4j_server import free_port
from scripts.service import Service, stop, wait_until_ready

CONNECTIONS = 8
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "


def throughput(service: Service, paths: Sequence[str]) -> dict[str, float]:
    """Ask for these paths over eight connections: requests a second, and p50 and p99 in milliseconds."""
    seconds, times = asyncio.run(_all(service, paths))
    p50, p99 = np.percentile(np.array(times) * 1000, (50, 99))
    return {"requests_per_second": round(len(times) / seconds, 1), "p50_ms": round(p50, 2), "p99_ms": round(p99, 2)}


@contextmanager
def hello_service() -> Iterator[Service]:
    """An application that says hello and nothing else, served as ours is."""
    port = free_port()
    command = (sys.executable, "-m", "uvicorn", "--factory", "scripts.benchmark_http:hello")
    process = subprocess.Popen([*command, "--port", str(port), "--log-level", "warning", "--no-access-log"])
    service = Service(f"http://127.0.0.1:{port}", "", process)
    try:
        wait_until_ready(service)
        yield service
    finally:
        stop(process)


def hello() -> FastAPI:
    """That application."""
    app = FastAPI()

    @app.get("/readyz")
    async def ready() -> dict[str, str]:
        return {"hello": "world"}

    return app


def warm_up(service: Service, paths: Sequence[str]) -> None:
    """Ask for these paths once; raises httpx.HTTPStatusError for one that is not answered."""
    with service.client() as client:
        for path in paths:
            client.get(path).raise_for_status()


async def _all(service: Service, paths: Sequence[str]) -> tuple[float, list[float]]:
    host, _, port = urlsplit(service.url).netloc.partition(":")
    headers = f"Host: {host}:{port}\r\nAuthorization: Bearer {service.key}"
    requests = iter([f"GET {path} HTTP/1.1\r\n{headers}\r\n\r\n".encode() for path in paths])
    started = time.perf_counter()
    times = await asyncio.gather(*(_connection(host, int(port), requests) for _ in range(CONNECTIONS)))
    return time.perf_counter() - started, [one for found in times for one in found]


async def _connection(host: str, port: int, requests: Iterator[bytes]) -> list[float]:
    """Send what the others leave, one by one; a client of a few lines, to measure the service and not itself."""
    reader, writer = await asyncio.open_connection(host, port)
    times = []
    for request in requests:
        started = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(END_OF_HEAD)).lower()
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise httpx.HTTPError(head.decode())
        await reader.readexactly(int(head.split(LENGTH, 1)[1].split(b"\r\n", 1)[0]))
        times.append(time.perf_counter() - started)
    writer.close()
    return times
