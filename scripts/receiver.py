"""A receiver of webhooks on this machine, that remembers what it was sent and answers as it is told to."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Delivered:
    """One request: its headers in lower case, and its body as it came."""

    headers: Mapping[str, str]
    body: str

    @property
    def event(self) -> dict[str, Any]:
        """What it tells."""
        return json.loads(self.body)


@dataclass(slots=True)
class LocalReceiver:
    """Listens at `url`; with status 0 it hangs up, with None it keeps silent for as long as it listens."""

    url: str = ""
    status: int | None = 204
    delivered: list[Delivered] = field(default_factory=list)
    closing: Event = field(default_factory=Event)

    def taken(self, request: Delivered) -> int | None:
        """Remember a request; the status to answer with."""
        self.delivered.append(request)
        return self.status


@contextmanager
def listening() -> Iterator[LocalReceiver]:
    """A receiver, for as long as the block lasts."""
    receiver = LocalReceiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = receiver.taken(Delivered(headers, body))
            if status is None:
                receiver.closing.wait()
            elif status:
                self.send_response(status)
                self.send_header("Location", receiver.url)
                self.end_headers()
            self.close_connection = True

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/webhooks"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
