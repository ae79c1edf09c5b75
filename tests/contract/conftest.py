"""The store's contract is kept on both databases: every test here that asks for `store` runs twice."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.store import Store, open_store
from desk.store.ledger import OwnMailbox, remember
from tests import postgres

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """One server for each test process, with a migrated database to copy."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("needs postgres")
    with postgres.cluster(programs) as cluster:
        cluster.execute(f"CREATE DATABASE {postgres.TEMPLATE}")
        yield cluster


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with every table and no row."""
    open_store(postgres_cluster.url(postgres.TEMPLATE), tmp_path_factory.mktemp("blobs")).close()
    return postgres.TEMPLATE


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database with every table (SQLite: not even a file yet)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'redaksi.db'}"
        return
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    template: str = request.getfixturevalue("postgres_template")
    name = postgres.fresh_name()
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield cluster.url(name)
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Store]:
    """A store with one mailbox, "warta"."""
    opened = open_store(database, tmp_path / "blobs")
    with opened.begin() as tx:
        remember(tx, OwnMailbox(id="warta", address="redaksi@warta.example", folders=("INBOX", "Spam")), NOW)
    yield opened
    opened.close()


@pytest.fixture
def at() -> Callable[[float], datetime]:
    """The instant so many minutes after the tests' beginning."""
    return lambda minutes: NOW + timedelta(minutes=minutes)
