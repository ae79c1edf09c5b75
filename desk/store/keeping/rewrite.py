"""What was deleted is no longer in the files of the database: SQLite's pages and its journal, the dead
rows of PostgreSQL's tables."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desk.store.columns import Base
from desk.store.engine import Store, name_faults
from desk.store.keeping.copy_sqlite import name_sqlite_fault
from redaksi.errors import StoreError

PATIENCE = 60.0  # seconds that others' transactions are waited for
_PAUSE = 0.2
_BUSY = 2000  # milliseconds that one attempt waits


def rewrite_files(store: Store, pause: Callable[[float], None] = time.sleep) -> bool:
    """Write the database anew. False where somebody else reads or writes in it so long that it could not
    be: to be done again. What a journal of the server's, a replica or a backup holds is not touched. Raises
    StoreError."""
    attempts = round(PATIENCE / _PAUSE)
    with name_faults(store.engine):
        if store.engine.dialect.name == "postgresql":
            return _rewrite_postgres(store)
        return any(_is_done(_rewrite_sqlite, store, pause) for _ in range(attempts))


def _is_done(
    rewrite: Callable[[Store], bool], store: Store, pause: Callable[[float], None]
) -> bool:
    if rewrite(store):
        return True
    pause(_PAUSE)
    return False


def _rewrite_sqlite(store: Store) -> bool:
    """https://sqlite.org/lang_vacuum.html; https://sqlite.org/pragma.html#pragma_wal_checkpoint: its
    first column is 1 where a reader kept it from being whole."""
    connection = store.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout={_BUSY}")
        if driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return False
        driver.execute("VACUUM")  # through the journal, which is emptied again
        return not driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise StoreError("database", fault=name_sqlite_fault(error)) from error
    finally:
        connection.invalidate()  # its patience is not that of the others


def _rewrite_postgres(store: Store) -> bool:
    """Every table of ours; its index of words is a table's column there."""
    with store.engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text(f"SET lock_timeout = '{PATIENCE:.0f}s'"))
        try:
            for table in Base.metadata.sorted_tables:
                connection.execute(text(f'VACUUM (FULL) "{table.name}"'))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != "55P03":  # lock_not_available
                raise
            return False
        finally:
            connection.invalidate()  # nor are its settings
    return True
