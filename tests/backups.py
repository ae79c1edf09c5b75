"""Stores that are backed up and brought back: the frozen one of 0.1 as it was released, and as today's
code keeps it, each with the files that its rows name."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, text

from desk.backup.make import Made, Source, make_backup
from desk.blobs.local import LocalBlobs
from desk.store import Store, open_store
from desk.store.engine import make_engine
from desk.store.named_blobs import find_named
from desk.store.submissions import review_queue
from tests.postoffice import configuration

NOW = datetime(2026, 11, 23, 12, 40, 3, tzinfo=UTC)
NAMED = {"mail": "blob", "document": "sha256", "photo": "sha256"}


class Kept(Struct, frozen=True, kw_only=True):
    """An installation, and where its backups go."""

    home: Path
    url: str
    dest: Path

    @property
    def blobs(self) -> LocalBlobs:
        return LocalBlobs(self.home / "blobs")

    @property
    def source(self) -> Source:
        file = self.home / "config.toml"
        if not file.exists():
            file.write_text('storage.database = "postgresql://redaksi:geheim@db/warta"\n')
        config = configuration(self.home, "" if self.url.startswith("sqlite") else self.url)
        return Source(config=config, config_file=file, url=self.url)

    def back_up(self, **how: Any) -> Made:
        return make_backup(self.source, self.dest, how.pop("now", NOW), **how)


def settle_in(url: str, home: Path) -> Kept:
    """An installation of this database, every file that a row names beside it."""
    kept = Kept(home=home, url=url, dest=home.with_name(f"{home.name}-cadangan"))
    with change(url) as connection:
        for old in sorted(find_named(connection)):
            put = kept.blobs.put(f"the bytes of {old}".encode())
            for table, column in NAMED.items():
                told = text(f"UPDATE {table} SET {column} = :new WHERE {column} = :old")
                connection.execute(told.bindparams(new=put, old=old))
    return kept


@contextmanager
def change(url: str) -> Iterator[Connection]:
    """A transaction on a database of any revision."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def read_queue(store: Store) -> list[Mapping[str, Any]]:
    """What `queue --json` prints, but for what a restore changes: letters wait, editors are called."""
    changed = {"attention", "version", "letters", "stamp"}
    with store.read() as tx:
        rows = msgspec.to_builtins(review_queue.queue_rows(tx))
    return [{key: row[key] for key in row if key not in changed} for row in rows]


def read_queue_of(url: str) -> list[Mapping[str, Any]]:
    store = open_store(url)
    try:
        return read_queue(store)
    finally:
        store.close()


def list_blobs(folder: Path) -> set[str]:
    """The blobs of a folder whose bytes are what their names say."""
    files = [path for path in folder.glob("[0-9a-f][0-9a-f]/*") if path.is_file()]
    return {x.name for x in files if hashlib.sha256(x.read_bytes()).hexdigest() == x.name}


def names_of(url: str) -> set[str]:
    with change(url) as connection:
        return find_named(connection)
