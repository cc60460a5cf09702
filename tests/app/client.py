"""A client of the application in this process: no network, a real store, everything else as it runs."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from app.bootstrap import Services
from app.main import create_app
from app.security import SCOPES
from app.services.indexing import Indexer
from app.settings import Settings
from app.worker import Worker
from nlp.extraction import TopicExtractor
from nlp.gazetteer import seed_labels
from scripts.load_demo import COMPANY, SOURCES

LINES = {"Content-Type": "application/x-ndjson"}
JSON = {"Content-Type": "application/json"}


class Api:
    """Sends requests with a key, and indexes posts when told to."""

    def __init__(
        self, portal: BlockingPortal, http: httpx.AsyncClient, services: Services, extractor: TopicExtractor
    ) -> None:
        self.services = services
        self._portal = portal
        self._http = http
        self._indexer = Indexer(
            services.store,
            services.identity,
            extractor.extract,
            holder="test",
            clock=lambda: datetime.now(UTC),
            labels=seed_labels(),
        )
        self.token = self.key(*SCOPES)

    def key(self, *scopes: str, person: str | None = None, expires_at: datetime | None = None) -> str:
        """A new key."""
        made = self.services.access.create_key("test", scopes=scopes, person=person, expires_at=expires_at)
        return made[1]

    def request(
        self, method: str, address: str, *, token: str | None = "", headers: Mapping[str, str] = {}, **body: Any
    ) -> httpx.Response:
        """The answer; with the key that may do everything unless another one, or None, is given."""
        sent = token if token or token is None else self.token
        given = {"Authorization": f"Bearer {sent}", **headers} if sent else headers
        return self._portal.call(partial(self._http.request, method, address, headers=given, **body))

    def get(self, address: str, **options: Any) -> httpx.Response:
        """The answer to a GET."""
        return self.request("GET", address, **options)

    def send(self, *records: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What became of these records; posts among them can be found when this returns."""
        lines = "\n".join(json.dumps(record) for record in records)
        answer = self.request("POST", "/v1/records", content=lines, headers=LINES)
        assert answer.status_code == 200, answer.text
        self.index()
        return [json.loads(line) for line in answer.text.splitlines()]

    def index(self) -> None:
        """Let all posts be found."""
        while self._indexer.process_next():
            pass
        self.services.projection.catch_up()

    def wait_until_ready(self) -> None:
        """Return when this process has read all that was there when it started."""
        while not self.services.refresher.is_ready:
            time.sleep(0.01)

    @contextmanager
    def indexing(self) -> Iterator[None]:
        """A worker beside the application, for as long as the block lasts."""
        worker = Worker(self._indexer, on_progress=lambda _: None, on_failure=lambda _: None)
        working = threading.Thread(target=worker.run)
        working.start()
        yield
        worker.stop()
        working.join()


@contextmanager
def running_api(settings: Settings, extractor: TopicExtractor) -> Iterator[Api]:
    """The application with these settings, for as long as the block lasts."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        http = httpx.AsyncClient(transport=transport, base_url="http://quisait")
        with portal.wrap_async_context_manager(http):
            api = Api(portal, http, app.state.services, extractor)
            api.wait_until_ready()
            yield api


def company_settings(folder: Path, *, store: str | None = None) -> Settings:
    """The settings of a service that knows the company of the demo."""
    return Settings(
        store=store,
        data_dir=folder,
        trusted_email_sources=tuple(SOURCES.split(",")),
        secret_file=COMPANY / "secret.txt",
    )
