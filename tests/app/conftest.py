"""The running application, as its clients see it, on either kind of store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import build_extractor
from app.settings import Settings
from nlp.extraction import TopicExtractor
from tests.app.client import Api, running_api, running_company


@pytest.fixture(scope="session")
def extractor() -> TopicExtractor:
    """What finds topics in posts, loaded once."""
    return build_extractor(Settings())


@pytest.fixture
def api(store_address: str, tmp_path: Path, extractor: TopicExtractor) -> Iterator[Api]:
    """The application on an empty store; its key may do everything."""
    with running_api(Settings(store=store_address, data_dir=tmp_path), extractor) as api:
        yield api


@pytest.fixture
def sqlite_api(tmp_path: Path, extractor: TopicExtractor) -> Iterator[Api]:
    """The same on SQLite, where the kind of store does not matter."""
    with running_api(Settings(data_dir=tmp_path), extractor) as api:
        yield api


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, extractor: TopicExtractor) -> Iterator[Api]:
    """The company of the demo, found and ready."""
    with running_company(tmp_path_factory.mktemp("demo"), extractor) as api:
        yield api
