"""Who migrates, and what stands beside: a store of 0.1 meets today's program."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from desk.app import open_app
from desk.cli import cli
from desk.store import open_current, open_store
from desk.store.engine import make_engine, read_revision
from desk.store.keeping import upgrade
from desk.store.keeping.upgrade import Upgraded, upgrade_store
from desk.store.migrate import newest
from redaksi.errors import StoreError, StoreUnfit
from tests.postoffice import configuration

OF_0_1 = "0005"
DAY = 86_400.0
CONFIG = """
data_dir = "{home}"
language = "en"
storage.database = "{url}"
[[mailbox]]
id = "warta"
host = "127.0.0.1"
user = "redaksi@warta.example"
password = "file:{home}/secret"
since = 2020-01-01
"""


def is_postgres(url: str) -> bool:
    return url.startswith("postgresql")


def test_only_who_may_migrate_opens_an_older_one(old_database: str, tmp_path: Path) -> None:
    config = configuration(tmp_path, old_database)
    with pytest.raises(StoreUnfit) as refused, open_app(config, environment={"P": ""}):
        pass
    assert refused.value.sentence.key == "older_database"
    with pytest.raises(StoreUnfit):
        open_current(old_database)
    assert read_revision(old_database) == OF_0_1


def test_run_and_poll_migrate_sqlite_and_leave_a_servers_to_the_operator(
    old_database: str, tmp_path: Path
) -> None:
    config = configuration(tmp_path, old_database)
    if is_postgres(old_database):
        with pytest.raises(StoreUnfit) as refused, open_app(config, environment={}, migrates=True):
            pass
        assert refused.value.sentence.key == "upgrade_first"
        assert refused.value.exit_code == 2
        assert read_revision(old_database) == OF_0_1
        return
    (tmp_path / "blobs" / "marks").mkdir(parents=True)
    with pytest.raises(StoreUnfit) as refused, open_app(config, environment={}, migrates=True):
        pass
    assert refused.value.sentence.key == "files_missing"  # the frozen store came without its files
    assert read_revision(old_database) == newest()


def test_an_upgrade_leaves_a_copy_of_what_was(old_database: str, tmp_path: Path) -> None:
    done = upgrade_store(old_database, is_asked=True)
    assert read_revision(old_database) == newest()
    copy = None if is_postgres(old_database) else tmp_path / f"before-{newest()}.db"
    assert done == Upgraded(old=OF_0_1, new=newest(), before=copy)
    assert upgrade_store(old_database, is_asked=True) is None
    if copy is not None:
        assert copy.stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(copy)) as connection:
            held = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            assert held == (OF_0_1,)
        assert sorted(path.name for path in tmp_path.iterdir()) == [copy.name, "redaksi.db"]


def test_a_copy_that_cannot_be_written_leaves_the_database_as_it_was(
    old_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_postgres(old_database):
        return

    def refuse(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise StoreError("database", fault="disk full")

    monkeypatch.setattr(upgrade, "copy_database", refuse)
    with pytest.raises(StoreError):
        upgrade_store(old_database, is_asked=True)
    assert read_revision(old_database) == OF_0_1
    monkeypatch.undo()
    assert upgrade_store(old_database, is_asked=True) is not None  # the half copy is no hindrance


@pytest.mark.parametrize(("days", "is_kept"), [(0.0, True), (13.9, True), (14.1, False)])
def test_a_copy_is_kept_for_two_weeks(tmp_path: Path, days: float, is_kept: bool) -> None:
    copy = tmp_path / "before-0027.db"
    copy.write_bytes(b"")
    os.utime(copy, (DAY, DAY))
    upgrade.drop_old_copies(tmp_path, now=DAY + days * DAY)
    assert copy.exists() == is_kept


def test_a_newer_one_is_refused_by_every_door(database: str) -> None:
    engine = make_engine(database)
    try:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for door in (open_store, open_current, lambda url: upgrade_store(url, is_asked=True)):
            with pytest.raises(StoreUnfit) as refused:
                door(database)
            assert refused.value.sentence.key == "newer_database"
    finally:
        with engine.begin() as connection:
            mended = text("UPDATE alembic_version SET version_num = :now").bindparams(now=newest())
            connection.execute(mended)
        engine.dispose()


def test_the_verb(old_database: str, tmp_path: Path) -> None:
    (tmp_path / "secret").touch(mode=0o600)
    config = tmp_path / "config.toml"
    config.touch(mode=0o600)
    config.write_text(
        CONFIG.format(
            home=tmp_path, url="sqlite" if not is_postgres(old_database) else old_database
        )
    )
    first, again = (CliRunner().invoke(cli, ["upgrade", "--config", str(config)]) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert f"from {OF_0_1} to {newest()}" in first.output
    assert "of this version" in again.output
