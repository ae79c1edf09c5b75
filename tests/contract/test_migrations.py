"""Migrations and models are the same thing told twice; a database opens, however many open it at
once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from desk.store import open_store
from desk.store.columns import Base
from desk.store.engine import make_engine
from desk.store.migrate import configuration, migrate, newest, revision, revisions
from redaksi.errors import StoreError
from tests import postgres


@pytest.fixture(params=["sqlite", "postgres"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a single table (SQLite: without a file)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'redaksi.db'}"
        return
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create()
    yield cluster.url(name)
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def is_modelled(_: object, name: str | None, kind: str, *__: object) -> bool:
    """What looks words up is each database's own (migration 0024)."""
    return not (name or "").startswith("submission_fts") and (kind, name) not in (
        ("column", "vector"),
        ("index", "ix_submission_search_vector"),
    )


def test_models_and_migrations_agree(nothing: str) -> None:
    engine = make_engine(nothing)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_modelled}
        )
        assert compare_metadata(context, Base.metadata) == []
        assert revision(connection) == newest()
    engine.dispose()


def test_the_names_of_the_files_are_alembics_chain() -> None:
    """What is newest is told without Alembic."""
    scripts = ScriptDirectory.from_config(configuration())
    assert scripts.get_current_head() == newest()
    assert [each.revision for each in scripts.walk_revisions()] == revisions()[::-1]


def test_migrating_again_changes_nothing(nothing: str, tmp_path: Path) -> None:
    for _ in range(2):
        open_store(nothing).close()


def test_many_may_open_a_new_store_at_once(nothing: str, tmp_path: Path) -> None:
    together = threading.Barrier(8)

    def open_it(_number: int) -> None:
        together.wait()
        open_store(nothing).close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(open_it, range(8)))


def test_a_database_from_the_future_is_left_alone(nothing: str, tmp_path: Path) -> None:
    open_store(nothing).close()
    engine = make_engine(nothing)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer version"):
        open_store(nothing)


def test_a_migration_that_fails_leaves_nothing_behind(nothing: str) -> None:
    engine = make_engine(nothing)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE outbox (id INTEGER PRIMARY KEY)"))
    with pytest.raises(Exception, match="outbox"):
        migrate(engine)
    assert inspect(engine).get_table_names() == ["outbox"]
    engine.dispose()
