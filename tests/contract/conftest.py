"""The store's contract is kept on both databases: every test here that asks for `store` runs
twice."""

import gzip
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.store import Store, open_store
from desk.store.columns import Base
from desk.store.engine import make_engine
from desk.store.inbound.own_mailboxes import OwnMailbox, remember
from tests import postgres
from tests.empty_store import lay_out

FROZEN = Path(__file__).parents[1] / "frozen"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """One server for each test process."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("needs postgres")
    with postgres.cluster(programs) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_url(
    postgres_cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A database with every table, shared by the tests of this process one after another."""
    url = postgres_cluster.url(postgres_cluster.create())
    open_store(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with every table and no row."""
    if request.param == "sqlite":
        yield lay_out(tmp_path)
        return
    url: str = request.getfixturevalue("postgres_url")
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    tables = ", ".join(f'"{table}"' for table in Base.metadata.tables)
    cluster.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE", url)
    yield url


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Store]:
    """A store with one mailbox, "warta"."""
    opened = open_store(database)
    with opened.begin() as tx:
        remember(
            tx,
            OwnMailbox(id="warta", address="redaksi@warta.example", folders=("INBOX", "Spam")),
            NOW,
        )
    yield opened
    opened.close()


@pytest.fixture
def at() -> Callable[[float], datetime]:
    """The instant so many minutes after the tests' beginning."""
    return lambda minutes: NOW + timedelta(minutes=minutes)


def _dump(name: str) -> str:
    return gzip.decompress((FROZEN / name).read_bytes()).decode()


def _sqlite(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "redaksi.db")) as connection:
        connection.executescript(_dump("store.sqlite.sql.gz"))
    return f"sqlite:///{folder / 'redaksi.db'}"


def _postgres(cluster: postgres.Cluster) -> str:
    url = cluster.url(cluster.create())
    engine = make_engine(url)
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(_dump("store.postgres.sql.gz"))
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def old_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of 0.1."""
    if request.param == "sqlite":
        return _sqlite(tmp_path)
    return _postgres(request.getfixturevalue("postgres_cluster"))


@pytest.fixture
def old_store(old_database: str) -> Iterator[Store]:
    """The store of 0.1, opened by today's code."""
    store = open_store(old_database)
    yield store
    store.close()
