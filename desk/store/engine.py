"""The desk's database. SQLite by default, PostgreSQL by URL; the rest of the room
cannot tell.

A write transaction on SQLite begins with BEGIN IMMEDIATE: the lock is taken at once, so that a
transaction that has read never fails for want of it later. The driver's own BEGIN is switched off
for that (SQLAlchemy, dialects/ sqlite, "Using SQLAlchemy to emit BEGIN in lieu of SQLite's
transaction control").
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import stamina
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from desk.store.columns import Base
from desk.store.migrate import check_revision, make_or_require, migrate, revision
from desk.store.postgres import limit_lock_wait, make_postgres, name_fault
from redaksi.catalog import Sentence
from redaksi.errors import ConfigError, StoreError
from redaksi.fault import name_fault as name_system_fault

Transaction = Session
BUSY_SECONDS = 30.0  # how long a writer waits for another one on SQLite, without a word of its own

_BUGS = (IntegrityError, ProgrammingError)  # ours, in the code: they must be seen, not waited out


class _Held(threading.local):
    """The transaction that everything a thread reads is part of; None: each reading has its own."""

    transaction: Transaction | None = None


class Store:
    """The memory of the desk: transactions on its database. `patience`: seconds that a writer waits
    for another one; None: as long as the engine says."""

    def __init__(self, engine: Engine, patience: float | None = None) -> None:
        if patience is not None:
            engine = engine.execution_options(patience=patience)
        self.engine = engine
        self._patience = patience
        self._writers = sessionmaker(engine, expire_on_commit=False)
        self._readers = sessionmaker(_reading(engine), expire_on_commit=False)
        self._held = _Held()

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """A transaction that writes: committed at the end, rolled back on any error.

        Raises StoreError when the database or its disk refuses; errors of the block pass through.
        """
        with name_faults(self.engine), self._writers.begin() as transaction:
            transaction.connection()  # BEGIN now, not at the first statement
            if self._patience is not None and self.engine.dialect.name == "postgresql":
                transaction.execute(limit_lock_wait(self._patience))
            yield transaction

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that reads one state of the store and keeps no writer waiting. Raises
        StoreError."""
        held = self._held.transaction
        if held is not None:
            with name_faults(self.engine):
                yield held
            return
        with name_faults(self.engine), self._readers() as transaction:
            yield transaction

    @contextmanager
    def read_as_one(self) -> Iterator[None]:
        """Whatever this thread reads meanwhile is one transaction, which the first reading begins:
        one state of the store, and one connection asked for. Raises StoreError."""
        with name_faults(self.engine), self._readers() as transaction:
            self._held.transaction = transaction
            try:
                yield
            finally:
                self._held.transaction = None

    def with_patience(self, seconds: float) -> "Store":
        """The same database, on the same connections, for writers who wait no longer than that."""
        return Store(self.engine, seconds)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """The store behind an SQLAlchemy `url`, its tables brought up to date.

    Raises StoreError when it cannot be opened, ConfigError when the URL is not one.
    """
    return _opened(make_engine(url), migrate)


def open_current(url: str) -> Store:
    """The store behind `url`, made where there is none; one of another version is left alone.

    Raises StoreUnfit for that, else as `open_store`.
    """
    return _opened(make_engine(url), make_or_require)


def read_revision(url: str) -> str:
    """The revision the database is at; "" when it is empty. It must be there (`is_there`). Raises
    StoreError, ConfigError."""
    engine = make_engine(url, looks=True)
    try:
        with name_faults(engine), _reading(engine).connect() as connection:
            return revision(connection)
    finally:
        engine.dispose()


def open_to_read(url: str) -> Store:
    """The store as it is, an empty one where there is none yet: nothing is made or migrated, and
    it takes no write.

    Raises StoreUnfit when it is of another version, StoreError when it cannot be opened,
    ConfigError when the URL is not one.
    """
    begun = False

    def look(engine: Engine) -> None:
        nonlocal begun
        with _reading(engine).connect() as connection:
            begun = check_revision(connection)

    if is_there(url):
        store = _opened(make_engine(url, looks=True), look)
        if begun:
            return store
        store.close()
    return _opened(_in_memory(), Base.metadata.create_all)


def is_there(url: str) -> bool:
    """Whether there may be a database: not where SQLite's file is missing. Raises ConfigError when the
    URL is not one."""
    address = read_address(url)
    is_file = address.get_backend_name() == "sqlite" and address.database not in (None, ":memory:")
    return not is_file or Path(str(address.database)).is_file()


def _in_memory() -> Engine:
    return create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )


def _opened(engine: Engine, prepare: Callable[[Engine], None]) -> Store:
    try:
        with name_faults(engine):
            prepare(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def make_engine(url: str, *, looks: bool = False) -> Engine:
    """An engine for `url`, set up for durability; one that only `looks` makes no file and refuses
    every write. Connects to nothing yet."""
    address = read_address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, looks=looks)
    if address.get_backend_name() == "postgresql":
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        return make_postgres(address, looks=looks)
    raise ConfigError("no_such_database", name=address.get_backend_name())


def read_address(url: str) -> URL:
    """Raises ConfigError when it is no URL."""
    try:
        return make_url(url)
    except ArgumentError as error:
        raise ConfigError("no_database_url") from error


def _sqlite(address: URL, *, looks: bool) -> Engine:
    if not address.database or address.database == ":memory:":
        raise ConfigError("database_file")
    file = Path(address.database).absolute()
    if not looks:
        _make_file(file)

    def connect() -> sqlite3.Connection:
        where = f"{file.as_uri()}?mode=rw"  # never made by opening it
        return sqlite3.connect(where, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)

    engine = create_engine(address, hide_parameters=True, creator=connect)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN
        if looks:
            connection.execute("PRAGMA query_only=ON")
            return
        _write_ahead(connection)
        # what is deleted is overwritten: https://sqlite.org/pragma.html#pragma_secure_delete
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        reading = options.get("reading", False)
        if not reading:
            _wait_at_most(connection, options.get("patience", BUSY_SECONDS))
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _wait_at_most(connection: Connection, seconds: float) -> None:
    """For another writer; a connection keeps it, and is everybody's in turn."""
    if connection.info.get("patience") != seconds:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")
        connection.info["patience"] = seconds


def _make_file(file: Path) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # the -wal and -shm files take the mode of the database
    except OSError as error:
        raise StoreError("database_not_made", fault=name_system_fault(error)) from error


def _write_ahead(connection: sqlite3.Connection) -> None:
    """SQLite does not wait for a lock when the journal's mode is changed: several that open a
    new file at once would fail. https://sqlite.org/wal.html, "Activating And Configuring WAL
    Mode"."""
    for attempt in stamina.retry_context(
        on=_locked, attempts=None, timeout=BUSY_SECONDS, wait_initial=0.01, wait_max=0.2
    ):
        with attempt:
            connection.execute("PRAGMA journal_mode=WAL")


def _locked(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _reading(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(reading=True)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def name_faults(engine: Engine) -> Iterator[None]:
    """What a database or its disk refuses in the block is a StoreError; a bug of ours passes."""
    try:
        yield
    except DBAPIError as error:
        is_server = engine.dialect.name == "postgresql"
        if named := name_fault(engine.url, error) if is_server else None:
            raise named from error
        if isinstance(error, _BUGS):
            raise
        if (
            isinstance(error, OperationalError)
            or error.connection_invalidated
            or not _is_data(error)
        ):
            raise StoreError("database", fault=_word(error)) from error
        raise
    except PoolTimeout as error:
        raise StoreError("no_connection") from error


def _is_data(error: DBAPIError) -> bool:
    """Values the database cannot take are a bug of ours, not a fault of the database."""
    return type(error).__name__ in {"DataError", "NotSupportedError"}


def _word(error: DBAPIError) -> Sentence:
    """SQLite's code in our words, without what follows it (SQLITE_IOERR_WRITE); else the
    database's own line. https://sqlite.org/rescode.html"""
    name = "_".join(getattr(error.orig, "sqlite_errorname", "").split("_")[:2])
    return Sentence(section="fault", key=name, facts={"otherwise": _first_line(error)})


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).splitlines() or [type(error.orig).__name__])[0]
