"""What many tests stand on: a store of either kind, a real Neo4j, the measuring data."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from graph.adapters.neo4j.store import Neo4jGraphStore
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.store import GraphStore
from scripts.load_demo import SETTINGS, load_company
from scripts.neo4j_server import emptied, login, running_neo4j
from scripts.service import environment_of

settings.register_profile("untimed", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("untimed")

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
SECRET = b"test"

ON_NEO4J = (pytest.mark.neo4j, pytest.mark.xdist_group("neo4j"))  # one server, one after the other
STORES = ("sqlite", pytest.param("neo4j", marks=ON_NEO4J))


@pytest.fixture(scope="session")
def company_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that knows the company of the demo, to be copied and never to be changed."""
    folder = tmp_path_factory.mktemp("company")
    load_company(environment_of(folder) | SETTINGS)
    return folder


@pytest.fixture(params=STORES)
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store is, as in QUISAIT_STORE; each test runs on either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'quisait.db'}"
    return request.getfixturevalue("empty_neo4j")


@pytest.fixture
def open_store(store_address: str) -> Iterator[Callable[[], GraphStore]]:
    """Opens the store, as often as wanted, as processes of their own would."""
    opened: list[GraphStore] = []

    def open_it() -> GraphStore:
        opened.append(store_at(store_address))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], GraphStore]) -> GraphStore:
    """An empty store, ready for use."""
    store = open_store()
    store.prepare()
    return store


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqliteGraphStore]:
    """An empty SQLite store, where the kind of store does not matter."""
    store = SqliteGraphStore(tmp_path / "quisait.db")
    store.prepare()
    yield store
    store.close()


@pytest.fixture(scope="session")
def neo4j_address() -> Iterator[str]:
    """A real Neo4j: the one of QUISAIT_NEO4J_URI, else one started here."""
    if address := os.environ.get("QUISAIT_NEO4J_URI"):
        yield address
    else:
        with running_neo4j() as address:
            yield address


@pytest.fixture
def empty_neo4j(neo4j_address: str) -> str:
    """The same, with nothing in it but the schema."""
    return emptied(neo4j_address)


@pytest.fixture(scope="session")
def shared_data(request: pytest.FixtureRequest) -> Path:
    """The measuring data that lies beside the checkout."""
    if SHARED_DATA.is_dir():
        return SHARED_DATA
    left_out = sum(item.get_closest_marker("shared") is not None for item in request.session.items)
    pytest.skip(f"{left_out} tests read ../shared/data, which is not there")


def store_at(address: str) -> GraphStore:
    """The store at this address, as in QUISAIT_STORE; not prepared."""
    if address.startswith("sqlite:///"):
        return SqliteGraphStore(Path(address.removeprefix("sqlite:///")))
    user, password = login() or (None, None)
    return Neo4jGraphStore(address, user=user, password=password)
