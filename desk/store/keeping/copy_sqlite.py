"""A copy of a SQLite database while others write to it: its own backup API, in one step, so that the
copy is one state. https://sqlite.org/backup.html"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from redaksi.catalog import Sentence
from redaksi.errors import StoreError
from redaksi.fault import name_fault

BUSY_SECONDS = 30.0


def copy_database(source: Path, target: Path) -> None:
    """Write `target` anew: one file without a journal beside it, for us alone, opened again and
    examined (PRAGMA integrity_check), on the disk. Raises StoreError and leaves nothing."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            _copy(source, target)
            check_database(target)
            force_to_disk(target)
        except BaseException:
            for leftover in (target, *journals_of(target)):
                leftover.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error
    except sqlite3.Error as error:
        raise StoreError("database", fault=name_sqlite_fault(error)) from error


def journals_of(database: Path) -> tuple[Path, ...]:
    """What SQLite may keep beside a database."""
    return tuple(
        database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm", "-journal")
    )


def _copy(source: Path, target: Path) -> None:
    with closing(_open(source, "rw")) as old, closing(_open(target, "rw")) as new:
        old.execute("PRAGMA query_only=ON")
        old.backup(new)
        # the copy says WAL as its original does; a file of its own has no second file
        new.execute("PRAGMA journal_mode=DELETE")


def check_database(path: Path) -> None:
    """Open what was written and have SQLite read all of it. Raises StoreError, sqlite3.Error."""
    with closing(_open(path, "ro")) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise StoreError("copy_damaged", path=path)


def force_to_disk(path: Path) -> None:
    """A file or folder, before it is named or its name is told. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def name_sqlite_fault(error: sqlite3.Error) -> Sentence:
    """SQLite's code in our words, or its own line."""
    name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    return Sentence(section="fault", key=name, facts={"otherwise": str(error)})


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS
    )
