"""One mail on its way from the wire to the blob store: a file beside the blobs, hashed while it is
written.

A download that is cut keeps its bytes, and a whole one its file until it is `forgotten`, so that
none is asked for twice, even after SIGKILL. Only what a power cut may have spoiled is not believed:
the pieces that were not yet flushed.
"""

import errno
import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from redaksi.errors import StoreError
from redaksi.fault import name_fault

PIECE = 4 * 1024 * 1024  # bytes between two flushes; also what one partial fetch asks for


class Fetched(Struct, frozen=True, kw_only=True):
    """A whole mail in a file of its own, flushed to disk; the caller keeps it elsewhere, then
    calls `forget`."""

    path: Path
    sha256: str  # lower-case hex
    size: int  # bytes


class Spool:
    """An open spool file. Disk faults are StoreError, so that they are never taken for the
    wire's."""

    def __init__(self, path: Path, descriptor: int, kept: int) -> None:
        self._path = path
        self._descriptor = descriptor
        self._hash = hashlib.sha256()
        self._flushed = kept
        self.size = 0
        self._reread(kept)

    def write(self, chunk: bytes) -> None:
        """Append `chunk`; flushed every PIECE bytes."""
        try:
            view = memoryview(chunk)
            while view:
                view = view[os.write(self._descriptor, view) :]
            self._hash.update(chunk)
            self.size += len(chunk)
            if self.size - self._flushed >= PIECE:
                os.fsync(self._descriptor)
                self._flushed = self.size
        except OSError as fault:
            raise StoreError(
                "cannot_write", name=self._path.name, fault=name_fault(fault)
            ) from fault

    def finish(self) -> Fetched:
        """Flush, and give the file a name that no other download uses. Call it once, when the
        mail is whole."""
        final = self._path.with_suffix(f".{secrets.token_hex(8)}.spooled")
        try:
            os.fsync(self._descriptor)
            # still locked: whoever waits for the lock finds another file under the name
            self._path.rename(final)
        except OSError as fault:
            raise StoreError(
                "cannot_write", name=self._path.name, fault=name_fault(fault)
            ) from fault
        return Fetched(path=final, sha256=self._hash.hexdigest(), size=self.size)

    def drop(self) -> None:
        """Forget what was written."""
        self._path.unlink(missing_ok=True)

    def _reread(self, kept: int) -> None:
        os.ftruncate(self._descriptor, kept)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        while self.size < kept:
            chunk = os.read(self._descriptor, 1 << 18)
            self._hash.update(chunk)
            self.size += len(chunk)


@contextmanager
def spooling(folder: Path, key: str) -> Iterator[Spool]:
    """Open the spool of the mail `key` (mailbox, folder, UIDVALIDITY and UID in one word) in
    `folder`.

    `Spool.size` tells how many bytes an earlier download already brought. Leaving without `finish`
    keeps what was written for the next attempt, except after a fault of the disk. Raises
    StoreError.
    """
    try:
        path, descriptor = _locked(folder / f"{_stem(key)}.part")
        spool = Spool(path, descriptor, _believed(descriptor))
    except OSError as fault:
        raise StoreError("cannot_write_to", name=folder.name, fault=name_fault(fault)) from fault
    try:
        yield spool
    except StoreError:
        spool.drop()
        raise
    finally:
        os.close(descriptor)  # and with it the lock


def find_whole(folder: Path, key: str, size: int, but: str = "") -> Fetched | None:
    """The mail `key` as an earlier download left it, whole, `size` bytes as the server lists it;
    None when there is none.

    A file whose SHA-256 is `but`, or of another size, is deleted: it is asked for anew. Raises
    StoreError.
    """
    try:
        for path in sorted(folder.glob(f"{_stem(key)}.*.spooled")):
            with suppress(FileNotFoundError):  # another process was done with it
                if (found := _read_whole(path)).size == size and found.sha256 != but:
                    return found
                path.unlink()
    except OSError as fault:
        raise StoreError("cannot_write_to", name=folder.name, fault=fault.strerror) from fault
    return None


def lend(fetched: Fetched) -> Path:
    """A second name of the same file, for who moves it away: the first stays until `forget`. The
    file itself where the file system gives it no second name."""
    second = fetched.path.with_name(f"{_stem_of(fetched.path)}.{secrets.token_hex(8)}.spooled")
    try:
        os.link(fetched.path, second, follow_symlinks=False)
    except OSError:
        return fetched.path
    return second


def forget(fetched: Fetched) -> None:
    """Every whole file of this mail goes: it is written down that we have it."""
    with suppress(OSError):  # what stays is swept
        for path in fetched.path.parent.glob(f"{_stem_of(fetched.path)}.*.spooled"):
            path.unlink(missing_ok=True)


def _stem(key: str) -> str:
    """The first part of the names of a mail's files; there is no full stop in it."""
    name = re.sub(r"[^A-Za-z0-9_-]", "_", key)[:80]
    return f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _stem_of(path: Path) -> str:
    return path.name.partition(".")[0]


def _read_whole(path: Path) -> Fetched:
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return Fetched(path=path, sha256=sha256, size=stream.tell())


def _locked(part: Path) -> tuple[Path, int]:
    """The part file, locked for us alone; a file of our own when another process is at it."""
    while True:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            os.close(descriptor)
            if fault.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                raise
            part = part.with_name(f"{part.stem}-{secrets.token_hex(8)}.part")
            continue
        if _same_file(part, descriptor):
            return part, descriptor
        os.close(descriptor)  # renamed between open and lock: by now it is someone's finished mail


def _same_file(path: Path, descriptor: int) -> bool:
    try:
        named = path.stat()
    except FileNotFoundError:
        return False
    opened = os.fstat(descriptor)
    return (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)


def _believed(descriptor: int) -> int:
    """How many bytes of the part file are surely the mail's: all, unless the machine went down
    since."""
    found = os.fstat(descriptor)
    up = time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
    if found.st_mtime > time.time() - up:
        return found.st_size
    return max(0, found.st_size - 2 * PIECE)


def sweep(folder: Path, older_than: float) -> int:
    """Delete downloads nobody came back for, last touched more than `older_than` seconds ago;
    returns how many."""
    gone = 0
    for path in [*folder.glob("*.part"), *folder.glob("*.spooled")]:
        try:
            if path.stat().st_mtime < time.time() - older_than:
                path.unlink()
                gone += 1
        except FileNotFoundError:
            continue
    return gone
