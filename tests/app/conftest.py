"""The running application, as its clients see it, on either kind of store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import build_extractor
from app.settings import Settings
from nlp.extraction import TopicExtractor
from tests.app.client import Api, company_settings, running_api


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
def demo(company_folder: Path, tmp_path_factory: pytest.TempPathFactory, extractor: TopicExtractor) -> Iterator[Api]:
    """The company of the demo, found and ready."""
    folder = shutil.copytree(company_folder, tmp_path_factory.mktemp("demo"), dirs_exist_ok=True)
    with running_api(company_settings(folder), extractor) as api:
        yield api
