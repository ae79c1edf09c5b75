"""Bring an older database up to date: SQLite after a copy of it, PostgreSQL only where somebody asked.

A server's database is not ours to copy in passing, and other machines may work with it: there the
operator makes a backup, ends them and says `redaksi upgrade`.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from desk.store.engine import is_there, open_store, read_address, read_revision
from desk.store.keeping.copy_sqlite import copy_database, force_to_disk
from desk.store.migrate import newest, refuse_newer
from redaksi.errors import StoreError, StoreUnfit
from redaksi.fault import name_fault

KEPT = timedelta(days=14)
COPIES = "before-*.db"


class Upgraded(Struct, frozen=True, kw_only=True):
    """From which revision to which; `before`: the copy as it was, SQLite's alone."""

    old: str
    new: str
    before: Path | None = None


def upgrade_store(url: str, *, is_asked: bool) -> Upgraded | None:
    """Migrate the database behind `url`; None where there is nothing to migrate, a new one too.
    `is_asked`: an operator said `redaksi upgrade`.

    Raises StoreUnfit for one of a newer version and, unless asked, for an older one on PostgreSQL;
    StoreError where it cannot be opened or copied: then it stands as it was.
    """
    if not _is_older(url):
        return None
    address = read_address(url)
    if address.get_backend_name() != "sqlite":
        if not is_asked:
            raise StoreUnfit("upgrade_first")
        return _migrate(url, before=None)
    file = Path(str(address.database)).absolute()
    with _alone(file.parent):
        if not _is_older(url):  # somebody was faster
            return None
        return _migrate(url, before=_copy(file))


def drop_old_copies(folder: Path, now: float) -> None:
    """Remove the copies that are older than KEPT; `now`: seconds since the epoch. Raises
    StoreError."""
    for path in find_copies(folder):
        with _faults_named():
            if now - path.stat().st_mtime > KEPT.total_seconds():
                path.unlink(missing_ok=True)


def drop_copies(folder: Path) -> None:
    """Remove all of them: what is erased must not stand in a database of before. Raises
    StoreError."""
    for path in find_copies(folder):
        with _faults_named():
            path.unlink(missing_ok=True)


def find_copies(folder: Path) -> list[Path]:
    """The databases that stood before an upgrade."""
    return sorted(folder.glob(COPIES))


def _is_older(url: str) -> bool:
    at = read_revision(url) if is_there(url) else ""
    refuse_newer(at)
    return at not in ("", newest())


def _migrate(url: str, before: Path | None) -> Upgraded:
    old = read_revision(url)
    open_store(url).close()
    return Upgraded(old=old, new=newest(), before=before)


def _copy(file: Path) -> Path:
    """before-0027.db is the database as it was before 0027; a copy cut off has no such name."""
    final = file.with_name(f"before-{newest()}.db")
    part = final.with_suffix(".part")
    with _faults_named():
        part.unlink(missing_ok=True)
    copy_database(file, part)
    with _faults_named():
        part.replace(final)
        force_to_disk(final.parent)
    return final


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two that start at once: the second finds the work done."""
    with _faults_named():
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _faults_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error
