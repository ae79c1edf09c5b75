"""Room on disk, by what the system says and by a deed: 4 KB written, fsynced and removed. A quota, a
read-only mount or a folder of somebody else's shows in no number."""

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desk.health.observed import Place
from redaksi.catalog import Sentence
from redaksi.config.schema import Config
from redaksi.fault import word_full

DEED = b"\0" * 4096


def look_at_disks(config: Config, *, tries: bool = True) -> tuple[Place, ...]:
    """Every folder that is written to and stands already; `tries`: by the deed too. Never fails: a
    fault is what it is for."""
    return tuple(
        look_at(key, path, tries=tries) for key, path in _folders(config) if os.path.lexists(path)
    )


def look_at(key: str, path: Path, *, tries: bool = True) -> Place:
    """One folder: its numbers, then the deed."""
    try:
        room, device = os.statvfs(path), path.stat().st_dev
    except OSError as error:
        return Place(key=key, path=str(path), fault=error.errno or errno.EIO)
    return Place(
        key=key,
        path=str(path),
        free=room.f_bavail * room.f_frsize,
        total=room.f_blocks * room.f_frsize,
        inodes_free=room.f_favail,
        inodes=room.f_files,
        device=device,
        fault=_try(path) if tries else 0,
    )


def name_full(path: Path) -> Sentence:
    """What a full file system lacks, by the folder that stands nearest to `path`."""
    standing = next(
        (folder for folder in (path, *path.absolute().parents) if folder.exists()), Path("/")
    )
    room = os.statvfs(standing)
    return word_full(room.f_bavail * room.f_frsize, room.f_favail, room.f_files)


def _folders(config: Config) -> Iterator[tuple[str, Path]]:
    yield "data_dir", config.home
    yield "spool", config.home / "spool"
    yield "tmp", Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - what tempfile asks first
    yield "queue.folder", config.queue_folder


def _try(folder: Path) -> int:
    """The errno of writing there; 0 when all went well."""
    try:
        number, path = tempfile.mkstemp(prefix=".redaksi-status-", dir=folder)
    except OSError as error:
        return error.errno or errno.EIO
    try:
        with os.fdopen(number, "wb", buffering=0) as file:
            written = file.write(DEED)
            os.fsync(number)
        return 0 if written == len(DEED) else errno.ENOSPC
    except OSError as error:
        return error.errno or errno.EIO
    finally:
        _remove(path)


def _remove(path: str) -> None:
    try:
        Path(path).unlink()
    except OSError:
        return  # a disk that became read-only in between: the deed told of it
