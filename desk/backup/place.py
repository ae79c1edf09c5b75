"""The folder of all backups. DEST/20261123T194003Z is a whole backup, DEST/blobs holds the files of all
of them; a name that begins with a dot is something that was not finished."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from desk.backup.manifest import NAME, read_manifest
from desk.blobs.local import LocalBlobs
from desk.store.keeping.copy_sqlite import force_to_disk
from redaksi.errors import ConfigError, StoreError
from redaksi.fault import name_fault

BLOBS = "blobs"
LOCK = ".lock"
_WHOLE = re.compile(r"\d{8}T\d{6}Z")
_FORMAT = "%Y%m%dT%H%M%SZ"


def prepare(dest: Path, home: Path) -> None:
    """Make the folder, for us alone. Raises ConfigError for one inside `data_dir`: it would go with
    what it is a backup of."""
    if dest.resolve().is_relative_to(home.resolve()):
        raise ConfigError("backup_inside", path=dest)
    with faults_named():
        dest.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def lock(dest: Path, *, is_shared: bool = False) -> Iterator[None]:
    """Nobody else writes here meanwhile. Raises StoreError where somebody does."""
    with faults_named():
        try:
            descriptor = os.open(dest / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            if not is_shared:
                raise
            descriptor = os.open(dest, os.O_RDONLY | os.O_DIRECTORY)  # of a disk that is read-only
    try:
        kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StoreError("backup_busy", path=dest) from error
    finally:
        os.close(descriptor)


def list_whole(dest: Path) -> list[Path]:
    """Every backup, the oldest first."""
    with faults_named():
        found = [path for path in dest.iterdir() if _WHOLE.fullmatch(path.name)]
        return sorted(path for path in found if not path.is_symlink() and (path / NAME).is_file())


def choose_name(dest: Path, now: datetime) -> str:
    """A name that none has yet."""
    second = int(now.timestamp())
    while (dest / (name := datetime.fromtimestamp(second, UTC).strftime(_FORMAT))).exists():
        second += 1
    return name


def sweep(dest: Path) -> None:
    """Remove what was cut off. The lock is ours: nobody is at it."""
    with faults_named():
        for path in dest.iterdir():
            if path.name.startswith((".part-", ".gone-")) and path.is_dir():
                shutil.rmtree(path)
        LocalBlobs(dest / BLOBS).sweep(float("inf"))


def keep_newest(dest: Path, count: int) -> int:
    """Remove all but so many of the newest, and the blobs that none of those left names; how many
    backups went. A backup whose manifest is damaged keeps every blob where it is."""
    older = list_whole(dest)[:-count]
    with faults_named():
        for path in older:
            gone = path.with_name(f".gone-{path.name}")
            path.rename(gone)  # at once: half a backup has no name
            force_to_disk(dest)
            shutil.rmtree(gone)
        if older:
            _drop_unnamed(dest)
    return len(older)


def _drop_unnamed(dest: Path) -> None:
    named: set[str] = set()
    for path in list_whole(dest):
        named |= set(read_manifest(path).blobs)
    blobs = LocalBlobs(dest / BLOBS)
    for sha256 in [each for each in blobs.iterate() if each not in named]:
        blobs.delete(sha256)


@contextmanager
def faults_named() -> Iterator[None]:
    """What the disk refuses is a fault that is told and passes."""
    try:
        yield
    except OSError as error:
        raise StoreError("backup_files", fault=name_fault(error)) from error
