"""Verbs that only look write nothing: no file is made or changed, no row, no migration, no
process."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from desk.app import App, open_reading
from desk.cli import cli
from desk.store.tables import Base
from redaksi.errors import StoreError
from tests.postoffice import Bench, bench

READING = (
    ("status",),
    ("status", "--json"),
    ("status", "--quiet"),
    ("queue",),
    ("queue", "--json"),
    ("queue", "--state", "review"),
    ("letters", "list"),
    ("letters", "show", "1"),
    ("letters", "preview", "reminder"),
    ("failed", "list"),
)  # fmt: skip
"""Each verb that only looks, in each of its forms."""


def write_config(home: Path) -> Path:
    """The bench's installation, as a file."""
    path = home.parent / f"{home.name}.toml"
    path.write_text(
        f'data_dir = "{home}"\n[[mailbox]]\nid = "warta"\naddress = "redaksi@warta.example"\n'
        'host = "127.0.0.1"\nuser = "x"\npassword = "env:P"\nsince = 2020-01-01\nsecurity = "none"\n'
        '[reply]\nmode = "draft"\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\n'
    )
    return path


def run(home: Path, verb: tuple[str, ...]) -> Result:
    return CliRunner().invoke(cli, [*verb, "--config", str(write_config(home))], env={"P": ""})


def rows_of(app: App) -> dict[str, list[tuple[object, ...]]]:
    """Every row there is; of processes their ids, since the bench's own heart beats."""
    with app.store.read() as tx:
        return {
            table.name: [
                tuple(row)
                for row in tx.execute(select(table.c.id if table.name == "process" else table))
            ]
            for table in Base.metadata.sorted_tables
        }


def state_of(home: Path) -> dict[str, tuple[str, int]]:
    """Every file with its bytes and when it was changed; SQLite's own working files apart."""
    return {
        str(path.relative_to(home)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in home.rglob("*")
        if path.is_file() and path.suffix not in {".db-shm", ".db-wal"}
    }


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    """An installation with a letter in its outbox."""
    with bench(tmp_path / "data", mode="draft") as ready:
        ready.letter()
        yield ready


@pytest.mark.parametrize("verb", READING, ids=" ".join)
def test_a_verb_that_looks_changes_no_file_and_no_row(on: Bench, verb: tuple[str, ...]) -> None:
    home = on.app.config.home
    before = rows_of(on.app), state_of(home)
    result = run(home, verb)
    assert result.exit_code in {0, 1}, result.output
    assert (rows_of(on.app), state_of(home)) == before


@pytest.mark.parametrize("verb", READING, ids=" ".join)
def test_where_nothing_was_begun_nothing_is_begun(tmp_path: Path, verb: tuple[str, ...]) -> None:
    result = run(tmp_path / "data", verb)
    assert result.exit_code in {0, 1}, result.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("verb", READING, ids=" ".join)
def test_an_older_store_is_told_in_one_sentence_and_left_alone(
    on: Bench, verb: tuple[str, ...]
) -> None:
    with on.app.store.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0013'"))
    result = run(on.app.config.home, verb)
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert "versi redaksi yang lebih lama" in result.output
    with on.app.store.read() as tx:
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0013"


def test_who_looks_could_not_write_if_it_tried(on: Bench) -> None:
    with (
        open_reading(on.app.config, environment={"P": ""}) as app,
        pytest.raises(StoreError),
        app.store.begin() as tx,
    ):
        tx.execute(text("DELETE FROM process"))
